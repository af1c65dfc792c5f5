"""A made-up patient as data: what happened, and how many days ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import Clinic, User
from curriculum.models import Criterion, Ladder, Level, Rung
from patients.models import EVERY_DAY, Band
from patients.standing.calendar import Calendar
from patients.standing.identity import Details


@dataclass(frozen=True)
class DemoEntry:
    """What differs from an ordinary entry.

    ``morning``: the pain of the morning after, and whether it was worse than usual
    ``side``: of what is new in a leg
    ``reps``: in each set; None = as the level says
    ``reserve``: what the last set left, asked with a load; None = as the effort says
    """

    pain: int | None = None
    before: int | None = None
    effort: str | None = None
    leg: str | None = "none"
    note: str = ""
    morning: tuple[int, bool] | None = None
    skipped: bool = False
    why_stopped: str | None = None
    side: str = ""
    reps: int | None = None
    reserve: int | None = None


@dataclass(frozen=True)
class DemoReport:
    """What was told under "How is it today?", with or without practice.

    ``signs``: the side of each sign, empty for one without a side
    ``taken_back``: after how many minutes it was taken back; None = not
    ``found``: what a clinician found who saw the patient the next day; empty = nobody has yet
    """

    signs: Mapping[str, str] = field(default_factory=dict)
    pain: int | None = None
    since: str = ""
    words: str = ""
    taken_back: int | None = None
    found: str = ""
    word: str = ""


@dataclass(frozen=True)
class Decided:
    """A "not yet" at the gate.

    ``ago``: how many days ago.
    ``ticked``: how many criteria were ticked.
    ``note``: the note to the patient.
    """

    ago: int
    ticked: int
    note: str


@dataclass(frozen=True)
class Answered:
    """A stop whose answer was to train lower.

    ``ago``: how many days ago.
    ``ahead``: how many days from today it lasts.
    ``word``: the words to the patient.
    """

    ago: int
    ahead: int
    word: str


@dataclass(frozen=True)
class Life:
    """A made-up patient. Every day is a number of days ago.

    ``passed``: the day on which each rung was passed, lowest rung first.
    ``last``: the day of the last practice; 0 is today.
    ``entries``: how many entries to keep, the newest ones; None for all of them.
    ``set_aside``: why criteria do not apply, by their keys.
    ``told``: what was reported on a day.
    ``noted``: notes for the clinic: the day, the part of the visit note, the words.
    ``visit``: the furthest step of a first visit that nobody has ended.
    ``seed``: the seed of the random numbers; the default is the name.
    ``edition``: the edition of the ladder that the plan began on; None = the newest.
    ``stays_on``: the slug of the one level that is practised on the open rung.
    ``weights``: the kilograms of each kind of weight at home.
    """

    name: str
    started: int | None = None
    passed: tuple[int, ...] = ()
    last: int = 1
    lead: int = 0
    note: str = ""
    goal_words: str = ""
    usual: int | None = None
    pain: tuple[int, int] = (2, 1)
    weekdays: int = EVERY_DAY
    rests_today: bool = False
    goal: int | None = None
    ready: bool = False
    logged: Mapping[int, DemoEntry] = field(default_factory=dict)
    not_yet: tuple[Decided, ...] = ()
    ticked: int = 0
    asked: tuple[int, str] | None = None
    away: tuple[int, int] | None = None
    lowered: Answered | None = None
    withdrawn: tuple[int, int, str] | None = None
    fault: str = ""
    link: str = "pin"
    link_ago: int | None = None
    taken_on: int | None = None
    discharged: int | None = None
    set_aside: Mapping[str, str] = field(default_factory=dict)
    weight: bool = True
    entries: int | None = None
    seed: str = ""
    edition: int | None = None
    stays_on: str = ""
    weights: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    precautions: Mapping[str, str] = field(default_factory=dict)
    asked_beside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    not_cleared: str = ""
    told: Mapping[int, DemoReport] = field(default_factory=dict)
    noted: tuple[tuple[int, str, str], ...] = ()
    visit: str = ""
    who: Details = field(default_factory=Details)

    def passes_before(self, ago: int) -> int:
        """How many rungs were passed when that day began."""
        count = sum(1 for passed_ago in self.passed if passed_ago > ago)
        if self.withdrawn is not None and ago < self.withdrawn[0]:
            return min(count, self.withdrawn[1] - 1)
        return count


@dataclass(frozen=True)
class DemoStep:
    rung: Rung
    criteria: tuple[Criterion, ...]
    levels: tuple[Level, ...]


def _at_home(level: Level) -> bool:
    """Whether a demo patient can practise a level at home. Helper levels are left out."""
    return not level.helper and level.home


def steps(ladder: Ladder) -> list[DemoStep]:
    """The rungs of a ladder with their criteria, and their levels without the helpers."""
    rungs = ladder.rungs.order_by("position").prefetch_related("criteria", "levels__drill")
    return [
        DemoStep(
            rung,
            tuple(rung.criteria.all()),
            tuple(level for level in rung.levels.all() if _at_home(level)),
        )
        for rung in rungs
    ]


@dataclass(frozen=True)
class World:
    """The clinic, the ladder and the moment for which lives are told."""

    clinic: Clinic
    staff: tuple[User, ...]
    ladder: Ladder
    steps: list[DemoStep]
    now: datetime
    bands: tuple[Band, ...] = ()

    @property
    def today(self) -> date:
        return self.clinic.day_of(self.now)

    def on(self, ladder: Ladder) -> World:
        """The same world with another edition of the ladder."""
        return replace(self, ladder=ladder, steps=steps(ladder))

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int, hour: int, minute: int = 0) -> datetime:
        """A moment of a day at the clinic, but not later than now."""
        moment = timezone.make_aware(
            datetime.combine(self.day(ago), time(hour, minute)), self.clinic.zone
        )
        return min(moment, self.now)

    def calendar(self, life: Life) -> Calendar:
        away = [(self.day(life.away[0]), self.day(-life.away[1]))] if life.away else []
        days = [(self.day(ago), mask) for ago, mask in self.weekdays(life)]
        return Calendar(self.day(life.started or 0), days, away)

    def weekdays(self, life: Life) -> list[tuple[int, int]]:
        """The days of practice: since how many days, and the bit mask of weekdays. With load a day
        lies between; two a week keep up a complete ladder."""
        first = life.weekdays
        if life.rests_today:
            first &= ~(1 << self.today.weekday())
        found = [(life.started or 0, first)]
        below = sum(not step.rung.loaded for step in self.steps)
        goal = life.goal or len(self.steps)
        for passes, gaps in {below: (0, 2, 4), goal: (0, 3)}.items():
            if 0 < passes <= len(life.passed):
                mask = sum(1 << self.day(life.last + gap).weekday() for gap in gaps)
                found.append((life.passed[passes - 1], mask))
        return found

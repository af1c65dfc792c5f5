"""A made-up patient as data: what happened, counted in days before today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import Clinic, User
from curriculum.models import Criterion, Ladder, Level, Rung
from patients.models import EVERY_DAY
from patients.standing.calendar import Calendar


@dataclass(frozen=True)
class DemoEntry:
    """What differs from an ordinary entry; ``morning``: pain and whether it was worse than
    usual."""

    pain: int | None = None
    effort: str | None = None
    leg: str | None = "none"
    note: str = ""
    morning: tuple[int, bool] | None = None
    skipped: bool = False
    why: str | None = None


@dataclass(frozen=True)
class Decided:
    """A "not yet": days ago, how many criteria were ticked, the word to the patient."""

    ago: int
    ticked: int
    note: str


@dataclass(frozen=True)
class Answered:
    """A stop that was answered with training lower until a day ahead."""

    ago: int
    ahead: int
    word: str


@dataclass(frozen=True)
class Life:
    """Days ago throughout. ``passed``: one a rung, lowest first; ``last``: of the last practice day
    (0 = today). ``entries``: that many, the latest; ``seed``: what chance hangs on, the name
    unless given."""

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
    weight: bool = True
    entries: int | None = None
    seed: str = ""

    def passes_before(self, ago: int) -> int:
        """How many rungs were passed when that day began."""
        count = sum(1 for one in self.passed if one > ago)
        if self.withdrawn is not None and ago < self.withdrawn[0]:
            return min(count, self.withdrawn[1] - 1)
        return count


@dataclass(frozen=True)
class DemoStep:
    rung: Rung
    criteria: tuple[Criterion, ...]
    levels: tuple[Level, ...]


def _at_home(level: Level) -> bool:
    """Demo patients practise at home: no helper levels, and nothing that the curriculum keeps to
    the clinic."""
    return not level.helper and level.slug != "rolling-stool"


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
    """Where and when a life is lived."""

    clinic: Clinic
    staff: tuple[User, ...]
    ladder: Ladder
    steps: list[DemoStep]
    now: datetime

    @property
    def today(self) -> date:
        return self.clinic.day_of(self.now)

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int, hour: int, minute: int = 0) -> datetime:
        """A moment of the clinic's day, never later than now."""
        moment = timezone.make_aware(
            datetime.combine(self.day(ago), time(hour, minute)), self.clinic.zone
        )
        return min(moment, self.now)

    def calendar(self, life: Life) -> Calendar:
        started = self.day(life.started or 0)
        away = [(self.day(life.away[0]), self.day(-life.away[1]))] if life.away else []
        return Calendar(started, [(started, self.weekdays(life))], away)

    def weekdays(self, life: Life) -> int:
        return life.weekdays & ~(1 << self.today.weekday()) if life.rests_today else life.weekdays

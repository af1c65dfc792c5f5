"""What a patient sees on a given day, as one value with a state. Reads, never writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from accounts.models import User
from curriculum.models import Level
from patients.models import Patient, Prescription, Schedule, Stop, StopCause
from patients.rules.periods import MORNING_DAYS, WORD_DAYS
from patients.standing.calendar import Calendar
from patients.standing.dose import dose_of_step, prescriptions_in_force
from patients.standing.entries import LoggedEntry, recent_entries
from patients.standing.position import LadderPlace, LadderStep, ladder_steps, place_on
from patients.today import queries
from patients.today.queries import PhysioWord
from patients.wording.dosage import dosage_in_words

if TYPE_CHECKING:
    from patients.today.queries import PlanOfDay


class State(StrEnum):
    """The states of a patient's day; a review asked for stands beside them, not among them."""

    NO_PLAN = "no_plan"
    STOPPED = "stopped"
    PAUSED = "paused"
    LOGGED = "logged"
    COMPLETE = "complete"
    PRACTISE = "practise"
    REST = "rest"


class LevelOption(NamedTuple):
    """A level of the open rung; ``may``: the patient can choose it now."""

    step: LadderStep
    current: bool
    may: bool


class HelperDrill(NamedTuple):
    """A helper drill that a clinician prescribed on a rung that is reachable."""

    step: LadderStep
    dose: Prescription


@dataclass(frozen=True)
class Today:
    """``step``, ``dose``: what is practised; ``level``: the same with its drill to read, only where
    the page shows the drill. ``morning_of``: the entry whose next morning is asked about;
    ``morning_said``: the one it was told about today, to be changed. ``next_day``: the next
    planned day, only where the page names it. ``words``: what clinicians wrote, newest first."""

    day: date
    state: State
    patient: Patient
    plan: PlanOfDay | None = None
    place: LadderPlace | None = None
    level: Level | None = None
    dose: Prescription | None = None
    planned: bool = False
    entry: LoggedEntry | None = None
    morning_of: LoggedEntry | None = None
    morning_said: LoggedEntry | None = None
    stop: Stop | None = None
    next_day: date | None = None
    words: Sequence[PhysioWord] = ()
    options: Sequence[LevelOption] = ()
    beside: Sequence[HelperDrill] = ()
    steps: Sequence[LadderStep] = field(default=(), repr=False)

    @property
    def step(self) -> LadderStep | None:
        return self.place.step if self.place else None

    @property
    def physio(self) -> str:
        """The first name of the clinician who leads, the one to name on the page; the clinic while
        there is none."""
        return self.patient.physio

    @property
    def rung_count(self) -> int:
        return max((step.rung for step in self.steps), default=0)

    @property
    def shows_drill(self) -> bool:
        return self.level is not None

    @property
    def dose_in_words(self) -> str:
        return dosage_in_words(self.dose) if self.dose else ""

    @property
    def stopped_today(self) -> bool:
        return self._was_today(self.stop.at if self.stop else None)

    @property
    def can_correct(self) -> bool:
        """Whether a wrong number, tapped today, can be put right."""
        if self.stop is None or self.stop.cause == StopCause.MORNING:
            return False
        return self._was_today(self.stop.practice.at)

    def _was_today(self, moment: datetime | None) -> bool:
        if moment is None or self.plan is None:
            return False
        return self.plan.clinic.day_of(moment) == self.day

    def step_of(self, level_id: int) -> LadderStep | None:
        return next((step for step in self.steps if step.level_id == level_id), None)


def read_today(user: User, day: date | None = None) -> Today:
    """The patient's day, today unless another is given: at most six queries."""
    day = day or user.clinic.today()
    plan = queries.plan_of(user, day)
    if plan is None:
        return Today(day, State.NO_PLAN, Patient.objects.select_related("lead").get(user=user))
    recent = [one for one in recent_entries(plan, day) if one.done_on <= day]
    entry = next((one for one in recent if one.done_on == day), None)
    state = _state(plan, day, entry)
    known: dict[str, Any] = {
        "day": day,
        "patient": plan.patient,
        "plan": plan,
        "entry": entry,
        "morning_of": _morning_of(recent, day, entry),
        "morning_said": _morning_said(plan, recent, day),
        "planned": calendar_of_day(plan).is_planned(day),
    }
    if state is State.STOPPED and plan.stop_pk is not None:
        stop = Stop.objects.select_related("practice").get(pk=plan.stop_pk)
        return Today(state=state, stop=stop, **known)
    return _with_level(known, state)


def _state(plan: PlanOfDay, day: date, entry: LoggedEntry | None) -> State:
    """The state as far as the plan's own row says it; a complete ladder is told by its passes."""
    calendar = calendar_of_day(plan)
    if plan.stop_pk is not None:
        return State.STOPPED
    if calendar.is_away(day):
        return State.PAUSED
    if entry is not None:
        return State.LOGGED
    return State.PRACTISE if calendar.is_planned(day) else State.REST


def _calendar(plan: PlanOfDay, weekdays: Sequence[tuple[date, int]]) -> Calendar:
    """``plan``: as read by ``queries.plan_of``; ``weekdays``: as ``Calendar`` takes them."""
    away = [(plan.pause_from, plan.pause_until)] if plan.pause_from is not None else []
    return Calendar(plan.started_on, weekdays, away)


def calendar_of_day(plan: PlanOfDay) -> Calendar:
    """The calendar for the day that ``queries.plan_of`` was asked about: no query."""
    return _calendar(plan, [(plan.started_on, plan.mask or 0)])


def _morning_of(
    recent: Sequence[LoggedEntry], day: date, entry: LoggedEntry | None
) -> LoggedEntry | None:
    """The last entry before today, unless its morning is answered or practice has gone on since."""
    before = [one for one in recent if one.done_on < day]
    if entry is not None or not before or before[-1].answered:
        return None
    return before[-1] if day <= before[-1].done_on + timedelta(days=MORNING_DAYS) else None


def _morning_said(plan: PlanOfDay, recent: Sequence[LoggedEntry], day: date) -> LoggedEntry | None:
    """The entry whose morning was told about last, if that was today."""
    told = [
        (one.answered, one)
        for one in recent
        if one.answered and plan.clinic.day_of(one.answered) == day
    ]
    return max(told, key=lambda pair: pair[0])[1] if told else None


def _with_level(known: dict[str, Any], state: State) -> Today:
    plan, day = known["plan"], known["day"]
    steps, acts, doses = ladder_steps(plan), queries.acts(plan), prescriptions_in_force(plan)
    place = place_on(steps, acts.choices, doses, day, start=plan.assigned_at, goal=plan.goal)
    if place.complete and state in {State.PRACTISE, State.REST}:
        state = State.COMPLETE
    reads = known["planned"] and state in {State.PRACTISE, State.COMPLETE}
    return Today(
        state=state,
        place=place,
        steps=steps,
        level=queries.level(place.step.level_id) if reads and place.step else None,
        dose=dose_of_step(plan, place.step, doses) if place.step else None,
        next_day=None if reads else next_day(plan, day),
        words=_words(acts.words, doses, place, day, plan),
        options=_options(place, steps, doses),
        beside=_beside(place, steps, doses),
        **known,
    )


def next_day(plan: PlanOfDay, day: date) -> date | None:
    """The first planned day after a day; None while away without an end."""
    schedules = (
        Schedule.objects.filter(plan_id=plan.pk)
        .order_by("from_day", "pk")
        .values_list("from_day", "weekdays")
    )
    return _calendar(plan, list(schedules)).next_planned(day)


def _words(
    told: list[PhysioWord],
    doses: dict[int, Prescription],
    place: LadderPlace,
    day: date,
    plan: PlanOfDay,
) -> list[PhysioWord]:
    said = [word for word in told if plan.clinic.day_of(word.at) > day - timedelta(days=WORD_DAYS)]
    dose = doses.get(place.step.level_id) if place.step else None
    if dose is not None and dose.word:
        said.append(PhysioWord(dose.word, dose.by.name, dose.at))
    return sorted(said, key=lambda one: one.at, reverse=True)


def _options(
    place: LadderPlace, steps: Sequence[LadderStep], doses: dict[int, Prescription]
) -> list[LevelOption]:
    """The levels of the open rung; none while a clinician lets train lower, and none where there is
    one only."""
    if place.complete or place.lower_until or place.awaits_weight:
        return []
    own = [
        step
        for step in steps
        if step.rung == place.rung and (not step.helper or step == place.step)
    ]
    return [_option(step, place, doses) for step in own] if len(own) > 1 else []


def _option(step: LadderStep, place: LadderPlace, doses: dict[int, Prescription]) -> LevelOption:
    current = step == place.step
    return LevelOption(step, current, not current and (not step.loaded or step.level_id in doses))


def _beside(
    place: LadderPlace, steps: Sequence[LadderStep], doses: dict[int, Prescription]
) -> list[HelperDrill]:
    return [
        HelperDrill(step, doses[step.level_id])
        for step in steps
        if step.helper and step.level_id in doses and step.rung == place.rung and step != place.step
    ]

"""What a patient sees on the Today page, as one value with a state. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from accounts.models import Clinic, User
from curriculum.models import Level
from patients.models import Patient, Prescription, Schedule, Stop, StopCause
from patients.models.screening import allows_training
from patients.models.stops import PAUSING
from patients.rules.periods import MORNING_DAYS, WORD_DAYS
from patients.standing.calendar import Calendar
from patients.standing.day_state import DayFacts, DayState, day_state
from patients.standing.dose import dose_of_step, prescriptions_in_force
from patients.standing.easier import (
    NO_STOP,
    EasierDrill,
    Left,
    easier_drill,
    how_levels_went,
    left_on,
)
from patients.standing.entries import LoggedEntry, recent_entries
from patients.standing.pain import AnyLimits, limits_of
from patients.standing.pain_limits import choose
from patients.standing.position import LadderPlace, LadderStep, ladder_steps, place_on
from patients.standing.screening import screening_in_sight, with_screening
from patients.today import queries
from patients.today.finished import Finished, read_finished
from patients.today.queries import PhysioWord
from patients.wording.dosage import dosage_in_words

if TYPE_CHECKING:
    from patients.today.queries import PlanOfDay


State = DayState


class LevelOption(NamedTuple):
    """A level of the open rung. ``may``: whether the patient can choose it now."""

    step: LadderStep
    current: bool
    may: bool


class HelperDrill(NamedTuple):
    """A helper drill that a clinician prescribed on a rung that is reachable."""

    step: LadderStep
    dose: Prescription


@dataclass(frozen=True)
class Today:
    """What the Today page shows.

    ``place``: where the plan stands on its ladder on this day.
    ``dose``: the dose of the level that is practised.
    ``level``: the level that is practised, with its drill; only if the page shows the drill.
    ``planned``: whether the schedule asks for practice on this day.
    ``entry``: what is logged for this day.
    ``morning_of``: the entry whose morning after the page asks about.
    ``morning_said``: the entry whose morning after was answered today and can still be changed.
    ``stop``: the worst stop that waits for an answer.
    ``easier``: the drill of an easier day, with its dose.
    ``left``: what the stops leave of the day's drill.
    ``sent_on``: how a patient who must not train was reached last: "sent_on" or "letter".
    ``finished``: what was reached; only for somebody who has finished with the clinic.
    ``next_day``: the next planned day; only if the page names it.
    ``words``: what clinicians wrote to the patient, newest first.
    ``options``: the levels of the open rung, if there are several to choose from.
    ``helpers``: the helper drills that are prescribed on the open rung.
    ``steps``: every level of the ladder.
    """

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
    easier: EasierDrill | None = None
    left: Left = NO_STOP
    sent_on: str = ""
    finished: Finished | None = None
    next_day: date | None = None
    words: Sequence[PhysioWord] = ()
    options: Sequence[LevelOption] = ()
    helpers: Sequence[HelperDrill] = ()
    steps: Sequence[LadderStep] = field(default=(), repr=False)

    @property
    def step(self) -> LadderStep | None:
        return self.place.step if self.place else None

    @property
    def physio(self) -> str:
        """The name on the page: the lead's first name, or the clinic's name if nobody leads."""
        return self.patient.physio

    @property
    def rung_count(self) -> int:
        return max((step.rung for step in self.steps), default=0)

    @property
    def limits(self) -> AnyLimits:
        """The pain limits of the day."""
        plan = self.plan
        if plan is None:
            return limits_of(self.patient.clinic)
        return choose(plan.clinic, plan.own_fine_to, plan.own_stop_from)

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
        """Whether the patient can correct the entry that caused the stop today."""
        entry = self.stop.practice if self.stop is not None else None
        if self.stop is None or entry is None or self.stop.cause == StopCause.MORNING:
            return False
        return self._was_today(entry.at)

    def _was_today(self, moment: datetime | None) -> bool:
        if moment is None or self.plan is None:
            return False
        return self.plan.clinic.day_of(moment) == self.day

    def step_of(self, level_id: int) -> LadderStep | None:
        return next((step for step in self.steps if step.level_id == level_id), None)


def read_today(user: User, day: date | None = None) -> Today:
    """Read the patient's day in at most six queries. The default day is today."""
    day = day or user.clinic.today()
    plan = queries.plan_of(user, day)
    if plan is None:
        return _without_plan(user, day)
    recent = [row for row in recent_entries(plan, day) if row.done_on <= day]
    entry = next((row for row in recent if row.done_on == day), None)
    stopped = _stopped(plan, day)
    state = _state(plan, day, entry, stopped["left"])
    known: dict[str, Any] = {
        "day": day,
        "patient": plan.patient,
        "plan": plan,
        "entry": entry,
        "morning_of": _morning_of(recent, day, entry),
        "morning_said": _morning_said(plan, recent, day),
        "planned": calendar_of_day(plan).is_planned(day),
        **stopped,
    }
    if state is State.NOT_CLEARED:
        words = _recent(queries.acts(plan).words, day, plan.clinic)
        return Today(state=state, words=words, sent_on=_sent_on(plan.answered_by), **known)
    if state is State.STOPPED:
        return Today(state=state, **known)
    if state is State.DONE:
        return Today(state=state, next_day=next_day(plan, day), **known)
    return _with_level(known, state)


def _stopped(plan: PlanOfDay, day: date) -> dict[str, Any]:
    """The worst stop that waits, and what all of them leave of the drill."""
    waiting = queries.waiting_stops(plan) if plan.stop_pk is not None else []
    return {"stop": next(iter(waiting), None), "left": left_on(plan, waiting, day)}


def _without_plan(user: User, day: date) -> Today:
    patient = with_screening(Patient.objects.select_related("lead")).get(user=user)
    patient.clinic = user.clinic
    screening = screening_in_sight(patient)
    cleared = screening is not None and screening.allows
    discharged = patient.archived_at is not None
    state = day_state(
        DayFacts(finished=discharged, may_train=cleared, has_plan=False, planned=False)
    )
    finished = None
    if state is State.FINISHED:
        finished = read_finished(patient, day, names_a_drill=cleared)
    contact, word = queries.newest_answer(patient) or ("", None)
    words = _recent([word] if word else [], day, user.clinic)
    return Today(day, state, patient, finished=finished, words=words, sent_on=_sent_on(contact))


def _sent_on(contact: str | None) -> str:
    return contact if contact in PAUSING else ""


def _state(plan: PlanOfDay, day: date, entry: LoggedEntry | None, left: Left) -> State:
    calendar = calendar_of_day(plan)
    return day_state(
        DayFacts(
            may_train=allows_training(plan.screening),
            drill_left=left.drill,
            ended_today=left.ended_today,
            away=calendar.is_away(day),
            logged=entry is not None,
            planned=calendar.is_planned(day),
        )
    )


def _calendar(plan: PlanOfDay, weekdays: Sequence[tuple[date, int]]) -> Calendar:
    """The calendar of a plan that ``queries.plan_of`` read. ``weekdays``: see ``Calendar``."""
    away = [(plan.pause_from, plan.pause_until)] if plan.pause_from is not None else []
    return Calendar(plan.started_on, weekdays, away)


def calendar_of_day(plan: PlanOfDay) -> Calendar:
    """The calendar for the day for which ``queries.plan_of`` read the plan. It needs no query."""
    return _calendar(plan, [(plan.started_on, plan.mask or 0)])


def _morning_of(
    recent: Sequence[LoggedEntry], day: date, entry: LoggedEntry | None
) -> LoggedEntry | None:
    """The last entry before today, if its morning is not answered and nothing is logged since."""
    before = [row for row in recent if row.done_on < day]
    if entry is not None or not before or before[-1].answered:
        return None
    return before[-1] if day <= before[-1].done_on + timedelta(days=MORNING_DAYS) else None


def _morning_said(plan: PlanOfDay, recent: Sequence[LoggedEntry], day: date) -> LoggedEntry | None:
    """The entry whose morning was answered last, if that was today."""
    answered_today = [
        (entry.answered, entry)
        for entry in recent
        if entry.answered and plan.clinic.day_of(entry.answered) == day
    ]
    return max(answered_today, key=lambda pair: pair[0])[1] if answered_today else None


def _with_level(known: dict[str, Any], state: State) -> Today:
    plan = known["plan"]
    day = known["day"]
    steps = ladder_steps(plan)
    acts = queries.acts(plan)
    doses = prescriptions_in_force(plan)
    place = place_on(steps, acts.choices, doses, day, start=plan.assigned_at, goal=plan.goal)
    if state is State.EASIER:
        return _easier(known, place, steps, doses)
    reads = state is State.PRACTISE
    return Today(
        state=state,
        place=place,
        steps=steps,
        level=queries.level(place.step.level_id) if reads and place.step else None,
        dose=dose_of_step(plan, place.step, doses) if place.step else None,
        next_day=None if reads else next_day(plan, day),
        words=_words(acts.words, doses, place, day, plan),
        options=_options(place, steps, doses),
        helpers=_helpers(place, steps, doses),
        sent_on=_sent_on(plan.answered_by) if state is State.PAUSED else "",
        **known,
    )


def _easier(
    known: dict[str, Any],
    place: LadderPlace,
    steps: list[LadderStep],
    doses: dict[int, Prescription],
) -> Today:
    """The day with an easier drill in place of the plan's. There is nothing else to choose."""
    plan = known["plan"]
    drill = easier_drill(plan, place, steps, doses, how_levels_went(plan))
    if drill is None:
        return Today(state=State.EASIER, place=place, steps=steps, **known)
    return Today(
        state=State.EASIER,
        easier=drill,
        place=replace(place, step=drill.step, awaits_weight=False, awaits_choice=False),
        steps=steps,
        level=queries.level(drill.step.level_id),
        dose=drill.dose,
        **known,
    )


def next_day(plan: PlanOfDay, day: date) -> date | None:
    """The first planned day after a day. None during a pause without an end."""
    schedules = (
        Schedule.objects.filter(plan_id=plan.pk)
        .order_by("from_day", "pk")
        .values_list("from_day", "weekdays")
    )
    return _calendar(plan, list(schedules)).next_planned(day)


def _words(
    written: list[PhysioWord],
    doses: dict[int, Prescription],
    place: LadderPlace,
    day: date,
    plan: PlanOfDay,
) -> list[PhysioWord]:
    words = _recent(written, day, plan.clinic)
    dose = doses.get(place.step.level_id) if place.step else None
    if dose is not None and dose.word:
        words.append(PhysioWord(dose.word, dose.by.name, dose.at))
    return sorted(words, key=lambda word: word.at, reverse=True)


def _recent(written: Sequence[PhysioWord], day: date, clinic: Clinic) -> list[PhysioWord]:
    oldest = day - timedelta(days=WORD_DAYS)
    return [word for word in written if clinic.day_of(word.at) > oldest]


def _options(
    place: LadderPlace, steps: Sequence[LadderStep], doses: dict[int, Prescription]
) -> list[LevelOption]:
    """The levels of the open rung. Empty while the patient trains lower, and if there is only one
    level."""
    if place.complete or place.lower_until or place.awaits_clinician:
        return []
    own = [
        step
        for step in steps
        if step.rung == place.rung and (step.to_start_with or step == place.step)
    ]
    return [_option(step, place, doses) for step in own] if len(own) > 1 else []


def _option(step: LadderStep, place: LadderPlace, doses: dict[int, Prescription]) -> LevelOption:
    current = step == place.step
    return LevelOption(step, current, not current and (not step.loaded or step.level_id in doses))


def _helpers(
    place: LadderPlace, steps: Sequence[LadderStep], doses: dict[int, Prescription]
) -> list[HelperDrill]:
    return [
        HelperDrill(step, doses[step.level_id])
        for step in steps
        if step.helper and step.level_id in doses and step.rung == place.rung and step != place.step
    ]

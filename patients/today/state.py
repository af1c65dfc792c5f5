"""Reads what a patient sees on the Today page: the state of the day, and what goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef
from django.utils import timezone

from accounts.models import Clinic, User
from curriculum.ladder_words import read_words
from curriculum.models import Level
from patients.models import Patient, Prescription, Schedule
from patients.models.screening import allows_training
from patients.models.stops import PAUSING
from patients.rules.periods import MORNING_DAYS, MORNING_FROM, WORD_DAYS
from patients.standing.calendar import Calendar
from patients.standing.cautions import lines_for_patient, of_level
from patients.standing.day_state import DayFacts, day_state
from patients.standing.dose import dose_of_step, latest_doses, prescriptions_of, taken_by
from patients.standing.easier import (
    Left,
    easier_drill,
    how_levels_went,
    left_on,
)
from patients.standing.entries import LoggedEntry, logged_entries
from patients.standing.ladder_words import words_columns, words_in
from patients.standing.load.easier import lighter_for
from patients.standing.load.read import LoadOfLevel
from patients.standing.position import (
    LadderPlace,
    LadderStep,
    for_patient,
    ladder_steps,
    place_on,
)
from patients.standing.screening import precautions_in, screening_in_sight, with_screening
from patients.standing.visits import ahead_of
from patients.standing.ways import way_of
from patients.today import queries
from patients.today.day import AnswerSeen, HelperDrill, LevelOption, State, Today
from patients.today.finished import read_finished
from patients.today.load import course_of, entries_from, read_load
from patients.today.new_level import is_new
from patients.today.queries import PhysioWord
from patients.today.told import read_urgent
from patients.today.week import week_of

if TYPE_CHECKING:
    from patients.today.queries import PlanOfDay


def read_today(user: User, day: date | None = None) -> Today:
    """Read the day of a patient, or of who a carer helps, in at most six queries. The default day
    is today."""
    helped = user.acts_for if user.is_carer else None
    user = helped.user if helped is not None else user
    day = day or user.clinic.today()
    plan = queries.plan_of(user, day)
    if plan is None:
        return _without_plan(user, day)
    entries = logged_entries(plan, entries_from(plan, day))
    recent = [row for row in entries if row.done_on <= day]
    entry = next((row for row in recent if row.done_on == day), None)
    stopped = _stopped(plan, day)
    known: dict[str, Any] = {
        "day": day,
        "patient": plan.patient,
        "plan": plan,
        "entry": entry,
        "morning_of": _morning_of(recent, day, entry, plan.clinic),
        "morning_said": _morning_said(plan, recent, day),
        "planned": calendar_of_day(plan).is_planned(day),
        "answers": _answers(plan.answered, plan.reopened, plan.reopened_answer),
        "ladder_words": read_words(plan.ladder_words),
        **stopped,
    }
    return _in_state(_state(plan, day, entry, stopped), known, recent)


def _in_state(state: State, known: dict[str, Any], entries: Sequence[LoggedEntry]) -> Today:
    plan = known["plan"]
    day = known["day"]
    if state in {State.URGENT, State.STOPPED}:
        return Today(state=state, **known)
    if state is State.NOT_CLEARED:
        words = _recent(queries.acts(plan).words, day, plan.clinic)
        known["visit"] = ahead_of(plan.patient, day).soonest
        return Today(state=state, words=words, sent_on=_sent_on(plan.answered_by), **known)
    if state is State.DONE:
        return Today(state=state, next_day=next_day(plan, day), **known)
    return _with_level(known, state, entries)


def _stopped(plan: PlanOfDay, day: date) -> dict[str, Any]:
    """The stops that wait, and what they leave of the drill."""
    waiting = queries.waiting_stops(plan.patient_id) if plan.stop_pk is not None else []
    return {
        "waiting": waiting,
        "left": left_on(plan, waiting, day),
        "urgent": read_urgent(plan.patient, waiting, day),
    }


def _without_plan(user: User, day: date) -> Today:
    rows = with_screening(Patient.objects.select_related("lead", "drawn_as"))
    me = OuterRef("pk")
    columns = {"waits": queries.waits(), **queries.answers_of(me), **words_columns(me)}
    patient = rows.annotate(**columns).get(user=user)
    row = vars(patient)
    answers = _answers(row["answered"], row["reopened"], row["reopened_answer"])
    patient.clinic = user.clinic
    screening = screening_in_sight(patient)
    cleared = screening is not None and screening.allows
    waiting = queries.waiting_stops(patient.pk) if row["waits"] else []
    urgent = read_urgent(patient, waiting, day)
    state = day_state(
        DayFacts(
            urgent=urgent is not None,
            finished=patient.archived_at is not None,
            may_train=cleared,
            has_plan=False,
            planned=False,
        )
    )
    known: dict[str, Any] = {"waiting": waiting, "urgent": urgent, "answers": answers}
    if state is State.URGENT:
        return Today(day, state, patient, ladder_words=words_in(row), **known)
    finished = None
    if state is State.FINISHED:
        held = screening.precautions if screening is not None else ()
        finished = read_finished(patient, day, held, names_a_drill=cleared and not waiting)
    contact, word = queries.newest_answer(patient) or ("", None)
    return Today(
        day,
        state,
        patient,
        finished=finished,
        visit=ahead_of(patient, day).soonest if finished is None else None,
        words=_recent([word] if word else [], day, user.clinic),
        sent_on=_sent_on(contact),
        ladder_words=words_in(row),
        **known,
    )


def _answers(newest: int | None, reopened: int | None, of: int | None) -> AnswerSeen:
    return AnswerSeen(newest or 0, reopened or 0, of or 0)


def _sent_on(contact: str | None) -> str:
    return contact if contact in PAUSING else ""


def _state(plan: PlanOfDay, day: date, entry: LoggedEntry | None, stopped: dict[str, Any]) -> State:
    left: Left = stopped["left"]
    calendar = calendar_of_day(plan)
    return day_state(
        DayFacts(
            urgent=stopped["urgent"] is not None,
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
    recent: Sequence[LoggedEntry], day: date, entry: LoggedEntry | None, clinic: Clinic
) -> LoggedEntry | None:
    """The last entry before today, if its morning is not answered and nothing is logged since.

    After midnight the morning after yesterday's practice has yet to come.
    """
    before = [row for row in recent if row.done_on < day]
    if entry is not None or not before or before[-1].answered:
        return None
    last = before[-1].done_on
    night = timezone.now() < clinic.day_span(day)[0] + timedelta(hours=MORNING_FROM)
    if night and last == day - timedelta(days=1):
        return None
    return before[-1] if day <= last + timedelta(days=MORNING_DAYS) else None


def _morning_said(plan: PlanOfDay, recent: Sequence[LoggedEntry], day: date) -> LoggedEntry | None:
    """The entry whose morning was answered last, if that was today."""
    answered_today = [
        (entry.answered, entry)
        for entry in recent
        if entry.answered and plan.clinic.day_of(entry.answered) == day
    ]
    return max(answered_today, key=lambda pair: pair[0])[1] if answered_today else None


def _with_level(known: dict[str, Any], state: State, entries: Sequence[LoggedEntry]) -> Today:
    plan = known["plan"]
    day = known["day"]
    written = prescriptions_of(plan)
    doses = latest_doses(written)
    held = precautions_in(plan.precautions)
    steps = for_patient(ladder_steps(plan), held, taken_by(doses))
    acts = queries.acts(plan)
    place = place_on(steps, acts.choices, doses, day, start=plan.assigned_at, goal=plan.goal)
    if place.step is None and state in {State.PRACTISE, State.EASIER}:
        # Nothing of the ladder suits this person: no drill until a clinician sets one.
        state = State.REST
    if state is State.EASIER:
        return _easier(known, place, steps, doses)
    reads = state is State.PRACTISE
    level = queries.level(place.step.level_id) if reads and place.step else None
    load = read_load(plan, level, written, held, course_of(entries, steps), day)
    dose = _dose(plan, place, doses, load)
    return Today(
        state=state,
        place=place,
        steps=steps,
        level=level,
        for_you=_for_you(plan, level, dose),
        dose=dose,
        load=load,
        is_new=reads and is_new(plan, place, acts.choices, calendar_of_day(plan), day),
        **({} if reads else _ahead(plan, day, entries)),
        words=_words(acts.words, doses, place, day, plan),
        options=_options(place, steps, doses),
        helpers=_helpers(place, steps, doses),
        sent_on=_sent_on(plan.answered_by) if state is State.PAUSED else "",
        **known,
    )


def _dose(
    plan: PlanOfDay,
    place: LadderPlace,
    doses: dict[int, Prescription],
    load: LoadOfLevel | None,
) -> Prescription | None:
    """The dose of the day's level, lighter after days away."""
    if load is not None and load.is_away:
        return load.dose_today
    return dose_of_step(plan, place.step, doses) if place.step else None


def _easier(
    known: dict[str, Any],
    place: LadderPlace,
    steps: list[LadderStep],
    doses: dict[int, Prescription],
) -> Today:
    """The day with an easier drill in place of the plan's. There is nothing else to choose."""
    plan = known["plan"]
    lighter = lighter_for(plan.patient, place.step)
    drill = easier_drill(plan, place, steps, doses, how_levels_went(plan), lighter)
    if drill is None:
        return Today(state=State.EASIER, place=place, steps=steps, **known)
    level = queries.level(drill.step.level_id)
    return Today(
        state=State.EASIER,
        easier=drill,
        place=replace(place, step=drill.step, awaits_weight=False, awaits_choice=False),
        steps=steps,
        level=level,
        for_you=_for_you(plan, level, drill.dose),
        dose=drill.dose,
        is_new=True,
        **known,
    )


def _for_you(plan: PlanOfDay, level: Level | None, dose: Prescription | None) -> tuple[str, ...]:
    if level is None:
        return ()
    held = precautions_in(plan.precautions)
    return tuple(lines_for_patient(of_level(held, level, way_of(level.drill, dose))))


def next_day(plan: PlanOfDay, day: date) -> date | None:
    """The first planned day after a day. None during a pause without an end."""
    return _whole_calendar(plan).next_planned(day)


def _ahead(plan: PlanOfDay, day: date, entries: Sequence[LoggedEntry]) -> dict[str, Any]:
    """The next planned day, and the week with what is logged in it. One query."""
    calendar = _whole_calendar(plan)
    logged = {entry.done_on for entry in entries}
    return {"next_day": calendar.next_planned(day), "week": week_of(calendar, logged, day)}


def _whole_calendar(plan: PlanOfDay) -> Calendar:
    schedules = (
        Schedule.objects.filter(plan_id=plan.pk)
        .order_by("from_day", "pk")
        .values_list("from_day", "weekdays")
    )
    return _calendar(plan, list(schedules))


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
    """The levels of the open rung. Empty while the patient trains lower or on a borrowed level,
    and if there is only one level."""
    if place.complete or place.is_set_for_a_while or place.awaits_clinician:
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

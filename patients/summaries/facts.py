"""Works out the columns of ``PatientSummary`` from the tables that it sums up.

It reads many patients at once and writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet, Value

from accounts.models import PhoneLink
from curriculum.models import Level, Rung
from patients.models import (
    BandCode,
    CaseloadPlace,
    Message,
    Pass,
    Patient,
    Pause,
    Plan,
    Practice,
    ReviewRequest,
    Schedule,
    Screening,
    Stop,
    Withdrawal,
)
from patients.models.names import same_as, sorts_as
from patients.models.open_rung import open_position, opened_at
from patients.rules.periods import LINK_UNOPENED_DAYS
from patients.standing import awaited_weight
from patients.standing.calendar import Calendar, make_calendar
from patients.standing.cautions import Held, held_in
from patients.standing.follow_up import NextLook, follow_up_day, next_looks
from patients.standing.quiet import quiet_from
from patients.standing.readiness import (
    ENTRY_COLUMNS,
    NOT_READY,
    EvidenceEntry,
    readiness_by_numbers,
    with_mornings,
)
from patients.standing.screening import latest_screenings
from patients.standing.usual_pain import gone_up

#: The class of the caseload in which a stop of this severity stands.
STOP_PLACES = (
    CaseloadPlace.STOP_NOW,
    CaseloadPlace.STOP_URGENT,
    CaseloadPlace.STOP_LEG,
    CaseloadPlace.STOP_HIGH,
    CaseloadPlace.STOP,
    CaseloadPlace.BELOW_KNEE,
)
#: The columns of one summary, by name.
Facts = dict[str, Any]
#: The columns that only a patient with a running plan has.
PLAN_FACTS = (
    "rung_id",
    "amber_since",
    "asked_at",
    "unscreened_since",
    "ready_since",
    "ready_until",
    "weight_from",
    "quiet_from",
    "last_practice",
    "last_pain",
)


def facts_of(pks: Collection[int]) -> dict[int, Facts]:
    """Every column of the summaries of these patients, by the patient's id.

    The number of queries does not depend on the number of patients.
    """
    patients = list(Patient.objects.filter(pk__in=pks).select_related("clinic"))
    rows = _read_rows(patients)
    return {patient.pk: _facts(patient, rows) for patient in patients}


@dataclass(frozen=True)
class _PatientRows:
    """What the tables say of many patients.

    ``plans``: by patient, the running plan
    ``ended``: by patient without a running plan, the day on which the last plan ended
    ``unread``: by patient, when the oldest unread message was written
    ``read_first``: by patient, when the oldest unread message to read first was written
    ``links``: by user, when an unopened link was issued
    ``passed``: by plan and position of the rung, when the rung was passed
    ``lost``: by plan and position of the rung, when its pass was last withdrawn
    ``rungs``: by ladder, the rungs from the bottom up
    ``weights``: by plan, the day since which it waits for a weight
    ``calendars``: by plan
    ``practised``: by plan, the standing entries, oldest first
    ``stops``: by patient, the class of the worst unanswered stop, and when the oldest of it was
    made
    ``asked``: by plan, when the patient asked for the review that is still open
    ``screenings``: by patient, the latest
    ``looks``: by patient, what was said last of looking again
    ``usual_up``: by patient, when a usual pain was told that nobody has seen
    """

    plans: Mapping[int, Plan]
    ended: Mapping[int, date | None]
    unread: Mapping[int, datetime]
    read_first: Mapping[int, datetime]
    links: Mapping[int, datetime]
    passed: Mapping[int, Mapping[int, datetime]]
    lost: Mapping[int, Mapping[int, datetime]]
    rungs: Mapping[int, Sequence[Rung]]
    weights: Mapping[int, date | None]
    calendars: Mapping[int, Calendar]
    practised: Mapping[int, Sequence[EvidenceEntry]]
    stops: Mapping[int, tuple[CaseloadPlace, datetime]]
    asked: Mapping[int, datetime]
    screenings: Mapping[int, Screening]
    looks: Mapping[int, NextLook]
    usual_up: Mapping[int, datetime]


def _read_rows(patients: Sequence[Patient]) -> _PatientRows:
    pks = [patient.pk for patient in patients]
    plans = _running(patients)
    by_plan = {plan.pk: plan for plan in plans.values()}
    users = [patient.user_id for patient in patients]
    alive = PhoneLink.objects.filter(user__in=users, revoked_at=None)
    unopened = alive.filter(first_used_at=None, pin_hash="")
    without = [pk for pk in pks if pk not in plans]
    ended = Plan.objects.filter(patient__in=without, ended_on__isnull=False).order_by("pk")
    unread = Message.objects.filter(patient__in=pks, from_patient=True, read_at__isnull=True)
    asked = ReviewRequest.objects.filter(plan__in=by_plan, closed_at__isnull=True)
    passed, lost = _passed_and_lost(by_plan)
    rungs = _rungs({plan.ladder_id for plan in by_plan.values()})
    screenings = latest_screenings(pks)
    return _PatientRows(
        plans=plans,
        ended=dict(ended.values_list("patient", "ended_on")) if without else {},
        unread=_earliest(unread, "patient"),
        read_first=_earliest(unread.filter(read_first=True), "patient"),
        links=dict(unopened.values_list("user", "issued_at")),
        passed=passed,
        lost=lost,
        rungs=rungs,
        weights=_weights(by_plan, rungs, passed, lost, held_in(screenings.values())),
        calendars=_calendars(by_plan),
        practised=_practised(by_plan),
        stops=_stops(pks),
        asked=_earliest(asked, "plan"),
        screenings=screenings,
        looks=next_looks(pks),
        usual_up=gone_up(pks),
    )


def _running(patients: Sequence[Patient]) -> dict[int, Plan]:
    clinics = {patient.pk: patient.clinic for patient in patients}
    plans = {
        plan.patient_id: plan
        for plan in Plan.objects.running().filter(patient__in=clinics).select_related("goal_rung")
    }
    for pk, plan in plans.items():
        plan.clinic = clinics[pk]
    return plans


def _earliest(rows: QuerySet[Any], whose: str) -> dict[int, datetime]:
    """The moment of the earliest row, by the column ``whose``."""
    return dict(rows.order_by().values_list(whose).annotate(first=Min("at")))


def _stops(pks: Collection[int]) -> dict[int, tuple[CaseloadPlace, datetime]]:
    stops: dict[int, tuple[CaseloadPlace, datetime]] = {}
    for stop in Stop.objects.unanswered().filter(patient__in=pks).order_by():
        found = (STOP_PLACES[stop.severity], stop.at)
        stops[stop.patient_id] = min(stops.get(stop.patient_id, found), found)
    return stops


#: By plan and position of the rung.
Moments = dict[int, dict[int, datetime]]


def _passed_and_lost(plans: Collection[int]) -> tuple[Moments, Moments]:
    """When rungs were passed, and when passes were last withdrawn. One query."""
    passed: Moments = defaultdict(dict)
    lost: Moments = defaultdict(dict)
    passes = Pass.objects.filter(plan__in=plans).order_by()
    withdrawals = Withdrawal.objects.lost().filter(review__plan__in=plans).order_by()
    rows = passes.values_list("plan", "rung__position", "review__at", Value(0)).union(
        withdrawals.values_list("review__plan", "review__rung__position", "at", Value(1)), all=True
    )
    for plan_id, position, at, is_lost in sorted(rows):
        (lost if is_lost else passed)[plan_id][position] = at
    return passed, lost


def _rungs(ladders: Collection[int]) -> dict[int, list[Rung]]:
    rungs: dict[int, list[Rung]] = defaultdict(list)
    at_home = Level.objects.filter(rung=OuterRef("pk"), helper=False, home=True)
    rows = Rung.objects.filter(ladder__in=ladders).annotate(starts_at_home=Exists(at_home))
    for rung in rows.order_by("position"):
        rungs[rung.ladder_id].append(rung)
    return rungs


def _may_wait(plan: Plan, rungs: Sequence[Rung], passed: Collection[int]) -> bool:
    """Whether the rung of the day may wait for everybody: it is loaded, or has no level for
    home."""
    here = _open_rung(plan, rungs, passed) or plan.goal_rung or rungs[-1]
    return here.loaded or not getattr(here, "starts_at_home", True)


def _weights(
    running: Mapping[int, Plan],
    rungs: Mapping[int, Sequence[Rung]],
    passed: Mapping[int, Mapping[int, datetime]],
    lost: Mapping[int, Mapping[int, datetime]],
    held: Mapping[int, Sequence[Held]],
) -> dict[int, date | None]:
    """Since when each plan waits. Precautions may leave no level on any rung."""
    plans = [
        plan
        for plan in running.values()
        if plan.patient_id in held
        or _may_wait(plan, rungs[plan.ladder_id], passed.get(plan.pk, {}))
    ]
    return awaited_weight.waited_for(plans, passed, lost, held) if plans else {}


def _calendars(plans: Mapping[int, Plan]) -> dict[int, Calendar]:
    schedules: dict[int, list[Schedule]] = defaultdict(list)
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for schedule in Schedule.objects.filter(plan__in=plans):
        schedules[schedule.plan_id].append(schedule)
    for pause in Pause.objects.filter(plan__in=plans):
        pauses[pause.plan_id].append(pause)
    return {
        pk: make_calendar(plan.started_on, schedules[pk], pauses[pk]) for pk, plan in plans.items()
    }


def _practised(plans: Collection[int]) -> dict[int, list[EvidenceEntry]]:
    practised: dict[int, list[EvidenceEntry]] = defaultdict(list)
    rows = with_mornings(Practice.objects.standing().filter(plan__in=plans)).order_by("done_on")
    for plan_id, *entry in rows.values_list("plan", *ENTRY_COLUMNS):
        practised[plan_id].append(EvidenceEntry(*entry))
    return practised


def _facts(patient: Patient, rows: _PatientRows) -> Facts:
    plan = rows.plans.get(patient.pk)
    facts: Facts = {
        "clinic_id": patient.clinic_id,
        "lead_id": patient.lead_id,
        "archived": patient.archived_at is not None,
        "plan_id": plan.pk if plan else None,
        "stop_since": rows.stops[patient.pk][1] if patient.pk in rows.stops else None,
        "unread_since": rows.unread.get(patient.pk),
        "link_from": _link_from(patient, rows),
        "new_since": None if plan else _new_since(patient, rows),
        "sorts_as": sorts_as(patient.name),
        "same_as": same_as(patient.name),
        **dict.fromkeys(PLAN_FACTS),
    }
    if plan is not None:
        facts |= _plan_facts(plan, rows)
    latest = rows.screenings.get(patient.pk)
    facts["follow_up_on"] = follow_up_day(rows.looks.get(patient.pk), latest)
    if latest is None and plan is not None:
        facts["unscreened_since"] = plan.assigned_at
    rank, since = _waiting(patient, facts, rows)
    return {**facts, "rank": rank, "waits_since": since}


def _link_from(patient: Patient, rows: _PatientRows) -> date | None:
    issued_at = rows.links.get(patient.user_id)
    if issued_at is None or patient.archived_at is not None:
        return None
    return patient.clinic.day_of(issued_at) + timedelta(days=LINK_UNOPENED_DAYS)


def _new_since(patient: Patient, rows: _PatientRows) -> date | None:
    if patient.archived_at is not None:
        return None
    return rows.ended.get(patient.pk) or patient.clinic.day_of(patient.created_at)


def _waiting(
    patient: Patient, facts: Facts, rows: _PatientRows
) -> tuple[CaseloadPlace | None, datetime | None]:
    """The rank of a patient, and the moment since which it holds; None = it has no such moment."""
    if patient.pk in rows.stops:
        return rows.stops[patient.pk]
    if patient.archived_at is not None:
        return None, None
    amber_since: date | None = facts["amber_since"]
    amber = datetime.combine(amber_since, time.min, patient.clinic.zone) if amber_since else None
    matters = (
        (CaseloadPlace.USUAL_UP, rows.usual_up.get(patient.pk)),
        (CaseloadPlace.READ_FIRST, rows.read_first.get(patient.pk)),
        (CaseloadPlace.UNREAD, facts["unread_since"]),
        (CaseloadPlace.AMBER, amber),
        (CaseloadPlace.ASKED, facts["asked_at"]),
        (CaseloadPlace.SCREEN, facts["unscreened_since"]),
    )
    nothing = CaseloadPlace.ON_TRACK if facts["plan_id"] else CaseloadPlace.NEW
    latest = rows.screenings.get(patient.pk)
    if latest is not None and not latest.allows:
        nothing = CaseloadPlace.NOT_CLEARED
    return next(((rank, since) for rank, since in matters if since is not None), (nothing, None))


def _plan_facts(plan: Plan, rows: _PatientRows) -> Facts:
    calendar = rows.calendars[plan.pk]
    practised = rows.practised.get(plan.pk, [])
    passed = rows.passed.get(plan.pk, {})
    rung = _open_rung(plan, rows.rungs[plan.ladder_id], passed)
    last = practised[-1] if practised else None
    ready = NOT_READY
    if rung is not None:
        lost = rows.lost.get(plan.pk, {})
        since = opened_at(plan.assigned_at, passed.get(rung.position - 1), lost.get(rung.position))
        opened_on = plan.clinic.day_of(since)
        ready = readiness_by_numbers(calendar, rung, opened_on, practised)
    return {
        "rung_id": rung.pk if rung else None,
        "amber_since": _amber_since(practised),
        "asked_at": rows.asked.get(plan.pk),
        "ready_since": ready.since,
        "ready_until": ready.until,
        "weight_from": rows.weights.get(plan.pk),
        "quiet_from": quiet_from(calendar, last.done_on if last else None),
        "last_practice": last.done_on if last else None,
        "last_pain": last.pain if last else None,
    }


def _open_rung(plan: Plan, rungs: Sequence[Rung], passed: Collection[int]) -> Rung | None:
    by_position = {rung.position: rung for rung in rungs}
    position = open_position(by_position, passed, plan.goal_position)
    return by_position[position] if position is not None else None


def _amber_since(practised: Sequence[EvidenceEntry]) -> date | None:
    """The first day of the current run of amber days, or of worse mornings.

    None when neither run contains the last two entries.
    """
    starts = [
        _run_start(practised, [entry.whole == BandCode.EASE for entry in practised]),
        _run_start(practised, [bool(entry.worse) for entry in practised]),
    ]
    return min((day for day in starts if day is not None), default=None)


def _run_start(practised: Sequence[EvidenceEntry], marks: Sequence[bool]) -> date | None:
    """The day of the first entry in the last run of marks; None when it is shorter than two."""
    length = 0
    for mark in reversed(marks):
        if not mark:
            break
        length += 1
    return practised[-length].done_on if length >= 2 else None

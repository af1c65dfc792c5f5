"""Works out the columns of ``PatientSummary`` from the tables that it sums up.

It reads many patients at once and writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.prepared import Prepared
from curriculum.models import Level, Rung
from patients.models import (
    BandCode,
    CaseloadPlace,
    Patient,
    Plan,
    Practice,
    Screening,
    Visit,
    VisitState,
)
from patients.models.names import same_as, sorts_as
from patients.models.open_rung import open_position, opened_at
from patients.rules.periods import LINK_UNOPENED_DAYS
from patients.standing import awaited_weight
from patients.standing.awaited_weight import Awaited
from patients.standing.calendar import Calendar
from patients.standing.calendars import calendars_of
from patients.standing.cautions import Held, held_in
from patients.standing.first_visit import unfinished, waiting_step
from patients.standing.follow_up import follow_up_day
from patients.standing.load.to_sign import ToSign, to_sign
from patients.standing.quiet import quiet_from
from patients.standing.readiness import (
    ENTRY_COLUMNS,
    NOT_READY,
    EvidenceEntry,
    entry_of_columns,
    readiness_by_numbers,
    with_mornings,
)
from patients.standing.screening import latest_screenings
from patients.summaries.waiting import Waiting, waiting_at

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
    "sign_from",
    "quiet_from",
    "last_practice",
    "last_pain",
)


def facts_of(pks: Collection[int]) -> dict[int, Facts]:
    """Every column of the summaries of these patients, by the patient's id.

    The number of queries does not depend on the number of patients.
    """
    patients = list(_PATIENTS(pks=pks))
    rows = _read_rows(patients)
    return {patient.pk: _facts(patient, rows) for patient in patients}


@dataclass(frozen=True)
class _PatientRows:
    """What the tables say of many patients.

    ``plans``: by patient, the running plan
    ``ended``: by patient without a running plan, the day on which the last plan ended
    ``waiting``: what waits at them, and which rungs were passed
    ``rungs``: by ladder, the rungs from the bottom up
    ``weights``: by plan, the day since which it waits for a weight
    ``to_sign``: by plan, what is proposed for its load and waits for a signature
    ``calendars``: by plan
    ``practised``: by plan, the standing entries, oldest first
    ``screenings``: by patient, the latest
    """

    plans: Mapping[int, Plan]
    ended: Mapping[int, date | None]
    waiting: Waiting
    rungs: Mapping[int, Sequence[Rung]]
    weights: Mapping[int, Awaited]
    to_sign: Mapping[int, ToSign]
    calendars: Mapping[int, Calendar]
    practised: Mapping[int, Sequence[EvidenceEntry]]
    screenings: Mapping[int, Screening]


def _read_rows(patients: Sequence[Patient]) -> _PatientRows:
    pks = [patient.pk for patient in patients]
    plans = _running(patients)
    by_plan = {plan.pk: plan for plan in plans.values()}
    without = [pk for pk in pks if pk not in plans]
    found = waiting_at(pks, [patient.user_id for patient in patients], by_plan)
    rungs = _rungs({plan.ladder_id for plan in by_plan.values()})
    screenings = latest_screenings(pks)
    calendars, _paused_by = calendars_of({pk: plan.started_on for pk, plan in by_plan.items()})
    held = held_in(screenings.values())
    weights = _weights(by_plan, rungs, found, held)
    return _PatientRows(
        plans=plans,
        ended=dict(_ENDED(patients=without)) if without else {},
        waiting=found,
        rungs=rungs,
        weights=weights,
        to_sign=to_sign(by_plan, _practised_levels(weights), calendars, held),
        calendars=calendars,
        practised=_practised(by_plan),
        screenings=screenings,
    )


def _running(patients: Sequence[Patient]) -> dict[int, Plan]:
    clinics = {patient.pk: patient.clinic for patient in patients}
    plans = {plan.patient_id: plan for plan in _PLANS(patients=clinics)}
    for pk, plan in plans.items():
        plan.clinic = clinics[pk]
    return plans


def _rungs(ladders: Collection[int]) -> dict[int, list[Rung]]:
    rungs: dict[int, list[Rung]] = defaultdict(list)
    for rung in _RUNGS(ladders=ladders):
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
    found: Waiting,
    held: Mapping[int, Sequence[Held]],
) -> dict[int, Awaited]:
    """Since when each plan waits. Precautions may leave no level on any rung."""
    plans = [
        plan
        for plan in running.values()
        if plan.patient_id in held
        or _may_wait(plan, rungs[plan.ladder_id], found.passed.get(plan.pk, {}))
    ]
    return awaited_weight.waited_for(plans, found.passed, found.lost, held) if plans else {}


def _practised_levels(weights: Mapping[int, Awaited]) -> dict[int, int]:
    return {pk: one.level_id for pk, one in weights.items() if one.level_id is not None}


def _practised(plans: Collection[int]) -> dict[int, list[EvidenceEntry]]:
    practised: dict[int, list[EvidenceEntry]] = defaultdict(list)
    for plan_id, *entry in _PRACTISED(plans=plans):
        practised[plan_id].append(entry_of_columns(entry))
    return practised


def _facts(patient: Patient, rows: _PatientRows) -> Facts:
    plan = rows.plans.get(patient.pk)
    facts: Facts = {
        "clinic_id": patient.clinic_id,
        "lead_id": patient.lead_id,
        "archived": patient.archived_at is not None,
        "plan_id": plan.pk if plan else None,
        "stop_since": rows.waiting.stops[patient.pk][1]
        if patient.pk in rows.waiting.stops
        else None,
        "unread_since": rows.waiting.unread.get(patient.pk),
        "link_from": _link_from(patient, rows),
        "new_since": None if plan else _new_since(patient, rows),
        "sorts_as": sorts_as(patient.name),
        "same_as": same_as(patient.name),
        "missed_on": _missed_on(patient),
        **dict.fromkeys(PLAN_FACTS),
        "sign_kind": "",
    }
    if plan is not None:
        facts |= _plan_facts(plan, rows)
    latest = rows.screenings.get(patient.pk)
    facts["follow_up_on"] = follow_up_day(rows.waiting.looks.get(patient.pk), latest)
    if latest is None and plan is not None:
        facts["unscreened_since"] = plan.assigned_at
    facts["visit_step"] = _visit_step(patient, latest, plan)
    rank, since = _waiting(patient, facts, rows)
    return {**facts, "rank": rank, "waits_since": since}


def _link_from(patient: Patient, rows: _PatientRows) -> date | None:
    issued_at = rows.waiting.links.get(patient.user_id)
    if issued_at is None or patient.archived_at is not None:
        return None
    return patient.clinic.day_of(issued_at) + timedelta(days=LINK_UNOPENED_DAYS)


def _new_since(patient: Patient, rows: _PatientRows) -> date | None:
    if patient.archived_at is not None:
        return None
    return rows.ended.get(patient.pk) or patient.clinic.day_of(patient.created_at)


def _missed_on(patient: Patient) -> date | None:
    """The day of the newest missed visit, unless another one was kept or planned after it."""
    missed: date | None = vars(patient)["missed"]
    seen: date | None = vars(patient)["seen"]
    if missed is None or patient.archived_at is not None:
        return None
    return missed if seen is None or seen < missed else None


def _visit_step(patient: Patient, latest: Screening | None, plan: Plan | None) -> str:
    """The step of an unfinished first visit that waits. Who is not cleared waits for another day:
    that has a class of its own."""
    visit = unfinished(patient)
    if visit is None or patient.archived_at is not None or (latest and not latest.allows):
        return ""
    return waiting_step(visit, cleared=latest is not None, on_a_plan=plan is not None).value


def _waiting(
    patient: Patient, facts: Facts, rows: _PatientRows
) -> tuple[CaseloadPlace | None, datetime | None]:
    """The rank of a patient, and the moment since which it holds; None = it has no such moment."""
    if patient.pk in rows.waiting.stops:
        return rows.waiting.stops[patient.pk]
    if patient.archived_at is not None:
        return None, None
    amber_since: date | None = facts["amber_since"]
    amber = datetime.combine(amber_since, time.min, patient.clinic.zone) if amber_since else None
    matters = (
        (CaseloadPlace.USUAL_UP, rows.waiting.usual_up.get(patient.pk)),
        (CaseloadPlace.READ_FIRST, rows.waiting.read_first.get(patient.pk)),
        (CaseloadPlace.UNREAD, facts["unread_since"]),
        (CaseloadPlace.AMBER, amber),
        (CaseloadPlace.ASKED, facts["asked_at"]),
        (CaseloadPlace.FIRST_VISIT, patient.first_visit.at if facts["visit_step"] else None),
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
    passed = rows.waiting.passed.get(plan.pk, {})
    rung = _open_rung(plan, rows.rungs[plan.ladder_id], passed)
    last = practised[-1] if practised else None
    ready = NOT_READY
    if rung is not None:
        lost = rows.waiting.lost.get(plan.pk, {})
        since = opened_at(plan.assigned_at, passed.get(rung.position - 1), lost.get(rung.position))
        opened_on = plan.clinic.day_of(since)
        ready = readiness_by_numbers(calendar, rung, opened_on, practised)
    return {
        "rung_id": rung.pk if rung else None,
        "amber_since": _amber_since(practised),
        "asked_at": rows.waiting.asked.get(plan.pk),
        "ready_since": ready.since,
        "ready_until": ready.until,
        "weight_from": rows.weights[plan.pk].since if plan.pk in rows.weights else None,
        **_sign_facts(plan, rows),
        "quiet_from": quiet_from(calendar, last.done_on if last else None),
        "last_practice": last.done_on if last else None,
        "last_pain": last.pain if last else None,
    }


def _sign_facts(plan: Plan, rows: _PatientRows) -> Facts:
    """A level that is set for a while comes before the load of the one that it stands for."""
    found = rows.to_sign.get(plan.pk)
    if found is None:
        return {}
    until = rows.weights[plan.pk].until
    since = found.since if until is None else max(found.since, until + timedelta(days=1))
    return {"sign_from": since, "sign_kind": found.kind}


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


def _patients(pks: list[int]) -> QuerySet[Patient]:
    patients = Patient.objects.filter(pk__in=pks).select_related("clinic", "first_visit")
    return patients.annotate(
        missed=_newest_visit(VisitState.MISSED),
        seen=_newest_visit(VisitState.KEPT, VisitState.PLANNED),
    )


def _newest_visit(*states: VisitState) -> Subquery:
    """The day of the newest visit of these states, as a column."""
    visits = Visit.objects.filter(patient=OuterRef("pk"), state__in=states)
    return Subquery(visits.order_by("-day").values("day")[:1])


def _plans(patients: list[int]) -> QuerySet[Plan]:
    return Plan.objects.running().filter(patient__in=patients).select_related("goal_rung")


def _ended(patients: list[int]) -> QuerySet[Plan, Any]:
    rows = Plan.objects.filter(patient__in=patients, ended_on__isnull=False).order_by("pk")
    return rows.values_list("patient", "ended_on")


def _rungs_of(ladders: list[int]) -> QuerySet[Rung]:
    at_home = Level.objects.filter(rung=OuterRef("pk"), helper=False, home=True)
    rows = Rung.objects.filter(ladder__in=ladders).annotate(starts_at_home=Exists(at_home))
    return rows.order_by("position")


def _entries(plans: list[int]) -> QuerySet[Any, Any]:
    rows = with_mornings(Practice.objects.standing().filter(plan__in=plans)).order_by("done_on")
    return rows.values_list("plan", *ENTRY_COLUMNS)


_PATIENTS: Prepared[Patient, Patient] = Prepared(_patients, pks=list)
_PLANS: Prepared[Plan, Plan] = Prepared(_plans, patients=list)
_ENDED: Prepared[Plan, Any] = Prepared(_ended, patients=list)
_RUNGS: Prepared[Rung, Rung] = Prepared(_rungs_of, ladders=list)
_PRACTISED: Prepared[Any, Any] = Prepared(_entries, plans=list)

"""The one function that writes ``PatientSummary``; every verb calls it, ``manage.py verify`` rebuilds and compares."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db.models import Min

from accounts.models import PhoneLink, User
from patients import days, evidence, levels
from patients.models import BandCode, Message, Patient, PatientSummary, Plan, Rank, ReviewRequest, Stop

LINK_UNOPENED_DAYS = 3
QUIET_PLANNED_DAYS, QUIET_DAYS = 3, 5
SEARCH_LIMIT = 450
PLAN_FACTS = (
    "rung_id",
    "stop_since",
    "amber_since",
    "asked_at",
    "ready_since",
    "ready_until",
    "quiet_from",
    "last_practice",
    "last_pain",
)


def refresh(patient: Patient) -> None:
    """Write what lists read about a patient. Call inside the verb's transaction."""
    # Held first, read afterwards: facts read before another verb's commit would undo what that verb wrote here.
    standing = PatientSummary.objects.select_for_update(no_key=True).filter(patient=patient).first()
    found = facts(patient)
    if standing is None:
        PatientSummary.objects.create(patient=patient, **found)
        return
    for name, value in found.items():
        setattr(standing, name, value)
    standing.save(update_fields=list(found))


def after_phone_link(sender: object, user: User, **kwargs: object) -> None:
    """Receives ``accounts.signals.phone_link_changed``: an unopened link becomes a matter, an opened one is none."""
    patient = Patient.objects.filter(user=user).first()
    if patient is not None:
        refresh(patient)


def facts(patient: Patient) -> dict[str, Any]:
    """Every column of the summary, read from the tables that it sums up."""
    patient = Patient.objects.select_related("clinic").get(pk=patient.pk)
    plan = patient.running_plan()
    common: dict[str, Any] = {
        "clinic_id": patient.clinic_id,
        "lead_id": patient.lead_id,
        "archived": patient.archived_at is not None,
        "plan_id": plan.pk if plan else None,
        "unread_since": _unread_since(patient),
        "link_from": _link_from(patient) if patient.archived_at is None else None,
        "new_since": _new_since(patient, plan),
        "search": search_words(patient.name),
        **dict.fromkeys(PLAN_FACTS),
    }
    if plan is not None:
        common |= _plan_facts(plan)
    rank, since = _waiting(patient, common)
    return {**common, "rank": rank, "waits_since": since}


def search_words(name: str) -> str:
    """A name as it is searched: without case and accents, a space before each word."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return "".join(f" {word}" for word in letters.split())[:SEARCH_LIMIT]


def _waiting(patient: Patient, read: dict[str, Any]) -> tuple[Rank | None, datetime | None]:
    """What waits, leaving the passing of time aside, and since when."""
    if patient.archived_at is not None:
        return None, None
    amber_since: date | None = read["amber_since"]
    amber = datetime.combine(amber_since, time.min, patient.clinic.zone) if amber_since else None
    matters = (
        (Rank.STOP, read["stop_since"]),
        (Rank.UNREAD, read["unread_since"]),
        (Rank.AMBER, amber),
        (Rank.ASKED, read["asked_at"]),
    )
    nothing = Rank.ON_TRACK if read["plan_id"] else Rank.NEW
    return next(((rank, since) for rank, since in matters if since is not None), (nothing, None))


def _unread_since(patient: Patient) -> datetime | None:
    unread = Message.objects.filter(plan__patient=patient, from_patient=True, read_at__isnull=True)
    first: datetime | None = unread.aggregate(first=Min("at"))["first"]
    return first


def _link_from(patient: Patient) -> date | None:
    link = PhoneLink.objects.filter(user_id=patient.user_id, first_used_at=None, revoked_at=None).first()
    return patient.clinic.day_of(link.issued_at) + timedelta(days=LINK_UNOPENED_DAYS) if link else None


def _new_since(patient: Patient, plan: Plan | None) -> date | None:
    if plan is not None or patient.archived_at is not None:
        return None
    last = patient.plans.order_by("-pk").first()
    return last.ended_on if last else patient.clinic.day_of(patient.created_at)


@dataclass(frozen=True)
class _Read:
    plan: Plan
    calendar: days.Calendar
    practised: Sequence[evidence.Entry]


def _plan_facts(plan: Plan) -> dict[str, Any]:
    rung = plan.open_rung
    read = _Read(plan, days.of_plan(plan), evidence.entries(plan))
    last = read.practised[-1] if read.practised else None
    ready = evidence.NOT_READY
    if rung is not None:
        opened_on = plan.clinic.day_of(levels.opened_at(plan, rung))
        ready = evidence.readiness(read.calendar, rung, opened_on, read.practised)
    return {
        "rung_id": rung.pk if rung else None,
        "stop_since": Stop.objects.unanswered().filter(plan=plan).aggregate(first=Min("at"))["first"],
        "amber_since": _amber_since(read.practised),
        "asked_at": ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).aggregate(at=Min("at"))["at"],
        "ready_since": ready.since,
        "ready_until": ready.until,
        "quiet_from": quiet_from(read.calendar, last.done_on if last else None),
        "last_practice": last.done_on if last else None,
        "last_pain": last.pain if last else None,
    }


def _amber_since(practised: Sequence[evidence.Entry]) -> date | None:
    """The first day of the run of ambers, or of worse mornings, that the last two entries belong to."""
    starts = [
        _run_start(practised, [one.whole == BandCode.EASE for one in practised]),
        _run_start(practised, [bool(one.worse) for one in practised]),
    ]
    return min((day for day in starts if day is not None), default=None)


def _run_start(practised: Sequence[evidence.Entry], marks: Sequence[bool]) -> date | None:
    run = 0
    for mark in reversed(marks):
        if not mark:
            break
        run += 1
    return practised[-run].done_on if run >= 2 else None


def quiet_from(calendar: days.Calendar, last_practice: date | None) -> date | None:
    """The day on which silence becomes a matter: 3 planned days and 5 calendar days have gone by without practice.

    Days away do not count; None while away without an end.
    """
    start = last_practice or calendar.started_on - days.ONE_DAY
    planned = calendar.planned(start + days.ONE_DAY, start + days.ONE_DAY * days.HORIZON)
    third = next((day for nth, day in enumerate(planned, 1) if nth == QUIET_PLANNED_DAYS), None)
    if third is None:
        return None
    fifth = _nth_day_present(calendar, start, QUIET_DAYS)
    return max(third, fifth) + days.ONE_DAY if fifth is not None else None


def _nth_day_present(calendar: days.Calendar, after: date, nth: int) -> date | None:
    present = (after + days.ONE_DAY * count for count in range(1, days.HORIZON))
    return next(islice((day for day in present if not calendar.is_away(day)), nth - 1, None), None)

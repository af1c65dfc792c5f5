"""The history of practice, for the patient and for the clinic."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.http import (
    PatientRequest,
    StaffRequest,
    clinician_required,
    reader_required,
    while_open,
)
from patients.history import days as history_days
from patients.models import Patient
from patients.pictures.activity_chart import activity_chart
from patients.pictures.load_chart import load_chart
from patients.pictures.month import make_month
from patients.pictures.pain_chart import pain_chart, zones
from patients.record.queries import stops_in_sight
from patients.record.reports import Reported, reported
from patients.rules.periods import HISTORY_WEEKS
from patients.standing.activities import activity_courses
from patients.standing.pain_limits import limits_for
from patients.standing.reports import read_reports
from patients.standing.usual_pain import usual_in_sight, usual_now
from patients.views import lookups
from patients.views.chart import head_of_page
from patients.wording.days import weekday_initials


@require_GET
@reader_required
@while_open
def history(request: PatientRequest) -> HttpResponse:
    """Show the patient's own history: 13 weeks or everything, every rung or one, month by month."""
    patient = get_object_or_404(
        Patient.objects.acted_for_by(request.user).select_related("lead", "clinic")
    )
    context = {"patient": patient, **shown(patient, request.GET.dict(), patient.clinic.today())}
    context["measured"] = activity_chart(activity_courses(patient))
    context["told"] = _told(patient, cast(history_days.History, context["history"]))
    return render(request, "patients/history/history.html", context)


def _told(patient: Patient, history: history_days.History) -> list[Reported]:
    """The signs that the patient told, newest first, without what the clinic answered."""
    told = reported(read_reports(patient, history.since), (), patient.clinic)
    return [one for one in told if one.signs]


def shown(
    patient: Patient, query: dict[str, str], today: date, *, clinical: bool = False
) -> dict[str, object]:
    """The context of the history's fragments.

    ``query``: ``all``, ``rung`` (a position) and ``month`` (2026-11) of the address.
    ``clinical``: whether drills have the names that clinicians use.
    """
    position = query.get("rung", "")
    rung = int(position) if position.isdecimal() and len(position) < 4 else None
    weeks = None if "all" in query else HISTORY_WEEKS
    read = history_days.history_of(patient, today, weeks=weeks, rung=rung, clinical=clinical)
    first = _month(query.get("month", ""), read.started_on, today)
    last = _last_of(first)
    own = zones(usual_now(patient), limits_for(patient))
    return {
        "history": read,
        "month": make_month(first, read.marks(first, last), earliest=read.started_on, latest=today),
        "weekdays": weekday_initials(),
        "pain_words": history_days.pain_in_words(read.points),
        "pain_chart": pain_chart(read.points, own, "pain-words") if read.points else "",
        "loads": load_chart(read.lifts, "load-words") if read.has_lifted else None,
        "came_down": history_days.came_down(read.points),
        "all": "all" in query,
        "clinic": patient.clinic,
        "clinical": clinical,
    }


def _month(text: str, earliest: date, latest: date) -> date:
    """The first day of a month, kept between two days. The latest month if the text is no month."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        month = latest
    return min(max(month, earliest), latest).replace(day=1)


def _last_of(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


@require_GET
@clinician_required
def practice_history(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the clinic the history that the patient sees, and how each entry was made."""
    patient = lookups.patient_of_chart(request.user, pk)
    context = {
        "patient": patient,
        "usual": usual_in_sight(patient),
        **shown(patient, request.GET.dict(), patient.clinic.today(), clinical=True),
    }
    context |= head_of_page(patient, request)
    context["reports"] = _reports(patient, cast(history_days.History, context["history"]))
    return render(request, "patients/history/practice_history.html", context)


def _reports(patient: Patient, history: history_days.History) -> list[Reported]:
    """What was reported since the first day that the page shows, newest first."""
    rows = read_reports(patient, history.since)
    stops = stops_in_sight(patient, history.since)
    return reported(rows, stops, patient.clinic, practised=history.days)

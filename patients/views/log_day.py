"""Writing practice down: today's, a forgotten day's, the sets as they are tapped, and the morning
after."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.http import PatientRequest, patient_required
from accounts.parsing import row_id
from curriculum.models import Level
from patients.forms import log_day as sheets
from patients.models import BandCode, Plan, Practice
from patients.rules.refusals import Refused
from patients.today.log_day import LogDay, read_log_day
from patients.today.state import read_today as read_today
from patients.verbs import practice as practice_verbs
from patients.views import today_page
from patients.views.lookups import own_plan
from patients.views.outcomes import see


@require_http_methods(["GET", "POST"])
@patient_required
def log_day(request: PatientRequest, day: date) -> HttpResponse:
    """Log a day, or change what is logged: today or one of the past seven."""
    plan = own_plan(request)
    if request.method == "POST":
        sheet = sheets.typed(request.POST)
        made = _log(request, plan, day, sheet)
        return _after(request, made) if made else _again(request, plan, day, sheet)
    return _again(request, plan, day, None)


def _log(request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet) -> Practice | None:
    answers = sheet.answers()
    if answers is None:
        return None
    level = Level.objects.select_related("rung", "drill").filter(pk=sheet.level_id or 0).first()
    try:
        if level is None:
            raise Refused("other_ladder")
        asked: dict[str, Any] = {
            "client_id": sheet.client_id,
            "corrects": _corrected(plan, sheet),
            **answers,
        }
        return practice_verbs.log(plan=plan, level=level, by=request.user, done_on=day, **asked)
    except Refused as refused:
        sheet.errors[sheets.PARTS.get(refused.code, "top")] = str(refused)
        return None


def _corrected(plan: Plan, sheet: sheets.Sheet) -> Practice | None:
    if not sheet.corrects:
        return None
    entry = Practice.objects.filter(plan=plan, pk=row_id(sheet.corrects) or 0).first()
    if entry is None:
        raise Refused("nothing_to_correct")
    return entry


def _after(request: PatientRequest, made: Practice) -> HttpResponse:
    """Back to the day; a day that was added later shows in the history, unless it needs an answer
    now."""
    is_today = made.done_on == request.user.clinic.today()
    answer = see("today" if is_today or made.band == BandCode.STOP else "history")
    return HttpResponseClientRedirect(answer["Location"]) if request.htmx else answer


def _again(
    request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet | None
) -> HttpResponse:
    """The sheet of a day, as typed if it was; today's stands on the page of the day while the drill
    does."""
    status = 422 if sheet else 200
    here = read_log_day(plan, day, plan.clinic.today())
    if sheet and here.entry is None and day == plan.clinic.today():
        now = read_today(request.user)
        if now.shows_drill:
            return today_page.show(request, now, sheet=sheet, status=status)
    context = {
        "here": here,
        "sheet": sheet or _given_out(here),
        "scale": today_page.scale(request, plan.patient.usual_pain()),
        "physio": plan.patient.physio,
        "is_today": day == plan.clinic.today(),
        "wrong_number": "wrong" in request.GET,
        "morning_open": here.entry is not None
        and practice_verbs.morning_is_open(day, plan.clinic.today()),
    }
    return render(request, "patients/log_day/log_day.html", context, status=status)


def _given_out(here: LogDay) -> sheets.Sheet | None:
    if here.dose is None or not here.open:
        return None
    return (
        sheets.of_entry(here.entry, here.dose)
        if here.entry
        else sheets.fresh(here.dose, here.dose.level_id)
    )


@require_POST
@patient_required
def draft(request: PatientRequest) -> HttpResponse:
    """Keep the sets tapped so far; answers with their count."""
    plan = own_plan(request)
    sheet = sheets.typed(request.POST)
    level = get_object_or_404(
        Level.objects.select_related("rung"), pk=sheet.level_id or 0, rung__ladder=plan.ladder_id
    )
    try:
        practice_verbs.save_draft(plan=plan, level=level, by=request.user, sets=sheet.drafted())
    except Refused as refused:
        return render(
            request,
            "patients/log_day/_sets_done.html",
            {"sheet": sheet, "error": str(refused)},
            status=422,
        )
    return render(request, "patients/log_day/_sets_done.html", {"sheet": sheet})

"""The patient logs a day of practice: today or an earlier day. Sets are kept as they are tapped."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PatientRequest, lead_on, patient_required
from accounts.models import User
from accounts.parsing import row_id
from curriculum.models import Level
from patients.forms import log_day as sheets
from patients.models import BandCode, Plan, Practice, Report
from patients.models.stops import URGENT
from patients.rules.refusals import Refused
from patients.today.log_day import LogDay, read_log_day
from patients.today.state import read_today
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from patients.views import today_page
from patients.views.lookups import own_plan
from patients.views.nothing_saved import keeps_what_was_typed
from patients.views.outcomes import press, run_verb


@require_http_methods(["GET", "POST"])
@patient_required
@keeps_what_was_typed
def log_day(request: PatientRequest, day: date) -> HttpResponse:
    """Log a day, or change what is logged: today or one of the past seven days."""
    plan = own_plan(request)
    if request.method == "GET":
        return _again(request, plan, day, None)
    sheet = sheets.typed(request.POST)
    told = _told_first(request, plan, day, sheet)
    answers = sheet.answers()
    if answers is not None:
        arguments = {"plan": plan, "by": request.user, "day": day, "sheet": sheet}
        entry = run_verb(sheet, _log, sheets.PARTS, answers=answers, **arguments)
        if entry is not None:
            return _after(request, entry)
    if told is None and (sheet.pain or sheet.tells):
        told = _tell(request, plan, day, sheet)
    if told is not None and told.urgency in URGENT:
        return lead_on(request, "today")
    return _again(request, plan, day, sheet)


def _told_first(
    request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet
) -> Report | None:
    """Keep the signs of a sheet, or what a correction says instead of them, before it is logged."""
    entry = _entry_of(plan, sheet)
    corrects = entry is not None and entry.report is not None
    # What an older entry says of the leg has made its stop, and stays as it is.
    same = entry is not None and not corrects and [entry.leg] == list(sheet.told.kinds)
    return _tell(request, plan, day, sheet) if corrects or (sheet.tells and not same) else None


def _tell(request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet) -> Report:
    """Keep what a sheet tells of the body, before it is logged and even if that is refused.

    The same sheet sent again tells it once.
    """
    report = report_verbs.report(
        patient=plan.patient,
        by=request.user,
        day=day,
        asked="log",
        practice=_entry_of(plan, sheet),
        **sheet.of_the_body() | {"client_id": _number_of_report(sheet)},
    )
    sheet.kept = True
    request.leads_to_help = report.urgency in URGENT
    return report


def _number_of_report(sheet: sheets.Sheet) -> str:
    return f"log {sheet.client_id}" if sheet.client_id else ""


def _log(
    *, plan: Plan, by: User, day: date, sheet: sheets.Sheet, answers: dict[str, Any]
) -> Practice:
    """Log the answers of a sheet. Raises ``Refused``, which ``run_verb`` shows on the sheet."""
    level = Level.objects.select_related("rung", "drill").filter(pk=sheet.level_id or 0).first()
    if level is None:
        raise Refused("other_ladder")
    kept = Report.objects.filter(patient=plan.patient, client_id=_number_of_report(sheet)).first()
    answers |= {
        "client_id": sheet.client_id,
        "corrects": _corrected(plan, sheet),
        "report": kept.newest if kept is not None else None,
    }
    return practice_verbs.log(plan=plan, level=level, by=by, done_on=day, **answers)


def _corrected(plan: Plan, sheet: sheets.Sheet) -> Practice | None:
    """The entry that a sheet corrects, if it corrects one. Raises ``Refused``."""
    entry = _entry_of(plan, sheet)
    if sheet.corrects and entry is None:
        raise Refused("nothing_to_correct")
    return entry


def _entry_of(plan: Plan, sheet: sheets.Sheet) -> Practice | None:
    if not sheet.corrects:
        return None
    entries = Practice.objects.filter(plan=plan, pk=row_id(sheet.corrects) or 0)
    return entries.select_related("report").first()


def _after(request: PatientRequest, entry: Practice) -> HttpResponse:
    """Go to the Today page after an entry of today, and after one that stops practice. Go to the
    history after an entry of another day."""
    is_today = entry.done_on == request.user.clinic.today()
    return lead_on(request, "today" if is_today or entry.band == BandCode.STOP else "history")


def _again(
    request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet | None
) -> HttpResponse:
    """The sheet of a day, with what was typed. It is part of the Today page when that page shows
    the drill."""
    status = 422 if sheet else 200
    here = read_log_day(plan, day, plan.clinic.today())
    if sheet and here.entry is None and day == plan.clinic.today():
        now = read_today(request.user)
        if now.shows_drill:
            return today_page.show(request, now, sheet=sheet, status=status)
    context = {
        "here": here,
        "sheet": sheet or _prefilled(here),
        "scale": today_page.scale_of(plan.patient, day),
        "physio": plan.patient.physio,
        "is_today": day == plan.clinic.today(),
        "wrong_number": "wrong" in request.GET,
        "morning_open": here.entry is not None
        and practice_verbs.morning_is_open(day, plan.clinic.today()),
    }
    return render(request, "patients/log_day/log_day.html", context, status=status)


def _prefilled(here: LogDay) -> sheets.Sheet | None:
    """The sheet before anybody types: empty, or with what is logged for the day."""
    if here.dose is None or not here.open:
        return None
    return (
        sheets.of_entry(here.entry, here.dose, here.report)
        if here.entry
        else sheets.fresh(here.dose, here.dose.level_id)
    )


@require_POST
@patient_required
@keeps_what_was_typed
def draft(request: PatientRequest) -> HttpResponse:
    """Keep the sets that were tapped so far, and show their count."""
    plan = own_plan(request)
    sheet = sheets.typed(request.POST)
    level = get_object_or_404(
        Level.objects.select_related("rung"), pk=sheet.level_id or 0, rung__ladder=plan.ladder_id
    )
    refused = press(
        practice_verbs.save_draft, plan=plan, level=level, by=request.user, sets=sheet.drafted()
    )
    context = {"sheet": sheet, "error": str(refused or "")}
    status = 422 if refused else 200
    return render(request, "patients/log_day/_sets_done.html", context, status=status)

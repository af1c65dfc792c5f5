"""The patient logs a day of practice: today or an earlier day. Sets are kept as they are tapped."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PatientRequest, lead_on, patient_or_carer_required
from accounts.models import User
from accounts.parsing import day as read_day
from accounts.parsing import row_id
from curriculum.models import Level
from patients.forms import log_day as sheets
from patients.models import BandCode, Patient, Plan, Practice, Report
from patients.models.stops import URGENT
from patients.rules.refusals import Refused
from patients.today.log_day import LogDay, read_log_day
from patients.today.state import read_today
from patients.verbs import messages as message_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from patients.views import today_page
from patients.views.lookups import NoPlan, own_plan
from patients.views.nothing_saved import keeps_what_was_typed
from patients.views.outcomes import press, run_verb

#: What a sheet that is sent once more does not say again.
NOT_SENT_AGAIN = frozenset({"csrfmiddlewaretoken", "opened"})


@require_http_methods(["GET", "POST"])
@patient_or_carer_required
@keeps_what_was_typed
def log_day(request: PatientRequest, day: date) -> HttpResponse:
    """Log a day, or change what is logged: today or one of the past seven days."""
    if request.method == "GET":
        return _again(request, own_plan(request), day, None)
    sheet = sheets.typed(request.POST)
    try:
        plan = own_plan(request)
    except NoPlan as missing:
        return _without_a_plan(request, day, sheet, missing)
    told = _told_first(request, plan, day, sheet)
    asks = _opened_on_another_day(plan, day, sheet, request.POST)
    entry = None if asks else _logged(request, plan, day, sheet)
    if entry is not None:
        return _after(request, entry)
    if told is None and not sheet.told.is_empty:
        told = _tell(request, plan.patient, day, sheet, _entry_of(plan, sheet))
    if _is_urgent(told):
        return _urgent_instead(request, plan, sheet)
    return (_which_day if asks else _again)(request, plan, day, sheet)


def _urgent_instead(request: PatientRequest, plan: Plan, sheet: sheets.Sheet) -> HttpResponse:
    """Go to the urgent page, although the practice is not saved. The note reaches the clinic."""
    if note := sheet.note.strip()[: message_verbs.LIMIT]:
        message_verbs.write(plan=plan, by=request.user, text=note, client_id=sheet.client_id)
        name = plan.patient.physio
        messages.info(request, _("%(name)s reads your note.") % {"name": name})
    return lead_on(request, "today")


def _logged(request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet) -> Practice | None:
    """The entry that the sheet makes. If it is refused: None, and sentences on the sheet."""
    answers = sheet.answers()
    if answers is None:
        return None
    arguments = {"plan": plan, "by": request.user, "day": day, "sheet": sheet}
    entry: Practice | None = run_verb(sheet, _log, sheets.PARTS, answers=answers, **arguments)
    return entry


def _opened_on_another_day(plan: Plan, day: date, sheet: sheets.Sheet, post: QueryDict) -> bool:
    """Whether a sheet of the Today page is sent on a later day, by somebody who may not know it.

    A sheet that is logged already, and only arrives again, belongs to its day.
    """
    if post.get("opened") != day.isoformat() or day >= plan.clinic.today():
        return False
    return not Practice.objects.filter(plan=plan, client_id=sheet.client_id).exists()


def _which_day(request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet) -> HttpResponse:
    """Ask whether practice was on the day on which the page was opened, or today."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SENT_AGAIN
        for value in values
    ]
    context = {
        "day": day,
        "today": plan.clinic.today(),
        "sheet": sheet,
        "kept": kept,
    }
    return render(request, "patients/log_day/which_day.html", context)


def _told_first(
    request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet
) -> Report | None:
    """Keep the signs of a sheet before it is logged, or what it says instead of those kept before:
    of the entry that it corrects, or of the same sheet when it was sent first."""
    entry = _entry_of(plan, sheet)
    kept = entry.told if entry is not None else _report_of(plan, sheet)
    if _tells_the_same(sheet, entry, kept, day):
        return None
    return _tell(request, plan.patient, day, sheet, entry)


def _tells_the_same(
    sheet: sheets.Sheet, entry: Practice | None, kept: Report | None, day: date
) -> bool:
    """Whether nothing is told, or what is told already: by the report that is kept, or of the leg
    by an older entry."""
    if kept is None:
        older = entry is not None and [entry.leg] == list(sheet.told.kinds)
        return older or not sheet.tells
    if entry is None:
        return False
    return kept.day == day and report_verbs.tells_the_same(kept, **sheet.told.arguments())


def _without_a_plan(
    request: PatientRequest, day: date, sheet: sheets.Sheet, missing: NoPlan
) -> HttpResponse:
    """Keep what somebody tells of the body whose plan ended while the page stood open.

    Raises ``NoPlan`` unless it is urgent.
    """
    if sheet.told.is_empty:
        raise missing
    patient = Patient.objects.acted_for_by(request.user).get()
    told = _tell(request, patient, day, sheet, None)
    if _is_urgent(told):
        return lead_on(request, "today")
    missing.kept = True
    raise missing


def _tell(
    request: PatientRequest,
    patient: Patient,
    day: date,
    sheet: sheets.Sheet,
    entry: Practice | None,
) -> Report:
    """Keep what a sheet tells of the body, before it is logged and even if that is refused.

    The same sheet sent again tells it once.
    """
    report = report_verbs.report(
        patient=patient,
        by=request.user,
        day=day,
        asked="log",
        practice=entry,
        **sheet.told.arguments() | {"client_id": _number_of_report(sheet)},
    )
    sheet.kept = True
    request.leads_to_help = _is_urgent(report)
    return report


def _is_urgent(told: Report | None) -> bool:
    return told is not None and told.urgency in URGENT


def _report_of(plan: Plan, sheet: sheets.Sheet) -> Report | None:
    """What the same sheet told when it was sent before."""
    told = Report.objects.filter(patient=plan.patient, client_id=_number_of_report(sheet))
    return told.first()


def _number_of_report(sheet: sheets.Sheet) -> str:
    return f"log {sheet.client_id}" if sheet.client_id else ""


def _log(
    *, plan: Plan, by: User, day: date, sheet: sheets.Sheet, answers: dict[str, Any]
) -> Practice:
    """Log the answers of a sheet. Raises ``Refused``, which ``run_verb`` shows on the sheet."""
    level = Level.objects.select_related("rung", "drill").filter(pk=sheet.level_id or 0).first()
    if level is None:
        raise Refused("other_ladder")
    kept = _report_of(plan, sheet)
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
    if not is_today:
        day = date_format(entry.done_on, "l j F")
        messages.success(request, _("Saved for %(day)s.") % {"day": day})
    elif not _is_urgent(entry.told) and _is_silent(request):
        messages.success(request, _("Saved: what you practised today."))
    to_today = is_today or entry.band == BandCode.STOP or not request.user.may_read
    return lead_on(request, "today" if to_today else "history")


def _is_silent(request: PatientRequest) -> bool:
    """Whether the Today page does not say by itself that the day is logged."""
    return read_today(request.user).no_drill


def _again(
    request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet | None
) -> HttpResponse:
    """The sheet of a day, with what was typed. It is part of the Today page when that page shows
    the drill."""
    status = 422 if sheet else 200
    here = read_log_day(plan, day, plan.clinic.today())
    if here.entry is None and day == plan.clinic.today():
        now = read_today(request.user)
        if sheet and now.shows_drill:
            return today_page.show(request, now, sheet=sheet, status=status)
        if now.no_drill and sheet is None:
            return render(request, "patients/log_day/no_drill.html", {"today": now})
    context = {
        **_logged_by(request, here, plan),
        "here": here,
        "sheet": sheet or _prefilled(request, here),
        "scale": today_page.scale_of(plan.patient, day),
        "physio": plan.patient.physio,
        "is_today": day == plan.clinic.today(),
        "wrong": request.GET.get("wrong", ""),
    }
    return render(request, "patients/log_day/log_day.html", context, status=status)


def _logged_by(request: PatientRequest, here: LogDay, plan: Plan) -> dict[str, bool]:
    """Whether somebody else logged the day, and whether the morning after can be told."""
    if here.entry is None:
        return {"others": False, "morning_open": False}
    own = today_page.is_own(request, here.entry)
    is_open = practice_verbs.morning_is_open(here.day, plan.clinic.today())
    return {"others": not own, "morning_open": own and is_open}


def _prefilled(request: PatientRequest, here: LogDay) -> sheets.Sheet | None:
    """The sheet before anybody types: empty, or with what is logged for the day. None where a
    carer meets what somebody else logged."""
    others = here.entry is not None and not today_page.is_own(request, here.entry)
    if here.dose is None or not here.open or others:
        return None
    if here.entry is None:
        return sheets.fresh(here.dose, here.dose.level_id)
    # The patient may have told something since, with a correction that was refused.
    told = here.report
    hidden = told is not None and not request.user.may_read and told.by_id != request.user.pk
    return sheets.of_entry(here.entry, here.dose, None if hidden else told)


@require_POST
@patient_or_carer_required
@keeps_what_was_typed
def draft(request: PatientRequest) -> HttpResponse:
    """Keep the sets that were tapped so far, and show their count.

    They belong to the day on which the page was opened.
    """
    plan = own_plan(request)
    sheet = sheets.typed(request.POST)
    level = get_object_or_404(
        Level.objects.select_related("rung"), pk=sheet.level_id or 0, rung__ladder=plan.ladder_id
    )
    refused = press(
        practice_verbs.save_draft,
        plan=plan,
        level=level,
        by=request.user,
        sets=sheet.drafted(),
        day=_day_opened(request.POST),
    )
    context = {"sheet": sheet, "error": str(refused or "")}
    status = 422 if refused else 200
    return render(request, "patients/log_day/_sets_done.html", context, status=status)


def _day_opened(post: QueryDict) -> date | None:
    try:
        return read_day(post.get("opened", ""))
    except ValueError:
        return None

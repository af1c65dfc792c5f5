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
from patients.today.state import read_today
from patients.verbs import messages as message_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from patients.views import log_day_pages as pages
from patients.views.lookups import NoPlan, own_plan
from patients.views.nothing_saved import keeps_what_was_typed
from patients.views.outcomes import press, run_verb


@require_http_methods(["GET", "POST"])
@patient_or_carer_required
@keeps_what_was_typed
def log_day(request: PatientRequest, day: date) -> HttpResponse:
    """Log a day, or change what is logged: today or one of the past seven days."""
    if request.method == "GET":
        return pages.opened(request, own_plan(request), day)
    sheet = sheets.typed(request.POST)
    try:
        plan = own_plan(request)
    except NoPlan as missing:
        return _without_a_plan(request, day, sheet, missing)
    told = _told_first(request, plan, day, sheet)
    asks = _opened_on_another_day(plan, day, sheet, request.POST)
    stays = asks or sheet.none_done
    entry = None if stays else _logged(request, plan, day, sheet)
    if entry is not None:
        return _after(request, entry)
    if _is_urgent(told or _told_all_the_same(request, plan, day, sheet)):
        return _urgent_instead(request, plan, sheet)
    if sheet.none_done:
        return _nothing_done(request, plan, day, sheet)
    return (pages.which_day if asks else pages.refused)(request, plan, day, sheet)


def _told_all_the_same(
    request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet
) -> Report | None:
    """Keep what a sheet tells that is not logged, a number alone too."""
    if sheet.told.is_empty:
        return None
    return _tell(request, plan.patient, day, sheet, _entry_of(plan, sheet))


def _nothing_done(
    request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet
) -> HttpResponse:
    """Go to the Today page when no set was done. The note reaches the clinic, and what was told of
    the body is kept."""
    _pass_note_on(request, plan, sheet)
    sentence = _("No practice is logged for %(day)s.") % {"day": date_format(day, "l j F")}
    if _report_of(plan, sheet) is not None:
        sentence = f"{sentence} {_('What you told of your body is kept.')}"
    messages.success(request, sentence)
    return lead_on(request, "today")


def _urgent_instead(request: PatientRequest, plan: Plan, sheet: sheets.Sheet) -> HttpResponse:
    """Go to the urgent page, although the practice is not saved. The note reaches the clinic."""
    _pass_note_on(request, plan, sheet)
    return lead_on(request, "today")


def _pass_note_on(request: PatientRequest, plan: Plan, sheet: sheets.Sheet) -> None:
    """Send the note of a sheet that is not logged as a message."""
    if note := sheet.note.strip()[: message_verbs.LIMIT]:
        message_verbs.write(plan=plan, by=request.user, text=note, client_id=sheet.client_id)
        name = plan.patient.physio
        messages.info(request, _("%(name)s reads your note.") % {"name": name})


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
    if not level.drill.loaded:
        answers["reserve"] = None
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
    day = date_format(entry.done_on, "l j F")
    if not is_today:
        messages.success(request, _("Saved for %(day)s.") % {"day": day})
    elif not _is_urgent(entry.told) and _is_silent(request):
        messages.success(request, _("Saved for today, %(day)s.") % {"day": day})
    stops = entry.band == BandCode.STOP
    return lead_on(request, "today" if stops else pages.leads_to(request, entry.done_on))


def _is_silent(request: PatientRequest) -> bool:
    """Whether the Today page does not say by itself that the day is logged."""
    return read_today(request.user).no_drill


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

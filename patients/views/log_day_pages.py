"""The pages to which the sheet of a day leads when it is opened, or when nothing was logged."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import lock_form
from accounts.http import PatientRequest
from curriculum.models import Level
from patients.forms import log_day as sheets
from patients.forms.log_in_words import typed_in_words
from patients.forms.untouched import untouched
from patients.history.days import HistoryRow, history_row_of
from patients.models import Plan, Practice
from patients.standing.entries import LoggedEntry
from patients.today.day import Today
from patients.today.log_day import LogDay, read_log_day
from patients.today.state import read_today
from patients.verbs import practice as practice_verbs
from patients.views import today_page


def which_day(request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet) -> HttpResponse:
    """Ask whether practice was on the day on which the page was opened, or today."""
    context = {
        "day": day,
        "today": plan.clinic.today(),
        "now": timezone.now(),
        "typed": typed_in_words(sheet),
        "kept": _kept(request, {}),
    }
    return render(request, "patients/log_day/which_day.html", context)


def _kept(request: PatientRequest, instead: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was sent, for a form that sends it once more. ``instead``: fields with another value"""
    left_out = {"opened", *instead}
    sent = [pair for pair in lock_form.pairs(request) if pair[0] not in left_out]
    return [*sent, *instead.items()]


def refused(request: PatientRequest, plan: Plan, day: date, sheet: sheets.Sheet) -> HttpResponse:
    """The sheet with why it was not logged; or, where another one of that day was, which counts."""
    here = read_log_day(plan, day, plan.clinic.today())
    other = here.entry is not None and str(here.entry.pk) != sheet.corrects
    if here.entry is not None and other and sheet.errors.keys() == {"top"}:
        return _saved_before(request, plan, here, here.entry, sheet)
    return _shown(request, plan, here, sheet)


def _saved_before(
    request: PatientRequest, plan: Plan, here: LogDay, entry: LoggedEntry, sheet: sheets.Sheet
) -> HttpResponse:
    """Ask which of two sheets of a day counts: the one that was saved before, as from another tab
    or phone, or this one."""
    sent = Practice.objects.filter(plan=plan, client_id=sheet.client_id)
    # A number under which an entry is saved is not used for another one.
    number = str(uuid.uuid4()) if sent.exists() else sheet.client_id
    context = {
        "day": here.day,
        "own": today_page.is_own(request, entry),
        "row": _own_row(request, here),
        "typed": typed_in_words(sheet),
        "kept": _kept(request, {"corrects": str(entry.pk), "client_id": number}),
        "to": leads_to(request, here.day),
    }
    return render(request, "patients/log_day/saved_before.html", context, status=422)


def leads_to(request: PatientRequest, day: date) -> str:
    """The name of the page that shows a day of practice to whoever logs it."""
    is_today = day == request.user.clinic.today()
    return "today" if is_today or not request.user.may_read else "history"


def opened(request: PatientRequest, plan: Plan, day: date) -> HttpResponse:
    """The sheet of a day that nobody has sent yet."""
    return _shown(request, plan, read_log_day(plan, day, plan.clinic.today()), None)


def _shown(
    request: PatientRequest, plan: Plan, here: LogDay, sheet: sheets.Sheet | None
) -> HttpResponse:
    """The sheet of a day, with what was typed. It is part of the Today page when that page shows
    the drill."""
    status = 422 if sheet else 200
    if here.entry is None and here.day == plan.clinic.today():
        now = read_today(request.user)
        if sheet and now.shows_drill:
            _bring_up_to_date(sheet, now)
            return today_page.show(request, now, sheet=sheet, status=status)
        if now.no_drill and sheet is None:
            return render(request, "patients/log_day/no_drill.html", {"today": now})
    sheet = sheet or _prefilled(request, here)
    context = {
        **_logged_by(request, here, plan),
        "here": here,
        "plan": plan,
        "sheet": sheet,
        "untouched": untouched(sheet),
        "scale": today_page.scale_of(plan, here.day),
        "physio": plan.patient.physio,
        "ladder_words": plan.ladder.said,
        "to": leads_to(request, here.day),
        "wrong": request.GET.get("wrong", ""),
    }
    return render(request, "patients/log_day/log_day.html", context, status=status)


def _own_row(request: PatientRequest, here: LogDay) -> HistoryRow | None:
    """What is logged for the day in words; None where a carer meets what somebody else logged."""
    if here.entry is None or here.step is None or here.dose is None:
        return None
    if not today_page.is_own(request, here.entry):
        return None
    return history_row_of(here.entry, here.step, here.dose)


def _bring_up_to_date(sheet: sheets.Sheet, now: Today) -> None:
    """Take a sheet to the drill of now, if its own belongs to a ladder that was renewed since."""
    here = now.dose_now
    if here is None or now.plan is None or "top" not in sheet.errors:
        return
    if Level.objects.filter(pk=sheet.level_id or 0, rung__ladder=now.plan.ladder_id).exists():
        return
    sheet.level_id = here.level_id
    renewed = _("Your plan was changed meanwhile. Look at the drill of now, then save once more.")
    sheet.errors["top"] = f"{sheet.errors['top']} {renewed}"


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
        return sheets.fresh(here.dose, here.dose.level_id, loaded=here.loaded)
    # The patient may have told something since, with a correction that was refused.
    told = here.report
    hidden = told is not None and not request.user.may_read and told.by_id != request.user.pk
    return sheets.of_entry(here.entry, here.dose, None if hidden else told, loaded=here.loaded)

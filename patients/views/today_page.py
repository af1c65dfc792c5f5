"""The page of a patient's day: one context and one template for each state."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import PatientRequest
from patients.forms import log_day as sheets
from patients.history import days as history_days
from patients.models import Prescription
from patients.pictures.mini_ladder import mini_ladder
from patients.standing import pain
from patients.standing.dose import dose_of_step
from patients.today.state import Today, read_today
from patients.wording.days import weekdays_in_words


class Tile(NamedTuple):
    """One number of the pain row, and what is said once it is tapped."""

    value: str
    says: str


def scale(request: PatientRequest, usual: int | None) -> list[Tile]:
    """0 to 10 by the person's own bands."""
    limits = pain.thresholds_of(request.user.clinic)
    bands = [pain.band(number, usual, limits) for number in range(11)]
    return [
        Tile(str(number), band.code if band is not None else "")
        for number, band in enumerate(bands)
    ]


def show(
    request: PatientRequest,
    now: Today | None = None,
    *,
    sheet: sheets.Sheet | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The day as it is; ``sheet``: as it was typed; ``errors``: sentences by the part of the page
    they belong to."""
    now = now or read_today(request.user)
    # On top too: what was asked for may stand far down the page, or no longer on it.
    for said in (errors or {}).values():
        messages.error(request, said)
    context: dict[str, Any] = {
        "today": now,
        "plan": now.plan,
        "physio": now.physio,
        "errors": errors or {},
        "morning_eases": _eases(now),
        "typed": request.POST if errors else {},
        **_of_plan(request, now),
    }
    if now.dose is not None and now.shows_drill:
        context["sheet"] = sheet or _fresh(now, now.dose)
    template = _template(request, now, sheet, errors or {})
    return render(request, f"patients/today/{template}.html", context, status=status)


def _of_plan(request: PatientRequest, now: Today) -> dict[str, Any]:
    if now.plan is None:
        return {}
    said: dict[str, Any] = {"scale": scale(request, now.plan.usual)}
    if now.place is not None:
        said["mini"] = mini_ladder(now.place.rung or 0, now.rung_count, complete=now.place.complete)
        said["days"] = weekdays_in_words(now.plan.mask or 0)
    step = now.step_of(now.entry.level_id) if now.entry else None
    if now.entry is not None and step is not None:
        prescribed = {now.dose.level_id: now.dose} if now.dose else {}
        dose = dose_of_step(now.plan, step, prescribed)
        said["row"] = history_days.history_row_of(now.entry, step, dose)
    return said


def _eases(now: Today) -> bool:
    """Whether the morning by itself asks for an easier day; one that is a stop is answered by a
    clinician."""
    told = now.morning_said
    if told is None or now.plan is None:
        return False
    limits = pain.thresholds_of(now.plan.clinic)
    return (
        pain.with_morning(None, told.morning, told.worse, now.plan.usual, limits) is pain.Band.EASE
    )


def _fresh(now: Today, dose: Prescription) -> sheets.Sheet:
    of_this_level = now.plan is not None and now.plan.draft_level == dose.level_id
    draft = now.plan.draft_sets if now.plan and of_this_level else None
    return sheets.fresh(dose, dose.level_id, draft or ())


def _template(
    request: PatientRequest, now: Today, sheet: sheets.Sheet | None, errors: dict[str, str]
) -> str:
    """The morning comes before the drill, until it is answered or set aside."""
    if now.shows_drill:
        elsewhere = sheet is not None or bool(errors.keys() - {"morning"}) or "drill" in request.GET
        asks = now.morning_of is not None and not elsewhere
        return "morning" if asks else "practise"
    return now.state.value

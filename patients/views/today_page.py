"""The Today page: its context, and a template for each state of the day."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from accounts import devices
from accounts.http import PatientRequest
from patients.forms import log_day as sheets
from patients.forms.untouched import untouched
from patients.history import days as history_days
from patients.models import BandCode, Plan
from patients.pictures.mini_ladder import mini_ladder
from patients.standing import pain
from patients.standing.day_state import DayState
from patients.standing.dose import dose_of_step
from patients.standing.drawn import person_of
from patients.standing.entries import LoggedEntry
from patients.standing.pain_limits import limits_for
from patients.standing.usual_pain import usual_before
from patients.today.day import Today
from patients.today.door import door_of
from patients.today.guide import guide_script
from patients.today.questions import Question, asks_before, question
from patients.today.state import read_today
from patients.today.told import shown_to
from patients.views.slip_word import SlipWord
from patients.wording.days import weekdays_in_words

if TYPE_CHECKING:
    from patients.today.queries import PlanOfDay


class Tile(NamedTuple):
    """A number of the pain scale. ``says``: the code of its band, which a tap shows, or "usual"
    where it is fine as the usual pain."""

    value: str
    says: str


#: The numbers of a scale that says nothing of them.
NUMBERS = tuple(str(number) for number in range(11))


@lru_cache(maxsize=512)
def scale(usual: int | None, limits: pain.AnyLimits) -> tuple[Tile, ...]:
    """The numbers from 0 to 10 with the person's own bands."""
    return tuple(Tile(str(number), _says(number, usual, limits)) for number in range(11))


def _says(number: int, usual: int | None, limits: pain.AnyLimits) -> str:
    if pain.is_usual(number, usual, limits):
        return "usual"
    band = pain.band(number, usual, limits)
    return band.code if band is not None else ""


def scale_of(plan: Plan, day: date) -> tuple[Tile, ...]:
    """The numbers from 0 to 10 with the bands of a day's entry."""
    return scale(usual_before(plan, day), limits_for(plan.patient, day))


def show(
    request: PatientRequest,
    now: Today | None = None,
    *,
    sheet: sheets.Sheet | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the Today page.

    ``now``: the day, if the view has read it already; ``sheet``: the sheet with what was typed
    ``errors``: sentences, by the part of the page that shows them
    """
    now = now or read_today(request.user)
    problems = errors or {}
    slip = SlipWord(request, now)
    _say_on_top(request, problems)
    elsewhere = sheet is not None or bool(problems.keys() - {"morning"})
    context = _of_day(request, now, elsewhere=elsewhere)
    context |= _of_forms(request, now, sheet or _fresh(now), problems) | {"slip": slip}
    context["door"] = door_of(
        now,
        request.user,
        rates=context.get("question") != Question.ACTIVITIES,
        errors=problems,
        words=context["typed"].get("words", ""),
    )
    return slip.keep(render(request, _template(now), context, status=status))


def _of_forms(
    request: PatientRequest, now: Today, sheet: sheets.Sheet | None, errors: dict[str, str]
) -> dict[str, Any]:
    """The day, and what its forms show."""
    return {
        "today": now,
        "plan": now.plan,
        "physio": now.physio,
        "errors": errors,
        "morning_eases": _eases(now),
        "typed": request.POST if errors else {},
        "form_number": uuid.uuid4(),
        "sheet": sheet,
        "untouched": untouched(sheet),
    }


def _of_day(request: PatientRequest, now: Today, *, elsewhere: bool) -> dict[str, Any]:
    """What belongs to the plan, who is drawn, and what was told on an urgent day that the reader
    may see.

    ``elsewhere``: whether the page answers a form below its questions
    """
    told = shown_to(request.user, now.urgent.told) if now.urgent else []
    home_screen = devices.asks_home_screen(request) if now.state is DayState.LOGGED else ""
    return {
        "told": told,
        "person": person_of(now.patient),
        "ladder_words": now.ladder_words,
        "home_screen": home_screen,
        **_of_plan(request, now, elsewhere=elsewhere),
    }


def _say_on_top(request: PatientRequest, errors: dict[str, str]) -> None:
    """Show each sentence on top too: its part may be far down the page, or no longer on it."""
    for sentence in errors.values():
        messages.error(request, sentence)


def _of_plan(request: PatientRequest, now: Today, *, elsewhere: bool) -> dict[str, Any]:
    if now.plan is None:
        return {}
    numbers = scale(now.plan.usual, now.limits)
    context: dict[str, Any] = {
        "scale": numbers,
        "guide": _guide(now),
        "numbers": NUMBERS,
        "asks_usual": now.plan.usual is None and not request.user.is_carer,
        **_asked(request, now, elsewhere=elsewhere),
    }
    context["stops_from"] = _stops_from(numbers)
    if now.place is not None:
        context["mini"] = mini_ladder(
            now.place.rung or 0, now.rung_count, complete=now.place.complete
        )
        context["days"] = weekdays_in_words(now.plan.mask or 0)
    context["why"] = _why(now)
    context["own_entry"] = now.entry is not None and is_own(request, now.entry)
    return context | _logged(now, now.plan)


def _logged(now: Today, plan: PlanOfDay) -> dict[str, Any]:
    """What is logged for the day, as a row of the history."""
    step = now.step_of(now.entry.level_id) if now.entry else None
    if now.entry is None or step is None:
        return {}
    prescribed = {now.dose.level_id: now.dose} if now.dose else {}
    dose = dose_of_step(plan, step, prescribed)
    return {"row": history_days.history_row_of(now.entry, step, dose)}


def is_own(request: PatientRequest, entry: LoggedEntry) -> bool:
    """Whether somebody may change an entry: a carer only what they logged themselves."""
    return not request.user.is_carer or entry.by == request.user.pk


def _why(now: Today) -> str:
    """What decided that the day's entry eases off."""
    if now.plan is None or now.entry is None or now.entry.band != BandCode.EASE:
        return ""
    return pain.reason(now.entry, now.plan.usual, now.limits) or ""


def _stops_from(numbers: Sequence[Tile]) -> str:
    """The lowest number that is a stop; empty if none is."""
    return next((tile.value for tile in numbers if tile.says == BandCode.STOP), "")


def _asked(request: PatientRequest, now: Today, *, elsewhere: bool) -> dict[str, Any]:
    """What the page asks, one thing at a time, until the patient answers or skips it.

    "later" skips the question of the day, and "drill" what comes before practice too.
    """
    if elsewhere or "drill" in request.GET:
        return {"question": "", "asks_before": False}
    asked = Question.NONE if "later" in request.GET else question(now)
    if request.user.is_carer and asked is not Question.MORNING:
        asked = Question.NONE
    before = asks_before(now)
    if before and asked is Question.ACTIVITIES:
        asked = Question.NONE
    before = before and asked is Question.NONE
    return {"question": asked.value, "asks_before": before}


def _eases(now: Today) -> bool:
    """Whether the morning alone asks for an easier day. A clinician answers a morning that stops
    practice."""
    entry = now.morning_said
    if entry is None or now.plan is None:
        return False
    band = pain.morning(entry.morning, entry.worse, now.plan.usual, now.limits)
    return band is pain.Band.EASE


def _fresh(now: Today) -> sheets.Sheet | None:
    """The sheet of the day's drill before anybody types; None where the page shows no drill."""
    dose = now.dose_now
    if dose is None or now.level is None:
        return None
    of_this_level = now.plan is not None and now.plan.draft_level == dose.level_id
    draft = now.plan.draft_sets if now.plan and of_this_level else None
    return sheets.fresh(dose, dose.level_id, draft or (), loaded=now.level.drill.loaded)


def _guide(now: Today) -> SafeString | None:
    """What the guided set counts; None where the page shows no drill."""
    dose = now.dose_now
    if dose is None or now.level is None:
        return None
    return guide_script(now.level, dose, now.way)


def _template(now: Today) -> str:
    name = now.state.value
    if now.shows_drill:
        name = "practise"
    elif now.state is DayState.REST and now.place is not None and now.place.complete:
        name = "complete"
    return f"patients/today/{name}.html"

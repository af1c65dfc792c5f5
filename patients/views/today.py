"""The Today page and its buttons. Each view reads only the plan of the patient who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import devices
from accounts.http import (
    PatientRequest,
    patient_or_carer_required,
    patient_required,
    posted,
    see_other,
)
from accounts.parsing import row_id
from curriculum.models import Level
from patients.forms.today import MyPauseForm
from patients.verbs import plan as plan_verbs
from patients.views import today_page
from patients.views.lookups import own_plan
from patients.views.nothing_saved import keeps_what_was_typed
from patients.views.outcomes import press, run_verb


@require_GET
@patient_or_carer_required
def today(request: PatientRequest) -> HttpResponse:
    """Show what to do today, or why there is nothing to do.

    "found": the page is on the home screen, or shall not be.
    """
    if "found" in request.GET:
        answer = see_other("today")
        devices.home_screen_answered(answer)
        return answer
    return today_page.show(request)


def _press(
    request: PatientRequest, verb: Callable[..., Any], *, about: str, part: str = "", **wanted: Any
) -> HttpResponse:
    """Call a verb for a button of the page, and show the page again.

    A refusal stands beside the part of the page that it is ``about``. Otherwise the browser opens
    the page at ``part``.
    """
    if refused := press(verb, by=request.user, **wanted):
        return today_page.show(request, errors={about: str(refused)}, status=422)
    return see_other("today", part=part)


@require_POST
@patient_required
@keeps_what_was_typed
def my_level(request: PatientRequest) -> HttpResponse:
    """Practise another level of the open rung."""
    plan = own_plan(request)
    level_id = row_id(request.POST.get("level", "")) or 0
    level = Level.objects.select_related("rung", "drill").filter(pk=level_id).first()
    if level is None:
        return today_page.show(
            request, errors={"level": _("Choose one of the levels shown.")}, status=422
        )
    return _press(request, plan_verbs.choose_level, about="level", plan=plan, level=level)


@require_POST
@patient_required
@keeps_what_was_typed
def ask_review(request: PatientRequest) -> HttpResponse:
    """Ask the physio to look at the rung."""
    wanted = {"plan": own_plan(request), "words": request.POST.get("words", "")}
    return _press(request, plan_verbs.request_review, about="review", part="review", **wanted)


@require_POST
@patient_required
@keeps_what_was_typed
def take_back_review(request: PatientRequest) -> HttpResponse:
    """Take back the request for a review. It disappears from the physio's list."""
    plan = own_plan(request)
    return _press(request, plan_verbs.take_back_request, about="review", part="ask", plan=plan)


@require_http_methods(["GET", "POST"])
@patient_required
@keeps_what_was_typed
def my_pause(request: PatientRequest) -> HttpResponse:
    """Pause practice because of absence or illness, with or without a last day."""
    plan = own_plan(request)
    form = MyPauseForm(posted(request))
    if form.is_valid():
        fields = {"until_in_past": "until", "too_long": "words"}
        arguments = {"until": form.cleaned_data["until"], "reason": form.reason_in_words()}
        if run_verb(form, plan_verbs.pause, fields, plan=plan, by=request.user, **arguments):
            return see_other("today")
    context = {"form": form, "physio": plan.patient.physio}
    return render(request, "patients/today/pause.html", context, status=422 if form.errors else 200)


@require_POST
@patient_required
@keeps_what_was_typed
def my_resume(request: PatientRequest) -> HttpResponse:
    """Practise again from today."""
    return _press(request, plan_verbs.resume, about="pause", plan=own_plan(request))

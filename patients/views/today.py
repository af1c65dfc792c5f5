"""The patient's day and what goes with it. Everything is fetched from the signed-in patient's own
plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import PatientRequest, patient_required, posted
from accounts.parsing import row_id
from curriculum.models import Level
from patients.forms.today import MyPauseForm
from patients.rules.refusals import Refused
from patients.verbs import plan as plan_verbs
from patients.views import today_page
from patients.views.lookups import own_plan
from patients.views.outcomes import run_verb, see


@require_GET
@patient_required
def today(request: PatientRequest) -> HttpResponse:
    """What to do today, or why nothing is to be done."""
    return today_page.show(request)


@require_POST
@patient_required
def my_level(request: PatientRequest) -> HttpResponse:
    """Practise another level of the open rung."""
    plan = own_plan(request)
    wanted = row_id(request.POST.get("level", "")) or 0
    level = Level.objects.select_related("rung", "drill").filter(pk=wanted).first()
    if level is None:
        return today_page.show(
            request, errors={"level": _("Choose one of the levels shown.")}, status=422
        )
    try:
        plan_verbs.choose_level(plan=plan, level=level, by=request.user)
    except Refused as refused:
        return today_page.show(request, errors={"level": str(refused)}, status=422)
    return see("today")


def _pressed(
    request: PatientRequest, verb: Callable[..., Any], *, about: str, part: str = ""
) -> HttpResponse:
    """Today after the verb, at one part of it; or with its refusal, beside what it is ``about``."""
    try:
        verb(plan=own_plan(request), by=request.user)
    except Refused as refused:
        return today_page.show(request, errors={about: str(refused)}, status=422)
    return see("today", part=part)


@require_POST
@patient_required
def ask_review(request: PatientRequest) -> HttpResponse:
    """Ask the physio to look at the rung."""
    words = request.POST.get("words", "")
    return _pressed(
        request, partial(plan_verbs.request_review, words=words), about="review", part="review"
    )


@require_POST
@patient_required
def take_back_review(request: PatientRequest) -> HttpResponse:
    """Not yet after all: the request for a review is gone from the physio's list."""
    return _pressed(request, plan_verbs.take_back_request, about="review", part="ask")


@require_http_methods(["GET", "POST"])
@patient_required
def my_pause(request: PatientRequest) -> HttpResponse:
    """Set practice aside: away or ill, with or without a last day."""
    plan = own_plan(request)
    form = MyPauseForm(posted(request))
    if form.is_valid():
        fields = {"until_in_past": "until", "too_long": "words"}
        asked = {"until": form.cleaned_data["until"], "reason": form.reason_in_words()}
        if run_verb(form, plan_verbs.pause, fields, plan=plan, by=request.user, **asked):
            return see("today")
    context = {"form": form, "physio": plan.patient.physio}
    return render(request, "patients/today/pause.html", context, status=422 if form.errors else 200)


@require_POST
@patient_required
def my_resume(request: PatientRequest) -> HttpResponse:
    """Practise again from today."""
    return _pressed(request, plan_verbs.resume, about="pause")

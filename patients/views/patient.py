"""The patient's day and what goes with it. Everything is fetched from the signed-in patient's own plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import PatientRequest, patient_required, posted
from accounts.reading import row_id
from curriculum.models import Level
from patients import messages, plans
from patients.forms.practice import PauseForm, WordsForm
from patients.models import Message, Patient, Plan
from patients.refused import Refused
from patients.views import _today_page
from patients.views._outcomes import attempt, see


def own_plan(request: PatientRequest) -> Plan:
    """The signed-in patient's running plan; 404 without one."""
    plans = Plan.objects.running().filter(patient__user=request.user)
    return get_object_or_404(plans.select_related("patient__lead", "clinic", "goal_rung"))


@require_GET
@patient_required
def today(request: PatientRequest) -> HttpResponse:
    """What to do today, or why nothing is to be done."""
    return _today_page.show(request)


@require_POST
@patient_required
def my_level(request: PatientRequest) -> HttpResponse:
    """Practise another level of the open rung."""
    plan = own_plan(request)
    wanted = row_id(request.POST.get("level", "")) or 0
    level = Level.objects.select_related("rung", "drill").filter(pk=wanted).first()
    if level is None:
        return _today_page.show(request, errors={"level": _("Choose one of the levels shown.")}, status=422)
    try:
        plans.choose_level(plan=plan, level=level, by=request.user)
    except Refused as refused:
        return _today_page.show(request, errors={"level": str(refused)}, status=422)
    return see("today")


def _pressed(request: PatientRequest, verb: Callable[..., Any], *, about: str, part: str = "") -> HttpResponse:
    """Today after the verb, at one part of it; or with its refusal, beside what it is ``about``."""
    try:
        verb(plan=own_plan(request), by=request.user)
    except Refused as refused:
        return _today_page.show(request, errors={about: str(refused)}, status=422)
    return see("today", part=part)


@require_POST
@patient_required
def ask_review(request: PatientRequest) -> HttpResponse:
    """Ask the physio to look at the rung."""
    words = request.POST.get("words", "")
    return _pressed(request, partial(plans.request_review, words=words), about="review", part="review")


@require_POST
@patient_required
def take_back_review(request: PatientRequest) -> HttpResponse:
    """Not yet after all: the request for a review is gone from the physio's list."""
    return _pressed(request, plans.take_back_request, about="review", part="ask")


@require_http_methods(["GET", "POST"])
@patient_required
def my_pause(request: PatientRequest) -> HttpResponse:
    """Set practice aside: away or ill, with or without a last day."""
    plan = own_plan(request)
    form = PauseForm(posted(request))
    if form.is_valid():
        fields = {"until_in_past": "until", "too_long": "words"}
        asked = {"until": form.cleaned_data["until"], "reason": form.reason_in_words()}
        if attempt(form, plans.pause, fields, plan=plan, by=request.user, **asked):
            return see("today")
    context = {"form": form, "physio": plan.patient.physio}
    return render(request, "patients/pause.html", context, status=422 if form.errors else 200)


@require_POST
@patient_required
def my_resume(request: PatientRequest) -> HttpResponse:
    """Practise again from today."""
    return _pressed(request, plans.resume, about="pause")


@require_http_methods(["GET", "POST"])
@patient_required
def my_messages(request: PatientRequest) -> HttpResponse:
    """What the patient and the clinic wrote to each other, and a few words more."""
    patient = get_object_or_404(Patient.objects.select_related("lead"), user=request.user)
    plan = patient.running_plan()
    form = WordsForm(posted(request))
    if plan is not None and form.is_valid():
        fields = {"nothing_written": "text", "too_long": "text"}
        if attempt(form, messages.write, fields, plan=plan, by=request.user, text=form.cleaned_data["text"]):
            return see("my_messages", part="newest")
    thread = list(Message.objects.filter(plan__patient=patient).select_related("by").order_by("at", "pk"))
    context = {
        "form": form,
        "plan": plan,
        "physio": patient.physio,
        "thread": thread,
        "unread": any(not one.from_patient and one.read_at is None for one in thread),
    }
    return render(request, "patients/messages.html", context, status=422 if form.errors else 200)


@require_POST
@patient_required
def my_messages_read(request: PatientRequest) -> HttpResponse:
    """Everything the clinic wrote has been read; the page says so by itself, or by a button."""
    plan = own_plan(request)
    messages.mark_read(plan=plan, by=request.user)
    return HttpResponse(status=204) if request.htmx else see("my_messages")

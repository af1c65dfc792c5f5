"""What is arranged around the gate: dose, days, goal, level, pause, and the end of a plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import Form
from accounts.http import StaffRequest, clinician_required, posted
from curriculum.models import Level
from patients.forms import plan as forms
from patients.models import EVERY_DAY, Plan
from patients.rules.refusals import Refused
from patients.standing.dose import dose_in_force
from patients.standing.equipment import equipment_at_home
from patients.standing.position import current_level
from patients.verbs import plan as plan_verbs
from patients.views import lookups
from patients.views.outcomes import run_verb, see
from patients.wording.dosage import dosage_in_words


def reachable(plan: Plan) -> list[Level]:
    """Levels of the open and the passed rungs, the open rung first, helpers among them."""
    top = plan.open_rung or plan.rungs().last()
    position = top.position if top else 0
    within = Level.objects.filter(rung__ladder_id=plan.ladder_id, rung__position__lte=position)
    return list(within.select_related("rung", "drill").order_by("-rung__position", "position"))


@require_http_methods(["GET", "POST"])
@clinician_required
def prescribe(request: StaffRequest, pk: int) -> HttpResponse:
    """The dose of one reachable level; GET ``level`` shows that level's."""
    plan = lookups.plan(request.user, pk)
    offered = reachable(plan)
    home = equipment_at_home(plan.patient)
    if request.method == "GET":
        level = _level(plan, offered, request.GET.get("level", ""))
        initial = forms.PrescribeForm.of(dose_in_force(plan, level)) if level else {}
        form = forms.PrescribeForm(levels=offered, home=home, initial=initial)
        return _prescription(request, plan, form, level, home.lacks(level))
    form = forms.PrescribeForm(request.POST, levels=offered, home=home)
    beside = {
        "locked": "level",
        "other_ladder": "level",
        "load_missing": "load",
        "load_not_here": "load",
    }
    if form.is_valid():
        asked = {"plan": plan, "by": request.user, **form.cleaned_data}
        if made := run_verb(form, plan_verbs.prescribe, beside | {"out_of_range": "load"}, **asked):
            told = {"level": made.level, "dose": dosage_in_words(made)}
            messages.success(request, _("Prescribed: %(level)s, %(dose)s.") % told)
            return see("chart", plan.patient_id, part="prescription")
    level = form.cleaned_data.get("level")
    return _prescription(request, plan, form, level, home.lacks(level), status=422)


def _level(plan: Plan, offered: list[Level], asked: str) -> Level | None:
    chosen = next((one for one in offered if str(one.pk) == asked), None)
    return chosen or current_level(plan, plan.clinic.today()).level


def _prescription(
    request: StaffRequest,
    plan: Plan,
    form: forms.PrescribeForm,
    level: Level | None,
    lacks: list[str],
    status: int = 200,
) -> HttpResponse:
    past = plan.prescriptions.select_related("level__drill", "by").order_by("-pk")
    schedule = plan.schedules.filter(from_day__lte=plan.clinic.today()).last()
    context = {
        "plan": plan,
        "patient": plan.patient,
        "prescribe_form": form,
        "level": level,
        "past": past,
    }
    context["lacks"] = lacks
    context["loaded_every_day"] = bool(
        level and level.drill.loaded and schedule and schedule.weekdays == EVERY_DAY
    )
    template = "_prescribe" if request.htmx and status == 200 else "prescribe"
    return render(request, f"patients/plan/{template}.html", context, status=status)


@require_http_methods(["GET", "POST"])
@clinician_required
def schedule(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    standing = plan.schedules.last()
    initial = forms.ScheduleForm.of(standing.weekdays if standing else EVERY_DAY)
    form = forms.ScheduleForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = {
            "plan": plan,
            "by": request.user,
            "weekdays": form.mask(),
            "from_day": form.cleaned_data["from_day"],
        }
        if run_verb(
            form,
            plan_verbs.schedule,
            {"no_weekday": "weekdays", "day_in_past": "from_day"},
            **asked,
        ):
            messages.success(request, _("Days of practice saved."))
            return see("chart", plan.patient_id)
    return _page(request, plan, form, "schedule")


@require_http_methods(["GET", "POST"])
@clinician_required
def goal(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    rungs = list(plan.ladder.rungs.order_by("-position"))
    form = forms.GoalForm(posted(request), rungs=rungs, initial={"goal_rung": plan.goal_rung_id})
    if request.method == "POST" and form.is_valid():
        asked = {"plan": plan, "by": request.user, **form.cleaned_data}
        beside = {"not_a_goal": "goal_rung", "goal_below_passed": "goal_rung"}
        if run_verb(form, plan_verbs.set_goal, beside, **asked):
            messages.success(request, _("Goal saved."))
            return see("chart", plan.patient_id)
    return _page(request, plan, form, "goal")


@require_http_methods(["GET", "POST"])
@clinician_required
def choose_level(request: StaffRequest, pk: int) -> HttpResponse:
    """Another level of the open rung, or one of a passed rung until a day: training lower."""
    plan = lookups.plan(request.user, pk)
    offered = reachable(plan)
    form = forms.ChooseLevelForm(
        posted(request), levels=offered, initial={"level": _level(plan, offered, "")}
    )
    if request.method == "POST" and form.is_valid():
        beside = dict.fromkeys(("until_missing", "until_in_past"), "until") | {
            "locked": "level",
            "too_long": "reason",
        }
        asked = {"plan": plan, "by": request.user, **form.cleaned_data}
        if made := run_verb(form, plan_verbs.choose_level, beside, **asked):
            messages.success(request, _("Level chosen: %(level)s.") % {"level": made.level})
            return see("chart", plan.patient_id)
    return _page(request, plan, form, "level")


@require_http_methods(["GET", "POST"])
@clinician_required
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    form = forms.PauseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        asked = {"plan": plan, "by": request.user, **form.cleaned_data}
        if run_verb(
            form, plan_verbs.pause, {"until_in_past": "until", "too_long": "reason"}, **asked
        ):
            messages.success(request, _("Practice is paused."))
            return see("chart", plan.patient_id)
    return _page(request, plan, form, "pause")


@require_POST
@clinician_required
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    try:
        plan_verbs.resume(plan=plan, by=request.user)
    except Refused as refused:
        form = forms.PauseForm({})
        form.add_error(None, str(refused))
        return _page(request, plan, form, "pause")
    messages.success(request, _("Practice goes on from today."))
    return see("chart", plan.patient_id)


@require_http_methods(["GET", "POST"])
@clinician_required
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Ending cannot be taken back, so a page asks first."""
    plan = lookups.plan(request.user, pk)
    form = Form(posted(request))
    if form.is_valid() and run_verb(form, plan_verbs.end, {}, plan=plan, by=request.user):
        messages.success(request, _("The plan has ended. Its history stays."))
        return see("chart", plan.patient_id)
    return _page(request, plan, form, "end")


def _page(request: StaffRequest, plan: Plan, form: Any, name: str) -> HttpResponse:
    context = {"plan": plan, "patient": plan.patient, "form": form}
    return render(
        request, f"patients/plan/{name}.html", context, status=422 if form.errors else 200
    )

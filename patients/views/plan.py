"""The clinician sets the dose, the days, the goal, the level and a pause, and ends a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.fields import Form
from accounts.http import StaffRequest, clinician_required, posted, see_other
from curriculum.models import Level
from patients.forms import plan as forms
from patients.models import EVERY_DAY, Plan
from patients.standing.cautions import Held, held_by, of_level
from patients.standing.dose import dose_in_force
from patients.standing.equipment import HomeEquipment, equipment_at_home
from patients.standing.position import current_level, steps_and_place
from patients.verbs import plan as plan_verbs
from patients.views import lookups
from patients.views.outcomes import press, run_verb
from patients.wording.dosage import dosage_in_words

#: The field of the dose that shows a refusal, by its code.
DOSE_FIELDS = {
    "locked": "level",
    "other_ladder": "level",
    "load_missing": "load",
    "load_not_here": "load",
    "out_of_range": "load",
    "avoid_without_reason": "reason",
    "unknown_variant": "variant",
    "clinic_alone": "at_home",
}


def reachable(plan: Plan) -> list[Level]:
    """Levels of the open and the passed rungs, the open rung first, helpers among them."""
    top = plan.open_rung or plan.rungs().last()
    position = top.position if top else 0
    within = Level.objects.filter(rung__ladder_id=plan.ladder_id, rung__position__lte=position)
    return list(within.select_related("rung", "drill").order_by("-rung__position", "position"))


def with_borrowed(plan: Plan) -> list[Level]:
    """What can be prescribed: the levels in reach, and before them the one that is borrowed now."""
    offered = reachable(plan)
    now = current_level(plan, plan.clinic.today())
    lent = [now.level] if now.level is not None and now.borrowed is not None else []
    return [*(level for level in lent if level not in offered), *offered]


@require_http_methods(["GET", "POST"])
@clinician_required
def prescribe(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the dose of a reachable level. ``?level=`` shows the dose of that level."""
    plan = lookups.plan(request.user, pk)
    offered = with_borrowed(plan)
    suits: dict[str, Any] = {
        "home": equipment_at_home(plan.patient),
        "held": held_by(plan.patient),
    }
    if request.method == "GET":
        level = _level(plan, offered, request.GET.get("level", ""))
        initial = forms.PrescribeForm.of(dose_in_force(plan, level)) if level else {}
        form = forms.PrescribeForm(levels=offered, initial=initial, **suits)
        return _prescription(request, plan, form, level, **suits)
    form = forms.PrescribeForm(request.POST, levels=offered, **suits)
    if form.is_valid():
        arguments = {"plan": plan, "by": request.user, **form.cleaned_data}
        if prescribed := run_verb(form, plan_verbs.prescribe, DOSE_FIELDS, **arguments):
            names = {"level": prescribed.level, "dose": dosage_in_words(prescribed)}
            saved = _("Prescribed: %(level)s, %(dose)s.") % names
            messages.success(request, saved, extra_tags="prescription")
            return see_other("chart", plan.patient_id, part="prescription")
    level = form.cleaned_data.get("level")
    return _prescription(request, plan, form, level, **suits, status=422)


def _level(plan: Plan, offered: list[Level], level_id: str) -> Level | None:
    """The level with this id if it is offered; otherwise the level that the patient practises."""
    chosen = next((level for level in offered if str(level.pk) == level_id), None)
    return chosen or current_level(plan, plan.clinic.today()).level


def _prescription(
    request: StaffRequest,
    plan: Plan,
    form: forms.PrescribeForm,
    level: Level | None,
    *,
    home: HomeEquipment,
    held: Sequence[Held],
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
        "lacks": home.lacks(level),
        "cautions": of_level(held, level) if level else [],
        "loaded_every_day": bool(
            level and level.drill.loaded and schedule and schedule.weekdays == EVERY_DAY
        ),
    }
    template = "_prescribe" if request.htmx and status == 200 else "prescribe"
    return render(request, f"patients/plan/{template}.html", context, status=status)


@require_http_methods(["GET", "POST"])
@clinician_required
def schedule(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    latest = plan.schedules.last()
    initial = forms.ScheduleForm.of(latest.weekdays if latest else EVERY_DAY)
    form = forms.ScheduleForm(posted(request), initial=initial)
    if form.is_valid():
        fields = {"no_weekday": "weekdays", "day_in_past": "from_day"}
        days = {"weekdays": form.mask(), "from_day": form.cleaned_data["from_day"]}
        if run_verb(form, plan_verbs.schedule, fields, plan=plan, by=request.user, **days):
            messages.success(request, _("Days of practice saved."))
            return see_other("chart", plan.patient_id)
    return _page(request, plan, form, "schedule")


@require_http_methods(["GET", "POST"])
@clinician_required
def goal(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    rungs = list(plan.ladder.rungs.order_by("-position"))
    form = forms.GoalForm(posted(request), rungs=rungs, initial={"goal_rung": plan.goal_rung_id})
    if form.is_valid():
        arguments = {"plan": plan, "by": request.user, **form.cleaned_data}
        fields = {"not_a_goal": "goal_rung", "goal_below_passed": "goal_rung"}
        if run_verb(form, plan_verbs.set_goal, fields, **arguments):
            messages.success(request, _("Goal saved."))
            return see_other("chart", plan.patient_id)
    return _page(request, plan, form, "goal")


@require_http_methods(["GET", "POST"])
@clinician_required
def choose_level(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose another level of the open rung, or train lower on a passed rung until a day."""
    plan = lookups.plan(request.user, pk)
    offered = reachable(plan)
    _steps, place = steps_and_place(plan, plan.clinic.today())
    initial = {"level": place.own_step.level_id if place.own_step else None}
    held = held_by(plan.patient)
    form = forms.ChooseLevelForm(posted(request), levels=offered, held=held, initial=initial)
    if form.is_valid():
        fields = {"until_missing": "until", "until_in_past": "until", "too_long": "reason"}
        about_level = ("locked", "avoid_prescribe_first", "clinic_prescribe_first")
        fields |= dict.fromkeys(about_level, "level")
        arguments = {"plan": plan, "by": request.user, **form.cleaned_data}
        if choice := run_verb(form, plan_verbs.choose_level, fields, **arguments):
            messages.success(request, _("Level chosen: %(level)s.") % {"level": choice.level})
            return see_other("chart", plan.patient_id)
    return _page(request, plan, form, "level")


@require_http_methods(["GET", "POST"])
@clinician_required
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    form = forms.PauseForm(posted(request))
    if form.is_valid():
        fields = {"until_in_past": "until", "too_long": "reason"}
        arguments = {"plan": plan, "by": request.user, **form.cleaned_data}
        if run_verb(form, plan_verbs.pause, fields, **arguments):
            messages.success(request, _("Practice is paused."))
            return see_other("chart", plan.patient_id)
    return _page(request, plan, form, "pause")


@require_POST
@clinician_required
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    if refused := press(plan_verbs.resume, plan=plan, by=request.user):
        form = forms.PauseForm({})
        form.add_error(None, str(refused))
        return _page(request, plan, form, "pause")
    messages.success(request, _("Practice goes on from today."))
    return see_other("chart", plan.patient_id)


@require_http_methods(["GET", "POST"])
@clinician_required
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """End the plan. A page asks first, because this cannot be taken back."""
    plan = lookups.plan(request.user, pk)
    form = Form(posted(request))
    if form.is_valid() and run_verb(form, plan_verbs.end, {}, plan=plan, by=request.user):
        messages.success(request, _("The plan has ended. Its history stays."))
        return see_other("chart", plan.patient_id)
    return _page(request, plan, form, "end")


def _page(request: StaffRequest, plan: Plan, form: Any, name: str) -> HttpResponse:
    context = {"plan": plan, "patient": plan.patient, "form": form}
    return render(
        request, f"patients/plan/{name}.html", context, status=422 if form.errors else 200
    )

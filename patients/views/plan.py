"""The clinician sets the dose, the days, the goal, the level and a pause, and ends a plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted, see_other
from curriculum.models import Level
from patients.forms import plan as forms
from patients.forms.days import DAYS_FIELDS, DaysForm, ScheduleForm, asked_days
from patients.forms.together import Together
from patients.models import EVERY_DAY, Plan
from patients.standing.cautions import held_by
from patients.standing.ladders_offered import not_offered_now
from patients.standing.position import steps_and_place
from patients.standing.training_days import asked_for
from patients.verbs import plan as plan_verbs
from patients.verbs import take_up as take_up_verbs
from patients.views import lookups
from patients.views.outcomes import press, run_verb


def reachable(plan: Plan) -> list[Level]:
    """Levels of the open and the passed rungs, the open rung first, helpers among them."""
    top = plan.open_rung or plan.rungs().last()
    position = top.position if top else 0
    within = Level.objects.filter(rung__ladder_id=plan.ladder_id, rung__position__lte=position)
    return list(within.select_related("rung", "drill").order_by("-rung__position", "position"))


@require_http_methods(["GET", "POST"])
@clinician_required
def schedule(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    latest = plan.schedules.last()
    initial = ScheduleForm.of(latest.weekdays if latest else EVERY_DAY)
    form = ScheduleForm(posted(request), initial=initial)
    if form.is_valid():
        fields = DAYS_FIELDS | {"day_in_past": "from_day"}
        days = form.days() | {"from_day": form.cleaned_data["from_day"]}
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
    days = DaysForm(posted(request))
    if form.is_valid() and days.is_valid():
        fields = {"until_missing": "until", "until_in_past": "until", "too_long": "reason"}
        about_level = ("locked", "avoid_prescribe_first", "clinic_prescribe_first")
        fields |= dict.fromkeys(about_level, "level") | DAYS_FIELDS
        arguments = {"plan": plan, "by": request.user, **form.cleaned_data, **days.days()}
        if choice := run_verb(Together(form, days), plan_verbs.choose_level, fields, **arguments):
            messages.success(request, _("Level chosen: %(level)s.") % {"level": choice.level})
            return see_other("chart", plan.patient_id)
    level = form.cleaned_data.get("level") if form.is_bound else None
    return _page(request, plan, form, "level", days=days_of_level(plan, level, days))


def days_of_level(plan: Plan, level: Level | None, days: DaysForm | None) -> DaysForm | None:
    """The days that a chosen level asks for, as they were typed or as they are proposed."""
    asked = asked_for(plan, level) if level is not None else None
    return days if days is not None and days.is_typed else asked_days(asked)


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
    """Set the plan aside. A page asks why."""
    plan = lookups.plan(request.user, pk)
    form = forms.SetAsideForm(posted(request))
    if form.is_valid():
        fields = {"reason_missing": "reason", "too_long": "reason"}
        arguments = {"plan": plan, "by": request.user, **form.cleaned_data}
        if run_verb(form, take_up_verbs.set_aside, fields, **arguments):
            messages.success(request, _("Set aside. Passes and practice stay."))
            return see_other("chart", plan.patient_id)
    return _page(request, plan, form, "end")


@require_http_methods(["GET", "POST"])
@clinician_required
def take_up(request: StaffRequest, pk: int) -> HttpResponse:
    """Go on with a plan that was set aside. Where its ladder is not offered, a page asks why."""
    plan = lookups.plan(request.user, pk)
    kept_back = not_offered_now(plan.clinic_id, plan.ladder.slug)
    form = forms.TakeUpForm(posted(request))
    if form.is_valid():
        fields = {"not_offered_word": "word", "too_long": "word"}
        arguments = {"plan": plan, "by": request.user, **form.cleaned_data}
        if run_verb(form, take_up_verbs.take_up, fields, **arguments):
            said = _("%(ladder)s goes on, with passes, doses and days as before.")
            messages.success(request, said % {"ladder": plan.ladder.name})
            return see_other("chart", plan.patient_id)
    return _page(request, plan, form, "take_up", kept_back=kept_back)


def _page(request: StaffRequest, plan: Plan, form: Any, name: str, **more: object) -> HttpResponse:
    context = {"plan": plan, "patient": plan.patient, "form": form, **more}
    wrong = request.method == "POST"
    return render(request, f"patients/plan/{name}.html", context, status=422 if wrong else 200)

"""The pages on which clinicians write the clinic's plan templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted, see_other
from accounts.parsing import row_id
from curriculum.models import Ladder, Level, Rung
from patients.forms.plan_templates import TemplateDoseForm, TemplateForm
from patients.forms.together import Together
from patients.models import PlanTemplate
from patients.standing import plan_templates as standing
from patients.standing.dose import dose_in_force
from patients.standing.ladders_offered import kept_back, newest_editions, offered
from patients.standing.position import current_level
from patients.standing.training_days import days_in_force
from patients.verbs import plan_templates as verbs
from patients.views import lookups
from patients.views.outcomes import press, run_verb
from patients.wording.templates import template_lines


@require_GET
@clinician_required
def plan_templates(request: StaffRequest) -> HttpResponse:
    return _list(request)


def _list(request: StaffRequest, problem: str = "") -> HttpResponse:
    clinic = request.user.clinic_id
    closed = kept_back(clinic)
    editions = newest_editions()
    context = {
        "used": template_lines(standing.in_use(clinic), closed, editions),
        "away": template_lines(standing.put_away(clinic), closed, editions),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "patients/plan_templates/list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@clinician_required
def plan_template_new(request: StaffRequest) -> HttpResponse:
    return _new(request, offered(request.user.clinic_id), {}, {})


@require_http_methods(["GET", "POST"])
@clinician_required
def keep_as_template(request: StaffRequest, pk: int) -> HttpResponse:
    """A new template that begins with what a plan has now, without words and weights."""
    plan = lookups.plan(request.user, pk)
    today = plan.clinic.today()
    level = current_level(plan, today).level
    dose = TemplateDoseForm.of(dose_in_force(plan, level)) if level is not None else {}
    details = TemplateForm.of(plan, days_in_force(plan, today).weekdays)
    return _new(request, Ladder.objects.filter(pk=plan.ladder_id), details, dose)


def _new(request: StaffRequest, ladders: Any, details: Any, dose: Any) -> HttpResponse:
    rungs = Rung.objects.filter(ladder__in=ladders).select_related("ladder")
    typed = posted(request)
    form = TemplateForm(typed, rungs=rungs, initial=details)
    dose_form = TemplateDoseForm(typed, levels=_levels(ladders), initial=dose)
    together = Together(form, dose_form)
    if typed is not None and together.are_valid():
        said = {"by": request.user, **form.said(), **dose_form.cleaned_data}
        fields = {**dose_form.refusals, **form.refusals}
        if template := run_verb(together, verbs.add, fields, **said):
            messages.success(request, _("Added: %(template)s.") % {"template": template})
            return see_other("plan_template", template.pk)
    context = {"form": form, "dose_form": dose_form}
    status = 422 if typed is not None else 200
    return render(request, "patients/plan_templates/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@clinician_required
def plan_template(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a template. ``?level=`` fills the form with the dose of that level."""
    template = _template(request, pk)
    form = _details(template, posted(request))
    if form.is_valid():
        said = {"template": template, "by": request.user, **form.said()}
        if run_verb(form, verbs.change, form.refusals, **said):
            messages.success(request, _("Saved."))
            return see_other("plan_template", pk)
    return _page(request, template, form)


@require_POST
@clinician_required
def template_dose(request: StaffRequest, pk: int) -> HttpResponse:
    template = _template(request, pk)
    form = _dose_form(template, request.POST)
    if form.is_valid():
        said = {"template": template, "by": request.user, **form.cleaned_data}
        if run_verb(form, verbs.set_dose, form.refusals, **said):
            messages.success(request, _("Saved: %(level)s.") % form.cleaned_data)
            return see_other("plan_template", pk)
    return _page(request, template, _details(template), form)


@require_POST
@clinician_required
def template_dose_out(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the dose of one level out of a template."""
    template = _template(request, pk)
    asked = row_id(request.POST.get("level", "")) or 0
    dose = next((one for one in template.doses.all() if one.level_id == asked), None)
    if dose is None:
        return see_other("plan_template", pk)
    arguments = {"template": template, "by": request.user, "level": dose.level}
    if refused := press(verbs.drop_dose, **arguments):
        return _page(request, template, _details(template), problem=str(refused))
    messages.success(request, _("Taken out: %(level)s.") % {"level": dose.level})
    return see_other("plan_template", pk)


@require_POST
@clinician_required
def template_put_away(request: StaffRequest, pk: int) -> HttpResponse:
    return _press(request, pk, verbs.put_away, _("Put away: %(template)s."))


@require_POST
@clinician_required
def template_back(request: StaffRequest, pk: int) -> HttpResponse:
    return _press(request, pk, verbs.bring_back, _("In use again: %(template)s."))


def _press(request: StaffRequest, pk: int, verb: Callable[..., Any], done: str) -> HttpResponse:
    template = _template(request, pk)
    if refused := press(verb, template=template, by=request.user):
        return _list(request, str(refused))
    messages.success(request, done % {"template": template})
    return see_other("plan_templates")


def _template(request: StaffRequest, pk: int) -> PlanTemplate:
    return get_object_or_404(standing.with_doses(), pk=pk, clinic=request.user.clinic)


def _levels(ladders: Any) -> list[Level]:
    rows = Level.objects.filter(rung__ladder__in=ladders)
    named = rows.select_related("rung__ladder", "drill")
    return list(named.order_by("rung__ladder__slug", "rung__position", "position"))


def _details(template: PlanTemplate, typed: Any = None) -> TemplateForm:
    rungs = template.ladder.rungs.select_related("ladder")
    return TemplateForm(typed, rungs=rungs, initial=TemplateForm.of(template, template.weekdays))


def _dose_form(template: PlanTemplate, typed: Any = None, level: str = "") -> TemplateDoseForm:
    asked = [one for one in template.doses.all() if str(one.level_id) == level]
    initial = TemplateDoseForm.of(asked[0]) if asked else {}
    return TemplateDoseForm(typed, levels=_levels([template.ladder]), initial=initial)


def _page(
    request: StaffRequest,
    template: PlanTemplate,
    form: TemplateForm,
    dose_form: TemplateDoseForm | None = None,
    problem: str = "",
) -> HttpResponse:
    (line,) = template_lines([template], kept_back(template.clinic_id), newest_editions())
    context = {
        "template": template,
        "line": line,
        "form": form,
        "dose_form": dose_form or _dose_form(template, level=request.GET.get("level", "")),
        "problem": problem,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "patients/plan_templates/template.html", context, status=status)

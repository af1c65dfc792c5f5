"""What a plan template fills in on a page. Nothing is saved by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from accounts.http import StaffRequest
from curriculum.models import Level
from patients.forms.dose import PrescribeForm
from patients.forms.plan_templates import dose_of_fit
from patients.models import Plan, PlanTemplate
from patients.standing.cautions import Held
from patients.standing.plan_templates import Fit, fit_dose, say_practised

#: The button of a template.
ASKED = "template"


def pressed(request: StaffRequest) -> bool:
    """Whether a template was asked for. Such a request saves nothing, whichever it names."""
    return ASKED in request.POST


def about(request: StaffRequest, fit: Fit | None) -> dict[str, Any]:
    """What the page says of the template: what it filled in, or that it is no longer in use."""
    return {"fit": fit, "template_gone": fit is None and pressed(request)}


def chosen(request: StaffRequest, templates: Sequence[PlanTemplate]) -> PlanTemplate | None:
    """The template whose button was pressed; None = none, or one that is no longer in use."""
    asked = request.POST.get(ASKED, "")
    return next((one for one in templates if str(one.pk) == asked), None)


def fit_of(
    request: StaffRequest,
    plan: Plan,
    templates: Sequence[PlanTemplate],
    offered: tuple[Level | None, Sequence[Level]],
    held: Sequence[Held],
) -> Fit | None:
    """What of the dose of a template fits the patient; None = there is nothing to fill in.

    ``offered``: the level that is practised, and those in reach
    """
    now, levels = offered
    template = chosen(request, templates)
    if template is None:
        return None
    shown = next((one for one in levels if str(one.pk) == request.POST.get("level")), None)
    return say_practised(fit_dose(template, plan, shown, levels, held), shown, now)


def level_shown(request: StaffRequest, fit: Fit | None) -> str:
    """The id of the level that the page shows next; empty = it shows the one of before."""
    if not pressed(request):
        return request.POST.get("show", "")
    return str(fit.level.pk) if fit and fit.level else request.POST.get("level", "")


def typed_still(request: StaffRequest, level: Level | None) -> QueryDict | None:
    """What was typed of the dose of a level, on the page on which a template was pressed; None =
    another level was on that page."""
    stays = level is not None and request.POST.get("level") == str(level.pk)
    return request.POST if stays and pressed(request) else None


def keep_reason(request: StaffRequest, form: PrescribeForm) -> None:
    """A reason that was typed stays, also for a drill to avoid: it was typed for this one."""
    if typed := request.POST.get("reason", ""):
        form.initial["reason"] = typed


def dose_filled(
    request: StaffRequest, fit: Fit | None, templates: Sequence[PlanTemplate]
) -> dict[str, Any]:
    """The fields of the dose that the template fills in."""
    if fit is None:
        return {}
    words = {dose.word for template in templates for dose in template.doses.all()}
    filled = dose_of_fit(fit, request.POST, words)
    if fit.practise:
        filled["practise"] = True
    return filled

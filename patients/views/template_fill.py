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
from patients.standing.plan_templates import Fit, fit_dose

#: The button of a template.
ASKED = "template"


def chosen(request: StaffRequest, templates: Sequence[PlanTemplate]) -> PlanTemplate | None:
    """The template whose button was pressed."""
    asked = request.POST.get(ASKED, "")
    return next((one for one in templates if str(one.pk) == asked), None)


def fit_of(
    request: StaffRequest,
    plan: Plan,
    templates: Sequence[PlanTemplate],
    levels: Sequence[Level],
    held: Sequence[Held],
) -> Fit | None:
    """What of the dose of a template fits the patient; None = no template was pressed."""
    template = chosen(request, templates)
    if template is None:
        return None
    shown = next((one for one in levels if str(one.pk) == request.POST.get("level")), None)
    return fit_dose(template, plan, shown, levels, held)


def level_shown(request: StaffRequest, fit: Fit | None) -> str:
    """The id of the level that the page shows next; empty = it shows the one of before."""
    if fit is None:
        return request.POST.get("show", "")
    return str(fit.level.pk) if fit.level is not None else request.POST.get("level", "")


def typed_still(request: StaffRequest, level: Level) -> QueryDict | None:
    """What was typed of the dose of a level; None = another level was on the page."""
    return request.POST if request.POST.get("level") == str(level.pk) else None


def keep_reason(request: StaffRequest, form: PrescribeForm) -> None:
    """A reason that was typed stays, also for a drill to avoid: it was typed for this one."""
    if typed := request.POST.get("reason", ""):
        form.initial["reason"] = typed


def dose_filled(
    request: StaffRequest, fit: Fit, templates: Sequence[PlanTemplate], now: Level | None
) -> dict[str, Any]:
    """The fields of the dose that the template fills in."""
    words = {dose.word for template in templates for dose in template.doses.all()}
    filled = dose_of_fit(fit, request.POST, words)
    if fit.level is not None and fit.level != now:
        filled["practise"] = True
    return filled

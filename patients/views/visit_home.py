"""The last two steps of a first visit: what is done at home, and the patient's own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import links
from accounts.http import StaffRequest, clinician_required, posted, see_other
from curriculum.models import Level, Rung
from patients.forms.dose import PrescribeForm
from patients.forms.first_visit import VisitDaysForm, filled
from patients.forms.plan import GoalForm
from patients.forms.together import Together
from patients.forms.visits import NextVisitForm, initial_of_visit
from patients.models import Plan, PlanTemplate, VisitStep
from patients.standing.cautions import Held, held_by
from patients.standing.plan_templates import Fit, fit_rest, of_plan
from patients.standing.training_days import asked_for, days_in_force
from patients.standing.visits import later_visit
from patients.verbs import visit_steps
from patients.views import template_fill
from patients.views.invite import Room, link_in_sight, nothing_new
from patients.views.outcomes import run_verb
from patients.views.prescribing import (
    DOSE_FIELDS,
    LOOKS,
    Offered,
    about_level,
    initial_of,
    offered_of,
)
from patients.views.visit_frame import Visiting, of_step, show_step, typed_before

FIELDS = {
    **DOSE_FIELDS,
    "no_weekday": "pattern",
    "days_missing": "pattern",
    "not_a_goal": "goal_rung",
    "goal_below_passed": "goal_rung",
}


@require_http_methods(["GET", "POST"])
@clinician_required
@of_step(VisitStep.DOSE)
def dose(request: StaffRequest, visiting: Visiting) -> HttpResponse:
    """Set dose, days and goal. ``show`` in the form shows another level, and ``template`` fills
    the fields from a template; neither saves anything."""
    offering = _offering(visiting.running)
    if request.method == "GET" or LOOKS & {*request.POST}:
        return _looked_at(request, visiting, offering)
    forms = offering.forms(request.POST)
    form, days, goal = forms.values()
    together = Together(form, days, goal)
    if together.are_valid():
        arguments = {"plan": visiting.plan, "by": request.user, **form.cleaned_data}
        arguments |= {"weekdays": days.mask(), **goal.cleaned_data}
        arguments["keep_running"] = days.cleaned_data["keep_running"]
        if run_verb(together, visit_steps.tell_dose, FIELDS, **arguments):
            return see_other("first_visit_hand_over", visiting.patient.pk)
    level = form.cleaned_data.get("level")
    return _dose_page(request, visiting, offering, forms, level, status=422)


@dataclass(frozen=True)
class _Offering:
    """What can be prescribed to the patient of a plan. ``templates``: those of its ladder"""

    plan: Plan
    offered: Offered
    held: Sequence[Held]
    rungs: Sequence[Rung]
    templates: Sequence[PlanTemplate]

    def forms(self, typed: QueryDict | None = None, **initial: dict[str, Any]) -> dict[str, Any]:
        """The forms of the page. ``initial``: by form, where nothing was typed."""
        levels = self.offered.levels
        clinic = self.plan.clinic_id
        of_dose = initial.get("dose")
        return {
            "prescribe_form": PrescribeForm(
                typed, levels=levels, clinic=clinic, held=self.held, initial=of_dose
            ),
            "visit_days": VisitDaysForm(typed, initial=initial.get("days")),
            "goal": GoalForm(typed, rungs=self.rungs, initial=initial.get("goal")),
        }


def _offering(plan: Plan) -> _Offering:
    rungs = list(plan.ladder.rungs.order_by("-position"))
    return _Offering(plan, offered_of(plan), held_by(plan.patient), rungs, of_plan(plan))


def _looked_at(request: StaffRequest, visiting: Visiting, offering: _Offering) -> HttpResponse:
    """The page as it is before it is saved: of the level that is asked for, or of the draft."""
    draft = typed_before(request, visiting, VisitStep.DOSE)
    plan = offering.plan
    offered = offering.offered
    fit = template_fill.fit_of(request, plan, offering.templates, offered, offering.held)
    shown = template_fill.level_shown(request, fit) or (draft or {}).get("level", "")
    level = offered.find(shown)
    of_dose: dict[str, Any] = {}
    if level is not None:
        of_dose = initial_of(request, plan, offered, level) | {"practise": level != offered.now}
        of_dose |= _kept_of(draft, offering)
        of_dose |= _kept_of(template_fill.typed_still(request, level), offering)
        of_dose |= template_fill.dose_filled(request, fit, offering.templates)
    asked = asked_for(plan, level) if level is not None else None
    today = plan.clinic.today()
    mask = asked.proposed if asked is not None else days_in_force(plan, today).weekdays
    goal = {"goal_rung": plan.goal_rung_id}
    forms = offering.forms(dose=of_dose, days=VisitDaysForm.of(mask), goal=goal)
    sent = request.POST if request.method == "POST" else draft
    for name in ("visit_days", "goal"):
        filled(forms[name], sent)
    if template_fill.pressed(request):
        template_fill.keep_reason(request, forms["prescribe_form"])
    if fit is not None:
        _fill_rest(fit_rest(fit, plan, level), forms)
    return _dose_page(request, visiting, offering, forms, level, fit=fit)


def _fill_rest(fit: Fit, forms: dict[str, Any]) -> None:
    """Fill in the days and the goal of a template, as far as they fit."""
    if fit.weekdays is not None:
        forms["visit_days"].initial.update(VisitDaysForm.of(fit.weekdays))
    if fit.has_goal:
        forms["goal"].initial["goal_rung"] = fit.goal.pk if fit.goal is not None else ""


def _kept_of(draft: QueryDict | None, offering: _Offering) -> dict[str, Any]:
    """The dose as a draft holds it."""
    if draft is None:
        return {}
    form: PrescribeForm = offering.forms()["prescribe_form"]
    return dict(filled(form, draft).initial)


def _dose_page(
    request: StaffRequest,
    visiting: Visiting,
    offering: _Offering,
    forms: dict[str, Any],
    level: Level | None,
    status: int = 200,
    fit: Fit | None = None,
) -> HttpResponse:
    about = about_level(offering.plan, level, offering.offered, offering.held)
    context = {**forms, **about, "level": level, "templates": offering.templates}
    context |= template_fill.about(request, fit)
    return show_step(request, visiting, VisitStep.DOSE, context, status)


@require_http_methods(["GET", "POST"])
@clinician_required
@of_step(VisitStep.HAND_OVER, stays_in_sight=True)
def hand_over(request: StaffRequest, visiting: Visiting) -> HttpResponse:
    """Make the patient's link and show it, with the patient beside the tablet."""
    room = Room(visiting.patient, visiting.patient.user, page="first_visit_hand_over")
    link = links.link_of(room.person)
    if unchanged := nothing_new(request, link):
        return unchanged
    form = NextVisitForm(posted(request), initial=initial_of_visit(later_visit(visiting.patient)))
    if form.is_valid() and (made := _handed_over(request, visiting, form)):
        return made
    context = link_in_sight(request, room, link) | {"next_visit_form": form}
    status = 422 if form.errors else 200
    return show_step(request, visiting, VisitStep.HAND_OVER, context, status)


def _handed_over(
    request: StaffRequest, visiting: Visiting, form: NextVisitForm
) -> HttpResponse | None:
    """Hand over by a link, or on paper. None when it was refused: the form says why."""
    on_paper = "paper" in request.POST
    verb = visit_steps.hand_over_on_paper if on_paper else visit_steps.hand_over
    arguments: dict[str, Any] = {
        "patient": visiting.patient,
        "by": request.user,
    }
    if form.visit_changed:
        arguments |= {
            "next_visit": form.cleaned_data["next_visit"],
            "at": form.cleaned_data["next_time"],
            "seen": form.seen(),
        }
    if run_verb(form, verb, form.refusals, **arguments) is None:
        return None
    if on_paper:
        messages.success(request, _("The first visit is finished. Print the handout below."))
        return see_other("handout", visiting.patient.pk)
    return see_other("first_visit_hand_over", visiting.patient.pk)

"""The prescription: the one page that sets drill, dose, way, and what is practised."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, see_other
from accounts.parsing import row_id
from curriculum.models import Level
from patients.chart.queries import patients
from patients.forms.days import DAYS_FIELDS, DaysForm
from patients.forms.dose import PrescribeForm, SignForm
from patients.forms.drill_cards import drill_cards
from patients.forms.first_visit import filled
from patients.forms.together import Together
from patients.models import Patient, Plan, PlanTemplate
from patients.standing.cautions import Held, held_by, of_level
from patients.standing.dose import dose_in_force, prescriptions_in_force
from patients.standing.equipment import equipment_at_home
from patients.standing.load.at_home import weights_at_home
from patients.standing.load.read import load_of
from patients.standing.plan_templates import Fit, of_plan
from patients.standing.position import current_level
from patients.verbs import load as load_verbs
from patients.verbs.at_home import set_at_home
from patients.views import lookups, template_fill
from patients.views.chart import show
from patients.views.outcomes import run_verb
from patients.views.plan import days_of_level, reachable
from patients.wording.dosage import dosage_in_words
from patients.wording.weights import weights_in_words

#: What a form of a dose sends that only shows something else.
LOOKS = frozenset({"show", template_fill.ASKED})
#: The field of the dose that shows a refusal, by its code.
DOSE_FIELDS = {
    "locked": "level",
    "other_ladder": "level",
    "load_missing": "load",
    "load_not_here": "load",
    "out_of_range": "load",
    "load_over_cap": "load",
    "cap_missing": "max_kg",
    "load_guard": "why_more",
    "band_not_here": "band",
    "band_gone": "band",
    "band_missing": "band",
    "avoid_without_reason": "reason",
    "unknown_variant": "variant",
    "clinic_alone": "at_home",
    "until_missing": "until",
    "until_in_past": "until",
    **DAYS_FIELDS,
}


class Offered(NamedTuple):
    """What can be prescribed.

    ``now``: the level that is practised
    ``levels``: the levels in reach, and before them the one that is borrowed now
    """

    now: Level | None
    levels: list[Level]

    def find(self, level_id: str) -> Level | None:
        """The level with this id if it is offered; otherwise the level that is practised."""
        return next((one for one in self.levels if str(one.pk) == level_id), self.now)


def offered_of(plan: Plan) -> Offered:
    levels = reachable(plan)
    now = current_level(plan, plan.clinic.today())
    lent = [now.level] if now.level is not None and now.borrowed is not None else []
    return Offered(now.level, [*(level for level in lent if level not in levels), *levels])


@require_http_methods(["GET", "POST"])
@clinician_required
def prescribe(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the dose of a reachable level. ``?level=`` shows the dose of that level; so does
    ``show`` in a form, which keeps the texts that were typed, and ``template`` fills in the dose of
    a template. Neither saves anything."""
    plan = lookups.plan(request.user, pk)
    offered = offered_of(plan)
    held = held_by(plan.patient)
    if request.method == "GET" or LOOKS & {*request.POST}:
        return _looked_at(request, plan, offered, held)
    form = PrescribeForm(request.POST, levels=offered.levels, clinic=plan.clinic_id, held=held)
    days = DaysForm(request.POST)
    if form.is_valid() and days.is_valid():
        arguments = {"plan": plan, "by": request.user, **form.cleaned_data, **days.days()}
        if prescribed := run_verb(Together(form, days), set_at_home, DOSE_FIELDS, **arguments):
            names = {"level": prescribed.level, "dose": dosage_in_words(prescribed)}
            saved = _("Prescribed: %(level)s, %(dose)s.") % names
            messages.success(request, saved, extra_tags="prescription")
            return see_other("chart", plan.patient_id, part="prescription")
    level = form.cleaned_data.get("level")
    return _prescription(request, plan, form, level, offered, held, days, status=422)


class _Filling(NamedTuple):
    """The templates that can fill in the page, and what the one that was pressed does."""

    templates: Sequence[PlanTemplate]
    fit: Fit | None = None


def _looked_at(
    request: StaffRequest, plan: Plan, offered: Offered, held: Sequence[Held]
) -> HttpResponse:
    """The page of the level that is asked for, or that a template fills in."""
    templates = of_plan(plan)
    form_of = partial(PrescribeForm, levels=offered.levels, clinic=plan.clinic_id, held=held)
    fit = template_fill.fit_of(request, plan, templates, offered, held)
    level = offered.find(template_fill.level_shown(request, fit) or request.GET.get("level", ""))
    initial = initial_of(request, plan, offered, level) if level else {}
    typed = template_fill.typed_still(request, level)
    initial |= filled(form_of(), typed).initial
    initial |= template_fill.dose_filled(request, fit, templates)
    form = form_of(initial=initial)
    if template_fill.pressed(request):
        template_fill.keep_reason(request, form)
    days = DaysForm(typed) if typed is not None else None
    filling = _Filling(templates, fit)
    return _prescription(request, plan, form, level, offered, held, days, filling=filling)


@require_POST
@clinician_required
def sign_proposal(request: StaffRequest, pk: int) -> HttpResponse:
    """Make what is proposed for a load the new dose, by one press."""
    plan = lookups.plan(request.user, pk)
    form = SignForm(request.POST)
    levels = Level.objects.select_related("rung", "drill")
    level = levels.filter(pk=row_id(request.POST.get("level", "")) or 0).first()
    if level is not None and form.is_valid():
        fields = {"load_guard": "why_more", "too_long": "why_more"}
        arguments = {"plan": plan, "level": level, "by": request.user, **form.cleaned_data}
        arguments["seen"] = request.POST.get("seen", "")
        if signed := run_verb(form, load_verbs.sign_proposal, fields, **arguments):
            names = {"level": signed.level, "dose": dosage_in_words(signed)}
            saved = _("Signed: %(level)s, %(dose)s.") % names
            messages.success(request, saved, extra_tags="prescription")
            return see_other("chart", plan.patient_id, part="prescription")
    return _unsigned(request, plan, form)


def _unsigned(request: StaffRequest, plan: Plan, form: SignForm) -> HttpResponse:
    """The chart as it is now, with why nothing was signed."""
    patient = get_object_or_404(patients(Patient.objects.all()), pk=plan.patient_id)
    problem = " ".join(str(error) for error in form.non_field_errors())
    if not form.errors:
        problem = _("Look at the page as it is now, and sign again.")
    return show(patient, request, status=422, sign_form=form, sign_problem=problem)


def initial_of(request: StaffRequest, plan: Plan, offered: Offered, level: Level) -> dict[str, Any]:
    """What the form of a level is filled in with: its dose, and texts typed beside another one."""
    before = next((one for one in offered.levels if str(one.pk) == request.POST.get("level")), None)
    shown = dose_in_force(plan, before) if before else None
    load = load_of(plan, level) if "proposed" in request.GET else None
    if load is not None:
        return PrescribeForm.of(load.proposed)
    return PrescribeForm.of_other(dose_in_force(plan, level), request.POST, shown)


def _prescription(
    request: StaffRequest,
    plan: Plan,
    form: PrescribeForm,
    level: Level | None,
    offered: Offered,
    held: Sequence[Held],
    days: DaysForm | None = None,
    status: int = 200,
    filling: _Filling | None = None,
) -> HttpResponse:
    templates, fit = filling or _Filling(of_plan(plan))
    past = plan.prescriptions.select_related("level__drill", "by", "band").order_by("-pk")
    context = {
        "plan": plan,
        "patient": plan.patient,
        "prescribe_form": form,
        "level": level,
        "past": past,
        "templates": templates,
        **template_fill.about(request, fit),
        "level_days": days_of_level(plan, level, days),
        **about_level(plan, level, offered, held),
    }
    return render(request, "patients/plan/prescribe.html", context, status=status)


def about_level(
    plan: Plan, level: Level | None, offered: Offered, held: Sequence[Held]
) -> dict[str, Any]:
    """What is true of the level, and the cards of all that can be prescribed."""
    now, levels = offered
    home = equipment_at_home(plan.patient)
    doses = prescriptions_in_force(plan)
    return {
        "now": now,
        "below": level is not None and level.rung_id != levels[0].rung_id,
        "lacks": home.lacks(level),
        "weights": weights_in_words(weights_at_home(plan.patient)),
        "cautions": of_level(held, level) if level else [],
        "drills": drill_cards(levels, doses, now=now, chosen=level, home=home, held=held),
        "locked": plan.rungs().exclude(pk__in=[one.rung_id for one in levels]),
    }

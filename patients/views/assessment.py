"""The first assessment. It suggests where to start and what helps with the faults seen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted, see_other
from curriculum.models import Rung
from patients.forms.assessment import AssessmentForm
from patients.forms.days import DaysForm, asked_days
from patients.models import Patient, Plan
from patients.standing.borrow_offers import borrow_days
from patients.standing.dose import dose_in_force
from patients.standing.training_days import asked_at
from patients.verbs import assessment, borrowing, recommendations
from patients.views import lookups
from patients.views.outcomes import press
from patients.wording.dosage import dosage_in_words


@require_http_methods(["GET", "POST"])
@clinician_required
def assess(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.running_plan(request.user, pk)
    form = AssessmentForm(posted(request), plan=plan)
    days = DaysForm(posted(request))
    refused = None
    if form.is_valid() and days.is_valid():
        start = form.start() | days.days()
        refused = press(assessment.start, plan=plan, by=request.user, **start)
        if refused is None:
            messages.success(request, _("Assessment saved. This is where the climb starts."))
            return see_other("chart", pk=pk)
        days.asks_again(refused)
    context = {**assessment_in_sight(plan, form, days), "refused": refused}
    wrong = request.method == "POST"
    return render(request, "patients/assessment/assess.html", context, status=422 if wrong else 200)


@require_POST
@clinician_required
def assess_suggest(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.running_plan(request.user, pk)
    form = AssessmentForm(request.POST, plan=plan)
    # Without JavaScript the whole page comes back, with the ticks and the suggestion.
    page = "_suggest.html" if request.htmx else "assess.html"
    context = assessment_in_sight(plan, form, DaysForm(request.POST))
    return render(request, f"patients/assessment/{page}", context)


def assessment_in_sight(plan: Plan, form: AssessmentForm, days: DaysForm) -> dict[str, Any]:
    """What a page of the first assessment shows: what was seen, and where to start."""
    form.is_valid()
    ticked, faults = (form.ticked(), form.faults()) if form.is_bound else ([], [])
    set_aside = form.set_aside()
    proposal = assessment.propose(plan, [*ticked, *set_aside], faults)
    open_rung = plan.open_rung
    rungs = plan.rungs().prefetch_related("criteria")
    if open_rung is not None:
        rungs = rungs.filter(position__gte=open_rung.position)
    dose = dose_in_force(plan, proposal.level) if proposal.level else None
    return {
        "plan": plan,
        "patient": plan.patient,
        "form": form,
        "faults": plan.ladder.own_faults().with_pictures(),
        "seen": {fault.pk for fault in faults},
        "rungs": form.marks.of_rungs(rungs),
        "met": {criterion.pk for criterion in ticked},
        "proposal": proposal,
        "lower": [
            rung
            for rung in rungs
            if proposal.rung is None or rung.position <= proposal.rung.position
        ],
        "dose": dosage_in_words(dose) if dose else "",
        "days": _days(days, plan, open_rung, proposal.rung),
        "start_page": reverse("assess", args=[plan.patient_id]),
    }


def _days(days: DaysForm, plan: Plan, now: Rung | None, start: Rung | None) -> DaysForm | None:
    """The days as they were typed, or as they are proposed where the climb starts with load."""
    if days.is_typed:
        return days
    return asked_days(asked_at(plan, now, start) if start != now else None)


@require_GET
@clinician_required
def helps(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the drills of this patient's ladder that help with faults that are not gone yet."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    plan = patient.running_plan()
    context: dict[str, Any] = {
        "patient": patient,
        "plan": plan,
        "findings": plan.findings.filter(cleared_on__isnull=True).select_related("fault")
        if plan
        else [],
        "emphasis": recommendations.of_findings(plan) if plan else [],
    }
    if plan is not None and borrowing.in_force(plan) is None:
        context["borrow_days"] = borrow_days(plan.clinic.today())
    return render(request, "patients/assessment/helps.html", context)

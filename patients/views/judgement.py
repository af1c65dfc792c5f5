"""From what was seen to where to start: intake, first assessment, the patient's own activities."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import PatientRequest, StaffRequest, clinician_required, patient_required, posted, see_other
from curriculum.models import Fault
from patients import assessment, dosage, levels, measure_chart, measures, people, recommend
from patients.forms.judgement import ActivitiesForm, AssessmentForm, IntakeForm, RatingForm, intake_initial
from patients.models import Patient, Plan
from patients.refused import Refused
from patients.views import _found


@require_http_methods(["GET", "POST"])
@clinician_required
def intake(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    form = IntakeForm(posted(request), initial=intake_initial(patient.intakes.last()))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        people.take_intake(
            patient=patient,
            by=request.user,
            usual_pain=said["usual_pain"],
            reason=said["reason"],
            goal=said["goal"],
            precautions=form.precautions(),
            equipment=[one.slug for one in said["equipment"]],
        )
        messages.success(request, _("Intake saved."))
        return see_other("chart", pk=patient.pk)
    context = {"patient": patient, "form": form}
    return render(request, "patients/judgement/intake.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@clinician_required
def assess(request: StaffRequest, pk: int) -> HttpResponse:
    plan = _found.running_plan(request.user, pk)
    form = AssessmentForm(posted(request), plan=plan)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            _start(request, plan, form)
        except Refused as reason:
            refused = reason
        else:
            messages.success(request, _("Assessment saved. This is where the climb starts."))
            return see_other("chart", pk=pk)
    context = {**_assessment(plan, form), "refused": refused}
    wrong = bool(refused or form.errors)
    return render(request, "patients/judgement/assess.html", context, status=422 if wrong else 200)


def _start(request: StaffRequest, plan: Plan, form: AssessmentForm) -> None:
    said = form.cleaned_data
    assessment.start(
        plan=plan,
        by=request.user,
        criteria=form.ticked(),
        faults=form.faults(),
        words=said["words"],
        rung=said["rung"],
        level=said["level"],
        reason=said["reason"],
    )


@require_POST
@clinician_required
def assess_suggest(request: StaffRequest, pk: int) -> HttpResponse:
    plan = _found.running_plan(request.user, pk)
    form = AssessmentForm(request.POST, plan=plan)
    if request.htmx:
        return render(request, "patients/judgement/_suggest.html", _assessment(plan, form))
    # Without JavaScript the whole page comes back with what was ticked and its suggestion.
    return render(request, "patients/judgement/assess.html", _assessment(plan, form))


def _assessment(plan: Plan, form: AssessmentForm) -> dict[str, Any]:
    form.is_valid()
    ticked, faults = (form.ticked(), form.faults()) if form.is_bound else ([], [])
    proposal = assessment.propose(plan, ticked, faults)
    open_rung = plan.open_rung
    rungs = plan.rungs().prefetch_related("criteria")
    if open_rung is not None:
        rungs = rungs.filter(position__gte=open_rung.position)
    dose = levels.dose(plan, proposal.level) if proposal.level else None
    return {
        "plan": plan,
        "patient": plan.patient,
        "form": form,
        "faults": Fault.objects.with_pictures(),
        "seen": {fault.pk for fault in faults},
        "rungs": rungs,
        "met": {criterion.pk for criterion in ticked},
        "proposal": proposal,
        "lower": [rung for rung in rungs if proposal.rung is None or rung.position <= proposal.rung.position],
        "dose": dosage.in_words(dose) if dose else "",
    }


@require_GET
@clinician_required
def helps(request: StaffRequest, pk: int) -> HttpResponse:
    """What the faults seen and not yet gone ask for, on this patient's own ladder."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    plan = patient.running_plan()
    context = {
        "patient": patient,
        "plan": plan,
        "findings": plan.findings.filter(cleared_on__isnull=True).select_related("fault") if plan else [],
        "emphasis": recommend.standing(plan) if plan else [],
    }
    return render(request, "patients/judgement/helps.html", context)


@require_http_methods(["GET", "POST"])
@clinician_required
def activities(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    followed = measures.courses(patient)
    form = ActivitiesForm(
        posted(request), initial={f"activity_{one.activity.position}": one.activity.words for one in followed}
    )
    if request.method == "POST" and form.is_valid():
        measures.set_activities(patient=patient, by=request.user, words=form.words())
        messages.success(request, _("Activities saved. The patient rates them on the phone every four weeks."))
        return see_other("activities", pk=pk)
    context = {"patient": patient, "form": form, "measured": measure_chart.measured(followed)}
    return render(request, "patients/judgement/activities.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@patient_required
def rate(request: PatientRequest) -> HttpResponse:
    patient = get_object_or_404(Patient, user=request.user)
    due = measures.due(patient, patient.clinic.today())
    form = RatingForm(posted(request), activities=due)
    if request.method == "POST" and form.is_valid():
        if form.scores():
            measures.rate(patient=patient, by=request.user, scores=form.scores())
            messages.success(request, _("Saved. Thank you: your physio sees this."))
            return see_other("today")
        form.add_error(None, _("Choose a number for at least one activity."))
    context = {"patient": patient, "form": form}
    return render(request, "patients/judgement/rate.html", context, status=422 if form.errors else 200)

"""The clinic takes a patient on, writes the intake, assigns a ladder and discharges the patient."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit, links
from accounts.http import StaffRequest, clinician_required, posted, see_other
from accounts.models import User
from patients.forms.activities import RatingForm
from patients.forms.first_visit import filled
from patients.forms.home_weights import HomeWeightsForm
from patients.forms.people import (
    AssignForm,
    EditPatientForm,
    IntakeForm,
    NewPatientForm,
    initial,
    intake_initial,
)
from patients.forms.plan_templates import assign_of_fit
from patients.forms.visits import NEXT_VISIT_REFUSALS
from patients.models import Patient, PlanTemplate, VisitStep
from patients.papers import plan_summary
from patients.standing.activities import followed
from patients.standing.first_visit import steps_in_sight
from patients.standing.load.at_home import weights_at_home
from patients.standing.plan_templates import Fit, fit_new, in_use
from patients.standing.usual_pain import usual_now
from patients.verbs import activities as activity_verbs
from patients.verbs import first_visit as visit_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import identity as identity_verbs
from patients.verbs import people as people_verbs
from patients.verbs import visit_steps, visits
from patients.views import looks, template_fill
from patients.views.outcomes import press, run_verb

#: The field that shows a refusal, by its code.
FIELDS = {
    "name_missing": "name",
    "staff_only": "lead",
    "out_of_range": "usual_pain",
    "no_weekday": "weekdays",
    "not_a_goal": "goal",
    "not_offered": "ladder",
    "number_taken": "number",
    "birth_date_impossible": "born_on",
    "phone_comes_first": "phone",
    **NEXT_VISIT_REFUSALS,
}


def _patient(request: StaffRequest, pk: int) -> Patient:
    visible = Patient.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("clinic", "user__clinic", "lead"), pk=pk)


@require_http_methods(["GET", "POST"])
@clinician_required
def patient_new(request: StaffRequest) -> HttpResponse:
    form = NewPatientForm(
        posted(request),
        by=request.user,
        initial={
            "lead": request.user.pk,
            "name": looks.text(request, request.GET.get("look", "")),
        },
    )
    if form.is_valid():
        patient = run_verb(form, _take_on, FIELDS, by=request.user, form=form)
        if patient is not None:
            return see_other("first_visit_story", patient.pk)
    return render(
        request,
        "patients/people/patient_new.html",
        {"form": form, "steps": steps_in_sight(VisitStep.WHO, VisitStep.WHO)},
        status=422 if form.errors else 200,
    )


@transaction.atomic
def _take_on(*, by: User, form: NewPatientForm) -> Patient:
    details = form.details()
    patient = people_verbs.take_on(by=by, formal_name=details.formal_name, **form.other_fields())
    visit_verbs.begin(patient=patient, by=by)
    return identity_verbs.identify(patient=patient, by=by, details=details)


@require_http_methods(["GET", "POST"])
@clinician_required
def assign(request: StaffRequest, pk: int) -> HttpResponse:
    patient = _patient(request, pk)
    templates = list(in_use(patient.clinic_id))
    if template_fill.pressed(request):
        template = template_fill.chosen(request, templates)
        fit = fit_new(template, patient.clinic) if template is not None else None
        return _assign_page(request, patient, templates, fit=fit)
    form = AssignForm(posted(request), clinic=patient.clinic)
    if form.is_valid():
        if run_verb(form, _assign, FIELDS, patient=patient, by=request.user, form=form) is not None:
            return see_other("invite", patient.pk)
    elif not form.is_bound and patient.running_plan() is not None:
        return redirect("chart", patient.pk)
    return _assign_page(request, patient, templates, form)


def _assign_page(
    request: StaffRequest,
    patient: Patient,
    templates: list[PlanTemplate],
    form: AssignForm | None = None,
    fit: Fit | None = None,
) -> HttpResponse:
    """``form``: None = as it was typed, and filled in by the template of ``fit``"""
    if form is None:
        form = filled(AssignForm(clinic=patient.clinic), request.POST)
    if fit is not None:
        form.initial.update(assign_of_fit(fit))
    context = {"form": form, "patient": patient, "templates": templates}
    context |= template_fill.about(request, fit)
    status = 422 if form.errors else 200
    return render(request, "patients/people/assign.html", context, status=status)


@transaction.atomic
def _assign(*, patient: Patient, by: User, form: AssignForm) -> Patient:
    """Make the plan and the patient's first link, which the next page shows."""
    ladder = form.cleaned_data["ladder"]
    gate_verbs.assign(
        patient=patient, ladder=ladder, by=by, weekdays=form.mask(), goal_rung=form.goal_rung()
    )
    if links.link_of(patient.user) is None:
        links.issue(patient.user, by=by)
        visit_steps.after_link(patient, by)
    return patient


@require_http_methods(["GET", "POST"])
@clinician_required
def patient_edit(request: StaffRequest, pk: int) -> HttpResponse:
    patient = _patient(request, pk)
    form = EditPatientForm(
        posted(request), by=request.user, patient=patient, initial=initial(patient)
    )
    if form.is_valid():
        changed = run_verb(form, _amend, FIELDS, patient=patient, by=request.user, form=form)
        if changed is not None:
            messages.success(request, _("Saved."))
            return see_other("chart", patient.pk)
    renamed = audit.last("name_changed", patient.user)
    context = {"form": form, "patient": patient, "renamed": renamed}
    return render(
        request, "patients/people/patient_edit.html", context, status=422 if form.errors else 200
    )


@transaction.atomic
def _amend(*, patient: Patient, by: User, form: EditPatientForm) -> Patient:
    people_verbs.amend(patient=patient, by=by, **form.other_fields())
    if form.visit_changed:
        visits.set_next(patient=patient, by=by, **form.when())
    return identity_verbs.identify(patient=patient, by=by, details=form.details())


@require_http_methods(["GET", "POST"])
@clinician_required
def discharge(request: StaffRequest, pk: int) -> HttpResponse:
    """Discharge a patient. The page shows the summary first; the patient's page keeps it."""
    patient = _patient(request, pk)
    form = RatingForm(posted(request), activities=followed(patient))
    if form.is_valid() and run_verb(
        form, _discharge, {}, patient=patient, by=request.user, scores=form.scores()
    ):
        sentence = _("%(name)s is discharged. Search finds them by name, with the summary.")
        messages.success(request, sentence % {"name": patient.name})
        return see_other("caseload")
    context = {
        "patient": patient,
        "form": form,
        "sheet": plan_summary.latest(patient),
        "asking": True,
    }
    return render(
        request, "patients/people/discharge.html", context, status=422 if form.errors else 200
    )


@transaction.atomic
def _discharge(*, patient: Patient, by: User, scores: dict[int, int]) -> Patient:
    """Discharge the patient with the last scores of their activities, as they told them."""
    if scores:
        activity_verbs.rate(patient=patient, by=by, scores=scores)
    return people_verbs.discharge(patient=patient, by=by)


@require_POST
@clinician_required
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    patient = _patient(request, pk)
    refused = press(people_verbs.take_back, patient=patient, by=request.user)
    if refused:
        messages.error(request, str(refused))
        return see_other("chart", pk)
    if patient.running_plan() is None:
        return see_other("assign", patient.pk)
    sentence = _("%(name)s is back, with passes, doses and days as before.")
    messages.success(request, sentence % {"name": patient.first_name})
    return see_other("chart", patient.pk)


@require_http_methods(["GET", "POST"])
@clinician_required
def intake(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    form = IntakeForm(
        posted(request), initial=intake_initial(patient.intakes.last(), usual_now(patient))
    )
    weights = HomeWeightsForm(posted(request), initial=HomeWeightsForm.of(weights_at_home(patient)))
    if form.is_valid() and weights.is_valid():
        said = {**form.intake(), "weights": weights.weights()}
        people_verbs.take_intake(patient=patient, by=request.user, **said)
        messages.success(request, _("Intake saved."))
        return see_other("chart", pk=patient.pk)
    context = {"patient": patient, "form": form, "weights": weights}
    status = 422 if request.method == "POST" else 200
    return render(request, "patients/people/intake.html", context, status=status)

"""The patient's own activities. The clinic names them, and the patient rates them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import (
    PatientRequest,
    StaffRequest,
    clinician_required,
    patient_required,
    posted,
    see_other,
    while_open,
)
from patients.forms.activities import ActivitiesForm, RatingForm
from patients.models import Patient
from patients.pictures.activity_chart import activity_chart
from patients.record.scores import changes_in_words
from patients.standing.activities import activities_due, activity_courses
from patients.verbs import activities as activity_verbs


@require_http_methods(["GET", "POST"])
@clinician_required
def activities(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    courses = activity_courses(patient)
    form = ActivitiesForm(
        posted(request),
        initial={
            f"activity_{course.activity.position}": course.activity.words for course in courses
        },
    )
    if form.is_valid():
        activity_verbs.set_activities(patient=patient, by=request.user, words=form.words())
        messages.success(
            request, _("Activities saved. The patient rates them on the phone every four weeks.")
        )
        return see_other("activities", pk=pk)
    context = {"patient": patient, "form": form, "measured": activity_chart(courses)}
    context["scores"] = changes_in_words(courses)
    return render(
        request, "patients/activities/activities.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@patient_required
@while_open
def rate(request: PatientRequest) -> HttpResponse:
    patient = get_object_or_404(Patient, user=request.user)
    due = activities_due(patient, patient.clinic.today())
    form = RatingForm(posted(request), activities=due)
    if form.is_valid():
        if form.scores():
            activity_verbs.rate(patient=patient, by=request.user, scores=form.scores())
            messages.success(request, _("Saved. Thank you: your physio can see this."))
            return see_other("today")
        form.add_error(None, _("Choose a number for at least one activity."))
    context = {"patient": patient, "form": form}
    return render(
        request, "patients/activities/rate.html", context, status=422 if form.errors else 200
    )

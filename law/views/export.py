"""The download of everything about one person: by the clinic, and by the person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import (
    PatientRequest,
    StaffRequest,
    clinician_required,
    forbidden,
    patient_required,
)
from law.export.package import export
from patients.models import Patient


def _refused(request: StaffRequest, patient: Patient) -> HttpResponse:
    return forbidden(
        request,
        why=_("The owner of the clinic and the lead of the patient export a record."),
        where=reverse("chart", args=[patient.pk]),
        label=_("Back to the patient"),
    )


@require_http_methods(["GET", "POST"])
@clinician_required
def export_person(request: StaffRequest, pk: int) -> HttpResponse:
    visible = Patient.objects.visible_to(request.user)
    patient = get_object_or_404(visible.select_related("clinic", "user", "lead"), pk=pk)
    if not patient.is_answered_for_by(request.user):
        return _refused(request, patient)
    if request.method == "POST":
        return _download(export(patient=patient, by=request.user, request=request), patient)
    return render(request, "law/export_person.html", {"patient": patient})


@require_POST
@patient_required
def my_export(request: PatientRequest) -> HttpResponse:
    patient = get_object_or_404(
        Patient.objects.select_related("clinic", "user", "lead"), user=request.user
    )
    return _download(export(patient=patient, by=request.user, own=True, request=request), patient)


def _download(packed: bytes, patient: Patient) -> HttpResponse:
    """The file. Its name says nothing about the person: lists of downloads keep it."""
    day = patient.clinic.today().isoformat()
    return HttpResponse(
        packed,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="record-{day}.zip"'},
    )

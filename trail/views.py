"""The pages of the trail: who opened a record, what happened in the clinic, and who looked."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import (
    PatientRequest,
    StaffRequest,
    clinician_required,
    forbidden,
    owner_required,
    patient_required,
)
from patients.models import Patient
from trail import reading
from trail.forms import NarrowForm


def _page_number(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < len(text) < 4 and int(text) else 1


def _show(
    request: StaffRequest, template: str, form: NarrowForm, page: reading.Page, **context: object
) -> HttpResponse:
    kept = {name: request.GET.get(name, "") for name in ("person", "day") if form.is_valid()}
    shown = {"form": form, "page": page, "kept": urlencode(kept), **context}
    return render(request, template, shown, status=200 if form.is_valid() else 422)


@require_GET
@clinician_required
def record_trail(request: StaffRequest, pk: int) -> HttpResponse:
    """Who opened and changed this record, for the owner and for the lead of the patient."""
    visible = Patient.objects.visible_to(request.user)
    patient = get_object_or_404(visible.select_related("clinic", "user"), pk=pk)
    if not patient.is_answered_for_by(request.user):
        return forbidden(
            request,
            why=_("The owner of the clinic and the lead of the patient see who opened a record."),
            where=reverse("chart", args=[patient.pk]),
            label=_("Back to the patient"),
        )
    form = NarrowForm(request.GET, by=request.user, subject=patient.user)
    page = reading.of_record(form.asked())
    return _show(request, "trail/record.html", form, page, patient=patient)


@require_GET
@owner_required
def clinic_trail(request: StaffRequest) -> HttpResponse:
    """What happened in the clinic: sign-ins, changes, searches, and what was refused."""
    form = NarrowForm(request.GET, by=request.user)
    return _show(request, "trail/clinic.html", form, reading.of_clinic(form.asked()))


@require_GET
@patient_required
def who_looked(request: PatientRequest) -> HttpResponse:
    """Who of the clinic opened the patient's own record, and on which day."""
    number = _page_number(request.GET.get("page", ""))
    looked, older = reading.who_looked(request.user, number)
    context = {"looked": looked, "number": number, "older": older}
    return render(request, "trail/who_looked.html", context)

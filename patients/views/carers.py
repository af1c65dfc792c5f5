"""Who helps a patient: named, let read and ended by the patient, named and ended by the clinic."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import (
    HtmxHttpRequest,
    PatientRequest,
    StaffRequest,
    clinician_required,
    patient_or_clinic_required,
    patient_required,
    posted,
    see_other,
)
from patients.forms.carers import CarerForm
from patients.models import Carer, Patient
from patients.verbs import carers as carer_verbs
from patients.views.outcomes import press, run_verb

#: The field that shows a refusal, by its code.
FIELDS = dict.fromkeys(("name_missing", "too_long", "carer_too_late", "too_many_carers"), "name")


def _of(patient: Patient) -> list[Carer]:
    """The carers of a patient: those who help, then those whose access has ended."""
    rows = Carer.objects.filter(patient=patient).select_related("user", "named_by", "ended_by")
    return sorted(rows, key=lambda carer: (carer.ended_at is not None, carer.pk))


@require_http_methods(["GET", "POST"])
@patient_required
def my_carers(request: PatientRequest) -> HttpResponse:
    """Show the patient who helps them, and name somebody."""
    rows = Patient.objects.select_related("clinic", "lead")
    patient = get_object_or_404(rows, user=request.user)
    form = CarerForm(posted(request))
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, **form.cleaned_data}
        if run_verb(form, carer_verbs.name, FIELDS, **arguments):
            sentence = _("Saved. Come to the clinic together: %(name)s gets an own link there.")
            messages.success(request, sentence % {"name": form.cleaned_data["name"]})
            return see_other("my_carers")
    return _mine(request, patient, form, 422 if form.errors else 200)


def _mine(request: PatientRequest, patient: Patient, form: CarerForm, status: int) -> HttpResponse:
    context = {"patient": patient, "form": form, "carers": _of(patient)}
    return render(request, "patients/carers/my_carers.html", context, status=status)


@require_http_methods(["GET", "POST"])
@clinician_required
def carers(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the clinic who helps a patient, and name somebody."""
    visible = Patient.objects.visible_to(request.user)
    patient = get_object_or_404(visible.select_related("clinic"), pk=pk)
    form = CarerForm(posted(request))
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, **form.cleaned_data}
        carer = run_verb(form, carer_verbs.name, FIELDS, **arguments)
        if carer is not None:
            return see_other("carer_link", carer.pk)
    context = {"patient": patient, "form": form, "carers": _of(patient)}
    status = 422 if form.errors else 200
    return render(request, "patients/carers/carers.html", context, status=status)


def _carer(request: HtmxHttpRequest, pk: int) -> Carer:
    visible = Patient.objects.visible_to(request.user)
    rows = Carer.objects.filter(patient__in=visible).select_related("patient", "user")
    return get_object_or_404(rows, pk=pk)


def _back(request: HtmxHttpRequest, carer: Carer) -> HttpResponse:
    if request.user.is_clinician:
        return see_other("carers", carer.patient_id)
    return see_other("my_carers")


@require_POST
@patient_or_clinic_required
def carer_end(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """End the access of a carer at once."""
    carer = _carer(request, pk)
    refused = press(carer_verbs.end, carer=carer, by=request.user)
    if refused:
        messages.error(request, str(refused))
    else:
        sentence = _("%(name)s sees nothing any more. Link and phones have ended.")
        messages.success(request, sentence % {"name": carer.user.name})
    return _back(request, carer)


@require_POST
@patient_required
def carer_reading(request: PatientRequest, pk: int) -> HttpResponse:
    """Let a carer read ladder, history and messages, or end that."""
    carer = _carer(request, pk)
    allowed = request.POST.get("allowed") == "yes"
    refused = press(carer_verbs.allow_reading, carer=carer, allowed=allowed, by=request.user)
    if refused:
        messages.error(request, str(refused))
        return _mine(request, carer.patient, CarerForm(), 422)
    messages.success(request, _("Saved."))
    return see_other("my_carers")

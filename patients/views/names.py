"""The patient puts their own name right."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.names import NamesForm
from accounts.http import PatientRequest, patient_required, posted, see_other
from patients.models import Patient
from patients.verbs import identity as identity_verbs
from patients.views.outcomes import run_verb


@require_http_methods(["GET", "POST"])
@patient_required
def own_name(request: PatientRequest) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.select_related("clinic"), user=request.user)
    names = {"name": patient.name, "formal_name": patient.formal_name}
    form = NamesForm(posted(request), initial=names)
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, **form.cleaned_data}
        if run_verb(form, identity_verbs.put_names_right, {"name_missing": "name"}, **arguments):
            messages.success(request, _("Saved. This is your name from now on."))
            return see_other("me")
    status = 422 if form.errors else 200
    return render(request, "patients/people/own_name.html", {"form": form}, status=status)

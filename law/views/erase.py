"""The owner's page that says what an erasure takes, and erases."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import StaffRequest, owner_required, posted, see_other
from law.erasing import erase as erasing
from law.erasing.outline import kept_until, outline
from law.forms import EraseForm
from patients.models import Patient
from patients.views.outcomes import run_verb

#: The field that shows a refusal, by its code.
FIELDS = {"wrong_person": "typed", "kept_until": "why"}


@require_http_methods(["GET", "POST"])
@owner_required
def erase_person(request: StaffRequest, pk: int) -> HttpResponse:
    visible = Patient.objects.visible_to(request.user)
    patient = get_object_or_404(visible.select_related("clinic", "user", "lead"), pk=pk)
    form = EraseForm(posted(request))
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, "request": request}
        if run_verb(form, erasing.erase, FIELDS, **arguments, **form.cleaned_data):
            messages.success(request, _("Erased. What was practised and decided stays."))
            return see_other("chart", patient.pk)
    until = kept_until(patient)
    context = {
        "patient": patient,
        "form": form,
        "lines": outline(patient),
        "until": until,
        "early": until is not None and patient.clinic.today() <= until,
        "expected": erasing.asked_for(patient),
    }
    return render(request, "law/erase.html", context, status=422 if form.errors else 200)

"""A patient's own pain limits, from the chart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted, see_other
from patients.forms.pain_limits import PainLimitsForm
from patients.models import PainLimits, Patient
from patients.rules.periods import OWN_LIMITS_DAYS
from patients.standing.pain_limits import in_force
from patients.verbs import pain_limits as limit_verbs
from patients.views.outcomes import run_verb


@require_http_methods(["GET", "POST"])
@clinician_required
def pain_limits(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the patient's own limits."""
    patient = _patient(request, pk)
    own = in_force(patient, patient.clinic.today())
    form = PainLimitsForm(posted(request), initial=_initial(patient, own))
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, **form.limits()}
        if run_verb(form, limit_verbs.set_own, form.refusals, **arguments):
            messages.success(request, _("Own pain limits saved. They hold from the next entry on."))
            return see_other("chart", pk)
    context = {"patient": patient, "form": form, "own": own}
    status = 422 if form.errors else 200
    return render(request, "patients/people/pain_limits.html", context, status=status)


@require_POST
@clinician_required
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the clinic's rule hold again."""
    limit_verbs.end_own(patient=_patient(request, pk), by=request.user)
    messages.success(request, _("The clinic’s pain limits hold again."))
    return see_other("chart", pk)


def _patient(request: StaffRequest, pk: int) -> Patient:
    visible = Patient.objects.visible_to(request.user).select_related("clinic")
    return get_object_or_404(visible, pk=pk)


def _initial(patient: Patient, own: PainLimits | None) -> dict[str, Any]:
    if own is None:
        return {"until": patient.clinic.today() + timedelta(days=OWN_LIMITS_DAYS)}
    names = ("fine_to", "stop_from", "reason", "until", "second")
    return {name: getattr(own, name) for name in names}

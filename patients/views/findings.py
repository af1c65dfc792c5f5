"""Faults seen in a patient: noted on a day, standing until cleared."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted
from curriculum.models import Fault
from patients.forms.findings import FindingForm
from patients.models import Finding
from patients.verbs import findings as finding_verbs
from patients.views import lookups
from patients.views.outcomes import run_verb, see


@require_http_methods(["GET", "POST"])
@clinician_required
def finding(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    form = FindingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        beside = {"too_long": "words", "day_in_future": "seen_on"}
        said = form.cleaned_data
        asked = {"faults": form.faults(), "words": said["words"], "seen_on": said["seen_on"]}
        if run_verb(form, finding_verbs.note_all, beside, plan=plan, by=request.user, **asked):
            messages.success(request, _("Noted."))
            return see("chart", plan.patient_id, part="findings")
    context = {
        "plan": plan,
        "patient": plan.patient,
        "form": form,
        "faults": Fault.objects.with_pictures(),
    }
    context["seen"] = {fault.pk for fault in form.faults()}
    return render(
        request, "patients/findings/finding.html", context, status=422 if form.errors else 200
    )


@require_POST
@clinician_required
def finding_clear(request: StaffRequest, pk: int) -> HttpResponse:
    found = Finding.objects.filter(plan__clinic=request.user.clinic_id).select_related(
        "plan", "fault"
    )
    seen = get_object_or_404(found, pk=pk)
    finding_verbs.clear(finding=seen, by=request.user)
    messages.success(request, _("Gone: %(fault)s.") % {"fault": seen.fault or seen.words})
    return see("chart", seen.plan.patient_id, part="findings")

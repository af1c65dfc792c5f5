"""The clinician notes faults that were seen, and clears a fault that is gone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted, see_other
from patients.forms.findings import FindingForm
from patients.models import Finding
from patients.verbs import findings as finding_verbs
from patients.views import lookups
from patients.views.outcomes import run_verb


@require_http_methods(["GET", "POST"])
@clinician_required
def finding(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    form = FindingForm(posted(request), ladder=plan.ladder)
    if form.is_valid():
        fields = {"too_long": "words", "day_in_future": "seen_on"}
        arguments = {"plan": plan, "by": request.user, "faults": form.faults()}
        arguments |= {name: form.cleaned_data[name] for name in ("words", "seen_on")}
        if run_verb(form, finding_verbs.note_all, fields, **arguments):
            messages.success(request, _("Noted."), extra_tags="findings")
            return see_other("chart", plan.patient_id, part="findings")
    context = {
        "plan": plan,
        "patient": plan.patient,
        "form": form,
        "faults": plan.ladder.own_faults().with_pictures(),
        "seen": {fault.pk for fault in form.faults()},
    }
    status = 422 if form.errors else 200
    return render(request, "patients/findings/finding.html", context, status=status)


@require_POST
@clinician_required
def finding_clear(request: StaffRequest, pk: int) -> HttpResponse:
    findings = Finding.objects.filter(plan__clinic=request.user.clinic_id)
    finding = get_object_or_404(findings.select_related("plan", "fault"), pk=pk)
    finding_verbs.clear(finding=finding, by=request.user)
    gone = _("Gone: %(fault)s.") % {"fault": finding.fault or finding.words}
    messages.success(request, gone, extra_tags="findings")
    return see_other("chart", finding.plan.patient_id, part="findings")

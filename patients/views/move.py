"""Moving a plan to a newer edition: what goes along is shown before anything is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import Form
from accounts.http import StaffRequest, clinician_required, posted
from patients import editions
from patients.views import _found
from patients.views._outcomes import attempt, see


@require_http_methods(["GET", "POST"])
@clinician_required
def move(request: StaffRequest, pk: int) -> HttpResponse:
    plan = _found.plan(request.user, pk)
    ladder = editions.newer(plan)
    if ladder is None or (request.method == "GET" and plan.ended_on is not None):
        raise Http404
    form = Form(posted(request))
    if form.is_valid() and attempt(form, editions.move, {}, plan=plan, ladder=ladder, by=request.user):
        messages.success(request, _("Moved to edition %(edition)s.") % {"edition": ladder.edition})
        return see("chart", plan.patient_id)
    run = editions.carried(plan, ladder)
    kept = {rung.slug for rung, _review in run}
    context = {
        "plan": plan,
        "patient": plan.patient,
        "ladder": ladder,
        "form": form,
        "carried": run,
        "asked_again": [rung for rung in plan.passed_rungs if rung.slug not in kept],
    }
    return render(request, "patients/judgement/move.html", context, status=422 if form.errors else 200)

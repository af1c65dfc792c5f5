"""The clinician moves a plan to a newer edition. The page first shows which passes go along."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.fields import Form
from accounts.http import StaffRequest, clinician_required, posted, see_other
from patients.verbs import move_edition as edition_verbs
from patients.views import lookups
from patients.views.outcomes import run_verb


@require_http_methods(["GET", "POST"])
@clinician_required
def move(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    ladder = plan.ladder.newer()
    if ladder is None or (request.method == "GET" and plan.ended_on is not None):
        raise Http404
    form = Form(posted(request))
    if form.is_valid() and run_verb(
        form, edition_verbs.move, {}, plan=plan, ladder=ladder, by=request.user
    ):
        messages.success(request, _("Moved to edition %(edition)s.") % {"edition": ladder.edition})
        return see_other("chart", plan.patient_id)
    carried = edition_verbs.carried(plan, ladder)
    kept = {rung.slug for rung, _review in carried}
    context = {
        "plan": plan,
        "patient": plan.patient,
        "ladder": ladder,
        "form": form,
        "carried": carried,
        "asked_again": [rung for rung in plan.passed_rungs if rung.slug not in kept],
    }
    return render(
        request, "patients/move_edition/move.html", context, status=422 if form.errors else 200
    )

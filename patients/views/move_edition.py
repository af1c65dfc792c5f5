"""The clinician moves a plan to a newer edition. The page first shows which passes go along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import StaffRequest, clinician_required, posted, see_other
from curriculum.models import Criterion, Ladder
from patients.forms.gate import SeenForm
from patients.models import Plan
from patients.verbs import move_edition as edition_verbs
from patients.verbs.carrying import at_best, carried_of, passed_before
from patients.views import lookups
from patients.views.outcomes import run_verb


@require_http_methods(["GET", "POST"])
@clinician_required
def move(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    ladder = plan.ladder.newer()
    if ladder is None or (request.method == "GET" and plan.ended_on is not None):
        raise Http404
    asked = Criterion.objects.filter(rung__ladder=ladder)
    form = SeenForm(posted(request), asked=asked)
    if form.is_valid() and run_verb(
        form, edition_verbs.move, {}, plan=plan, ladder=ladder, by=request.user, **form.seen()
    ):
        messages.success(request, _("Moved to edition %(edition)s.") % {"edition": ladder.edition})
        return see_other("chart", plan.patient_id)
    status = 422 if form.errors else 200
    context = _context(plan, ladder, form)
    return render(request, "patients/move_edition/move.html", context, status=status)


def _context(plan: Plan, ladder: Ladder, form: SeenForm) -> dict[str, Any]:
    before = passed_before(plan, ladder)
    best = at_best(before)
    without = carried_of(before, {})
    reached = {rung.rung.slug for rung in best}
    next_rungs = [rung.rung for rung in before[len(without) :]]
    return {
        "plan": plan,
        "patient": plan.patient,
        "ladder": ladder,
        "form": form,
        "met": form.typed(),
        "going_along": [(rung, form.marks.of(rung.asked)) for rung in best],
        "stopped_by": before[len(best)].against_at_best if len(best) < len(before) else None,
        "asked_again": [rung for rung in plan.passed_rungs if rung.slug not in reached],
        "opens_without": next_rungs[0] if len(without) < len(best) else None,
    }

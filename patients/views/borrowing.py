"""The clinician sets a level of a locked rung for a while, for a fault that stands, and ends it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import parsing
from accounts.http import StaffRequest, clinician_required, posted, see_other
from curriculum.models import Level
from patients.forms.borrowing import BorrowForm
from patients.models import Finding, LevelKind
from patients.standing.borrow_offers import borrowable_for, remedies_of
from patients.standing.cautions import held_by
from patients.standing.position import steps_and_place
from patients.verbs import borrowing as borrowing_verbs
from patients.verbs import plan as plan_verbs
from patients.views import lookups
from patients.views.outcomes import run_verb
from patients.wording.days import short_day

#: The field that shows a refusal, by its code.
FIELDS = {
    **dict.fromkeys(("until_missing", "until_in_past", "borrowed_too_long"), "until"),
    **dict.fromkeys(("other_ladder", "borrowed_loaded", "borrowed_in_reach", "no_remedy"), "level"),
    **dict.fromkeys(("avoid_without_reason", "too_long"), "reason"),
    "clinic_alone": "at_home",
}


def _offered(finding: Finding) -> list[Level]:
    """The levels that may be borrowed for a finding, the most helpful first."""
    plan = finding.plan
    steps, place = steps_and_place(plan, plan.clinic.today())
    found = borrowable_for(finding, remedies_of([finding]), steps, place)
    levels = Level.objects.select_related("rung", "drill").in_bulk(
        [step.level_id for step in found]
    )
    return [levels[step.level_id] for step in found]


@require_http_methods(["GET", "POST"])
@clinician_required
def borrow(request: StaffRequest, pk: int) -> HttpResponse:
    """Set a level for now, in place of the plan's own. ``?level=`` is chosen beforehand."""
    findings = Finding.objects.filter(plan__clinic=request.user.clinic_id)
    rows = findings.select_related("fault", "plan__patient", "plan__clinic", "plan__goal_rung")
    finding = get_object_or_404(rows, pk=pk)
    plan = finding.plan
    levels = _offered(finding)
    context = {"plan": plan, "patient": plan.patient, "finding": finding, "levels": levels}
    form = BorrowForm(
        posted(request),
        levels=levels,
        held=held_by(plan.patient),
        today=plan.clinic.today(),
        initial={"level": parsing.row_id(request.GET.get("level", ""))},
    )
    if form.is_valid():
        arguments = {"plan": plan, "by": request.user, "kind": LevelKind.BORROWED}
        arguments |= {"finding": finding, **form.cleaned_data}
        if choice := run_verb(form, plan_verbs.choose_level, FIELDS, **arguments):
            said = {"level": choice.level, "until": short_day(choice.until)}
            messages.success(request, _("For now, instead: %(level)s, until %(until)s.") % said)
            return see_other("chart", plan.patient_id, part="findings")
    status = 422 if form.errors else 200
    return render(request, "patients/plan/borrow.html", context | {"form": form}, status=status)


@require_POST
@clinician_required
def borrow_end(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    borrowing_verbs.end_borrowed(plan=plan, by=request.user)
    messages.success(request, _("Own drill again, from today."))
    return see_other("chart", plan.patient_id, part="findings")

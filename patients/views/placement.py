"""Placement: the clinician passes several lower gates at the first assessment, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.http import StaffRequest, clinician_required, posted, see_other
from accounts.parsing import row_id
from curriculum.models import Rung
from patients.forms.days import DAYS_FIELDS, DaysForm, asked_days
from patients.forms.gate import PlacementForm
from patients.forms.together import Together
from patients.models import Plan, Tick
from patients.standing.training_days import asked_at
from patients.verbs import gate as gate_verbs
from patients.views import lookups
from patients.views.outcomes import run_verb


@require_http_methods(["GET", "POST"])
@clinician_required
def place(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    form = PlacementForm(posted(request), plan=plan)
    days = DaysForm(posted(request))
    if request.method == "GET":
        ticked = set(Tick.objects.filter(plan=plan).values_list("criterion_id", flat=True))
        return _page(request, plan, form, ticked, days)
    if whole := request.POST.get("whole", ""):
        unsaved = PlacementForm(plan=plan, initial={"note": request.POST.get("note", "")})
        unsaved.marks = form.marks
        return _page(request, plan, unsaved, form.typed() | _of_rung(plan, whole), days)
    if form.is_valid() and days.is_valid():
        arguments = {"plan": plan, "by": request.user, **form.seen(), **days.days()}
        fields = {"too_long": "note"} | DAYS_FIELDS
        if run_verb(Together(form, days), gate_verbs.place, fields, **arguments):
            return see_other("chart", plan.patient_id)
    return _page(request, plan, form, form.typed(), days, status=422)


def _of_rung(plan: Plan, pk: str) -> set[int]:
    return set(plan.rungs().filter(pk=row_id(pk) or 0).values_list("criteria", flat=True))


def _days(plan: Plan, ahead: Sequence[Rung], days: DaysForm, met: set[int]) -> DaysForm | None:
    """The days that are asked for in case a rung with load opens, or all of them are passed; None
    where nothing asks."""
    loaded = next((rung for rung in ahead if rung.loaded), None)
    asked = asked_at(plan, ahead[0], loaded) if ahead and ahead[0] != loaded else None
    if _completes(ahead, met) and (not days.is_typed or days.are(asked)):
        return asked_days(asked_at(plan, ahead[0], None))
    return days if days.is_typed or days.errors else asked_days(asked)


def _completes(ahead: Sequence[Rung], met: set[int]) -> bool:
    criteria = [one.pk for rung in ahead for one in rung.criteria.all()]
    return bool(criteria) and met.issuperset(criteria)


def _page(
    request: StaffRequest,
    plan: Plan,
    form: PlacementForm,
    met: set[int],
    days: DaysForm,
    status: int = 200,
) -> HttpResponse:
    open_rung = plan.open_rung
    rungs = plan.rungs().prefetch_related("criteria")
    context: dict[str, Any] = {"plan": plan, "patient": plan.patient, "form": form, "met": met}
    ahead = rungs.filter(position__gte=open_rung.position) if open_rung else rungs.none()
    context["rungs"] = form.marks.of_rungs(ahead)
    context["days"] = _days(plan, list(ahead), days, met)
    context["passed"] = plan.passed_rungs
    fragment = request.htmx and status == 200 and request.method == "POST"
    return render(
        request,
        f"patients/placement/{'_placement' if fragment else 'place'}.html",
        context,
        status=status,
    )

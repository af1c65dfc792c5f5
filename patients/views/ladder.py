"""The patient's ladder: all rungs with their locks, and what is in reach to read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.http import PatientRequest, patient_required, see_other
from curriculum.models import Level
from patients.models import Patient, Plan
from patients.standing.dose import dose_in_force, prescriptions_in_force
from patients.standing.position import LadderPlace, ladder_steps
from patients.today.ladder import LadderRung, read_ladder
from patients.today.state import read_today as read_today
from patients.views.lookups import own_plan
from patients.wording.days import weekdays_in_words


@require_GET
@patient_required
def ladder(request: PatientRequest) -> HttpResponse:
    """The whole ladder, the top rung first, with what opens each."""
    patient = get_object_or_404(Patient.objects.select_related("lead"), user=request.user)
    now = read_today(request.user)
    context = {"today": now, "physio": patient.physio}
    if now.plan is not None:
        place = now.place or LadderPlace(None, False, None, now.plan.assigned_at)
        context |= {
            "rungs": read_ladder(now.plan),
            "place": place,
            "days": weekdays_in_words(now.plan.mask or 0),
        }
    return render(request, "patients/ladder/ladder.html", context)


def _reached(plan: Plan, position: int) -> LadderRung:
    """The rung at a position, locked or in reach; 404 where the ladder has none."""
    seen = next((one for one in read_ladder(plan) if one.rung.position == position), None)
    if seen is None:
        raise Http404
    return seen


def _locked(request: PatientRequest, seen: LadderRung) -> HttpResponse:
    return render(request, "patients/ladder/locked.html", {"seen": seen}, status=403)


@require_GET
@patient_required
def rung_page(request: PatientRequest, position: int) -> HttpResponse:
    """The levels of a rung in reach; a locked one says why and leads back to today."""
    plan = own_plan(request)
    if not plan.patient.may_train():
        return see_other("today")
    seen = _reached(plan, position)
    if not seen.reachable:
        return _locked(request, seen)
    doses = prescriptions_in_force(plan)
    own = [step for step in ladder_steps(plan) if step.rung == position]
    shown = [step for step in own if not step.helper or step.level_id in doses]
    context = {"seen": seen, "steps": shown, "physio": plan.patient.physio}
    return render(request, "patients/ladder/rung.html", context)


@require_GET
@patient_required
def level_page(request: PatientRequest, position: int, slug: str) -> HttpResponse:
    """One drill of a rung in reach, to read: figure, steps, what to watch for and what a mistake
    looks like."""
    plan = own_plan(request)
    if not plan.patient.may_train():
        return see_other("today")
    seen = _reached(plan, position)
    found = Level.objects.select_related("drill", "rung").prefetch_related(
        "drill__equipment", "drill__fault_pictures"
    )
    level = get_object_or_404(found, rung=seen.rung, slug=slug)
    if not seen.reachable:
        return _locked(request, seen)
    context = {
        "level": level,
        "drill": level.drill,
        "dose": dose_in_force(plan, level),
        "seen": seen,
    }
    return render(request, "patients/ladder/level.html", context)

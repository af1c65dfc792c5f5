"""The patient's ladder: all rungs with their locks, and what is in reach to read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.http import PatientRequest, patient_required
from curriculum.models import Level
from patients import climb, day_rows, levels
from patients.models import Patient, Plan
from patients.timeline import weekdays_in_words
from patients.today import today as read_today
from patients.views.patient import own_plan


@require_GET
@patient_required
def ladder(request: PatientRequest) -> HttpResponse:
    """The whole ladder, the top rung first, with what opens each."""
    patient = get_object_or_404(Patient.objects.select_related("lead"), user=request.user)
    now = read_today(request.user)
    context = {"today": now, "physio": patient.physio}
    if now.plan is not None:
        place = now.place or levels.Place(None, False, None, now.plan.assigned_at)
        context |= {"rungs": climb.of_plan(now.plan), "place": place, "days": weekdays_in_words(now.plan.mask or 0)}
    return render(request, "patients/ladder.html", context)


def _reached(plan: Plan, position: int) -> climb.Seen:
    """The rung at a position, locked or in reach; 404 where the ladder has none."""
    seen = next((one for one in climb.of_plan(plan) if one.rung.position == position), None)
    if seen is None:
        raise Http404
    return seen


def _locked(request: PatientRequest, seen: climb.Seen) -> HttpResponse:
    return render(request, "patients/locked.html", {"seen": seen}, status=403)


@require_GET
@patient_required
def rung_page(request: PatientRequest, position: int) -> HttpResponse:
    """The levels of a rung in reach; a locked one says why and leads back to today."""
    plan = own_plan(request)
    seen = _reached(plan, position)
    if not seen.reachable:
        return _locked(request, seen)
    doses = day_rows.prescriptions(plan)
    own = [step for step in levels.steps(plan) if step.rung == position]
    shown = [step for step in own if not step.helper or step.level_id in doses]
    context = {"seen": seen, "steps": shown, "physio": plan.patient.physio}
    return render(request, "patients/rung.html", context)


@require_GET
@patient_required
def level_page(request: PatientRequest, position: int, slug: str) -> HttpResponse:
    """One drill of a rung in reach, to read: figure, steps, what to watch for and what a mistake looks like."""
    plan = own_plan(request)
    seen = _reached(plan, position)
    found = Level.objects.select_related("drill", "rung").prefetch_related("drill__equipment", "drill__fault_pictures")
    level = get_object_or_404(found, rung=seen.rung, slug=slug)
    if not seen.reachable:
        return _locked(request, seen)
    context = {"level": level, "drill": level.drill, "dose": levels.dose(plan, level), "seen": seen}
    return render(request, "patients/level.html", context)

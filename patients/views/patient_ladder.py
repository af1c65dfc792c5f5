"""The patient's ladder: all rungs with their locks, and what is in reach to read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import PatientRequest, forbidden, patient_required
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
    context = {"today": now, "physio": patient.lead.first_name, "zone": request.user.clinic.zone}
    if now.plan is not None:
        place = now.place or levels.Place(None, False, None, now.plan.assigned_at)
        context |= {"rungs": climb.of_plan(now.plan), "place": place, "days": weekdays_in_words(now.plan.mask or 0)}
    return render(request, "patients/ladder.html", context)


def _reached(plan: Plan, position: int) -> tuple[climb.Seen, str]:
    """The rung at a position, and why it is locked: empty when it is not."""
    seen = next((one for one in climb.of_plan(plan) if one.rung.position == position), None)
    if seen is None:
        raise Http404
    return seen, seen.why if not seen.reachable else ""


def _locked(request: PatientRequest, seen: climb.Seen, why: str) -> HttpResponse:
    said = _("“{rung}” is locked for now.").format(rung=seen.rung.plain_name)
    return forbidden(request, why=f"{said} {why}", where=reverse("today"), label=_("Go to today"))


@require_GET
@patient_required
def rung_page(request: PatientRequest, position: int) -> HttpResponse:
    """The levels of a rung in reach; a locked one says why and leads back to today."""
    plan = own_plan(request)
    seen, why = _reached(plan, position)
    if why:
        return _locked(request, seen, why)
    doses = day_rows.prescriptions(plan)
    own = [step for step in levels.steps(plan) if step.rung == position]
    shown = [step for step in own if not step.helper or step.level_id in doses]
    context = {"seen": seen, "steps": shown, "physio": plan.patient.lead.first_name, "zone": plan.clinic.zone}
    return render(request, "patients/rung.html", context)


@require_GET
@patient_required
def level_page(request: PatientRequest, position: int, slug: str) -> HttpResponse:
    """One drill of a rung in reach, to read: figure, steps, what to watch for and what a mistake looks like."""
    plan = own_plan(request)
    seen, why = _reached(plan, position)
    found = Level.objects.select_related("drill", "rung").prefetch_related("drill__equipment", "drill__fault_pictures")
    level = get_object_or_404(found, rung=seen.rung, slug=slug)
    if why:
        return _locked(request, seen, why)
    context = {"level": level, "drill": level.drill, "dose": levels.dose(plan, level), "seen": seen}
    return render(request, "patients/level.html", context)

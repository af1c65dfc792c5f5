"""The patient's ladder. The patient can read the rungs and drills that are in reach."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import (
    PatientRequest,
    forbidden,
    patient_or_carer_required,
    reader_required,
    see_other,
    while_open,
)
from curriculum.models import Level
from curriculum.variants import lesson
from patients.models import Patient, Plan
from patients.standing.cautions import (
    held_by,
    lines_for_patient,
    of_level,
    reasons_for_patient,
)
from patients.standing.dose import dose_in_force, prescriptions_in_force, taken_by
from patients.standing.drawn import person_of
from patients.standing.position import (
    LadderPlace,
    current_level,
    for_patient,
    ladder_steps,
    why_not,
)
from patients.standing.screening import may_train
from patients.standing.training_days import days_in_force
from patients.standing.ways import way_of
from patients.today.ladder import LadderRung, read_ladder
from patients.today.state import read_today
from patients.views.lookups import own_plan
from patients.views.slip_word import SlipWord
from patients.wording.days import weekdays_in_words
from patients.wording.dose_note import fitting_note


@require_GET
@reader_required
@while_open
def ladder(request: PatientRequest) -> HttpResponse:
    """Show the whole ladder, top rung first, with what opens each rung."""
    patient = get_object_or_404(Patient.objects.acted_for_by(request.user).select_related("lead"))
    now = read_today(request.user)
    context = {"today": now, "physio": patient.physio, "person": person_of(now.patient)}
    if now.plan is not None:
        place = now.place or LadderPlace(None, False, None, now.plan.assigned_at)
        context |= {
            "rungs": read_ladder(now.plan),
            "place": place,
            "days": weekdays_in_words(now.plan.mask or 0),
        }
    page = render(request, "patients/ladder/ladder.html", context)
    return SlipWord(request, now, here=False).keep(page)


def _rung_at(plan: Plan, position: int) -> LadderRung:
    """The rung at a position, locked or in reach. Raises ``Http404`` if the ladder has none."""
    rungs = read_ladder(plan)
    ladder_rung = next((row for row in rungs if row.rung.position == position), None)
    if ladder_rung is None:
        raise Http404
    return ladder_rung


def _locked(request: PatientRequest, plan: Plan, ladder_rung: LadderRung) -> HttpResponse:
    context = {"ladder_rung": ladder_rung, "person": person_of(plan.patient)}
    return render(request, "patients/ladder/locked.html", context, status=403)


@require_GET
@reader_required
def rung_page(request: PatientRequest, position: int) -> HttpResponse:
    """Show the levels of a rung in reach. A locked rung says why and leads back to Today."""
    plan = own_plan(request)
    if not may_train(plan.patient):
        return see_other("today")
    ladder_rung = _rung_at(plan, position)
    if not ladder_rung.reachable:
        return _locked(request, plan, ladder_rung)
    doses = prescriptions_in_force(plan)
    held = held_by(plan.patient)
    taken = taken_by(doses)
    steps = for_patient(ladder_steps(plan), held, taken)
    own = [step for step in steps if step.rung == position]
    shown = [
        (step, why_not(step, held, taken))
        for step in own
        if not step.helper or step.level_id in doses
    ]
    context = {"ladder_rung": ladder_rung, "steps": shown, "physio": plan.patient.physio}
    return render(request, "patients/ladder/rung.html", context)


def _is_borrowed(plan: Plan, level: Level) -> bool:
    """Whether the patient practises the level for now, though its rung is locked."""
    now = current_level(plan, plan.clinic.today())
    return now.borrowed is not None and now.level == level


def _is_of_today(request: PatientRequest, level: Level) -> bool:
    """Whether the day names this drill: its own, or a helper beside it."""
    now = read_today(request.user)
    steps = [now.step, *(helper.step for helper in now.helpers)]
    return any(step is not None and step.level_id == level.pk for step in steps)


def _not_of_today(request: PatientRequest) -> HttpResponse:
    why = _("Only the drill of the day opens here.")
    return forbidden(request, why=why, where=reverse("today"), label=_("Go to today"))


def _weekdays(plan: Plan) -> int:
    return days_in_force(plan, plan.clinic.today()).weekdays


@require_GET
@patient_or_carer_required
def level_page(request: PatientRequest, position: int, slug: str) -> HttpResponse:
    """Show one drill of a rung in reach, or the borrowed one, with what a mistake looks like."""
    plan = own_plan(request)
    if not may_train(plan.patient):
        return see_other("today")
    ladder_rung = _rung_at(plan, position)
    levels = Level.objects.select_related("drill", "rung").prefetch_related("drill__fault_pictures")
    level = get_object_or_404(levels, rung=ladder_rung.rung, slug=slug)
    borrowed = not ladder_rung.reachable and _is_borrowed(plan, level)
    if not ladder_rung.reachable and not borrowed:
        return _locked(request, plan, ladder_rung)
    if not request.user.may_read and not _is_of_today(request, level):
        return _not_of_today(request)
    dose = dose_in_force(plan, level)
    way = way_of(level.drill, dose)
    found = of_level(held_by(plan.patient), level, way)
    context = {
        "person": person_of(plan.patient),
        "level": level,
        "dose_note": fitting_note(level.dose_note, dose, _weekdays(plan)),
        "borrowed": borrowed,
        "drill": level.drill,
        "dose": dose,
        "for_you": lines_for_patient(found),
        "not_for_you": reasons_for_patient(found, dose.reason_for),
        "way": way,
        "lesson": lesson(level.drill, way),
    }
    return render(request, "patients/ladder/level.html", context)

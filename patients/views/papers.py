"""Pages to print or copy: the handout, the visit note, and the summary for a colleague."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import links, parsing
from accounts.http import StaffRequest, clinician_required, see_other
from curriculum.models import Level
from patients.forms.papers import VisitDayForm
from patients.models import Patient, Plan, Stop
from patients.papers import handout, plan_summary
from patients.papers.visit import anything_on, last_visit
from patients.papers.visit_note import visit_note
from patients.standing.day_state import DrillLeft
from patients.standing.drawn import person_of
from patients.standing.easier import left_on
from patients.standing.position import current_level, is_reachable, steps_and_place
from patients.standing.screening import may_train
from patients.views import lookups
from patients.views.outcomes import press


@require_http_methods(["GET", "POST"])
@clinician_required
def handout_page(request: StaffRequest, pk: int) -> HttpResponse:
    """The handout. A POST adds the code of a link that a PIN protects, and this is recorded."""
    plan = lookups.running_plan(request.user, pk)
    if not may_train(plan.patient):
        messages.warning(request, _("Nothing to hand out before the screening clears the patient."))
        return see_other("screening", pk)
    waiting = list(Stop.objects.unanswered().filter(patient=plan.patient).worst_first())
    if left_on(plan, waiting, plan.clinic.today()).drill is DrillLeft.NONE:
        sentence = _("Nothing to hand out: %(name)s has no drill until you answer.")
        messages.warning(request, sentence % {"name": plan.patient.first_name})
        return see_other("stop_answer", waiting[0].pk)
    asked = request.POST or request.GET
    level = _level(plan, asked.get("level", ""))
    choices = _to_hand_out(plan)
    if level is not None and level not in choices:
        sentence = _("To avoid for %(name)s. Prescribe it with a reason first.")
        messages.warning(request, sentence % {"name": plan.patient.first_name})
        return see_other("prescribe", plan.pk)
    sheet = handout.handout(plan, plan.clinic.today(), level, large="large" in asked)
    if sheet is None:
        raise Http404
    if request.method == "POST":
        sheet = _with_code(request, sheet)
    context = {
        "sheet": sheet,
        "patient": plan.patient,
        "choices": choices,
        "person": person_of(plan.patient),
    }
    return render(request, "patients/papers/handout.html", context)


def _with_code(request: StaffRequest, sheet: handout.Handout) -> handout.Handout:
    """The sheet with its code; without it when the link has no PIN any more."""
    user = sheet.plan.patient.user
    refused = press(links.show, user=user, by=request.user, kind="link_printed")
    if refused is None:
        return handout.with_code(sheet)
    messages.warning(request, str(refused))
    return sheet


def _to_hand_out(plan: Plan) -> list[Level]:
    """The reachable levels and the borrowed one, without those to avoid that nobody prescribed with
    a reason."""
    levels = Level.objects.filter(rung__ladder=plan.ladder_id).select_related("rung", "drill")
    steps, place = steps_and_place(plan, plan.clinic.today())
    avoided = {step.level_id for step in steps if step.avoid}
    borrowed = place.step.level_id if place.step and place.borrowed is not None else None
    fit = [level for level in levels if level.pk not in avoided]
    return [level for level in fit if level.pk == borrowed or is_reachable(plan, level.rung)]


def _level(plan: Plan, key: str) -> Level | None:
    """The level with this id. Raises ``Http404`` for a locked level that is not borrowed now, which
    may not be printed."""
    level_id = parsing.row_id(key)
    if level_id is None:
        return None
    level = get_object_or_404(
        Level.objects.select_related("rung", "drill"), pk=level_id, rung__ladder=plan.ladder_id
    )
    now = current_level(plan, plan.clinic.today())
    borrowed = now.borrowed is not None and now.level == level
    if not borrowed and not is_reachable(plan, level.rung):
        raise Http404
    return level


@require_GET
@clinician_required
def visit_note_page(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(
        Patient.objects.visible_to(request.user).select_related("clinic"), pk=pk
    )
    day = request.GET.get("day") or _day_of_note(patient)
    form = VisitDayForm({"day": day, "since": request.GET.get("since", "")}, patient=patient)
    note = visit_note(patient, **form.cleaned_data) if form.is_valid() else ""
    context = {"patient": patient, "form": form, "note": note}
    return render(
        request, "patients/papers/visit_note.html", context, status=422 if form.errors else 200
    )


def _day_of_note(patient: Patient) -> date:
    """Today, the last day of a plan that ended, or else the last day on which somebody was seen.

    Raises ``Http404`` while nothing at all was done.
    """
    today = patient.clinic.today()
    last = patient.plans.first()
    if last is not None:
        return last.ended_on or today
    if anything_on(patient, today):
        return today
    seen = last_visit(patient, timezone.now())
    if seen is None:
        raise Http404
    return patient.clinic.day_of(seen)


@require_GET
@clinician_required
def summary_page(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    sheet = plan_summary.latest(patient)
    if sheet is None:
        raise Http404
    context = {"patient": patient, "sheet": sheet}
    return render(request, "patients/papers/plan_summary.html", context)

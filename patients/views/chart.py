"""The patient's page for the clinic, and the page with every decision."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import StaffRequest, clinician_required
from patients.chart import page as chart_page
from patients.chart.head import head_of_chart, read_head
from patients.chart.load import load_offer, weights_in_sight
from patients.chart.look import next_look
from patients.chart.notes import newest_notes
from patients.chart.undo import undo_answer_offer, undo_discharge_until
from patients.chart.visits import visits_in_sight
from patients.forms import marks
from patients.forms.days import asked_days
from patients.forms.dose import PrescribeForm, SignForm
from patients.forms.gate import NotYetForm
from patients.forms.people import UsualSeenForm
from patients.forms.record_notes import RecordNoteForm
from patients.forms.stops import LookedAgainForm, StopAnswerForm
from patients.forms.visits import NextVisitForm, initial_of_visit
from patients.models import Patient, Stop
from patients.pictures.load_chart import load_chart
from patients.record import timeline
from patients.record.queries import all_rows
from patients.standing.pain_limits import limits_in_sight
from patients.verbs import outbox as outbox_verbs
from patients.views import lookups
from patients.views.caseload import last_looked_at


@require_GET
@clinician_required
def chart(request: StaffRequest, pk: int) -> HttpResponse:
    patient = lookups.patient_of_chart(request.user, pk)
    return show(patient, request)


def show(
    patient: Patient, request: StaffRequest, problem: str = "", status: int = 200, **forms: object
) -> HttpResponse:
    """Show the whole page as it is now.

    ``problem``: the refusal of a decision, which the page shows at the gate.
    ``forms``: forms that came back with errors; they replace the empty ones.
    """
    page = chart_page.read(patient)
    if getattr(patient, "mails_unopened", False):
        outbox_verbs.note_opened(patient)
    context = {"chart": page, "patient": patient, "problem": problem, **_forms(page), **forms}
    context.setdefault("marks", marks.of_gate(page.gate.lines) if page.gate else [])
    context["loads"] = load_chart(page.lifts, "load-words") if page.lifts_weights else None
    context["offer"] = load_offer(page)
    context.setdefault("sign_form", SignForm())
    context["head"] = head_of_chart(page)
    context["look"] = next_look(patient)
    context["notes"] = newest_notes(patient)
    context["limits"] = limits_in_sight(patient)
    context["caseload"] = last_looked_at(request)
    mine = page.undo is not None and page.undo.review.by_id == request.user.pk
    context["undo"] = page.undo if mine else None
    context["undo_answer"] = undo_answer_offer(patient, request.user)
    context["undo_discharge_until"] = undo_discharge_until(patient, page.plan)
    return render(request, "patients/chart/chart.html", context, status=status)


def _forms(page: chart_page.Chart) -> dict[str, object]:
    """The forms of the page as they are before anybody types."""
    visits = visits_in_sight(page.patient, page.today)
    of_patient: dict[str, object] = {
        "look_form": LookedAgainForm(auto_id="look_%s"),
        "note_form": RecordNoteForm(auto_id="note_%s"),
        "usual_seen_form": UsualSeenForm(auto_id="seen_%s"),
        "visits": visits,
        "next_visit_form": NextVisitForm(initial=initial_of_visit(visits.ahead.later)),
    }
    if page.stops:
        of_patient["stop_form"] = _stop_form(page, page.stops[0])
    if not page.running:
        return of_patient
    of_plan = {
        "not_yet_form": NotYetForm(auto_id="not_yet_%s"),
        "days": asked_days(page.gate.days) if page.gate else None,
    }
    return {
        **of_patient,
        **of_plan,
        "prescribe_form": _dose_form(page),
        "cautions": page.dose.cautions if page.dose else (),
        "weights": weights_in_sight(page),
    }


def _dose_form(page: chart_page.Chart) -> PrescribeForm | None:
    """The form of the dose that is practised."""
    if page.dose is None:
        return None
    filled = PrescribeForm.of(page.dose.latest)
    levels = page.reachable
    clinic = page.patient.clinic_id
    return PrescribeForm(levels=levels, clinic=clinic, held=page.held, initial=filled)


@require_GET
@clinician_required
def decisions(request: StaffRequest, pk: int) -> HttpResponse:
    """Show every decision on every plan of the patient, newest first."""
    patient = lookups.patient_of_chart(request.user, pk)
    plans = patient.plans.select_related(
        "ladder", "goal_rung", "assigned_by", "ended_by", "clinic"
    ).order_by("-pk")
    for plan in plans:
        plan.patient = patient
    climbs = [(plan, timeline.of_plan(plan, all_rows(plan))) for plan in plans]
    context = {"patient": patient, "climbs": climbs, **head_of_page(patient, request)}
    return render(request, "patients/chart/decisions.html", context)


def head_of_page(patient: Patient, request: StaffRequest) -> dict[str, object]:
    """What the head of a page beside the visit shows. ``patient``: with all that a chart reads."""
    return {
        "head": read_head(patient),
        "caseload": last_looked_at(request),
        "visits": visits_in_sight(patient, patient.clinic.today()),
    }


def _stop_form(page: chart_page.Chart, stop: Stop) -> StopAnswerForm:
    return StopAnswerForm(
        auto_id="stop_%s",
        stop=stop,
        lower=page.offers if page.running else (),
        passed=page.passed_rungs if page.running else (),
        waiting=page.stops,
        tries=[one for waiting in page.stops for one in waiting.tries.all()],
    )

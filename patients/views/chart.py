"""The patient's page for the clinic, and everything that was decided."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.http import StaffRequest, clinician_required
from patients.chart import page as chart_page
from patients.forms.gate import NotYetForm
from patients.forms.messages import MessageForm
from patients.forms.people import NextVisitForm, UsualPainForm
from patients.forms.plan import PrescribeForm
from patients.forms.stops import StopAnswerForm
from patients.models import Patient
from patients.record import timeline
from patients.record.queries import all_rows
from patients.views.caseload import last_looked_at


@require_GET
@clinician_required
def chart(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(
        chart_page.patients(Patient.objects.visible_to(request.user)), pk=pk
    )
    return show(patient, request)


def show(
    patient: Patient, request: StaffRequest, problem: str = "", status: int = 200, **forms: object
) -> HttpResponse:
    """The whole page as things stand now; with ``problem`` beside the gate when a decision was
    refused."""
    read = chart_page.read(patient)
    context = {"chart": read, "patient": patient, "problem": problem, **_forms(read), **forms}
    context["caseload"] = last_looked_at(request)
    return render(request, "patients/chart/chart.html", context, status=status)


def _forms(read: chart_page.Chart) -> dict[str, object]:
    facts: dict[str, object] = {
        "usual_pain_form": UsualPainForm(
            initial={"usual_pain": read.intake.usual_pain if read.intake else None}
        ),
        "next_visit_form": NextVisitForm(initial={"next_visit": read.patient.next_visit}),
    }
    if not read.running:
        return facts
    first = read.stops[0] if read.stops else None
    stop = (
        StopAnswerForm(auto_id="stop_%s", stop=first, lower=read.lower, passed=read.passed_rungs)
        if first
        else None
    )
    filled = PrescribeForm.of(read.dose.latest) if read.dose else {}
    dose = (
        PrescribeForm(levels=read.reachable, home=read.home, initial=filled) if read.dose else None
    )
    said = {
        "message_form": MessageForm(auto_id="message_%s"),
        "not_yet_form": NotYetForm(auto_id="not_yet_%s"),
    }
    return {**facts, **said, "stop_form": stop, "prescribe_form": dose}


@require_GET
@clinician_required
def decisions(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything that was decided, on every plan of the patient, newest first."""
    patient = get_object_or_404(
        chart_page.patients(Patient.objects.visible_to(request.user)), pk=pk
    )
    plans = patient.plans.select_related(
        "ladder", "goal_rung", "assigned_by", "ended_by", "clinic"
    ).order_by("-pk")
    climbs = [(plan, timeline.of_plan(plan, all_rows(plan))) for plan in plans]
    return render(request, "patients/chart/decisions.html", {"patient": patient, "climbs": climbs})

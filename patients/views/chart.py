"""The patient's page, and what the clinic knows about the patient beside the plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import StaffRequest, clinician_required
from patients import chart as charts
from patients import chart_rows, people, timeline
from patients.forms.clinic_gate import NotYetForm, StopAnswerForm
from patients.forms.clinic_plan import NextVisitForm, PrescribeForm, UsualPainForm
from patients.forms.clinic_words import MessageForm
from patients.models import Patient
from patients.views._outcomes import attempt, see
from patients.views.caseload import last_looked_at
from patients.views.patient_history import shown


@require_GET
@clinician_required
def chart(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(charts.patients(Patient.objects.visible_to(request.user)), pk=pk)
    return show(patient, request)


def show(
    patient: Patient, request: StaffRequest, problem: str = "", status: int = 200, **forms: object
) -> HttpResponse:
    """The whole page as things stand now; with ``problem`` beside the gate when a decision was refused."""
    read = charts.read(patient)
    context = {"chart": read, "patient": patient, "problem": problem, **_forms(read), **forms}
    context["caseload"] = last_looked_at(request)
    return render(request, "patients/clinic/chart.html", context, status=status)


def _forms(read: charts.Chart) -> dict[str, object]:
    facts: dict[str, object] = {
        "usual_pain_form": UsualPainForm(initial={"usual_pain": read.intake.usual_pain if read.intake else None}),
        "next_visit_form": NextVisitForm(initial={"next_visit": read.patient.next_visit}),
    }
    if not read.running:
        return facts
    first = read.stops[0] if read.stops else None
    stop = StopAnswerForm(auto_id="stop_%s", stop=first, lower=read.lower, passed=read.passed_rungs) if first else None
    filled = PrescribeForm.of(read.dose.latest) if read.dose else {}
    dose = PrescribeForm(levels=read.reachable, home=read.home, initial=filled) if read.dose else None
    said = {"message_form": MessageForm(auto_id="message_%s"), "not_yet_form": NotYetForm(auto_id="not_yet_%s")}
    return {**facts, **said, "stop_form": stop, "prescribe_form": dose}


@require_GET
@clinician_required
def decisions(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything that was decided, on every plan of the patient, newest first."""
    patient = get_object_or_404(charts.patients(Patient.objects.visible_to(request.user)), pk=pk)
    plans = patient.plans.select_related("ladder", "goal_rung", "assigned_by", "ended_by", "clinic").order_by("-pk")
    climbs = [(plan, timeline.of_plan(plan, chart_rows.all_rows(plan))) for plan in plans]
    return render(request, "patients/clinic/decisions.html", {"patient": patient, "climbs": climbs})


@require_GET
@clinician_required
def practice_history(request: StaffRequest, pk: int) -> HttpResponse:
    """What was practised and how it felt: the same that the patient sees, and how it was entered."""
    patient = get_object_or_404(charts.patients(Patient.objects.visible_to(request.user)), pk=pk)
    context = {"patient": patient, **shown(patient, request.GET.dict(), patient.clinic.today(), clinical=True)}
    return render(request, "patients/clinic/history.html", context)


@require_POST
@clinician_required
def usual_pain(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(charts.patients(Patient.objects.visible_to(request.user)), pk=pk)
    form = UsualPainForm(request.POST)
    if form.is_valid():
        asked = {"patient": patient, "by": request.user, **form.cleaned_data}
        if attempt(form, people.set_usual_pain, {"out_of_range": "usual_pain"}, **asked):
            messages.success(request, _("Usual pain saved. The pain limits follow it from the next entry on."))
            return see("chart", pk)
    return show(patient, request, status=422, usual_pain_form=form)


@require_POST
@clinician_required
def next_visit(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(charts.patients(Patient.objects.visible_to(request.user)), pk=pk)
    form = NextVisitForm(request.POST)
    if form.is_valid():
        asked = {"patient": patient, "by": request.user, "name": patient.name, "lead": patient.lead}
        asked |= {"referral_note": patient.referral_note, **form.cleaned_data}
        if attempt(form, people.amend, {"visit_in_past": "next_visit"}, **asked):
            messages.success(request, _("Next visit saved."))
            return see("chart", pk)
    return show(patient, request, status=422, next_visit_form=form)

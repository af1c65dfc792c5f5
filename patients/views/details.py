"""The page of what is known about a patient, and of what is set in the plan."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import StaffRequest, clinician_required
from patients.chart import page as chart_page
from patients.chart.head import head_of_chart
from patients.chart.visits import visits_in_sight
from patients.forms.people import UsualPainForm
from patients.models import Patient
from patients.record.scores import scores_in_words
from patients.standing.activities import courses_in_sight
from patients.views import lookups
from patients.views.caseload import last_looked_at


@require_GET
@clinician_required
def details(request: StaffRequest, pk: int) -> HttpResponse:
    patient = lookups.patient_of_chart(request.user, pk)
    return show(patient, request)


def show(
    patient: Patient, request: StaffRequest, form: UsualPainForm | None = None
) -> HttpResponse:
    """``form``: the usual pain as it was typed and refused."""
    page = chart_page.read(patient)
    context = {
        "patient": patient,
        "chart": page,
        "head": head_of_chart(page),
        "caseload": last_looked_at(request),
        "visits": visits_in_sight(patient, page.today),
        "scores": scores_in_words(courses_in_sight(patient)),
        "usual_pain_form": form or UsualPainForm(initial={"usual_pain": page.usual.pain}),
    }
    status = 200 if form is None else 422
    return render(request, "patients/chart/details.html", context, status=status)

""" "How is it today?": a patient tells of pain and symptoms on any day, and takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PatientRequest, lead_on, patient_or_carer_required, see_other
from curriculum.symptoms import texts
from patients.forms import reports as forms
from patients.models import Patient, Report
from patients.models.stops import URGENT
from patients.standing import symptoms
from patients.standing.age import age_of
from patients.standing.ladder_words import words_for
from patients.standing.pain_limits import limits_for
from patients.standing.screening import precaution_keys, signs_on_file
from patients.standing.usual_pain import usual_now
from patients.today.state import read_today
from patients.today.told import shown_to, told_on
from patients.verbs import reports as report_verbs
from patients.views import today_page
from patients.views.outcomes import press
from patients.wording.symptoms import report_in_a_line


def _own(request: PatientRequest) -> Patient:
    """The patient of who is signed in, with a plan, without one, or finished."""
    rows = Patient.objects.acted_for_by(request.user)
    return get_object_or_404(rows.select_related("lead", "clinic", "user"))


@require_http_methods(["GET", "POST"])
@patient_or_carer_required
def report(request: PatientRequest) -> HttpResponse:
    """Keep what the patient tells, whatever else is wrong or left open."""
    patient = _own(request)
    if request.method == "GET":
        return _page(request, patient, forms.Told())
    told = forms.typed(request.POST)
    if told.is_empty:
        return _page(request, patient, told, _("Choose a number, or tick what is new or worse."))
    row = report_verbs.report(patient=patient, by=request.user, **told.arguments())
    if row.stops.exists():
        request.leads_to_help = row.urgency in URGENT
    else:
        messages.success(request, _("Saved. %(name)s reads it.") % {"name": patient.physio})
    return lead_on(request, "today")


def _page(
    request: PatientRequest, patient: Patient, told: forms.Told, problem: str = ""
) -> HttpResponse:
    today = patient.clinic.today()
    told.fragile = symptoms.is_fragile(precaution_keys(patient), age_of(patient, today))
    context = {
        "told": told,
        "today": today,
        "physio": patient.physio,
        "ladder_words": words_for(patient),
        "problem": problem,
        "scale": today_page.scale(usual_now(patient), limits_for(patient, today)),
        "on_file": signs_on_file(patient),
        "earlier": shown_to(request.user, told_on(patient, today)),
    }
    status = 422 if problem else 200
    return render(request, "patients/reports/report.html", context, status=status)


@require_POST
@patient_or_carer_required
def report_take_back(request: PatientRequest, pk: int) -> HttpResponse:
    """Take back what was told today by mistake."""
    patients = Patient.objects.acted_for_by(request.user)
    row = get_object_or_404(Report, pk=pk, patient__in=patients)
    refused = press(
        report_verbs.take_back, report=row, by=request.user, client_id=f"taken back {row.pk}"
    )
    if refused:
        return today_page.show(request, errors={"report": str(refused)}, status=422)
    sentence = _("Taken back: %(what)s.") % {"what": _what(row)}
    if any(stop.needs_contact for stop in row.stops.all()) and not _says_who_calls(request):
        sentence = f"{sentence} {texts().taken_back}"
    messages.success(request, sentence)
    return see_other("today")


def _what(row: Report) -> str:
    line = report_in_a_line(row) or row.words
    return line[:1].lower() + line[1:]


def _says_who_calls(request: PatientRequest) -> bool:
    """Whether the page of the day says by itself that something was taken back."""
    stop = read_today(request.user).stop
    return stop is not None and stop.taken_back

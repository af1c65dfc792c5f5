"""The usual pain: the patient tells it, the clinic sets it, a clinician sees that it rose."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import (
    PatientRequest,
    StaffRequest,
    clinician_required,
    patient_required,
    see_other,
)
from accounts.parsing import row_id, two_digits
from patients.forms.people import UsualPainForm, UsualSeenForm
from patients.models import Patient, UsualPain
from patients.standing.ladder_words import words_for
from patients.standing.usual_pain import read_usual
from patients.verbs import usual_pain as usual_pain_verbs
from patients.views import today_page
from patients.views.chart import show as show_chart
from patients.views.details import show as show_details
from patients.views.lookups import patient_of_chart
from patients.views.nothing_saved import keeps_what_was_typed
from patients.views.outcomes import press, run_verb


@require_http_methods(["GET", "POST"])
@patient_required
@keeps_what_was_typed
def my_usual_pain(request: PatientRequest) -> HttpResponse:
    """The patient says what pain is usual this week; a number of the same day can be changed."""
    rows = Patient.objects.select_related("clinic", "lead")
    patient = get_object_or_404(rows, user=request.user)
    problem = ""
    if request.method == "POST":
        pain = two_digits(request.POST.get("usual", ""))
        refused = press(usual_pain_verbs.tell, patient=patient, by=request.user, pain=pain)
        if refused is None:
            messages.success(request, _("Saved: usual pain this week %(pain)s.") % {"pain": pain})
            return see_other("today")
        problem = str(refused)
    context = {
        "usual": read_usual(patient),
        "numbers": today_page.NUMBERS,
        "problem": problem,
        "physio": patient.physio,
        "ladder_words": words_for(patient),
    }
    status = 422 if problem else 200
    return render(request, "patients/today/usual_pain.html", context, status=status)


@require_POST
@clinician_required
def usual_pain(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the usual pain on the patient's page."""
    patient = patient_of_chart(request.user, pk)
    form = UsualPainForm(request.POST)
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, **form.cleaned_data}
        fields = {"out_of_range": "usual_pain"}
        if run_verb(form, usual_pain_verbs.set_usual_pain, fields, **arguments):
            messages.success(
                request, _("Usual pain saved. The pain limits follow it from the next entry on.")
            )
            return see_other("details", pk)
    return show_details(patient, request, form)


@require_POST
@clinician_required
def seen(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that the usual pain went up, as the page showed it."""
    patient = patient_of_chart(request.user, pk)
    number = row_id(request.POST.get("told", "")) or 0
    told = get_object_or_404(UsualPain.objects.filter(patient=patient), pk=number)
    form = UsualSeenForm(request.POST, auto_id="seen_%s")
    if form.is_valid():
        fields = {"nothing_written": "word", "too_long": "word"}
        arguments = {"told": told, "by": request.user, **form.cleaned_data}
        if run_verb(form, usual_pain_verbs.see, fields, **arguments):
            messages.success(request, _("Saved. The pain limits follow it from the next entry on."))
            return see_other("chart", pk)
    return show_chart(patient, request, status=422, usual_seen_form=form)

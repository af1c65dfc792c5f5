"""The screening before the first drill."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted, see_other
from curriculum.models import Level
from patients.forms.screening import ScreeningForm
from patients.models import Patient, Screening, Stop
from patients.standing.position import current_level
from patients.standing.screening import latest_screening
from patients.verbs import screening as screening_verbs
from patients.views.outcomes import press, run_verb

#: Beside which field a refusal is said.
FIELDS = {
    "red_flag_not_asked": "no_flags",
    "red_flag_told": "examined_on",
    "red_sign_waits": "outcome",
    "words_missing": "words",
    "travels_missing": "travels",
    "until_in_past": "look_again_on",
    "day_in_future": "examined_on",
    "too_long": "words",
}


@require_http_methods(["GET", "POST"])
@clinician_required
def screening(request: StaffRequest, pk: int) -> HttpResponse:
    patients = Patient.objects.visible_to(request.user).select_related("clinic")
    patient = get_object_or_404(patients, pk=pk)
    latest = latest_screening(patient)
    form = ScreeningForm(posted(request), before=latest)
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, **form.answers()}
        before = _practised(patient)
        if made := run_verb(form, screening_verbs.screen, FIELDS, **arguments):
            messages.success(request, _saved(made))
            _say_what_changed(request, patient, before)
            assigned = patient.plans.exists()
            return see_other("chart" if assigned or not made.allows else "assign", patient.pk)
    waiting = Stop.objects.unanswered().filter(patient=patient).worst_first()
    told = list(waiting.select_related("report", "morning", "practice"))
    context = {"patient": patient, "form": form, "latest": latest, "told": told}
    context["today"] = patient.clinic.today()
    status = 422 if form.errors else 200
    return render(request, "patients/screening/screening.html", context, status=status)


@require_POST
@clinician_required
def nothing_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Asked again at the gate: every red flag is answered no, precautions stay as they are."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    if refused := press(screening_verbs.nothing_new, patient=patient, by=request.user):
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Nothing new: screened today."))
    return see_other("chart", pk)


def _practised(patient: Patient) -> Level | None:
    plan = patient.running_plan()
    return current_level(plan, plan.clinic.today()).level if plan is not None else None


def _say_what_changed(request: StaffRequest, patient: Patient, before: Level | None) -> None:
    """Say that the drill at home is another one now, since a precaution came or went."""
    now = _practised(patient)
    if before is not None and now != before:
        sentence = _("%(before)s gives way. %(name)s now has: %(now)s. Choose another if you like.")
        named = {"before": before, "name": patient.first_name, "now": now or _("no drill")}
        messages.warning(request, sentence % named)


def _saved(made: Screening) -> str:
    if made.allows:
        return _("Screening saved: %(outcome)s.") % {"outcome": made.get_outcome_display()}
    return _("Not cleared. No drill is shown until a new screening clears the patient.")

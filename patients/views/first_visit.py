"""The first visit: where it goes on, who it is about, the story with the screening, and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import StaffRequest, clinician_required, posted, see_other
from patients.forms.first_visit import SetAsideForm, StoryForm, filled
from patients.forms.home_weights import HomeWeightsForm
from patients.forms.people import LadderForm, PatientForm, initial, intake_initial
from patients.forms.screening import ScreeningForm
from patients.forms.together import Together
from patients.models import Stop, VisitStep
from patients.standing.load.at_home import weights_at_home
from patients.standing.usual_pain import usual_now
from patients.verbs import first_visit as visit_verbs
from patients.verbs import visit_steps
from patients.views import visit_frame
from patients.views.outcomes import run_verb
from patients.views.people import FIELDS as WHO_FIELDS
from patients.views.screening import FIELDS as SCREENING_FIELDS
from patients.views.visit_frame import Visiting, of_step, show_step, typed_before


@require_GET
@clinician_required
def first_visit(request: StaffRequest, pk: int) -> HttpResponse:
    """Go on with an unfinished first visit at the step that waits."""
    visiting = visit_frame.unfinished_visit(request, pk)
    if visiting is None:
        return visit_frame.ended(request, pk)
    return see_other(f"first_visit_{visiting.waits}", pk)


@require_http_methods(["GET", "POST"])
@clinician_required
@of_step(VisitStep.WHO)
def who(request: StaffRequest, visiting: Visiting) -> HttpResponse:
    patient = visiting.patient
    form = PatientForm(posted(request), by=request.user, patient=patient, initial=initial(patient))
    filled(form, typed_before(request, visiting, VisitStep.WHO))
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, "details": form.details()}
        verb = visit_steps.tell_who
        if run_verb(form, verb, WHO_FIELDS, **arguments, **form.other_fields()):
            return see_other("first_visit_story", patient.pk)
    status = 422 if form.errors else 200
    return show_step(request, visiting, VisitStep.WHO, {"form": form}, status)


@require_http_methods(["GET", "POST"])
@clinician_required
@of_step(VisitStep.STORY)
def story(request: StaffRequest, visiting: Visiting) -> HttpResponse:
    forms = _story_forms(request, visiting)
    together = Together(*forms.values())
    if request.method == "POST" and together.are_valid():
        fields = WHO_FIELDS | SCREENING_FIELDS
        arguments = {"patient": visiting.patient, "by": request.user, **_story(forms, visiting)}
        latest = run_verb(together, visit_steps.tell_story, fields, **arguments)
        if latest is not None:
            if not latest.allows:
                messages.warning(request, _("Saved. Not cleared: the visit goes no further."))
            step = VisitStep.SEE if latest.allows else VisitStep.STORY
            return see_other(f"first_visit_{step}", visiting.patient.pk)
    told = Stop.objects.unanswered().filter(patient=visiting.patient).worst_first()
    context = {
        **forms,
        "told": list(told.select_related("report", "morning", "practice")),
        "today": visiting.patient.clinic.today(),
    }
    status = 422 if request.method == "POST" else 200
    return show_step(request, visiting, VisitStep.STORY, context, status)


def _story_forms(request: StaffRequest, visiting: Visiting) -> dict[str, Any]:
    """The forms of the story. The screening is asked while none allows training, or once more."""
    patient = visiting.patient
    latest = visiting.latest
    typed = posted(request)
    given = intake_initial(patient.intakes.last(), usual_now(patient))
    weights = HomeWeightsForm.of(weights_at_home(patient))
    forms: dict[str, Any] = {
        "form": StoryForm(typed, initial=given),
        "weights": HomeWeightsForm(typed, initial=weights),
    }
    if visiting.plan is None:
        forms["ladders"] = LadderForm(typed, clinic=patient.clinic)
    again = "again" in request.GET or bool(request.POST.get("again"))
    if latest is None or not latest.allows or again:
        forms["screening"] = ScreeningForm(typed, before=latest)
    draft = typed_before(request, visiting, VisitStep.STORY)
    return {name: filled(form, draft) for name, form in forms.items()}


def _story(forms: dict[str, Any], visiting: Visiting) -> dict[str, Any]:
    """The arguments of the verb."""
    screening = forms.get("screening")
    return {
        "intake": {**forms["form"].intake(), "weights": forms["weights"].weights()},
        "ladder": visiting.plan.ladder
        if visiting.plan
        else forms["ladders"].cleaned_data["ladder"],
        "screening": screening.answers() if screening is not None else None,
    }


@require_http_methods(["GET", "POST"])
@clinician_required
@of_step(VisitStep.WHO)
def end(request: StaffRequest, visiting: Visiting) -> HttpResponse:
    """Set a first visit aside, with a reason. A page asks first."""
    form = SetAsideForm(posted(request))
    if form.is_valid():
        fields = {"reason_missing": "reason", "too_long": "reason"}
        arguments = {"patient": visiting.patient, "by": request.user, **form.cleaned_data}
        if run_verb(form, visit_verbs.set_aside, fields, **arguments):
            messages.success(request, _("The first visit is set aside."))
            return see_other("chart", visiting.patient.pk)
    context = {"form": form, "patient": visiting.patient}
    status = 422 if form.errors else 200
    return render(request, "patients/first_visit/end.html", context, status=status)

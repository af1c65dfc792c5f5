"""The clinician's answer to a stop."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import StaffRequest, clinician_required, posted, see_other
from patients.forms.stops import StopAnswerForm
from patients.models import Stop
from patients.standing.position import train_lower_levels
from patients.verbs import outbox as outbox_verbs
from patients.verbs import stops as stop_verbs
from patients.views.outcomes import run_verb


def _with_origin(stops: QuerySet[Stop]) -> QuerySet[Stop]:
    return stops.select_related("practice__level__drill", "morning", "report")


@require_http_methods(["GET", "POST"])
@clinician_required
def stop_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """The clinician lets the patient carry on, train lower or pause, or withdraws a rung."""
    stops = _with_origin(Stop.objects.filter(patient__clinic=request.user.clinic_id))
    stop = get_object_or_404(stops.select_related("patient__clinic", "answer__by"), pk=pk)
    patient = stop.patient
    outbox_verbs.note_opened(patient)
    plan = patient.running_plan()
    waiting = list(_with_origin(Stop.objects.unanswered().filter(patient=patient)))
    form = StopAnswerForm(
        posted(request),
        auto_id="stop_%s",
        stop=stop,
        lower=train_lower_levels(plan, patient.clinic.today()) if plan else (),
        passed=plan.passed_rungs[::-1] if plan else (),
        waiting=waiting,
    )
    if form.is_valid():
        arguments = {"stop": stop, "by": request.user, **form.answer()}
        if run_verb(form, stop_verbs.answer, form.refusal_fields(), **arguments):
            with_words = _("Answered. %(name)s reads your word on the next visit to Today.")
            bare = _("Answered. %(name)s sees on the next visit to Today what you answered.")
            sentence = with_words if form.text() else bare
            messages.success(request, sentence % {"name": patient.first_name})
            if Stop.objects.unanswered().filter(patient=patient).exists():
                messages.warning(request, _("Another stop still waits for an answer."))
            return see_other("chart", patient.pk)
    context = {"stop": stop, "plan": plan, "patient": patient, "stop_form": form}
    return render(request, "patients/stops/stop.html", context, status=422 if form.errors else 200)

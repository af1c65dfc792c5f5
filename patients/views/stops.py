"""The clinician's answer to a stop."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted, see_other
from patients.forms.stops import LookedAgainForm, StopAnswerForm
from patients.models import Answer, LookedAgain, Plan, Stop, StopAnswer
from patients.record.queries import newest_practice
from patients.standing.dose import prescriptions_in_force
from patients.standing.lower import LowerLevel, lower_offers, train_lower_levels
from patients.standing.tries import tries_for
from patients.verbs import follow_up as follow_up_verbs
from patients.verbs import outbox as outbox_verbs
from patients.verbs import stops as stop_verbs
from patients.views import lookups
from patients.views.chart import show as show_chart
from patients.views.outcomes import press, run_verb
from patients.wording.days import full_day, moment_words


def _with_origin(stops: QuerySet[Stop]) -> QuerySet[Stop]:
    return stops.select_related("practice__level__drill", "morning", "report")


def _stop(request: StaffRequest, pk: int) -> Stop:
    stops = _with_origin(Stop.objects.filter(patient__clinic=request.user.clinic_id))
    named = stops.select_related("patient__clinic", "answer__by", "answer__reopened_by")
    return get_object_or_404(named, pk=pk)


def _as_it_waits(request: StaffRequest, stop: Stop) -> Stop:
    """The stop itself, or the one that waits since its answer was taken back."""
    while (given := getattr(stop, "answer", None)) is not None and hasattr(given, "reopened_by"):
        stop = _stop(request, given.reopened_by.pk)
    return stop


@require_http_methods(["GET", "POST"])
@clinician_required
def stop_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """The clinician lets the patient carry on, train lower or pause, or withdraws a rung."""
    opened = _stop(request, pk)
    stop = _as_it_waits(request, opened)
    if stop != opened and request.method == "GET":
        return see_other("stop_answer", stop.pk)
    patient = stop.patient
    outbox_verbs.note_opened(patient)
    plan = patient.running_plan()
    waiting = list(_with_origin(Stop.objects.unanswered().filter(patient=patient)))
    form = StopAnswerForm(
        posted(request),
        auto_id="stop_%s",
        stop=stop,
        lower=_lower(plan) if plan else (),
        passed=plan.passed_rungs[::-1] if plan else (),
        waiting=waiting,
        tries=tries_for(patient),
    )
    # The verb refuses an answer to a page from before the answer was taken back.
    if form.is_valid() and _act(request, form, opened):
        return see_other("chart", patient.pk)
    context = {"stop": stop, "plan": plan, "patient": patient, "stop_form": form}
    return render(request, "patients/stops/stop.html", context, status=422 if form.errors else 200)


def _lower(plan: Plan) -> list[LowerLevel]:
    levels = train_lower_levels(plan, plan.clinic.today())
    return lower_offers(plan, levels, prescriptions_in_force(plan), newest_practice(plan))


def _act(request: StaffRequest, form: StopAnswerForm, stop: Stop) -> bool:
    """Answer, or note a try, and say what was done. False when it was refused."""
    named = {"stop": stop, "by": request.user}
    fields = form.refusal_fields()
    if form.not_reached:
        made = run_verb(form, stop_verbs.could_not_reach, fields, **named, **form.a_try())
        if made:
            sentence = _("Noted: not reached. The stop waits on; try again %(at)s.")
            again = moment_words(made.try_again_at, stop.patient.clinic, form.clinic.today())
            messages.success(request, sentence % {"at": again})
        return bool(made)
    if not run_verb(form, stop_verbs.answer, fields, **named, **form.answer()):
        return False
    with_words = _("Answered. %(name)s reads your word on the next visit to Today.")
    bare = _("Answered. %(name)s sees on the next visit to Today what you answered.")
    sentence = with_words if form.text() else bare
    messages.success(request, sentence % {"name": stop.patient.first_name})
    if Stop.objects.unanswered().filter(patient=stop.patient).exists():
        messages.warning(request, _("Another stop still waits for an answer."))
    return True


@require_POST
@clinician_required
def undo_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back an answer that was pressed by mistake: what it answered waits again."""
    stop = _stop(request, pk)
    answer = get_object_or_404(StopAnswer.objects.select_related("stop__patient", "by"), stop=stop)
    if refused := press(stop_verbs.undo_answer, answer=answer, by=request.user):
        patient = lookups.patient_of_chart(request.user, stop.patient_id)
        return show_chart(patient, request, problem=str(refused), status=422)
    messages.success(request, _("Taken back: %(name)s waits for your answer again.") % _name(stop))
    if answer.action == Answer.PAUSE:
        messages.info(request, _("The pause stays. It ends when you resume practice."))
    if answer.action == Answer.LOWER:
        messages.info(request, _("The lower level stays. It ends when you change the level."))
    return see_other("chart", stop.patient_id)


def _name(stop: Stop) -> dict[str, str]:
    return {"name": stop.patient.first_name}


@require_POST
@clinician_required
def looked_again(request: StaffRequest, pk: int) -> HttpResponse:
    """The clinician has looked at the patient again, and says when to look next, if at all."""
    patient = lookups.patient_of_chart(request.user, pk)
    form = LookedAgainForm(request.POST, auto_id="look_%s")
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, **form.cleaned_data}
        if made := run_verb(form, follow_up_verbs.looked_again, form.FIELDS, **arguments):
            messages.success(request, _looked(made))
            return see_other("chart", pk)
    return show_chart(patient, request, status=422, look_form=form)


def _looked(made: LookedAgain) -> str:
    if made.look_again_on is None:
        return _("Noted that you looked again.")
    day = full_day(made.look_again_on)
    return _("Noted that you looked again. Look next on %(day)s.") % {"day": day}

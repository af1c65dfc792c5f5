"""Both the patient and the clinic read and write messages here."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import (
    PatientRequest,
    StaffRequest,
    clinician_required,
    patient_required,
    posted,
    reader_required,
    see_other,
    while_open,
)
from accounts.parsing import row_id
from patients.chart.thread import newest_messages, thread_page
from patients.forms.messages import MessageForm, MyMessageForm
from patients.models import Message, Patient, Plan
from patients.verbs import messages as message_verbs
from patients.views.chart import head_of_page
from patients.views.lookups import own_plan, patient_of_chart
from patients.views.outcomes import run_verb

_IDS = "message_%s"


@require_http_methods(["GET", "POST"])
@clinician_required
def thread(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the messages, and write one. Writing marks the unread messages as read."""
    patient = patient_of_chart(request.user, pk)
    plan = patient.plans.first()
    form = MessageForm(posted(request), auto_id=_IDS)
    if request.method == "POST" and plan is None:
        form.add_error(None, _("Assign a ladder first: messages belong to it."))
    elif plan is not None and form.is_valid():
        fields = {"nothing_written": "word", "too_long": "word"}
        arguments = {"plan": plan, "by": request.user, "text": form.text()}
        arguments["client_id"] = form.cleaned_data["client_id"]
        if run_verb(form, message_verbs.write, fields, **arguments):
            return _sent(request, patient, plan)
    status = 422 if form.errors else 200
    if request.htmx and request.method == "POST":
        return _panel(request, patient, form, status)
    page = thread_page(Message.objects.filter(patient=patient), _number(request))
    context = {
        "patient": patient,
        "plan": plan,
        "page": page,
        "thread": page.messages,
        "message_form": form,
        **head_of_page(patient, request),
    }
    return render(request, "patients/messages/thread.html", context, status=status)


def _number(request: PatientRequest | StaffRequest) -> int | None:
    """The page of the thread that the address asks for."""
    return row_id(request.GET.get("page", ""))


def _sent(request: StaffRequest, patient: Patient, plan: Plan) -> HttpResponse:
    if request.htmx:
        return _panel(request, patient, MessageForm(auto_id=_IDS), 200)
    messages.success(
        request, _("Sent. %(name)s reads it on the next visit.") % {"name": patient.first_name}
    )
    return see_other("thread", patient.pk, part="thread")


def _panel(request: StaffRequest, patient: Patient, form: MessageForm, status: int) -> HttpResponse:
    newest = newest_messages(Message.objects.filter(patient=patient))
    context = {"patient": patient, "thread": newest, "message_form": form, "sent": status == 200}
    return render(request, "patients/messages/_thread.html", context, status=status)


@require_POST
@clinician_required
def thread_read(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    plan = patient.plans.first()
    if plan is not None:
        message_verbs.mark_read(plan=plan, by=request.user)
    messages.success(request, _("Marked as read."))
    return see_other("chart", pk)


@require_http_methods(["GET", "POST"])
@reader_required
@while_open
def my_messages(request: PatientRequest) -> HttpResponse:
    """Show the messages to the patient, who can write one."""
    patient = get_object_or_404(Patient.objects.acted_for_by(request.user).select_related("lead"))
    plan = patient.running_plan()
    form = MyMessageForm(posted(request))
    if plan is None and form.is_bound:
        form.add_error(None, _("Nothing was sent: your plan has ended. Call the clinic instead."))
    elif plan is not None and form.is_valid():
        fields = {"nothing_written": "text", "too_long": "text"}
        arguments = {"plan": plan, "by": request.user, **form.cleaned_data}
        if run_verb(form, message_verbs.write, fields, **arguments):
            return see_other("my_messages", part="newest")
    page = thread_page(_read_by(request, patient), _number(request))
    thread = page.messages
    context = {
        "page": page,
        "form": form,
        "plan": plan,
        "physio": patient.physio,
        "thread": thread,
        "unread": not request.user.is_carer
        and any(not message.from_patient and message.read_at is None for message in thread),
    }
    return render(
        request, "patients/messages/my_messages.html", context, status=422 if form.errors else 200
    )


def _read_by(request: PatientRequest, patient: Patient) -> QuerySet[Message]:
    """The patient's messages, none where the clinic has ended reading with the discharge."""
    mine = Message.objects.none() if request.user.is_closed else Message.objects.all()
    return mine.filter(patient=patient)


@require_POST
@patient_required
def my_messages_read(request: PatientRequest) -> HttpResponse:
    """Mark the clinic's messages as read. The page calls this by itself, or the patient by a
    button."""
    plan = own_plan(request)
    message_verbs.mark_read(plan=plan, by=request.user)
    return HttpResponse(status=204) if request.htmx else see_other("my_messages")

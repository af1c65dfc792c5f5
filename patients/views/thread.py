"""Words between the patient and the clinic, on the clinic's side."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted
from patients import messages as verbs
from patients.chart import newest_messages
from patients.forms.clinic_words import MessageForm
from patients.models import Message, Patient, Plan
from patients.views._outcomes import attempt, see

_IDS = "message_%s"


@require_http_methods(["GET", "POST"])
@clinician_required
def thread(request: StaffRequest, pk: int) -> HttpResponse:
    """All that was written; a word back marks what was unread as read."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user).select_related("clinic"), pk=pk)
    plan = patient.plans.first()
    form = MessageForm(posted(request), auto_id=_IDS)
    if request.method == "POST" and plan is None:
        form.add_error(None, _("Assign a ladder first: messages belong to it."))
    elif plan is not None and form.is_valid():
        asked = {"plan": plan, "by": request.user, "text": form.said()}
        if attempt(form, verbs.write, {"nothing_written": "word", "too_long": "word"}, **asked):
            return _sent(request, patient, plan)
    status = 422 if form.errors else 200
    if request.htmx and request.method == "POST":
        return _panel(request, patient, form, status)
    written = Message.objects.filter(plan__patient=patient).select_related("by").order_by("-at", "-pk")
    context = {"patient": patient, "plan": plan, "thread": list(written[:200])[::-1], "message_form": form}
    return render(request, "patients/clinic/thread.html", context, status=status)


def _sent(request: StaffRequest, patient: Patient, plan: Plan) -> HttpResponse:
    if request.htmx:
        return _panel(request, patient, MessageForm(auto_id=_IDS), 200)
    messages.success(request, _("Sent. %(name)s reads it on the next visit.") % {"name": patient.first_name})
    return see("chart", patient.pk, part="thread")


def _panel(request: StaffRequest, patient: Patient, form: MessageForm, status: int) -> HttpResponse:
    newest = newest_messages(Message.objects.filter(plan__patient=patient))
    context = {"patient": patient, "thread": newest, "message_form": form, "sent": status == 200}
    return render(request, "patients/clinic/_thread.html", context, status=status)


@require_POST
@clinician_required
def thread_read(request: StaffRequest, pk: int) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    plan = patient.plans.first()
    if plan is not None:
        verbs.mark_read(plan=plan, by=request.user)
    messages.success(request, _("Marked as read."))
    return see("chart", pk)

"""The page on which a patient's link is handed over: scanned, given a PIN, shown again, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from accounts import links, qr
from accounts.forms.pin import ChoosePinForm
from accounts.http import StaffRequest, clinician_required, see_other
from accounts.models import PhoneLink
from patients.models import Patient
from patients.views.outcomes import press, run_verb

#: The field that shows a refusal, by its code.
FIELDS = dict.fromkeys(("pin_already", "pin_too_late", "link_dead"), "pin")


def _patient(request: StaffRequest, pk: int) -> Patient:
    visible = Patient.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("clinic", "user__clinic", "lead"), pk=pk)


def _page(
    request: StaffRequest,
    patient: Patient,
    link: PhoneLink | None,
    *,
    shown: bool = False,
    form: ChoosePinForm | None = None,
) -> HttpResponse:
    state = links.state(link)
    visible = link is not None and (shown or links.is_handing_over(link, request.user))
    address = links.url(link) if link is not None and visible else ""
    context: dict[str, Any] = {
        "patient": patient,
        "person": patient.user,
        "plan": patient.running_plan(),
        "link": link,
        "state": state,
        "watched": links.is_watched(link, request.user),
        "protected": links.is_protected(link),
        "asks_pin": form is not None or state in links.TAKES_A_PIN,
        "dead": state in {"none", "expired", "locked"},
        "address": address,
        "qr": qr.data_uri(address) if address else "",
        "pin_form": form or ChoosePinForm(user=patient.user),
    }
    status = 422 if form is not None else 200
    return render(request, "patients/invite/invite.html", context, status=status)


@require_GET
@clinician_required
def invite(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how a link stands. Who has just made it sees the code, and asks every few seconds
    whether the phone has opened it: where nothing is new, the answer is empty."""
    patient = _patient(request, pk)
    link = links.link_of(patient.user)
    nothing_new = request.GET.get("was") == links.state(link)
    if request.htmx and nothing_new and links.is_watched(link, request.user):
        return HttpResponse(status=204)
    return _page(request, patient, link)


@require_POST
@clinician_required
def invite_issue(request: StaffRequest, pk: int) -> HttpResponse:
    patient = _patient(request, pk)
    links.issue(patient.user, by=request.user)
    messages.success(
        request, _("A new link is ready. The old one no longer works, and phones are signed out.")
    )
    return see_other("invite", patient.pk)


@require_POST
@clinician_required
def link_show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a link that a PIN protects, to scan or print it again. Only this answer shows it."""
    patient = _patient(request, pk)
    refused = press(links.show, user=patient.user, by=request.user)
    if refused is not None:
        messages.warning(request, str(refused))
        return see_other("invite", patient.pk)
    return _page(request, patient, links.link_of(patient.user), shown=True)


@require_POST
@clinician_required
@sensitive_post_parameters("pin")
def pin_here(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep the PIN that the patient typed on the clinic's device."""
    patient = _patient(request, pk)
    form = ChoosePinForm(request.POST, user=patient.user)
    if form.is_valid():
        run_verb(
            form,
            links.set_pin_here,
            FIELDS,
            user=patient.user,
            pin=form.cleaned_data["pin"],
            by=request.user,
        )
    if form.errors:
        return _page(request, patient, links.link_of(patient.user), form=form)
    messages.success(request, _("PIN set. The code can be printed now."))
    return see_other("invite", patient.pk)

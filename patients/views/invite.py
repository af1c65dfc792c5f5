"""The page on which a link is handed over: scanned, given a PIN, shown again, printed.

It is the same room for a patient and for a carer; ``carer_link`` has the addresses of the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from accounts import links, phones, qr
from accounts.forms.pin import ChoosePinForm
from accounts.http import StaffRequest, clinician_required, see_other
from accounts.models import PhoneLink, User
from patients.models import Carer, Patient
from patients.verbs import visit_steps
from patients.views.outcomes import press, run_verb

#: The field that shows a refusal, by its code.
FIELDS = dict.fromkeys(("pin_already", "pin_too_late", "link_dead"), "pin")
OF_A_PATIENT = {"page": "invite", "issue": "invite_issue", "show": "link_show", "pin": "pin_here"}
OF_A_CARER = {
    "page": "carer_link",
    "issue": "carer_link_issue",
    "show": "carer_link_show",
    "pin": "carer_pin_here",
}


@dataclass(frozen=True)
class Room:
    """Whose link is handed over. ``person``: the patient, or who helps them: then ``carer``.

    ``page``: another page than the usual one, on which the code is shown
    """

    patient: Patient
    person: User
    carer: Carer | None = None
    page: str = ""

    @property
    def addresses(self) -> dict[str, str]:
        names = OF_A_CARER if self.carer is not None else OF_A_PATIENT
        pk = self.carer.pk if self.carer is not None else self.patient.pk
        if self.page:
            names = names | {"page": self.page}
        return {what: reverse(name, args=[pk]) for what, name in names.items()}


def _room(request: StaffRequest, pk: int) -> Room:
    visible = Patient.objects.visible_to(request.user)
    patient = get_object_or_404(visible.select_related("clinic", "user__clinic", "lead"), pk=pk)
    return Room(patient, patient.user)


def link_in_sight(
    request: StaffRequest,
    room: Room,
    link: PhoneLink | None,
    *,
    shown: bool = False,
    form: ChoosePinForm | None = None,
) -> dict[str, Any]:
    """What a page shows on which a link is handed over."""
    state = links.state(link)
    visible = link is not None and (shown or links.is_handing_over(link, request.user))
    address = links.url(link) if link is not None and visible else ""
    return {
        "patient": room.patient,
        "person": room.person,
        "carer": room.carer,
        "room": room.addresses,
        "phones": phones.phones_of(room.person) if room.carer is not None else [],
        "plan": room.patient.running_plan(),
        "link": link,
        "state": state,
        "watched": links.is_watched(link, request.user),
        "protected": links.is_protected(link),
        "asks_pin": form is not None or state in links.TAKES_A_PIN,
        "dead": state in {"none", "expired", "locked"},
        "address": address,
        "qr": qr.data_uri(address) if address else "",
        "pin_form": form or ChoosePinForm(user=room.person),
    }


def _page(
    request: StaffRequest,
    room: Room,
    link: PhoneLink | None,
    *,
    shown: bool = False,
    form: ChoosePinForm | None = None,
) -> HttpResponse:
    context = link_in_sight(request, room, link, shown=shown, form=form)
    status = 422 if form is not None else 200
    return render(request, "patients/invite/invite.html", context, status=status)


def enter(request: StaffRequest, room: Room) -> HttpResponse:
    """Show how a link stands. Who has just made it sees the code, and asks every few seconds
    whether the phone has opened it: where nothing is new, the answer is empty."""
    link = links.link_of(room.person)
    return nothing_new(request, link) or _page(request, room, link)


def nothing_new(request: StaffRequest, link: PhoneLink | None) -> HttpResponse | None:
    """The empty answer to a page that asks again and shows the link as it is; None otherwise."""
    same = request.GET.get("was") == links.state(link)
    if request.htmx and same and links.is_watched(link, request.user):
        return HttpResponse(status=204)
    return None


def issue(request: StaffRequest, room: Room) -> HttpResponse:
    refused = press(links.issue, user=room.person, by=request.user)
    if refused is not None:
        messages.warning(request, str(refused))
    else:
        if room.carer is None:
            visit_steps.after_link(room.patient, request.user)
        messages.success(
            request,
            _("A new link is ready. The old one no longer works, and phones are signed out."),
        )
    return see_other(room.addresses["page"])


def show(request: StaffRequest, room: Room) -> HttpResponse:
    """Show a link that a PIN protects, to scan or print it again. Only this answer shows it."""
    refused = press(links.show, user=room.person, by=request.user)
    if refused is not None:
        messages.warning(request, str(refused))
        return see_other(room.addresses["page"])
    return _page(request, room, links.link_of(room.person), shown=True)


def take_pin(request: StaffRequest, room: Room) -> HttpResponse:
    """Keep the PIN that somebody typed on the clinic's device."""
    form = ChoosePinForm(request.POST, user=room.person)
    if form.is_valid():
        arguments = {"user": room.person, "pin": form.cleaned_data["pin"], "by": request.user}
        run_verb(form, links.set_pin_here, FIELDS, **arguments)
    if form.errors:
        return _page(request, room, links.link_of(room.person), form=form)
    messages.success(request, _("PIN set. The code can be printed now."))
    return see_other(room.addresses["page"])


@require_GET
@clinician_required
def invite(request: StaffRequest, pk: int) -> HttpResponse:
    return enter(request, _room(request, pk))


@require_POST
@clinician_required
def invite_issue(request: StaffRequest, pk: int) -> HttpResponse:
    return issue(request, _room(request, pk))


@require_POST
@clinician_required
def link_show(request: StaffRequest, pk: int) -> HttpResponse:
    return show(request, _room(request, pk))


@require_POST
@clinician_required
@sensitive_post_parameters("pin")
def pin_here(request: StaffRequest, pk: int) -> HttpResponse:
    return take_pin(request, _room(request, pk))

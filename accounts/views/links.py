"""The pages of a patient's sign-in: the link, the PIN, and the signed-in phones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import doors, known_carer, known_clinic, links, phones, sessions
from accounts.forms.pin import ChangePinForm, ChoosePinForm, PinForm
from accounts.http import (
    HtmxHttpRequest,
    PatientRequest,
    StaffRequest,
    clinician_required,
    patient_or_carer_required,
    posted,
    see_other,
)
from accounts.models import Phone, User
from accounts.refusals import Refused
from accounts.views.secret_address import secret_address


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("pin")
@secret_address
def phone_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """GET says what the link will do; POST signs the phone in.

    GET changes nothing, because mail scanners open links.
    """
    door = doors.peek(token)
    person = request.user if isinstance(request.user, User) else None
    if person and person.is_clinician:
        return _preview(request, person, door)
    if person and (door is None or door.link.user_id == person.pk):
        return see_other("today") if request.method == "POST" else redirect("today")
    if door is None:
        return _dead(request)
    if request.method == "POST":
        return _redeem(request, token, door)
    return render(
        request, "accounts/link.html", {"door": door, "form": PinForm(), "shared": person}
    )


def _dead(request: HttpRequest) -> HttpResponse:
    """A carer's own phone says that the access has ended. Nobody else learns why a link is dead."""
    gone = known_carer.ended(request)
    if gone is not None:
        return known_carer.helps_no_more(request, gone, status=410)
    return render(request, "accounts/link_dead.html", status=410)


def _preview(request: HttpRequest, person: User, door: doors.Door | None) -> HttpResponse:
    if door is None or door.link.user.clinic_id != person.clinic_id:
        return render(request, "accounts/link_dead.html", status=410)
    status = 403 if request.method == "POST" else 200
    return render(
        request, "accounts/link_preview.html", {"door": door, "form": PinForm()}, status=status
    )


def _redeem(request: HttpRequest, token: str, door: doors.Door) -> HttpResponse:
    form = PinForm(request.POST if door.asks_pin else {"pin": "0"})
    shared = isinstance(request.user, User)
    if form.is_valid():
        try:
            doors.redeem(request, token, form.cleaned_data["pin"])
        except Refused as refused:
            if refused.code == "link_dead":
                return render(request, "accounts/link_dead.html", status=410)
            # A wrong PIN and a locked link have one sentence: a finder must not tell them apart.
            clinic = door.link.user.clinic
            sentence = _(
                "That did not work. Try again. "
                "After five tries call {clinic} on {phone} for a new link."
            )
            form.add_error("pin", sentence.format(clinic=clinic.name, phone=clinic.phone))
        else:
            return let_in(request, door.link.user, "today" if door.asks_pin else "pin")
    return render(
        request, "accounts/link.html", {"door": door, "form": form, "shared": shared}, status=422
    )


def let_in(request: HttpRequest, person: User, to: str) -> HttpResponse:
    """Lead on whoever has just signed in, on a phone that knows from now on whose it is."""
    response = see_other(to)
    known_clinic.remember(response, person.clinic_id)
    known_carer.remember(request, response, person)
    return response


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("pin", "old")
@patient_or_carer_required
def pin(request: PatientRequest) -> HttpResponse:
    """Choose the PIN that makes the link last, or change it with the old one."""
    link = links.link_of(request.user)
    changes = link is not None and bool(link.pin_hash)
    form = (ChangePinForm if changes else ChoosePinForm)(posted(request), user=request.user)
    if form.is_valid():
        try:
            links.set_pin(request.user, **form.cleaned_data)
        except Refused as refused:
            if refused.code == "pin_refused" and changes:
                form.add_error("old", _wrong_pin(request))
            else:
                form.add_error("pin", str(refused))
        else:
            return _pin_saved(request, changes)
    status = 422 if form.errors else 200
    return render(request, "accounts/pin.html", {"form": form, "link": link}, status=status)


def _wrong_pin(request: PatientRequest) -> str:
    clinic = request.user.clinic
    sentence = _("That did not work. After five tries call {clinic} on {phone} for a new link.")
    return sentence.format(clinic=clinic.name, phone=clinic.phone)


def _pin_saved(request: PatientRequest, changed: bool) -> HttpResponse:
    """Lead on to the day, or to the other phones, which stay signed in after a change."""
    if changed and Phone.objects.filter(user=request.user).count() > 1:
        messages.success(
            request, _("PIN changed. Is there a phone below that you do not know? Sign it out.")
        )
        return see_other("me")
    messages.success(request, _("PIN saved. Your link now opens another phone with it."))
    return see_other("today")


@require_POST
def phone_end(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Sign one phone out: the own phone, or for a clinician one of any patient or
    carer."""
    phone = get_object_or_404(
        Phone.objects.select_related("user").filter(phones.visible_phones(request.user)), pk=pk
    )
    here = phone.session_key == sessions.kept_as(request)
    links.end_phone(phone, by=request.user)
    if here:
        return see_other("account_login")
    messages.success(request, _("That phone is signed out."))
    if request.user.of_patients_side:
        return see_other("me")
    carer = getattr(phone.user, "carer", None)
    return see_other("carer_link", carer.pk) if carer else see_other("patient_link", phone.user_id)


def _patient(request: StaffRequest, pk: int) -> User:
    return get_object_or_404(User.objects.patients_of(request.user.clinic), pk=pk)


@require_GET
@clinician_required
def patient_link(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the state of a patient's link, and the phones that it opened."""
    person = _patient(request, pk)
    link = links.link_of(person)
    context = {
        "person": person,
        "link": link,
        "state": links.state(link),
        "protected": links.is_protected(link),
        "phones": phones.phones_of(person),
    }
    return render(request, "accounts/patient_link.html", context)


@require_POST
@clinician_required
def link_revoke(request: StaffRequest, pk: int) -> HttpResponse:
    person = _patient(request, pk)
    links.revoke(person, by=request.user)
    messages.success(request, _("The link is taken back, and phones are signed out."))
    return see_other("patient_link", person.pk)

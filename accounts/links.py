"""The clinic's side of a patient's sign-in: a signed link, its PIN, and the phones it opened.

A new link opens a phone within 14 days, and only who made it sees its address, while they hand it
over. Then the patient chooses a PIN, on the phone or in the clinic, and with the PIN the same link
opens other phones; the clinic may show and print it again. A new link ends the old link and signs
out every phone. The phone's side stands in ``doors``.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import audit, pins, sessions
from accounts.models import Event, Phone, PhoneLink, User, new_opaque
from accounts.refusals import Refused
from accounts.signals import phone_link_changed

LIFETIME = timedelta(days=14)
#: So long does who made a link see its address, for as long as it has no PIN.
HANDED_OVER_IN = timedelta(minutes=15)
#: The states of a link that can be given a first PIN.
TAKES_A_PIN = frozenset({"waiting", "used"})
#: After that a changed PIN needs no notice to the other phones any more.
PIN_NOTICE = timedelta(days=7)


def url(link: PhoneLink) -> str:
    """The absolute address for a message or a QR code. Only a new link changes it."""
    return f"{settings.PUBLIC_URL}{reverse('phone_link', args=[link.token])}"


@transaction.atomic
def issue(user: User, by: User) -> PhoneLink:
    """Give the patient a new link. The old link and its PIN end, and every phone is signed out.

    Raises Refused: not_yours unless ``by`` is a clinician of the patient's clinic, link_dead for a
    carer who helps nobody any more.
    """
    check_actor(user, by)
    if user.is_carer and user.acts_for is None:
        raise Refused("link_dead")
    User.objects.select_for_update().get(pk=user.pk)
    fresh = {"issued_at": timezone.now(), "issued_by": by} | _UNUSED
    link, created = PhoneLink.objects.get_or_create(user=user, defaults=fresh)
    if not created:
        PhoneLink.objects.filter(pk=link.pk).update(
            generation=F("generation") + 1, opaque=new_opaque(), **fresh
        )
        link.refresh_from_db()
    sign_out_everywhere(user)
    phone_link_changed.send(PhoneLink, user=user)
    audit.record("link_issued", actor=by, subject=user)
    return link


@transaction.atomic
def revoke(user: User, by: User) -> None:
    """End the link without a new one, and sign out every phone. Raises Refused("not_yours")."""
    check_actor(user, by)
    take_away(user)
    phone_link_changed.send(PhoneLink, user=user)
    audit.record("link_revoked", actor=by, subject=user)


def take_away(user: User) -> None:
    """End the link and sign out every phone, inside a verb that says who ends them and why."""
    PhoneLink.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    sign_out_everywhere(user)


def is_watched(link: PhoneLink | None, by: User) -> bool:
    """Whether ``by`` has just made this link and waits until it is opened and has a PIN."""
    if link is None or link.issued_by_id != by.pk or state(link) not in TAKES_A_PIN:
        return False
    return timezone.now() < link.issued_at + HANDED_OVER_IN


def is_handing_over(link: PhoneLink | None, by: User) -> bool:
    """Whether ``by`` may see this link, which has no PIN: it is just made, and opened nothing."""
    return is_watched(link, by) and state(link) == "waiting"


def is_protected(link: PhoneLink | None) -> bool:
    """Whether a PIN protects this link, so that its address may leave the room."""
    return state(link) in {"ready", "pin"}


@transaction.atomic
def show(user: User, by: User, *, kind: str = "link_shown") -> PhoneLink:
    """Let a clinician show or print the address of a link that a PIN protects. It is recorded.

    ``kind``: link_shown or link_printed. Raises Refused: not_yours, link_without_pin.
    """
    check_actor(user, by)
    link = link_of(user)
    if link is None or not is_protected(link):
        raise Refused("link_without_pin")
    audit.record(kind, actor=by, subject=user)
    return link


def seen_by(colleague: User) -> QuerySet[PhoneLink]:
    """The links that nobody has opened and that a colleague could: they have seen one without a
    PIN, or sat beside the tablet on which its PIN was typed.

    Of a link that tells not who made it, anybody of the clinic may have seen the address.
    """
    seen = Q(issued_by=colleague) | Q(issued_by=None, user__clinic=colleague.clinic_id)
    typed = Event.objects.filter(kind="pin_set", actor=colleague, subject=OuterRef("user"))
    beside = Q(Exists(typed.filter(at__gte=OuterRef("issued_at"))))
    unopened = PhoneLink.objects.filter(first_used_at=None, revoked_at=None)
    return unopened.filter(Q(seen, pin_hash="") | Q(beside, ~Q(pin_hash="")))


@transaction.atomic
def end_seen_by(colleague: User, by: User) -> None:
    """End the links that a colleague, who leaves, could open at home."""
    links = seen_by(colleague)
    patients = list(User.objects.filter(phone_link__in=links))
    links.update(revoked_at=timezone.now())
    audit.record_each("link_revoked", actor=by, subjects=[patient.pk for patient in patients])
    for patient in patients:
        phone_link_changed.send(PhoneLink, user=patient)


def set_pin(user: User, pin: str, old: str = "") -> None:
    """Let the patient's link open further phones with this PIN. The form checks its digits.

    A PIN is replaced only with the old one, and a wrong old one counts as a try. Raises Refused:
    finished, pin_refused, link_dead.
    """
    if user.has_finished:
        raise Refused("finished", clinic=user.clinic.name, phone=user.clinic.phone)
    link = link_of(user)
    if link is not None and link.pin_hash:
        pins.spend_try(link, old)
    with transaction.atomic():
        _keep_pin(user, link, pin)
        audit.record("pin_set", actor=user, subject=user)


def _keep_pin(user: User, link: PhoneLink | None, pin: str) -> None:
    """Write the PIN, unless the link or its PIN is another one by now."""
    now = timezone.now()
    as_read = PhoneLink.objects.filter(user=user, revoked_at=None)
    if link is not None:
        as_read = as_read.filter(generation=link.generation, pin_hash=link.pin_hash)
    at_once = link is not None and not link.pin_hash and not _was_opened_before(link, now)
    changed = as_read.update(
        pin_hash=make_password(pin), tries=0, pin_changed_at=None if at_once else now
    )
    if not changed:
        raise Refused("link_dead")


def _was_opened_before(link: PhoneLink, now: datetime) -> bool:
    """Whether the link opened a phone before this visit, so a PIN now may be somebody else's."""
    return link.first_used_at is not None and link.first_used_at < now - HANDED_OVER_IN


def pin_changed_at(user: User) -> datetime | None:
    """When the PIN was chosen or changed on a phone, for as long as the other phones say so."""
    link: PhoneLink | None = getattr(user, "phone_link", None)
    if link is None or link.pin_changed_at is None:
        return None
    return link.pin_changed_at if timezone.now() < link.pin_changed_at + PIN_NOTICE else None


@transaction.atomic
def set_pin_here(user: User, pin: str, by: User) -> None:
    """Keep the PIN that a patient typed in the clinic, so that the link can be printed.

    A PIN that the patient has already is not replaced. Raises Refused: not_yours, pin_too_late,
    pin_already, link_dead.
    """
    check_actor(user, by)
    if user.has_finished:
        raise Refused("pin_too_late")
    link = link_of(user)
    if is_protected(link):
        raise Refused("pin_already")
    if state(link) not in TAKES_A_PIN:
        raise Refused("link_dead")
    unprotected = PhoneLink.objects.filter(user=user, revoked_at=None, pin_hash="")
    if not unprotected.update(pin_hash=make_password(pin), tries=0):
        raise Refused("pin_already")
    phone_link_changed.send(PhoneLink, user=user)
    audit.record("pin_set", actor=by, subject=user)


@transaction.atomic
def end_phone(phone: Phone, by: User) -> None:
    """Sign one phone out, for the patient or a clinician. Raises Refused("not_yours")."""
    if by != phone.user:
        check_actor(phone.user, by)
    sign_out(phone)
    audit.record("phone_ended", actor=by, subject=phone.user)


def link_of(user: User) -> PhoneLink | None:
    """The patient's link; None when none was issued or it was taken back."""
    return PhoneLink.objects.filter(user=user, revoked_at=None).first()


def state(link: PhoneLink | None) -> str:
    """The state of a link, as a word.

    none: there is no link
    ended: it was taken back
    waiting: not used yet
    expired: not used within 14 days
    used: opened one phone, and has no PIN to open another
    ready: has a PIN, and opened no phone yet
    pin: opens further phones with its PIN
    locked: too many wrong PINs
    """
    if link is None or link.revoked_at:
        return "none" if link is None else "ended"
    if link.locked_at:
        return "locked"
    if link.pin_hash:
        return "pin" if link.first_used_at else "ready"
    if link.first_used_at:
        return "used"
    return "waiting" if timezone.now() < link.issued_at + LIFETIME else "expired"


#: What the columns of a link hold that nobody has opened.
_UNUSED = {
    "first_used_at": None,
    "first_label": "",
    "revoked_at": None,
    "pin_hash": "",
    "tries": 0,
    "locked_at": None,
    "pin_changed_at": None,
    "code_digest": "",
    "code_until": None,
}


def check_actor(user: User, by: User) -> None:
    """Raises Refused("not_yours") unless ``by`` is a clinician of the patient's clinic."""
    if not (by.is_clinician and by.clinic_id == user.clinic_id and user.of_patients_side):
        raise Refused("not_yours")


def sign_out_everywhere(user: User) -> None:
    """End every session of a patient, and forget the phones."""
    # The epoch ends sessions too that are kept elsewhere or come back from a backup.
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    for phone in Phone.objects.filter(user=user):
        sign_out(phone)


def sign_out(phone: Phone) -> None:
    """End the session of a phone, and forget the phone."""
    sessions.end(phone.session_key)
    phone.delete()

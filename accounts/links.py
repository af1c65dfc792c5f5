"""The verbs of a patient's sign-in: a signed link, its PIN, and the phones that it opened.

A new link works once, within 14 days. Then the patient chooses a PIN, and with the PIN the same
link opens other phones. Five wrong PINs lock the link until the clinic issues a new one. A new link
ends the old link and signs out every phone. A stranger cannot tell why a link is dead, nor a wrong
PIN from a locked link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.hashers import check_password, make_password
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts import audit, devices, sessions
from accounts.models import Phone, PhoneLink, Role, Session, User, new_opaque
from accounts.refusals import Refused
from accounts.signals import phone_link_changed

LIFETIME = timedelta(days=14)
WRONG_PINS = 5

_signer = Signer(salt="accounts.phone", sep=".")


@dataclass(frozen=True)
class Door:
    """A link that can still open a patient's pages, and whether it asks for a PIN."""

    link: PhoneLink
    asks_pin: bool


@dataclass(frozen=True)
class SignedInPhone:
    """A phone and when it was last used.

    ``last_used`` is exact to the day only: a session's end moves at most once a day.
    """

    phone: Phone
    last_used: datetime
    is_this_one: bool


def url(link: PhoneLink) -> str:
    """The absolute address for a message or a QR code. Only a new link changes it."""
    token = _signer.sign(f"{link.opaque}.{link.generation}")
    return f"{settings.PUBLIC_URL}{reverse('phone_link', args=[token])}"


def peek(token: str) -> Door | None:
    """What the link would do now; None when it opens nothing, for any reason. Changes nothing."""
    try:
        opaque, _, generation = _signer.unsign(token).rpartition(".")
    except BadSignature:
        return None
    usable = PhoneLink.objects.select_related("user__clinic").filter(
        opaque=opaque, generation=generation, revoked_at=None, user__is_active=True
    )
    link = usable.first()
    if link is None:
        return None
    if link.pin_hash:
        return Door(link, asks_pin=True)
    fresh = link.first_used_at is None and timezone.now() < link.issued_at + LIFETIME
    return Door(link, asks_pin=False) if fresh else None


@transaction.atomic
def issue(user: User, by: User) -> PhoneLink:
    """Give the patient a new link. The old link and its PIN end, and every phone is signed out.

    Raises Refused("not_yours") unless ``by`` is a clinician of the patient's clinic.
    """
    _check_actor(user, by)
    User.objects.select_for_update().get(pk=user.pk)
    fresh = {"issued_at": timezone.now(), "first_used_at": None, "revoked_at": None} | _NO_PIN
    link, created = PhoneLink.objects.get_or_create(user=user, defaults=fresh)
    if not created:
        PhoneLink.objects.filter(pk=link.pk).update(
            generation=F("generation") + 1, opaque=new_opaque(), **fresh
        )
        link.refresh_from_db()
    _sign_out_everywhere(user)
    phone_link_changed.send(PhoneLink, user=user)
    audit.record("link_issued", actor=by, subject=user)
    return link


@transaction.atomic
def revoke(user: User, by: User) -> None:
    """End the link without a new one, and sign out every phone. Raises Refused("not_yours")."""
    _check_actor(user, by)
    PhoneLink.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    _sign_out_everywhere(user)
    phone_link_changed.send(PhoneLink, user=user)
    audit.record("link_revoked", actor=by, subject=user)


def redeem(request: HttpRequest, token: str, pin: str = "") -> User:
    """Sign this phone in as the patient of the link. Raises Refused: link_dead, pin_refused."""
    door = peek(token)
    if door is None:
        raise Refused("link_dead")
    link = door.link
    if door.asks_pin:
        _spend_try(link, pin)
    with transaction.atomic():
        _claim(link, first=not door.asks_pin)
        if request.user.is_authenticated:
            forget(request)
        login(request, link.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        sessions.start(request, link.user)
        if request.session.session_key is None:
            request.session.create()
        key = sessions.kept_as(request)
        Phone.objects.create(user=link.user, session_key=key, label=devices.label(request))
        audit.record("link_used", actor=link.user, subject=link.user, request=request)
    return link.user


@transaction.atomic
def set_pin(user: User, pin: str) -> None:
    """Let the patient's link open further phones with this PIN. The form checks its digits.

    Raises Refused: finished, link_dead.
    """
    if user.has_finished:
        raise Refused("finished", clinic=user.clinic.name, phone=user.clinic.phone)
    changed = PhoneLink.objects.filter(user=user, revoked_at=None).update(
        pin_hash=make_password(pin), tries=0
    )
    if not changed:
        raise Refused("link_dead")
    audit.record("pin_set", actor=user, subject=user)


@transaction.atomic
def end_phone(phone: Phone, by: User) -> None:
    """Sign one phone out, for the patient or a clinician. Raises Refused("not_yours")."""
    if by != phone.user:
        _check_actor(phone.user, by)
    sessions.end(phone.session_key)
    phone.delete()
    audit.record("phone_ended", actor=by, subject=phone.user)


def link_of(user: User) -> PhoneLink | None:
    """The patient's link; None when none was issued or it was taken back."""
    return PhoneLink.objects.filter(user=user, revoked_at=None).first()


def state(link: PhoneLink | None) -> str:
    """The state of a link, as a word.

    none: there is no link
    waiting: not used yet
    expired: not used within 14 days
    used: opened one phone, and has no PIN to open another
    pin: opens further phones with its PIN
    locked: too many wrong PINs
    """
    if link is None:
        return "none"
    if link.locked_at:
        return "locked"
    if link.first_used_at:
        return "pin" if link.pin_hash else "used"
    return "waiting" if timezone.now() < link.issued_at + LIFETIME else "expired"


def visible_phones(user: User) -> Q:
    """Selects the phones that a person may see and end.

    A patient sees their own, a clinician those of the clinic's patients.
    """
    return (
        Q(user__clinic=user.clinic_id, user__role=Role.PATIENT)
        if user.is_clinician
        else Q(user=user)
    )


def phones_of(user: User, here: str | None = None) -> list[SignedInPhone]:
    """The phones on which the patient is signed in now, latest first.

    ``here`` is the key under which the session that asks is kept.
    """
    phones = list(Phone.objects.filter(user=user))
    ends = dict(
        Session.objects.filter(
            session_key__in=[phone.session_key for phone in phones], expire_date__gt=timezone.now()
        ).values_list("session_key", "expire_date")
    )
    return [
        SignedInPhone(
            phone, ends[phone.session_key] - sessions.PHONE_SESSION, phone.session_key == here
        )
        for phone in phones
        if phone.session_key in ends
    ]


def forget(request: HttpRequest) -> None:
    """Remove the phone of this session, which is being signed out, from the patient's list."""
    Phone.objects.filter(session_key=sessions.kept_as(request)).delete()


_NO_PIN = {"pin_hash": "", "tries": 0, "locked_at": None}


def _check_actor(user: User, by: User) -> None:
    if not (by.is_clinician and by.clinic_id == user.clinic_id and user.is_patient):
        raise Refused("not_yours")


def _sign_out_everywhere(user: User) -> None:
    # The epoch ends sessions too that are kept elsewhere or come back from a backup.
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    for phone in Phone.objects.filter(user=user):
        sessions.end(phone.session_key)
        phone.delete()


def _spend_try(link: PhoneLink, pin: str) -> None:
    """Count the try before the PIN is checked, so that many tries at once are all counted."""
    unlocked = PhoneLink.objects.filter(pk=link.pk, generation=link.generation, locked_at=None)
    counted = unlocked.filter(tries__lt=WRONG_PINS).update(tries=F("tries") + 1)
    right = check_password(pin, link.pin_hash)
    if counted and right:
        unlocked.update(tries=0)
        return
    if counted and unlocked.filter(tries__gte=WRONG_PINS).update(locked_at=timezone.now()):
        audit.record("link_locked", subject=link.user)
    audit.record("pin_refused", subject=link.user)
    raise Refused("pin_refused")


def _claim(link: PhoneLink, *, first: bool) -> None:
    """Mark the link as used, by compare-and-set: of two phones that press at once, one wins.

    A link that was issued again meanwhile opens nothing: Refused("link_dead").
    """
    now = timezone.now()
    alive = PhoneLink.objects.filter(pk=link.pk, generation=link.generation, revoked_at=None)
    if first:
        won = alive.filter(first_used_at=None, issued_at__gt=now - LIFETIME).update(
            first_used_at=now
        )
        phone_link_changed.send(PhoneLink, user=link.user)
    else:
        won = alive.filter(pin_hash=link.pin_hash, locked_at=None).update(tries=0)
    if not won:
        raise Refused("link_dead")
    # Read again under the write lock: the new session is tied to the epoch as it is now.
    link.user = User.objects.select_related("clinic").get(pk=link.user_id)

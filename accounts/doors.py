"""The phone's side of a patient's link: what it opens, and the sign-in.

A link without a PIN opens one phone. So that neither a lost answer nor the window of a chat app
uses it up, it opens for ten minutes more, or until the PIN is chosen. Five wrong PINs lock a link
until the clinic issues a new one. A stranger cannot tell why a link is dead, nor a wrong PIN from a
locked link.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit, devices, pins, sessions
from accounts.links import LIFETIME, sign_out
from accounts.models import Phone, PhoneLink, User
from accounts.refusals import Refused
from accounts.signals import phone_link_changed

#: For so long after its first use a link without a PIN opens again.
STILL_OPENS = timedelta(minutes=10)


@dataclass(frozen=True)
class Door:
    """A link that can still open a patient's pages, and whether it asks for a PIN."""

    link: PhoneLink
    asks_pin: bool


def peek(token: str) -> Door | None:
    """What the link would do now; None when it opens nothing, for any reason. Changes nothing."""
    usable = PhoneLink.of_token(token).select_related("user__clinic").filter(user__is_active=True)
    link = usable.first()
    if link is None or link.user.is_closed:
        return None
    if link.pin_hash:
        return Door(link, asks_pin=True)
    now = timezone.now()
    opened = link.first_used_at
    opens = now < (link.issued_at + LIFETIME if opened is None else opened + STILL_OPENS)
    return Door(link, asks_pin=False) if opens else None


def redeem(request: HttpRequest, token: str, pin: str = "", *, code: str = "") -> User:
    """Sign this phone in as the patient of the link. Raises Refused: link_dead, pin_refused.

    A browser that sends it once more, since the answer did not arrive, is one phone all the same.
    ``code``: the digest of the short code that was typed instead of the address. It opens once.
    """
    door = peek(token)
    if door is None:
        raise Refused("link_dead")
    link = door.link
    if door.asks_pin:
        pins.spend_try(link, pin)
    label = devices.label(request)
    with transaction.atomic():
        _claim(link, label)
        if code:
            _spend(link, code)
        if request.user.is_authenticated:
            forget(request)
        login(request, link.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        sessions.start(request, link.user)
        if request.session.session_key is None:
            request.session.create()
        key = sessions.kept_as(request)
        browser = _browser(request)
        _end_unanswered(link.user, browser)
        Phone.objects.create(user=link.user, session_key=key, label=label, browser=browser)
        audit.record("link_used", actor=link.user, subject=link.user, request=request)
    return link.user


def _browser(request: HttpRequest) -> str:
    """A digest of the key of this browser's forms, which a sign-in that arrives replaces."""
    key = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return hashlib.sha256(key.encode()).hexdigest() if key else ""


def _end_unanswered(user: User, browser: str) -> None:
    """End what this browser began a moment ago, whose answer it did not get."""
    if not browser:
        return
    since = timezone.now() - STILL_OPENS
    for phone in Phone.objects.filter(user=user, browser=browser, signed_in_at__gt=since):
        sign_out(phone)


def forget(request: HttpRequest) -> None:
    """Remove the phone of this session, which is being signed out, from the patient's list."""
    Phone.objects.filter(session_key=sessions.kept_as(request)).delete()


def _spend(link: PhoneLink, code: str) -> None:
    """Take the code away, by compare-and-set: of two browsers that send it, one comes in."""
    mine = PhoneLink.objects.filter(pk=link.pk, code_digest=code, code_until__gt=timezone.now())
    if not mine.update(code_digest="", code_until=None):
        raise Refused("link_dead")


def _claim(link: PhoneLink, label: str) -> None:
    """Mark the link as used, by compare-and-set.

    A link that was issued again, or was given a PIN meanwhile, opens nothing: Refused("link_dead").
    """
    now = timezone.now()
    alive = PhoneLink.objects.filter(pk=link.pk, generation=link.generation, revoked_at=None)
    unopened = alive.filter(first_used_at=None)
    in_time = Q(first_used_at=None, issued_at__gt=now - LIFETIME)
    in_time |= Q(first_used_at__gt=now - STILL_OPENS)
    as_read = alive.filter(pin_hash=link.pin_hash, locked_at=None)
    if not as_read.filter(Q() if link.pin_hash else in_time).update(tries=0):
        raise Refused("link_dead")
    if unopened.update(first_used_at=now, first_label=label):
        phone_link_changed.send(PhoneLink, user=link.user)
    # Read again under the write lock: the new session is tied to the epoch as it is now.
    link.user = User.objects.select_related("clinic").get(pk=link.user_id)

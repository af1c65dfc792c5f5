"""A short code that opens a patient's page in a browser that knows nobody: an icon on the home
screen that keeps no cookies, or another phone.

It is shown on a phone that is signed in, or told by the clinic, opens one browser within ten
minutes, and only together with the PIN: the link leaves the room only behind a PIN, so does what
stands for it. Whoever types cannot tell a wrong code from a wrong PIN, from one that is used, or
from a locked link. Wrong codes are counted by network, wrong PINs by link, codes that are made by
person. The database holds a code under the installation's key alone.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import audit, doors, links
from accounts.link_models import CODE_LASTS
from accounts.models import PhoneLink, User
from accounts.refusals import Refused

DIGITS = 8
#: In the words of django-allauth: how often, in what time, counted by what.
LIMITS = {"wrong": "10/m/ip,60/h/ip", "made": "6/h/key"}


def make(request: HttpRequest, user: User, by: User) -> tuple[str, datetime]:
    """Give the patient or carer a code, and say until when it opens. The code before it ends.

    Raises Refused: not_yours, code_finished, code_without_pin, codes_made.
    """
    if by.pk != user.pk:
        links.check_actor(user, by)
    if user.has_finished:
        raise Refused("code_finished", clinic=user.clinic.name, phone=user.clinic.phone)
    link = links.link_of(user)
    if link is None or not links.is_protected(link):
        raise Refused("code_without_pin")
    if _count(request, "made", f"user {user.pk}") is None:
        raise Refused("codes_made")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    until = timezone.now() + CODE_LASTS
    with transaction.atomic():
        as_read = PhoneLink.objects.filter(pk=link.pk, generation=link.generation, revoked_at=None)
        if not as_read.exclude(pin_hash="").update(code_digest=_digest(code), code_until=until):
            raise Refused("code_without_pin")
        audit.record("code_made", actor=by, subject=user)
    return code, until


def open_with(request: HttpRequest, code: str, pin: str) -> User:
    """Sign this browser in. Raises Refused: code_refused for every reason, codes_tried."""
    usage = _count(request, "wrong")
    if usage is None:
        raise Refused("codes_tried")
    link = _link_of(code)
    if link is None:
        make_password(pin)  # A code that nobody has takes no less time than a wrong PIN.
        audit.record("code_refused", refused=True)
        raise Refused("code_refused")
    try:
        user = doors.redeem(request, link.token, pin, code=_digest(code))
    except Refused as refused:
        raise Refused("code_refused") from refused
    usage.rollback()
    return user


def _link_of(code: str) -> PhoneLink | None:
    """The link that a code stands for; None where it opens nothing, for any reason."""
    known = PhoneLink.objects.filter(code_digest=_digest(code), code_until__gt=timezone.now())
    link = known.exclude(pin_hash="").first()
    return link if link is not None and doors.peek(link.token) is not None else None


def _digest(code: str) -> str:
    """A keyed digest: eight digits alone would be found by trying all."""
    return salted_hmac("accounts.codes", code, algorithm="sha256").hexdigest()


def _count(request: HttpRequest, action: str, key: str = "") -> Any:
    """Count a try; None if there were too many already."""
    return ratelimit.consume(request, app=__name__, action=action, config=LIMITS, key=key)

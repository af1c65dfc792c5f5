"""How lately the person of a sign-in has proved who they are, and by what."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from accounts.models import User
from accounts.sign_on.provider import is_only_way_in

#: The method of a proof that the clinic's identity provider gave.
PROVIDER = "provider"
#: For so long a password or a passkey allows what is important.
LASTS = timedelta(minutes=15)
SIGNED_IN = "signed_in"


def is_fresh(request: HttpRequest, within: timedelta = LASTS) -> bool:
    """Whether the person has signed in, unlocked or shown a proof for so long a time."""
    oldest = time.time() - within.total_seconds()
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records]
    return any(at > oldest for at in [*moments, request.session.get(SIGNED_IN, 0)])


def had_second_step(request: HttpRequest) -> bool:
    """Whether a code or a passkey was shown in this sign-in."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def is_by_provider(request: HttpRequest, user: User) -> bool:
    """Whether this sign-in came by the identity provider."""
    records = get_authentication_records(request, user)
    return any(record["method"] == PROVIDER for record in records)


def has_password(request: HttpRequest) -> bool:
    """Whether the person can show a password here: not where only the provider lets in."""
    if is_only_way_in():
        return False
    return isinstance(request.user, User) and request.user.has_usable_password()


def by_password(request: HttpRequest, user: User) -> None:
    """Note that the person has just typed or chosen the password."""
    record_authentication(request, user, method="password")


def by_second_step(request: HttpRequest, user: User, kind: str) -> None:
    """Note that the person has just set up a second step, so has it at hand."""
    record_authentication(request, user, method="mfa", type=kind)


def connect() -> None:
    user_logged_in.connect(_by_signing_in, dispatch_uid="accounts.proof")


def _by_signing_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    request.session[SIGNED_IN] = time.time()

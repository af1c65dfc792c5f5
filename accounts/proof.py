"""How lately the person of a sign-in has proved who they are, and by what."""

from __future__ import annotations

import time
from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User

#: The method of a proof that the clinic's identity provider gave.
PROVIDER = "provider"
#: For so long a password or a passkey allows what is important.
LASTS = timedelta(minutes=15)


def is_fresh(request: HttpRequest) -> bool:
    oldest = time.time() - LASTS.total_seconds()
    records = get_authentication_records(request, request.user)
    return any(record["at"] > oldest for record in records)


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
    only = settings.OIDC is not None and settings.OIDC.only
    return not only and isinstance(request.user, User) and request.user.has_usable_password()


def by_password(request: HttpRequest, user: User) -> None:
    """Note that the person has just typed or chosen the password."""
    record_authentication(request, user, method="password")


def by_second_step(request: HttpRequest, user: User, kind: str) -> None:
    """Note that the person has just set up a second step, so has it at hand."""
    record_authentication(request, user, method="mfa", type=kind)

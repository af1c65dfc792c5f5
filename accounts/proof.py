"""How lately the person of a sign-in has proved who they are, and by what."""

from __future__ import annotations

import time
from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest

from accounts.models import User

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


def by_password(request: HttpRequest, user: User) -> None:
    """Note that the person has just typed or chosen the password."""
    record_authentication(request, user, method="password")


def by_second_step(request: HttpRequest, user: User, kind: str) -> None:
    """Note that the person has just set up a second step, so has it at hand."""
    record_authentication(request, user, method="mfa", type=kind)

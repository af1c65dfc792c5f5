"""Says how long a sign-in lasts.

Staff stay signed in for twelve hours, a patient's phone for 180 days after its last use.
"""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User

STAFF_SESSION = timedelta(hours=12)
PHONE_SESSION = timedelta(days=180)


def start(request: HttpRequest, user: User) -> None:
    """Set the end of the new session. A timedelta fixes the moment: later writes do not move it."""
    request.session.set_expiry(PHONE_SESSION if user.is_patient else STAFF_SESSION)


def keep(request: HttpRequest) -> None:
    """Let a patient's phone stay signed in.

    This writes at most once a day, so most page views write nothing.
    """
    if not (isinstance(request.user, User) and request.user.is_patient):
        return
    left = request.session.get_expiry_date() - timezone.now()
    if left < PHONE_SESSION - timedelta(days=1):
        request.session.set_expiry(PHONE_SESSION)


def end(session_key: str) -> None:
    """End the session with this key, of any person."""
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    store(session_key).delete()

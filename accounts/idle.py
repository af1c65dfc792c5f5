"""Locks a sign-in of staff that nobody has used for as long as the clinic says.

The session keeps when it was last used, so the server decides. The way back is the password or a
passkey; the sign-in itself goes on.
"""

from __future__ import annotations

import time

from django.http import HttpRequest

from accounts.models import User

SEEN = "seen"
LOCKED = "locked"
#: Writing each use would cost a write for each page.
GRAIN = 60
#: Addresses that a page asks every few seconds with nobody there, and what it then sends along.
POLLS = {"invite": "was", "carer_link": "was"}


def is_locked(request: HttpRequest) -> bool:
    """Whether the sign-in is locked, or was left for so long that it is locked from now on."""
    user = request.user
    if not (isinstance(user, User) and user.is_clinician):
        return False
    if LOCKED in request.session:
        return True
    now = time.time()
    signed_in = user.last_login.timestamp() if user.last_login else now
    unused = now - request.session.get(SEEN, signed_in)
    if unused > user.clinic.idle_minutes * 60:
        lock(request)
        return True
    if unused > GRAIN and not _asks_by_itself(request):
        request.session[SEEN] = now
    return False


def _asks_by_itself(request: HttpRequest) -> bool:
    """Whether a page asks, and no person: that is no use."""
    match = request.resolver_match
    sends = POLLS.get(match.view_name) if match else None
    return sends in request.GET and bool(getattr(request, "htmx", None))


def lock(request: HttpRequest) -> None:
    request.session[LOCKED] = True


def unlock(request: HttpRequest) -> None:
    """Open the sign-in again. Its person has just shown the password or a passkey."""
    request.session.pop(LOCKED, None)
    request.session[SEEN] = time.time()

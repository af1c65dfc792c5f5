"""Where a member of the staff is signed in, and the verbs by which they end it.

Ended means that the session is gone: the next request with its cookie is a stranger's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import audit, idle, sessions
from accounts.models import Session, SignIn, User
from accounts.session_store import SessionStore

#: Where a session keeps which row is its own. A new password gives it another key.
MINE = "sign_in"


@dataclass(frozen=True)
class OpenSignIn:
    """A sign-in that opens pages now. ``last_used`` is exact to a minute."""

    sign_in: SignIn
    last_used: datetime
    is_this_one: bool


def connect() -> None:
    user_logged_in.connect(_begin, dispatch_uid="accounts.sign_ins")


def _begin(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    if not user.is_clinician:
        return
    if request.session.session_key is None:
        request.session.create()
    source = audit.Source(request)
    # Who signs in again where they are signed in keeps the session.
    made, _again = SignIn.objects.update_or_create(
        session_key=sessions.kept_as(request),
        defaults={"user": user, "label": source.device, "address": source.address},
    )
    request.session[MINE] = made.pk


def of(user: User, here: str) -> list[OpenSignIn]:
    """The sign-ins of a person that open pages now, latest first. ``here``: the key of this one."""
    mine = {row.session_key: row for row in SignIn.objects.filter(user=user)}
    running = Session.objects.filter(session_key__in=mine, expire_date__gt=timezone.now())
    found = []
    for session in running:
        held = SessionStore().decode(session.session_data)
        sign_in = mine[session.session_key]
        # Whoever was signed out everywhere has sessions that open nothing any more.
        if constant_time_compare(held.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
            used = held.get(idle.SEEN, sign_in.signed_in_at.timestamp())
            found.append(
                OpenSignIn(
                    sign_in, datetime.fromtimestamp(used, tz=UTC), session.session_key == here
                )
            )
    return sorted(found, key=lambda one: (one.sign_in.signed_in_at, one.sign_in.pk), reverse=True)


@transaction.atomic
def end(sign_in: SignIn) -> None:
    """End one sign-in of the person who presses."""
    sessions.end(sign_in.session_key)
    sign_in.delete()
    audit.record("sign_in_ended", actor=sign_in.user, subject=sign_in.user)


@transaction.atomic
def end_others(request: HttpRequest, user: User) -> None:
    """End every sign-in of the person but this one, also one that is on no list."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    update_session_auth_hash(request, user)
    forget_others(request, user)
    audit.record("sign_ins_ended", actor=user, subject=user)


def forget_others(request: HttpRequest, user: User) -> None:
    """Delete the other sessions of a person; this one goes on under the key that it has now."""
    others = SignIn.objects.filter(user=user).exclude(pk=request.session.get(MINE, 0))
    Session.objects.filter(session_key__in=others.values("session_key")).delete()
    others.delete()
    SignIn.objects.filter(user=user).update(session_key=sessions.kept_as(request))


def forget(request: HttpRequest) -> None:
    """Forget the sign-in of this session, which is being signed out."""
    SignIn.objects.filter(session_key=sessions.kept_as(request)).delete()

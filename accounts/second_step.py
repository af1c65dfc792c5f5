"""The second step of sign-in: a code from an app, or a passkey, with recovery codes beside them.

django-allauth keeps them and asks for them. Here stands who must have one, and who may take one
away.
"""

from __future__ import annotations

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings, signals
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from accounts import audit, news, proof, staff
from accounts.models import User
from accounts.refusals import Refused

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_missing(request: HttpRequest) -> bool:
    """Whether the clinic wants a second step of this person, and this sign-in had none."""
    user = request.user
    wanted = isinstance(user, User) and user.is_clinician and user.clinic.second_step
    return wanted and not proof.had_second_step(request)


def steps_of(user: User) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=user, type__in=STEPS).order_by("pk"))


def is_last_wanted(step: Authenticator) -> bool:
    """Whether the clinic wants a second step, and the person has no other than this one."""
    return step.user.clinic.second_step and len(steps_of(step.user)) == 1


def is_first_use(user: User, code: str) -> bool:
    """Take the code for good: False if it was taken before. A code fits for some time around its
    own half minute, and is kept for all of that."""
    lasts = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 2)
    return bool(cache.add(f"code-{user.pk}-{normalize_user_code(code)}", 1, timeout=lasts))


@transaction.atomic
def remove(*, user: User, by: User | None) -> None:
    """Take away a colleague's second step, with the recovery codes, for a phone that was lost.

    They are signed out everywhere, and sign in with the password. ``by`` is None when the person
    who runs the installation does it. Raises Refused: not_a_colleague, own_second_step.
    """
    if by is not None:
        staff.lock(user.clinic, by)
        if user.pk == by.pk:
            raise Refused("own_second_step")
        if not User.objects.staff_of(by.clinic).filter(pk=user.pk).exists():
            raise Refused("not_a_colleague")
    removed, _each = Authenticator.objects.filter(user=user).delete()
    if removed:
        User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
        news.wait_for(user)
        audit.record("second_step_removed", actor=by, subject=user)


def listen() -> None:
    """Write down what django-allauth does to second steps."""
    signals.authenticator_added.connect(_added)
    signals.authenticator_removed.connect(_removed)
    signals.authentication_failed.connect(_failed)


def _added(request: HttpRequest, user: User, authenticator: Authenticator, **_rest: Any) -> None:
    if authenticator.type in STEPS:
        proof.by_second_step(request, user, authenticator.type)
        audit.record("second_step_added", actor=user, subject=user, request=request)


def _removed(request: HttpRequest, user: User, authenticator: Authenticator, **_rest: Any) -> None:
    if authenticator.type in STEPS:
        audit.record("second_step_removed", actor=user, subject=user, request=request)


def _failed(request: HttpRequest, user: User, **_rest: Any) -> None:
    audit.record("second_step_failed", subject=user, request=request, refused=True)

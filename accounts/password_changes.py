"""Notes in the trail that a password was changed, by its form or by a link."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset

from accounts import audit, sign_ins


def connect() -> None:
    password_changed.connect(_by_form, dispatch_uid="accounts.audit")
    password_reset.connect(_by_link, dispatch_uid="accounts.audit")


def _by_form(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    sign_ins.forget_others(request, user)
    audit.record("password_changed", actor=user, subject=user, request=request)


def _by_link(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    audit.record("password_set_by_link", actor=user, subject=user, request=request)

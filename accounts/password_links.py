"""Whom a password link still lets choose a password."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms

from accounts.models import User


class PasswordLinkForm(allauth_forms.UserTokenForm):  # type: ignore[misc]
    """What the link holds; nobody's, once the access of its person has ended."""

    def _get_user(self, uidb36: Any) -> User | None:
        user: User | None = super()._get_user(uidb36)
        return user if user is not None and user.is_active else None

"""Rejects password-reset links of deactivated users."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms

from accounts.models import User


class PasswordLinkForm(allauth_forms.UserTokenForm):  # type: ignore[misc]
    """Checks the link. A link of a deactivated user belongs to nobody."""

    def _get_user(self, uidb36: Any) -> User | None:
        user: User | None = super()._get_user(uidb36)
        return user if user is not None and user.is_active else None

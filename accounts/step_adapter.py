"""Tells django-allauth how the second step works in this product."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from accounts import qr, sealed, second_step
from accounts.models import User


class StepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That did not fit. Try the newest code."),
        "cannot_delete_authenticator": _(
            "Your clinic asks for a second step. Add another one before you remove this one."
        ),
        "cannot_generate_recovery_codes": _("Set up a second step first."),
    }

    def encrypt(self, text: str) -> str:
        return sealed.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not second_step.is_last_wanted(authenticator)

    def build_totp_svg(self, url: str) -> str:
        return qr.svg(url)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return str(_("Passkey"))

    def _get_site_name(self) -> str:
        return "Hinge Ladder"

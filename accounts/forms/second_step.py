"""Forms of the second step, built on the forms of django-allauth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import limits, second_step, typed
from accounts.forms.fields import FocusFirstError, OneLine

#: What reading a passkey's answer can raise when a stranger wrote it.
UNREADABLE = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


class Code(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        code: str = super().clean(typed.line(str(value or "")))
        if not code.isascii() or not code.replace(" ", "").replace("-", "").isdecimal():
            raise ValidationError(_("A code has digits only."))
        return code


class _Form(FocusFirstError):
    use_required_attribute = False


class _CodeForm(_Form):
    """Counts a wrong code as a wrong password is counted, and takes each code once."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = Code(
            label=_("Code"),
            help_text=_("Six digits from the app, or one of your recovery codes."),
        )

    def clean_code(self) -> str:
        tried = limits.PasswordTry(context.request, self.user.email or "")
        if not tried.begin():
            raise get_account_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        if not second_step.is_first_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        tried.take_back()
        return code


class CodeForm(_CodeForm, base_forms.AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in."""


class CodeAgainForm(_CodeForm, base_forms.ReauthenticateForm):  # type: ignore[misc]
    """The code of somebody who is signed in."""


class FirstCodeForm(_Form, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that was just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = Code(label=_("The six digits that the app shows"))

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not second_step.is_first_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class Answer(forms.JSONField):
    """What a passkey said, as the browser wrote it down."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def clean(self, value: Any) -> dict[str, Any]:
        try:
            said = super().clean(value)
        except (ValueError, RecursionError) as problem:  # more digits or brackets than Python reads
            raise get_adapter().validation_error("incorrect_code") from problem
        if not isinstance(said, dict) or not isinstance(said.get("response"), dict):
            raise get_adapter().validation_error("incorrect_code")
        return said


def _readable(read: Callable[[], Any]) -> Any:
    """What ``read`` returns. A passkey's answer that cannot be read is a wrong one."""
    try:
        return read()
    except ValidationError:
        raise
    except UNREADABLE as problem:
        raise get_adapter().validation_error("incorrect_code") from problem


class NewPasskeyForm(_Form, webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey that asks for a finger, a face or the device's PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = OneLine(
            label=_("Name of the passkey"),
            max_length=60,
            required=False,
            help_text=_("So that you know it again, such as iPad in room 2."),
        )
        self.fields["credential"] = Answer()
        self.fields["passwordless"] = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_passwordless(self) -> bool:
        return True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = _readable(super().clean)
        return cleaned


class _PasskeyForm(_Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Answer()

    def clean_credential(self) -> Any:
        return _readable(super().clean_credential)  # type: ignore[misc]


class PasskeyForm(_PasskeyForm, webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey as the second step after the password."""


class PasskeySignInForm(_PasskeyForm, webauthn_forms.LoginWebAuthnForm):  # type: ignore[misc]
    """The passkey in place of the password."""


class PasskeyAgainForm(_PasskeyForm, webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey of somebody who is signed in."""

"""Forms of sign-in and of a password, built on the forms of django-allauth."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import password_mails
from accounts.forms.fields import Email, FocusFirstError, NewPassword, Password


class SignInForm(FocusFirstError, allauth_forms.LoginForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.EmailInput(attrs={"autocomplete": "username"})
        self.fields["login"] = Email(label=_("Work e-mail"), widget=widget)
        self.fields["password"] = Password(label=_("Password"), autocomplete="current-password")

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field or "password", error)


class ForgotPasswordForm(FocusFirstError, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.EmailInput(attrs={"autocomplete": "username"})
        self.fields["email"] = Email(label=_("Work e-mail"), widget=widget)

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        password_mails.ask(email)
        return email


class NewPasswordForm(FocusFirstError, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"] = chosen = NewPassword(label=_("New password"))
        chosen.user = self.user
        del self.fields["password2"]


class ChangePasswordForm(FocusFirstError, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = Password(
            label=_("Password now"), autocomplete="current-password"
        )
        self.fields["password1"] = chosen = NewPassword(label=_("New password"))
        chosen.user = self.user
        del self.fields["password2"]


class ReauthenticateForm(FocusFirstError, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = Password(label=_("Password"), autocomplete="current-password")

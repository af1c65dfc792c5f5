"""The form that asks for the password once more."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, Password


class ProofForm(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = Password(label=_("Password"), autocomplete="current-password")

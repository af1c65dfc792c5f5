"""The form that names a carer."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, OneLine
from accounts.names import has_letter


class CarerForm(Form):
    """Who helps the patient."""

    name = OneLine(
        label=_("Name"),
        max_length=200,
        help_text=_("It stands beside everything that this person writes."),
        error_messages={"required": _("Write a name.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not has_letter(name):
            raise ValidationError(_("Write a name."))
        return name

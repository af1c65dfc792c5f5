"""The form of a person's names."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, OneLine
from accounts.names import has_letter


class NamesForm(Form):
    """How somebody is called, and their name in letters, if it differs."""

    name = OneLine(
        label=_("Name"),
        max_length=200,
        help_text=_("As people call you. It stands on every page."),
        error_messages={"required": _("Write a name.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    formal_name = OneLine(
        label=_("Name in letters, if it differs"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not has_letter(name):
            raise ValidationError(_("Write a name."))
        return name

"""The form of a person's names."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, OneLine
from accounts.names import has_letter


class NameForm(Form):
    """How somebody is called. ``name_help``: what is said beside the field."""

    name_help: ClassVar[Any] = ""
    name = OneLine(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Write a name.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = self.name_help

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not has_letter(name):
            raise ValidationError(_("Write a name."))
        return name


class NamesForm(NameForm):
    """How somebody is called, and their name in letters, if it differs."""

    name_help = _("As people call you. It stands on every page.")
    formal_name = OneLine(
        label=_("Name in letters, if it differs"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

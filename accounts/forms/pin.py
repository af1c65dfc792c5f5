"""Forms of the PIN with which a patient's link opens another phone."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, OneLine

_PIN_ATTRIBUTES = {"inputmode": "numeric", "autocomplete": "off", "class": "code", "maxlength": "8"}


class PinForm(Form):
    """Asks for the PIN when a link is opened again. Its errors do not say what a right PIN is."""

    pin = OneLine(label=_("Your PIN"), max_length=8, widget=forms.TextInput(attrs=_PIN_ATTRIBUTES))


class ChoosePinForm(Form):
    pin = OneLine(
        label=_("PIN"),
        help_text=_("4 to 8 digits. Pick something you know by heart that others cannot guess."),
        widget=forms.TextInput(attrs=_PIN_ATTRIBUTES),
    )

    def clean_pin(self) -> str:
        pin: str = self.cleaned_data["pin"]
        if not re.fullmatch(r"[0-9]{4,8}", pin):
            raise ValidationError(_("A PIN has 4 to 8 digits and nothing else."))
        if pin in "01234567890" or pin in "09876543210" or len(set(pin)) == 1:
            raise ValidationError(_("This PIN is easy to guess. Mix the digits a little more."))
        return pin

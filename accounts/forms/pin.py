"""Forms of the PIN with which a patient's link opens another phone."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import pins
from accounts.forms.fields import Form, OneLine
from accounts.models import User

_PIN_ATTRIBUTES = {"inputmode": "numeric", "autocomplete": "off", "class": "code", "maxlength": "8"}

_EASY = _(
    "This PIN is easy to guess: a row, a pattern, a year or your birthday. Take digits that only"
    " you know, such as from an old telephone number."
)


class PinForm(Form):
    """Asks for the PIN when a link is opened again. Its errors do not say what a right PIN is."""

    pin = OneLine(label=_("Your PIN"), max_length=8, widget=forms.TextInput(attrs=_PIN_ATTRIBUTES))


class ChoosePinForm(Form):
    """Asks for a new PIN. ``user``: the patient, whose birthday is no PIN, or their carer."""

    pin = OneLine(
        label=_("PIN"),
        help_text=_("4 to 8 digits. Pick something you know by heart that others cannot guess."),
        widget=forms.TextInput(attrs=_PIN_ATTRIBUTES),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_pin(self) -> str:
        pin: str = self.cleaned_data["pin"]
        if not re.fullmatch(r"[0-9]{4,8}", pin):
            raise ValidationError(_("A PIN has 4 to 8 digits and nothing else."))
        born_on = getattr(self.user.acts_for, "born_on", None)
        if pins.easy_to_guess(pin, born_on=born_on, demo=self.user.clinic.demo):
            raise ValidationError(_EASY)
        return pin


class ChangePinForm(ChoosePinForm):
    """Asks for the PIN of now, too."""

    field_order = ("old", "pin")
    old = OneLine(
        label=_("Your PIN now"), max_length=8, widget=forms.TextInput(attrs=_PIN_ATTRIBUTES)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pin"].label = _("New PIN")

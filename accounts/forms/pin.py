"""Forms of the PIN with which a patient's link opens another phone."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import pins
from accounts.forms.fields import Form, OneLine
from accounts.models import User

#: Digits may be typed in groups. A phone may keep a PIN as it keeps passwords.
_ATTRIBUTES = {"inputmode": "numeric", "class": "code", "maxlength": "20"}
KNOWN = _ATTRIBUTES | {"autocomplete": "current-password"}
_NEW = _ATTRIBUTES | {"autocomplete": "new-password"}

PIN_DIGITS = r"[0-9]{4,8}"
NO_PIN = _("A PIN has 4 to 8 digits and nothing else.")
_EASY = _(
    "This PIN is easy to guess: a row, a pattern, a year or your birthday. Take digits that only"
    " you know, such as from an old telephone number."
)


class Pin(OneLine):
    """Digits of any script, with or without spaces between them."""

    def to_python(self, value: Any) -> str:
        typed = re.sub(r"[\s.\-\u2009\u200e\u200f]", "", str(super().to_python(value)))
        return "".join(str(unicodedata.decimal(sign, sign)) for sign in typed)


class PinForm(Form):
    """Asks for the PIN when a link is opened again. Its errors do not say what a right PIN is."""

    pin = Pin(label=_("Your PIN"), max_length=8, widget=forms.TextInput(attrs=KNOWN))


class ChoosePinForm(Form):
    """Asks for a new PIN. ``user``: the patient, whose birthday is no PIN, or their carer."""

    pin = Pin(
        label=_("PIN"),
        help_text=_("4 to 8 digits. Pick something you know by heart that others cannot guess."),
        widget=forms.TextInput(attrs=_NEW),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_pin(self) -> str:
        pin: str = self.cleaned_data["pin"]
        if not re.fullmatch(PIN_DIGITS, pin):
            raise ValidationError(NO_PIN)
        born_on = getattr(self.user.acts_for, "born_on", None)
        if pins.easy_to_guess(pin, born_on=born_on, demo=self.user.clinic.demo):
            raise ValidationError(_EASY)
        return pin


class ChangePinForm(ChoosePinForm):
    """Asks for the PIN of now, too."""

    field_order = ("old", "pin")
    old = Pin(label=_("Your PIN now"), max_length=8, widget=forms.TextInput(attrs=KNOWN))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pin"].label = _("New PIN")

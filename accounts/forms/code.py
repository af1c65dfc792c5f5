"""The form of the short code that opens a patient's page together with the PIN."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form
from accounts.forms.pin import KNOWN, NO_PIN, PIN_DIGITS, Pin

_ONCE = {
    "inputmode": "numeric",
    "class": "code",
    "maxlength": "20",
    "autocomplete": "one-time-code",
}


class CodeForm(Form):
    """It says what cannot be a code or a PIN. Of what can be, it does not say which was wrong."""

    code = Pin(
        label=_("The code"),
        help_text=_("8 digits, from the phone that is signed in or from the clinic."),
        validators=[RegexValidator(r"^[0-9]{8}\Z", _("A code has 8 digits and nothing else."))],
        widget=forms.TextInput(attrs=_ONCE),
    )
    pin = Pin(
        label=_("Your PIN"),
        validators=[RegexValidator(rf"^{PIN_DIGITS}\Z", NO_PIN)],
        widget=forms.TextInput(attrs=KNOWN),
    )

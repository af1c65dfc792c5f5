"""The forms of erasures and of the years for which a clinic keeps its records."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, OneLine
from law.models import FEWEST_YEARS, MOST_YEARS


class EraseForm(Form):
    typed = OneLine(
        label=_("Whom? Write the number or the name"),
        max_length=200,
        error_messages={"required": _("Write the number or the name.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    why = forms.CharField(
        label=_("Why before its years are over?"),
        required=False,
        max_length=2000,
        help_text=_("Without names. It is kept."),
        widget=forms.Textarea({"rows": 3}),
    )


class KeepingForm(Form):
    years = forms.IntegerField(
        label=_("Years after a treatment has ended"),
        min_value=FEWEST_YEARS,
        max_value=MOST_YEARS,
        help_text=_("Ask what the law of your country wants. Ten are enough in most."),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    acts = forms.BooleanField(
        label=_("Erase by itself whose years are over"),
        required=False,
        help_text=_("Each night that the job runs. Switched off, it only lists them here."),
    )

"""The form with which a patient pauses practice."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import Day, Form, Lines


class MyPauseForm(Form):
    """A pause because of absence or illness, with or without a last day."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=[
            ("away", gettext_lazy("I am away")),
            ("ill", gettext_lazy("I am ill")),
            ("other", gettext_lazy("Other")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one."),
            "invalid_choice": gettext_lazy("Choose one."),
        },
    )
    until = Day(
        label=gettext_lazy("Last day of the pause"),
        help_text=gettext_lazy("Leave it empty if you do not know yet."),
        required=False,
    )
    words = Lines(
        label=gettext_lazy("Anything your physio should know?"),
        required=False,
        rows=2,
    )

    def reason_in_words(self) -> str:
        """'Away' or 'Ill: words', as the clinic reads it."""
        kind = {"away": _("Away"), "ill": _("Ill"), "other": ""}[self.cleaned_data["reason"]]
        return ": ".join(part for part in (kind, self.cleaned_data["words"]) if part)

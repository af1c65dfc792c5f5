"""The forms of erasures, of the years for which a clinic keeps its records, and of lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, OneLine
from law.listing.reading import Line, Unreadable, decoded, read
from law.models import FEWEST_YEARS, MOST_YEARS

#: What a browser takes over at a time, so that nobody waits long for the answer.
LIST_LINES = 200
LIST_LETTERS = 200_000


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


class ListForm(Form):
    """A list as a file, or the text of one that was looked at already."""

    file = forms.FileField(label=_("List, as CSV"), required=False, allow_empty_file=True)
    text = forms.CharField(
        widget=forms.HiddenInput, required=False, strip=False, max_length=LIST_LETTERS
    )
    keep = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        try:
            file = given.get("file")
            given["text"] = decoded(file.read(LIST_LETTERS + 1)) if file else given["text"]
            given["lines"] = self._lines(given["text"])
        except Unreadable as problem:
            self.add_error("file", str(problem))
        # A file is looked at before it is taken over, whatever else was sent.
        given["keep"] = given.get("keep") and not given.get("file")
        return given

    def _lines(self, text: str) -> list[Line]:
        if not text.strip():
            raise Unreadable(gettext("Choose a file."))
        lines = read(text)
        if len(text) > LIST_LETTERS or len(lines) > LIST_LINES:
            raise Unreadable(
                gettext("Take over %d people at a time, or ask whoever runs the server.")
                % LIST_LINES
            )
        return lines

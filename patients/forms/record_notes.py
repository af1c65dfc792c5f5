"""The form of a note for the clinic's record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, FormNumber, Lines
from patients.models import NotePart, RecordNote


class RecordNoteForm(Form):
    """A text, and the part of the visit note in which it stands."""

    client_id = FormNumber()
    text = Lines(label=_("Note for the record"), required=False, rows=3)
    part = forms.ChoiceField(
        label=_("Stands in the visit note under"),
        choices=NotePart.choices,
        initial=NotePart.JUDGED,
        widget=forms.RadioSelect,
    )

    #: The field that shows a refusal, by its code.
    refusals = {"nothing_written": "text", "too_long": "text"}

    @classmethod
    def of(cls, note: RecordNote) -> dict[str, Any]:
        """The values of a note that is put right."""
        return {"text": note.text, "part": note.part}

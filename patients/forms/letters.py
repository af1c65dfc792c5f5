"""The form of a letter to a doctor or another colleague."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, FormNumber, Lines
from patients.models import Letter
from patients.papers.letter import Typed
from patients.verbs import letters as letter_verbs

TOO_LONG = {"max_length": _("Keep it under %(limit_value)s characters.")}


class LetterForm(Form):
    """To whom, why, and a free line."""

    client_id = FormNumber()
    addressee = Lines(
        label=_("To"),
        help_text=_("Name and practice, such as Dr Anna Berg, Harbour Health Centre."),
        required=False,
        max_length=letter_verbs.ADDRESSEE,
        error_messages=TOO_LONG,
        rows=2,
    )
    why = Lines(
        label=_("Why you write"),
        required=False,
        max_length=letter_verbs.WHY,
        error_messages=TOO_LONG,
        rows=2,
    )
    words = Lines(
        label=_("What you add"),
        required=False,
        max_length=letter_verbs.WORDS,
        error_messages=TOO_LONG,
        rows=4,
    )

    #: The field that shows a refusal, by its code.
    refusals = {"addressee_missing": "addressee"}

    @classmethod
    def of(cls, letter: Letter | None, *, again: bool) -> dict[str, Any]:
        """What the form begins with: all of a letter written anew, or whom the last one went to."""
        if letter is None:
            return {}
        names = ("addressee", "why", "words") if again else ("addressee",)
        return {name: getattr(letter, name) for name in names}

    def typed(self) -> Typed:
        return Typed(**{name: self.cleaned_data[name] for name in ("addressee", "why", "words")})

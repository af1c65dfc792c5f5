"""One line of a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst

from accounts.names import short_name
from patients.models import NotePart


def in_sentences(*parts: str) -> str:
    """'Pain 2/10, corrected to 5/10. Written by Rut Roos, carer'; empty parts are left out."""
    return ". ".join(capfirst(part) for part in parts if part)


@dataclass(frozen=True)
class Decision:
    """One line of the timeline.

    ``day``: the clinic's calendar day
    ``words``: the note, the reason or the words to the patient
    ``by``: the name of the person who decided
    ``part``: the part of the visit note in which it stands; empty = the note names the report or
    the stop already
    ``state``: "passed" = the review has an active pass; "own" = the patient chose this level
    """

    at: datetime
    day: date
    title: str
    detail: str = ""
    words: str = ""
    by: str = ""
    state: str = ""
    part: str = NotePart.DECIDED

    @property
    def by_short(self) -> str:
        """First name and initial."""
        return short_name(self.by)

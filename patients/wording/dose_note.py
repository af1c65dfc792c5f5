"""What the content says beside the dose of a level, as far as it is true of a patient's own."""

from __future__ import annotations

import re

from patients.models import Prescription

#: "3 days a week", "2 to 3 days a week".
_DAYS = re.compile(r"(?:(\d) to )?(\d) days a week$")
#: "End a set while you could still do 3 more".
_RESERVE = re.compile(r"End a set while you could still do (\d) more$")
_SENTENCE = re.compile(r"(?<=\.)\s+")


def fitting_note(note: str, dose: Prescription, weekdays: int) -> str:
    """The sentences of a note that the dose and the days of practice do not contradict.

    ``weekdays``: bit mask of the days in force
    """
    said = (sentence for sentence in _SENTENCE.split(note) if sentence)
    return " ".join(one for one in said if _fits(one.rstrip("."), dose, weekdays.bit_count()))


def _fits(sentence: str, dose: Prescription, days: int) -> bool:
    if found := _DAYS.match(sentence):
        return int(found[1] or found[2]) <= days <= int(found[2])
    if found := _RESERVE.match(sentence):
        # A dose with a reserve of its own says so itself.
        return dose.reserve is None
    return True

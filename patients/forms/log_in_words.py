"""What somebody typed into the sheet of a day, in words: for the pages that give it back."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.parsing import two_digits
from patients.forms.log_day import RESERVE_NUMBERS, Sheet
from patients.models import Effort, Symptom, WhyStopped
from patients.models.reports import Sign
from patients.wording.effort import reserve_in_words
from patients.wording.symptoms import signs_in_words


class Typed(NamedTuple):
    """One answer. ``what``: the question in a word; ``words``: what was answered"""

    what: str
    words: str


def typed_in_words(sheet: Sheet) -> list[Typed]:
    """Every answer of a sheet. What was left open is left out."""
    answers = {
        _("Sets"): _sets(sheet),
        _("Highest pain"): _pain(sheet),
        _("New or worse"): _new(sheet),
        _("Effort"): _effort(sheet),
        _("Note"): sheet.note.strip(),
    }
    return [Typed(what, words) for what, words in answers.items() if words]


def _sets(sheet: Sheet) -> str:
    done = [row for row in sheet.rows if row.done or sheet.did_all]
    if not done:
        return ""
    words = _("{done} of {count}").format(done=len(done), count=len(sheet.rows))
    reps = ", ".join(row.reps for row in done)
    loads = ", ".join(dict.fromkeys(row.load for row in done if row.load))
    return f"{words}: {reps}" + (f" ({loads} kg)" if loads else "")


def _pain(sheet: Sheet) -> str:
    if two_digits(sheet.pain) is None:
        return sheet.pain
    return _("{pain} of 10").format(pain=sheet.pain)


def _new(sheet: Sheet) -> str:
    told = sheet.told
    signs = [Sign(kind, told.sides.get(kind) or None) for kind in told.kinds if kind in Symptom]
    words = [*([signs_in_words(signs)] if signs else []), told.words.strip()]
    return ". ".join(filter(None, words)) or (_("nothing") if sheet.new == "no" else "")


def _effort(sheet: Sheet) -> str:
    words = []
    if sheet.effort in Effort.values:
        words.append(str(Effort(sheet.effort).label))
    if sheet.effort == Effort.STOPPED and sheet.why in WhyStopped.values:
        words.append(str(WhyStopped(sheet.why).label))
    if sheet.reserve in RESERVE_NUMBERS:
        words.append(reserve_in_words(int(sheet.reserve)))
    return ", ".join(words)

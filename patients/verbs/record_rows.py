"""Keeps a row of the record that somebody typed into a form, once, or in the place of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from patients.models import Letter, RecordNote
from patients.rules import guards
from patients.rules.refusals import Refused

Row = TypeVar("Row", RecordNote, Letter)


def keep_once(row: Row, client_id: str, said: Sequence[str], put_right: str) -> Row:
    """Save a row, or return the one that says the same: of its form, or in the same place.

    ``said``: the fields that make a row the same when its form arrives again
    ``put_right``: the code of the refusal where another row stands in the place already

    Raises ``Refused``: ``put_right``.
    """
    number = guards.form_number(client_id)
    rows = type(row).objects.select_related("by")
    sent = rows.filter(patient=row.patient, client_id=number).first() if number else None
    if sent is not None:
        if _is_the_same(sent, row, said):
            return sent
        # Other words in a form that was sent before, as after "Back", are another row.
        number = ""
    if row.takes_back is not None:
        later = rows.filter(takes_back=row.takes_back).first()
        if later is not None and _is_the_same(later, row, said):
            return later
        if later is not None:
            raise Refused(put_right, name=later.by.short_name)
    row.client_id = number
    row.save(force_insert=True)
    return row


def _is_the_same(one: Row, other: Row, said: Sequence[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in said)

"""One month of practice in the shape of a calendar page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from patients.pictures.marks import Mark


@dataclass(frozen=True)
class Month:
    """One month.

    ``first``: the first day of the month
    ``weeks``: weeks from Monday to Sunday; None = a day of another month
    ``previous``, ``next``: the first day of the month before and after; None = not to be shown
    """

    first: date
    weeks: list[list[Mark | None]]
    previous: date | None
    next: date | None


def make_month(first: date, marks: Sequence[Mark], *, earliest: date, latest: date) -> Month:
    """Arrange the days of a month in weeks.

    ``marks``: every day of the month in order
    ``earliest``, ``latest``: days in the first and the last month that can be shown
    """
    padded: list[Mark | None] = [None] * first.weekday() + list(marks)
    padded += [None] * (-len(padded) % 7)
    before = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return Month(
        first,
        [padded[start : start + 7] for start in range(0, len(padded), 7)],
        before if before >= earliest.replace(day=1) else None,
        after if after <= latest.replace(day=1) else None,
    )

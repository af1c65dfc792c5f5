"""Reads ids, numbers and days from addresses and forms. Nothing typed there can break a page."""

from __future__ import annotations

from datetime import date

from django.urls.converters import IntConverter

#: Digits that fit every database's largest id.
ID_DIGITS = 18
#: Python cannot add a day or change the time zone at the ends of its calendar: stay far from them.
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2999, 12, 31)


def row_id(text: str) -> int | None:
    """The id that the text holds; None when no row can have it."""
    return int(text) if text.isdecimal() and len(text) <= ID_DIGITS else None


def two_digits(text: str) -> int | None:
    """The whole number of at most two digits that the text holds; None when it holds none."""
    return int(text) if text.isdecimal() and len(text) < 3 else None


def plausible_date(day: date) -> date:
    """The same day. Raises ValueError when no clinic could mean it."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(day)
    return day


def day(text: str) -> date:
    """The day written as 2026-11-20. Raises ValueError when no clinic could mean it."""
    return plausible_date(date.fromisoformat(text))


class IdConverter(IntConverter):
    """``<id:pk>``: like ``<int:pk>``, but a number that no row can have does not match."""

    regex = f"[0-9]{{1,{ID_DIGITS}}}"


class DayConverter:
    """``<day:day>``: 2026-11-20."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return day(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()

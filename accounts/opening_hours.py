"""When a clinic is open: on each weekday, and on days that differ.

All times are minutes of the clinic's own day, so that a change of the clocks moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

MINUTES = 24 * 60
WEEK = 7
#: How far ahead the next opening is looked for.
DAYS_AHEAD = 366


class Span(NamedTuple):
    """Open from one minute of the day until another. 24 * 60 is midnight at the end."""

    opens: int
    closes: int


Spans = tuple[Span, ...]


class Different(NamedTuple):
    """Days, both included, on which other hours stand. Without spans the clinic is closed."""

    first: date
    last: date
    spans: Spans


@dataclass(frozen=True)
class Hours:
    """The spans of each weekday from Monday on, and the days that differ."""

    weekdays: tuple[Spans, ...] = ((),) * WEEK
    different: tuple[Different, ...] = ()

    def on(self, day: date) -> Spans:
        """The spans of a day. A day that differs has its own."""
        for days in self.different:
            if days.first <= day <= days.last:
                return days.spans
        return self.weekdays[day.weekday()]

    def kept(self) -> dict[str, Any]:
        """These hours as a column keeps them. ``read`` is the way back."""
        return {
            "weekdays": [_kept(spans) for spans in self.weekdays],
            "different": [
                {
                    "first": days.first.isoformat(),
                    "last": days.last.isoformat(),
                    "spans": _kept(days.spans),
                }
                for days in self.different
            ],
        }


def _kept(spans: Spans) -> list[list[int]]:
    return [list(span) for span in spans]


def read(kept: dict[str, Any] | None) -> Hours | None:
    """The hours that a column keeps; None while nobody has written them, and when they are broken:
    a page that says whom to call must open all the same."""
    try:
        return _read(kept) if kept else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def is_sound(kept: dict[str, Any] | None) -> bool:
    """Whether ``read`` can read these hours."""
    return read(kept) is not None


def _read(kept: dict[str, Any]) -> Hours:
    weekdays = tuple(_spans(spans) for spans in kept["weekdays"])
    if len(weekdays) != WEEK:
        raise ValueError(kept)
    return Hours(weekdays, tuple(_different(days) for days in kept["different"]))


def _different(kept: dict[str, Any]) -> Different:
    days = Different(
        date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"]), _spans(kept["spans"])
    )
    if days.first > days.last:
        raise ValueError(kept)
    return days


def _spans(kept: list[list[int]]) -> Spans:
    spans = tuple(Span(opens, closes) for opens, closes in kept)
    ends = [0, *(minute for span in spans for minute in span), MINUTES]
    if any(later < earlier for earlier, later in pairwise(ends)) or any(
        span.opens == span.closes for span in spans
    ):
        raise ValueError(kept)
    return spans


@dataclass(frozen=True)
class Opening:
    """Whether a clinic is open at a moment, and what comes next.

    until: the minute at which it closes today; None while it is closed
    day, opens: the day and minute at which it opens next; None while it is open, and without any
    """

    until: int | None = None
    day: date | None = None
    opens: int | None = None

    @property
    def is_open(self) -> bool:
        return self.until is not None


def at(hours: Hours, moment: datetime) -> Opening:
    """Whether the clinic is open at a moment by its own clock, and when it opens or closes next."""
    today = moment.date()
    minute = moment.hour * 60 + moment.minute
    for span in hours.on(today):
        if span.opens <= minute < span.closes:
            return Opening(until=span.closes)
    for day, span in _coming(hours, today):
        if day > today or span.opens > minute:
            return Opening(day=day, opens=span.opens)
    return Opening()


def _coming(hours: Hours, today: date) -> Iterator[tuple[date, Span]]:
    for ahead in range(DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        for span in hours.on(day):
            yield day, span

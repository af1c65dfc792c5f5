"""A plan's calendar tells which days are for practice. Days are the clinic's calendar days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from patients.models import EVERY_DAY, Pause, Plan, Schedule

ONE_DAY = timedelta(days=1)
HORIZON = 366


class Scheduled(NamedTuple):
    """The weekdays of practice from a day on. ``weekdays`` is a bit mask; bit 0 is Monday."""

    from_day: date
    weekdays: int


class Paused(NamedTuple):
    """A time away.

    ``from_day``: the first day away
    ``until``: the last day away as planned; None = open
    ``resumed_on``: the first day back; None = not back yet
    """

    from_day: date
    until: date | None
    resumed_on: date | None


@dataclass(frozen=True)
class Calendar:
    """The days of practice of one plan.

    ``started_on``: the first day of the plan
    ``weekdays``: (from_day, bit mask), in the order in which they come into force
    ``away``: (first day, last day) of each time away; None = without an end
    """

    started_on: date
    weekdays: Sequence[tuple[date, int]]
    away: Sequence[tuple[date, date | None]]

    def is_away(self, day: date) -> bool:
        if not self.away:
            return False
        return any(first <= day and (last is None or day <= last) for first, last in self.away)

    def away_until(self, day: date) -> date | None:
        """The last day of the time away that contains ``day``.

        None when the day is not away, or when the time away has no end.
        """
        return next(
            (last for first, last in self.away if last is not None and first <= day <= last), None
        )

    def weekdays_on(self, day: date) -> int:
        """The bit mask of the weekdays that is in force on a day."""
        mask = EVERY_DAY
        for first, weekdays in self.weekdays:
            if first <= day:
                mask = weekdays
        return mask

    def is_planned(self, day: date) -> bool:
        """Whether the day is a day of practice."""
        if day < self.started_on or self.is_away(day):
            return False
        return bool(self.weekdays_on(day) >> day.weekday() & 1)

    def planned(self, first: date, last: date) -> Iterator[date]:
        """The planned days from ``first`` to ``last``, both included."""
        day = max(first, self.started_on)
        while day <= last:
            if self.is_planned(day):
                yield day
            day += ONE_DAY

    def count_planned(self, first: date, last: date) -> int:
        """How many days ``planned`` gives, without a look at each of them."""
        first = max(first, self.started_on)
        # Everything that changes on a day begins a stretch in which every week is like the other.
        begins = {first, *(day for day, _mask in self.weekdays)}
        begins |= {edge for one, end in self.away for edge in (one, end and end + ONE_DAY) if edge}
        edges = sorted(day for day in begins if first <= day <= last)
        ends = [*(day - ONE_DAY for day in edges[1:]), last]
        return sum(self._in_stretch(one, end) for one, end in zip(edges, ends, strict=False))

    def _in_stretch(self, first: date, last: date) -> int:
        if self.is_away(first):
            return 0
        mask = self.weekdays_on(first)
        weeks, days = divmod((last - first).days + 1, 7)
        left = (mask >> (first.weekday() + day) % 7 & 1 for day in range(days))
        return weeks * mask.bit_count() + sum(left)

    def next_planned(self, after: date) -> date | None:
        """The first planned day after a day, within a year; None while away without an end."""
        return next(self.planned(after + ONE_DAY, after + ONE_DAY * HORIZON), None)


def make_calendar(
    started_on: date, schedules: Iterable[Scheduled | Schedule], pauses: Iterable[Paused | Pause]
) -> Calendar:
    """A calendar made of rows that the caller has read.

    ``schedules``: ordered by ``from_day``, and by creation within a day.
    """
    return Calendar(
        started_on,
        [(row.from_day, row.weekdays) for row in schedules],
        [(row.from_day, last_day_away(row)) for row in pauses],
    )


def last_day_away(pause: Paused | Pause) -> date | None:
    """The last day of a pause; None while the pause has no end."""
    last_days = [
        day
        for day in (pause.until, pause.resumed_on and pause.resumed_on - ONE_DAY)
        if day is not None
    ]
    return min(last_days) if last_days else None


def calendar_of(plan: Plan) -> Calendar:
    """The plan's calendar, read from the database: two queries."""
    return make_calendar(plan.started_on, plan.schedules.all(), plan.pauses.all())

"""What each day of a plan was, for every picture of practice."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from patients.standing.calendar import Calendar

#: What a day was: practised, practised in part, a rest day, away, planned but not logged, today and
#: still open, in the future, before the plan.
DID = "did"
PART = "part"
REST = "rest"
AWAY = "away"
MISS = "miss"
TODAY = "today"
LATER = "later"
BEFORE = "before"


class Mark(NamedTuple):
    """One day of practice. ``share``: of the dose, 0-1; of no matter unless the day was
    practised."""

    day: date
    kind: str
    share: float = 1.0

    @property
    def word(self) -> str:
        return mark_word(self.kind)


def mark_word(kind: str) -> str:
    """What a mark means, as it is read out."""
    return {
        DID: _("practised"),
        PART: _("practised in part"),
        REST: _("rest day"),
        AWAY: _("away"),
        MISS: _("not logged"),
        TODAY: _("today"),
        LATER: _("still to come"),
        BEFORE: _("before the plan"),
    }[kind]


def empty_mark(calendar: Calendar, day: date, today: date) -> str:
    """What a day without an entry was, or is."""
    if day < calendar.started_on:
        return BEFORE
    if calendar.is_away(day):
        return AWAY
    if day > today:
        return LATER
    if not calendar.is_planned(day):
        return REST
    return TODAY if day == today else MISS

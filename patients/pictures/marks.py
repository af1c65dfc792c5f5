"""The kinds of days that the pictures of practice show: practised, rest, away, not logged ..."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from patients.standing.calendar import Calendar

#: The kinds of a day, in this order: practised, practised in part, a rest day, away, planned but
#: not logged, planned for today and not logged yet, in the future, before the plan.
DID = "did"
PART = "part"
REST = "rest"
AWAY = "away"
MISS = "miss"
TODAY = "today"
LATER = "later"
BEFORE = "before"


class Mark(NamedTuple):
    """One day in a picture. ``share``: how much of the dose was done on a practised day, 0-1."""

    day: date
    kind: str
    share: float = 1.0

    @property
    def word(self) -> str:
        return mark_word(self.kind)


def mark_word(kind: str) -> str:
    """The meaning of a kind of day in words, for screen readers and legends."""
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
    """The kind of a day without an entry."""
    if day < calendar.started_on:
        return BEFORE
    if calendar.is_away(day):
        return AWAY
    if day > today:
        return LATER
    if not calendar.is_planned(day):
        return REST
    return TODAY if day == today else MISS

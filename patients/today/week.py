"""The week in seven marks. A day on which nothing was logged has none: it asks for nothing."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from patients.pictures.marks import AWAY, DID, REST, empty_mark
from patients.standing.calendar import Calendar
from patients.wording.days import weekday_initials


class DayOfWeek(NamedTuple):
    """``kind``: of its mark, "did", "rest" or "none"; ``words``: the same for screen readers."""

    initial: str
    kind: str
    words: str


def week_of(calendar: Calendar, logged: Container[date], day: date) -> list[DayOfWeek]:
    """The week of a day, Monday first. ``logged``: the days with an entry"""
    monday = day - timedelta(day.weekday())
    return [
        _marked(calendar, logged, monday + timedelta(nth), day, *names)
        for nth, names in enumerate(weekday_initials())
    ]


def _marked(
    calendar: Calendar, logged: Container[date], one: date, today: date, initial: str, name: str
) -> DayOfWeek:
    if one in logged:
        return DayOfWeek(initial, DID, _("{day}: logged").format(day=name))
    # As it looks on that day itself: what rests is known ahead.
    kind = empty_mark(calendar, one, one)
    if kind in {AWAY, REST}:
        words = _("{day}: away") if kind == AWAY else _("{day}: rest")
        return DayOfWeek(initial, REST, words.format(day=name))
    words = _("{day}: to come") if one > today else _("{day}: nothing logged")
    return DayOfWeek(initial, "none", words.format(day=name))

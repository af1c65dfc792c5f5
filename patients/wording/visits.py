"""Visits in words, the same on every page."""

from __future__ import annotations

from datetime import date, time

from patients.wording.days import day_with_weekday, full_day


def clock(at: time | None) -> str:
    """'09:20'; empty where only the day is known."""
    return f"{at:%H:%M}" if at is not None else ""


def visit_in_words(day: date, at: time | None, today: date) -> str:
    """'Tuesday 1 December, 09:20'. Another year than this one is added."""
    return _with_time(day_with_weekday(day, today), at)


def visit_in_full(day: date, at: time | None) -> str:
    """'1 December 2026, 09:20', for paper."""
    return _with_time(full_day(day), at)


def _with_time(day: str, at: time | None) -> str:
    return f"{day}, {clock(at)}" if at is not None else day

"""Days and weekdays in words, the same on every page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import formats
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Clinic
from patients.models import EVERY_DAY


@lru_cache(maxsize=4096)
def _written(day: date, form: str, _language: str | None) -> str:
    return formats.date_format(day, form)


def _in_form(day: date, form: str) -> str:
    """A list shows the same few days many times, and writing one takes long."""
    return _written(day, form, get_language())


def short_day(day: date) -> str:
    """'18 November'."""
    return _in_form(day, "j F")


def full_day(day: date) -> str:
    """'18 November 2026'."""
    return _in_form(day, "j F Y")


def day_with_weekday(day: date, today: date) -> str:
    """'Friday 18 December', with the year when it is not the year of ``today``."""
    return _in_form(day, "l j F" if day.year == today.year else "l j F Y")


def day_words(day: date | None, today: date, form: str = "j F") -> str:
    """'today', 'yesterday', or the day: '18 November'; empty without a day."""
    if day is None:
        return ""
    if day == today:
        return _("today")
    if day == today - timedelta(days=1):
        return _("yesterday")
    return _in_form(day, form)


def moment_words(moment: datetime | None, clinic: Clinic, today: date) -> str:
    """The words of ``day_words``, with the time when the moment was today: 'today 14:05'."""
    if moment is None:
        return ""
    local = moment.astimezone(clinic.zone)
    words = day_words(local.date(), today)
    return f"{words} {local:%H:%M}" if local.date() == today else words


def weekdays_in_words(mask: int) -> str:
    """'every day', 'every day but Friday', or 'Mon, Wed, Fri'; bit 0 is Monday."""
    if mask == EVERY_DAY:
        return _("every day")
    left_out = [bit for bit in range(7) if not mask >> bit & 1]
    if len(left_out) == 1:
        return _("every day but {day}").format(day=WEEKDAYS[left_out[0]])
    return ", ".join(str(WEEKDAYS_ABBR[bit]) for bit in range(7) if mask >> bit & 1)


def weekday_initials() -> list[tuple[str, str]]:
    """The first letter and the whole name of each weekday, Monday first."""
    monday = date(2024, 1, 1)
    named = (formats.date_format(monday + timedelta(days=nth), "l") for nth in range(7))
    return [(name[0], name) for name in named]

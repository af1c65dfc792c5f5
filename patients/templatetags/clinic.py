"""Filters that put days, doses and codes into words for the clinic's pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from patients.models import Effort, Finding, Prescription, Report, Stop
from patients.models.load import MOST_RESERVE
from patients.standing.gate import CriterionLine, OpenGate
from patients.wording.days import day_with_weekday, day_words, weekdays_in_words
from patients.wording.dosage import whole_dose
from patients.wording.marks import asked_later_words, figure_in_words, why_in_words
from patients.wording.stops import (
    fault_in_words,
    stop_in_words,
    told_in_words,
    told_when_in_words,
)
from patients.wording.symptoms import since_in_words

register = template.Library()


@register.filter
def day(when: date, today: date) -> str:
    """'Today', 'Yesterday', or '18 November'."""
    return capfirst(day_words(when, today))


@register.filter
def weekday(when: date, today: date) -> str:
    """'Friday 18 December'. Another year than this one is added."""
    return day_with_weekday(when, today)


@register.filter
def is_morning_of(practised: date, today: date) -> bool:
    """Whether the morning after the practice is the one of today."""
    return practised + timedelta(days=1) == today


@register.filter
def effort(code: str | None) -> str:
    """The effort in one word, for a column. '–' if it was not reported."""
    words = {
        Effort.EASY: _("easy"),
        Effort.RIGHT: _("right"),
        Effort.HARD: _("hard"),
        Effort.STOPPED: _("stopped"),
    }
    return words[Effort(code)] if code else "–"


@register.filter
def reserve(number: int | None) -> str:
    """'2' or '4+', for a column. '–' if it was not told."""
    if number is None:
        return "–"
    return f"{number}+" if number == MOST_RESERVE else str(number)


@register.filter
def pain(number: int | None) -> str:
    """'7/10', or 'not reported'. Unknown is never 0."""
    return _("not reported") if number is None else f"{number}/10"


@register.filter
def asked_later(gate: OpenGate, line: CriterionLine) -> str:
    return asked_later_words(line.hours_after, gate.first_tick, timezone.now())


@register.filter
def stop_words(stop: Stop) -> str:
    return stop_in_words(stop)


@register.filter
def told_when(stop: Stop, today: date) -> str:
    """'Told today: weak leg, left.'"""
    return told_when_in_words(stop, today)


@register.filter
def since_words(told: Report) -> str:
    """Since when: 'Since this week'."""
    return since_in_words(told)


@register.filter
def told_words(stop: Stop) -> str:
    """What made a stop, for the patient."""
    return told_in_words(stop)


@register.filter
def finding_name(finding: Finding) -> str:
    return fault_in_words(finding)


@register.filter
def dose(prescription: Prescription) -> str:
    return whole_dose(prescription)


@register.filter
def seen(figure: dict[str, Any] | None) -> str:
    """What was seen of a criterion: '8 × 12 kg, left'."""
    return figure_in_words(figure)


@register.filter
def why_not(why: str) -> str:
    """Why a criterion does not apply."""
    return why_in_words(why)


@register.filter
def weekdays_plain(mask: int) -> str:
    """The same days inside a sentence."""
    return weekdays_in_words(mask)


@register.filter
def weekdays(mask: int) -> str:
    return capfirst(weekdays_in_words(mask))

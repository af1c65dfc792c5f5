"""Filters that put visits into words."""

from __future__ import annotations

from datetime import date

from django import template

from patients.models import VisitState
from patients.standing.visits import AnyVisit
from patients.wording.visits import clock, visit_in_words

register = template.Library()


@register.filter
def at_clock(visit: AnyVisit) -> str:
    """'09:20'."""
    return clock(visit.time)


@register.filter
def state_words(state: str) -> str:
    """'Kept'."""
    return str(VisitState(state).label)


@register.filter
def state_tone(state: str) -> str:
    """The colour of what became of a visit."""
    return {VisitState.KEPT.value: "ok", VisitState.MISSED.value: "warn"}.get(state, "plain")


@register.filter
def visit_words(visit: AnyVisit, today: date) -> str:
    """'Tuesday 1 December, 09:20'."""
    return visit_in_words(visit.day, visit.time, today)

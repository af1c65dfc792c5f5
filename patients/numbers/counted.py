"""Counts everything once a day for each choice, and keeps only what may be shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from patients.numbers.attended import attended
from patients.numbers.criteria import held_up
from patients.numbers.faults import faults
from patients.numbers.practice import calendars, kept, practised
from patients.numbers.rungs import climbed
from patients.numbers.small import people
from patients.numbers.wanted import Wanted

#: Counting reads every entry of the period. What it finds is kept for the rest of the day, which
#: also keeps two looks of one day from telling who came in between.
KEPT_FOR = timedelta(days=1)


def counted(wanted: Wanted) -> dict[str, Any]:
    """The numbers of today: read from the cache, or counted. Slugs and numbers, without words."""
    numbers: dict[str, Any] | None = cache.get(wanted.key)
    if numbers is None:
        numbers = count(wanted)
        cache.set(wanted.key, numbers, KEPT_FOR.total_seconds())
    return numbers


def count(wanted: Wanted) -> dict[str, Any]:
    """Fifteen queries, however many patients there are."""
    on_ladder = climbed(wanted)
    practice = practised(wanted)
    known = calendars(wanted, on_ladder.ways.values(), on_ladder.away)
    return {
        "at": timezone.now().isoformat(),
        "people": people(on_ladder.people),
        "days": on_ladder.days(),
        "rungs": on_ladder.counts(practice.last, attended(wanted)),
        "held": held_up(wanted),
        "kept": kept(wanted, on_ladder.ways, practice.days, known),
        "pain": practice.pain(),
        "faults": faults(wanted),
    }

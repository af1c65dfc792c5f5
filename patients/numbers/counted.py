"""Counts everything once a day for each choice, and keeps only what may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.cache import cache
from django.utils import timezone

from patients.numbers.attended import attended
from patients.numbers.criteria import held_up
from patients.numbers.faults import faults
from patients.numbers.practice import calendars, kept, practised
from patients.numbers.rungs import climbed
from patients.numbers.small import Spread, people, spread_shown
from patients.numbers.wanted import Wanted

#: Counting reads every entry of the period. What it finds is kept for the rest of the day, which
#: also keeps two looks of one day from telling who came in between.
KEPT_FOR = timedelta(days=1)


class Counted(NamedTuple):
    """``shown``: what may be shown as it is. ``spreads``: of each picture, as they are."""

    shown: dict[str, Any]
    spreads: dict[str, dict[str, Spread]]


def counted(wanted: Wanted) -> dict[str, Any]:
    """The numbers of today: read from the cache, or counted. Slugs and numbers, without words.

    What an owner can compare is counted in one go: of the whole clinic, and of their own patients.
    """
    numbers: dict[str, Any] | None = cache.get(wanted.key)
    if numbers is None:
        found = {one.key: one for one in wanted.compared()}
        shown = _shown([count(one) for one in found.values()])
        for key, one in zip(found, shown, strict=True):
            cache.set(key, one, KEPT_FOR.total_seconds())
        numbers = dict(zip(found, shown, strict=True))[wanted.key]
    return numbers


def count(wanted: Wanted) -> Counted:
    """Fifteen queries, however many patients there are."""
    on_ladder = climbed(wanted)
    practice = practised(wanted)
    known = calendars(wanted, on_ladder.ways.values(), on_ladder.away)
    parts, share = kept(wanted, on_ladder.ways, practice.days, known)
    seen, gone = faults(wanted)
    return Counted(
        {
            "at": timezone.now().isoformat(),
            "people": people(on_ladder.people),
            "rungs": on_ladder.counts(practice.last, attended(wanted)),
            "held": held_up(wanted),
            "kept": parts,
            "faults": seen,
        },
        {
            "days": on_ladder.days(),
            "kept": {"all": share} if share else {},
            "pain": practice.pain(),
            "faults": gone,
        },
    )


def _shown(found: Sequence[Counted]) -> list[dict[str, Any]]:
    """What may be shown of a whole and of its parts. The whole comes first."""
    whole = found[0].spreads
    return [
        {
            **one.shown,
            "spreads": {
                name: {key: spread_shown(of, whole[name].get(key)) for key, of in spreads.items()}
                for name, spreads in one.spreads.items()
            },
        }
        for one in found
    ]

"""The lighter start after days away: how much of the weight is left, for how long one was away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from patients.rules.periods import (
    AWAY_LONGEST_SHARE,
    AWAY_SHARES,
    LIGHTER_AFTER_DAYS,
    LIGHTER_SETS,
)
from patients.standing.load.parts import Aim, Played, Scale, Unit


def share(days: int) -> float:
    """The share of the weight from before that is left after so many days away."""
    return next((part for most, part in AWAY_SHARES if days <= most), AWAY_LONGEST_SHARE)


def is_away(since: date | None, day: date) -> bool:
    """Whether a day comes after so many days away that it begins lighter; ``since``: None = never
    there."""
    return since is not None and (day - since).days > LIGHTER_AFTER_DAYS


def days_away(played: Sequence[Played], base: date, today: date) -> int:
    """How long the patient was away: until the first session since, which was a lighter start."""
    back = [one.session.day for one in played if one.session.day > base]
    return (min([*back, today]) - base).days


def lighter(usual: Aim, before: float | None, scale: Scale, days: int) -> Aim:
    """The lighter start: fewer sets, the bottom of the range, and a share of the weight.

    ``usual``: the dose at the bottom of its range; ``before``: the weight from before, where the
    dose is a lighter one already
    """
    weight = usual.weight if before is None else max(before, usual.weight)
    part = weight * share(days)
    there = scale.at_most(part)
    if there is None:
        there = round(part) if scale.unit is Unit.KILOGRAMS else usual.weight
    return replace(usual, weight=min(there, usual.weight), sets=min(LIGHTER_SETS, usual.sets))

"""What is usual for a level where neither its content nor a clinician says so."""

from __future__ import annotations

from curriculum.models import Load
from patients.rules.periods import BAND_REPS, ONE_LEG_REPS, REST_SECONDS, WEIGHT_REPS

RANGES: dict[str, tuple[int, int]] = {
    Load.WEIGHT: WEIGHT_REPS,
    Load.BAND: BAND_REPS,
    Load.ONE_LEG: ONE_LEG_REPS,
}


def top_of(load: str, reps: int, reps_to: int | None = None) -> int | None:
    """The top of the range of repetitions that begins at ``reps``; None = no range.

    ``load``: what the drill is done with; ``reps_to``: the top, where it is said
    """
    if reps_to is not None or load not in RANGES:
        return reps_to
    top = RANGES[load][1]
    return top if top > reps else None


def rest_of(load: str, rest: int | None = None) -> int | None:
    """Seconds between two sets; None = as long as it takes. ``rest``: where it is said."""
    return REST_SECONDS if rest is None and load in RANGES else rest

"""Pain bands: decision support with the clinic's own figures. Unknown is never zero.

The functions are pure.

The default figures are those of the pain-monitoring model (0-3, 4-5, 6-10), as clinics use it after
Silbernagel 2007. It was validated for tendons; its use for backs is an extrapolation. Each clinic
can change the figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from patients.models import BandCode, Leg, StopCause


class Band(IntEnum):
    """The result of the pain rules. Bands are ordered, so ``max`` gives the more severe of two."""

    FINE = 0
    EASE = 1
    STOP = 2

    @property
    def code(self) -> str:
        return {Band.FINE: BandCode.FINE, Band.EASE: BandCode.EASE, Band.STOP: BandCode.STOP}[
            self
        ].value


def band_of_code(code: str | None) -> Band | None:
    return {
        BandCode.FINE.value: Band.FINE,
        BandCode.EASE.value: Band.EASE,
        BandCode.STOP.value: Band.STOP,
    }.get(code or "")


@dataclass(frozen=True)
class Thresholds:
    """A clinic's figures, pain 0-10.

    ``amber_from``: the lowest pain in the band "ease off"
    ``stop_from``: the lowest pain that can be a stop
    ``stop_always_from``: the lowest pain that is a stop whatever the usual pain is
    ``above_usual``: between the two, how far above the usual pain a stop begins
    """

    amber_from: int = 4
    stop_from: int = 6
    stop_always_from: int = 8
    above_usual: int = 2


class _HasThresholds(Protocol):
    pain_amber_from: int
    pain_stop_from: int
    pain_stop_always_from: int
    pain_above_usual: int


def thresholds_of(clinic: _HasThresholds) -> Thresholds:
    return Thresholds(
        clinic.pain_amber_from,
        clinic.pain_stop_from,
        clinic.pain_stop_always_from,
        clinic.pain_above_usual,
    )


def band(pain: int | None, usual: int | None, limits: Thresholds) -> Band | None:
    """The band of one pain number; None when the pain was not reported.

    ``usual``: the patient's usual pain, 0-10; None = unknown.
    """
    if pain is None:
        return None
    if _is_stop(pain, usual, limits):
        return Band.STOP
    return (
        Band.FINE if pain < limits.amber_from or _is_usual_amber(pain, usual, limits) else Band.EASE
    )


def _is_stop(pain: int, usual: int | None, limits: Thresholds) -> bool:
    if usual is None or pain >= limits.stop_always_from:
        return pain >= limits.stop_from
    return pain >= limits.stop_from and pain - usual >= limits.above_usual


def _is_usual_amber(pain: int, usual: int | None, limits: Thresholds) -> bool:
    """Whether the usual pain is amber itself, and the pain is no higher than usual."""
    return usual is not None and limits.amber_from <= usual < limits.stop_from and pain <= usual


def during(pain: int | None, leg: str | None, usual: int | None, limits: Thresholds) -> Band | None:
    """The band of an entry without its morning: the higher band of the pain and of the leg."""
    return _higher(band(pain, usual, limits), _leg_band(leg))


def with_morning(
    logged: Band | None, pain: int | None, worse: bool | None, usual: int | None, limits: Thresholds
) -> Band | None:
    """The band of an entry with its morning.

    It is the higher band of the two, and one band higher still if the morning was worse than usual.
    """
    higher = _higher(logged, band(pain, usual, limits))
    if not worse:
        return higher
    return Band.EASE if higher is None else Band(min(higher + 1, Band.STOP))


def stop_cause(pain_band: Band | None, leg: str | None) -> str | None:
    """The cause of the stop that an entry makes, its morning apart; None = the entry makes no stop.

    Weakness comes first, since its page has the urgent text.
    """
    if leg == Leg.WEAK:
        return StopCause.WEAK.value
    if leg == Leg.NUMB:
        return StopCause.NUMB.value
    return StopCause.PAIN.value if pain_band is Band.STOP else None


def _leg_band(leg: str | None) -> Band | None:
    if leg in {Leg.NUMB, Leg.WEAK}:
        return Band.STOP
    return Band.EASE if leg == Leg.BELOW_KNEE else None


def _higher(first: Band | None, second: Band | None) -> Band | None:
    known = [band for band in (first, second) if band is not None]
    return max(known) if known else None


def highest(pains: Iterable[int | None]) -> int | None:
    """The highest reported pain; None when no pain was reported."""
    return max((pain for pain in pains if pain is not None), default=None)

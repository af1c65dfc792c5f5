"""Pain bands: decision support with the clinic's own figures. Pure; unknown is never zero.

Figures and their sources: the pain-monitoring model (0-3, 4-5, 6-10) as clinics use it after
Silbernagel 2007, validated in tendons and extrapolated to backs; each clinic can change them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from patients.models import BandCode, Leg, StopCause


class Band(IntEnum):
    """In order of severity, so that the higher of two is ``max``."""

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
    """Pain 0-10: amber from, stop from, stop whatever the usual, and how far above usual a stop
    begins."""

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
    """The band of one number; None when it was not reported."""
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
    """Usual pain that lies in the amber band itself is nothing new."""
    return usual is not None and limits.amber_from <= usual < limits.stop_from and pain <= usual


def during(pain: int | None, leg: str | None, usual: int | None, limits: Thresholds) -> Band | None:
    """The band of an entry as logged: the pain's and the leg's, whichever is higher."""
    return _higher(band(pain, usual, limits), _leg_band(leg))


def with_morning(
    logged: Band | None, pain: int | None, worse: bool | None, usual: int | None, limits: Thresholds
) -> Band | None:
    """The band of an entry once its morning is known: the higher of the two, one up if worse than
    usual."""
    higher = _higher(logged, band(pain, usual, limits))
    if not worse:
        return higher
    return Band.EASE if higher is None else Band(min(higher + 1, Band.STOP))


def stop_cause(pain_band: Band | None, leg: str | None) -> str | None:
    """Why an entry as logged is a stop; weakness first, since it carries the urgent text."""
    if leg == Leg.WEAK:
        return StopCause.WEAK.value
    if leg == Leg.NUMB:
        return StopCause.NUMB.value
    return StopCause.PAIN.value if pain_band is Band.STOP else None


def _leg_band(leg: str | None) -> Band | None:
    if leg in {Leg.NUMB, Leg.WEAK}:
        return Band.STOP
    return Band.EASE if leg == Leg.BELOW_KNEE else None


def _higher(one: Band | None, other: Band | None) -> Band | None:
    known = [value for value in (one, other) if value is not None]
    return max(known) if known else None


def highest(pains: Iterable[int | None]) -> int | None:
    """The highest pain that was reported; None when none was."""
    return max((pain for pain in pains if pain is not None), default=None)

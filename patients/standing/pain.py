"""Pain bands: decision support about change, with the figures of the clinic or of the patient.

The functions are pure. Unknown is never zero.

Numbers up to 3, up to 5 and above are those of the pain-monitoring model (Silbernagel 2007). It was
tried on tendons; its use for backs is an extrapolation. That pain above the usual counts, and not
the number alone, follows Smith 2017: exercise that hurts does people no worse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol

from patients.models import BandCode, Effort, Leg, StopCause, WhyStopped

#: How far above its base a number may lie and still be fine.
RISE_FINE = 1


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
class Limits:
    """A clinic's figures, pain 0-10. A base is what a number is compared with.

    ``fine_to``: up to it a number is fine, whatever the base is
    ``fine_rise_to``: up to it a number that lies 1 above its base is fine
    ``stop_from``, ``rise_stop``: a stop from this number on, when it rose by so much
    ``high``, ``rise_high``: the same for high pain, which is never fine above ``fine_to``
    """

    fine_to: int = 3
    fine_rise_to: int = 5
    stop_from: int = 6
    rise_stop: int = 3
    high: int = 8
    rise_high: int = 2


@dataclass(frozen=True)
class OwnLimits:
    """A patient's own figures. They replace those of the clinic, and no base counts.

    ``high``: the clinic's figure for high pain
    """

    fine_to: int
    stop_from: int
    high: int = 8


AnyLimits = Limits | OwnLimits
DEFAULTS = Limits()


class _HasLimits(Protocol):
    pain_fine_to: int
    pain_fine_rise_to: int
    pain_stop_from: int
    pain_rise_stop: int
    pain_high: int
    pain_rise_high: int


def limits_of(clinic: _HasLimits) -> Limits:
    return Limits(
        fine_to=clinic.pain_fine_to,
        fine_rise_to=clinic.pain_fine_rise_to,
        stop_from=clinic.pain_stop_from,
        rise_stop=clinic.pain_rise_stop,
        high=clinic.pain_high,
        rise_high=clinic.pain_rise_high,
    )


def band(pain: int | None, base: int | None, limits: AnyLimits = DEFAULTS) -> Band | None:
    """One look: the band of one number against one base. None when no pain was reported.

    ``base``: the usual pain or the pain before practice, 0-10; None = unknown.
    """
    return None if pain is None else _look(pain, base, limits)


def _look(pain: int, base: int | None, limits: AnyLimits) -> Band:
    if isinstance(limits, OwnLimits) or base is None:
        return _by_number(pain, limits)
    rise = pain - base
    if pain <= limits.fine_to or (pain < limits.high and _rise_is_fine(pain, rise, limits)):
        return Band.FINE
    rose = pain >= limits.stop_from and rise >= limits.rise_stop
    rose_high = pain >= limits.high and rise >= limits.rise_high
    return Band.STOP if rose or rose_high else Band.EASE


def _by_number(pain: int, limits: AnyLimits) -> Band:
    if pain <= limits.fine_to:
        return Band.FINE
    return Band.EASE if pain < limits.stop_from else Band.STOP


def _rise_is_fine(pain: int, rise: int, limits: Limits) -> bool:
    return rise <= 0 or (rise == RISE_FINE and pain <= limits.fine_rise_to)


def is_usual(pain: int, usual: int | None, limits: AnyLimits = DEFAULTS) -> bool:
    """Whether a number is fine because it is no more than usual, and by nothing else."""
    if isinstance(limits, OwnLimits) or usual is None or pain > usual:
        return False
    return pain > limits.fine_to and _look(pain, usual, limits) is Band.FINE


def during(
    pain: int | None, before: int | None, usual: int | None, limits: AnyLimits = DEFAULTS
) -> Band | None:
    """The band of the highest pain while practising; None when it was not reported.

    ``before``: the pain before practice; None = not told
    ``usual``: the usual pain; None = unknown
    """
    if pain is None:
        return None
    if isinstance(limits, OwnLimits) or before is None:
        return _look(pain, usual, limits)
    if usual is None or pain > usual or pain >= limits.high:
        return max(_look(pain, before, limits), _look(pain, usual, limits))
    # Up to the usual pain a rise eases off at most: it does not stop what hurts as always.
    rose = pain > limits.fine_to and pain - before >= limits.rise_stop
    return Band.EASE if rose else Band.FINE


def before(pain: int | None, usual: int | None, limits: AnyLimits = DEFAULTS) -> Band | None:
    """The band of the pain before practice; None when it was not told."""
    return band(pain, usual, limits)


def entry(
    pain: int | None, before: int | None, usual: int | None, limits: AnyLimits = DEFAULTS
) -> Band | None:
    """The band of an entry's numbers; None when it has none."""
    return higher(during(pain, before, usual, limits), band(before, usual, limits))


def morning(
    pain: int | None, worse: bool | None, usual: int | None, limits: AnyLimits = DEFAULTS
) -> Band | None:
    """The band of a morning after practice; None when nothing was told.

    It is a stop only if it was worse than usual too, or if the pain is high. "Worse" alone eases.

    ``worse``: whether it was worse than usual; None = not told
    """
    look = band(pain, usual, limits)
    if look is Band.STOP and (worse is not False or is_high(pain, limits)):
        return Band.STOP
    if worse or look is Band.STOP:
        return Band.EASE
    return look


def is_high(pain: int | None, limits: AnyLimits) -> bool:
    """Whether no drill is done after a stop with this pain until a clinician answers."""
    return pain is not None and pain >= limits.high


class Logged(Protocol):
    """What an entry tells, as ``Practice`` has it."""

    @property
    def pain(self) -> int | None: ...
    @property
    def before(self) -> int | None: ...
    @property
    def leg(self) -> str | None: ...
    @property
    def effort(self) -> str | None: ...
    @property
    def why_stopped(self) -> str | None: ...


def of_pain(logged: Logged, usual: int | None, limits: AnyLimits) -> Band | None:
    """The band of an entry's pain, before and while practising, the leg apart."""
    return higher(of_during(logged, usual, limits), before(logged.before, usual, limits))


def of_during(logged: Logged, usual: int | None, limits: AnyLimits) -> Band | None:
    """The band of what practice did.

    Whoever had to stop for pain and told no number has a stop; every other stop eases at least.
    """
    numbers = _numbers(logged, usual, limits)
    if logged.effort != Effort.STOPPED:
        return numbers
    unnumbered = logged.why_stopped == WhyStopped.PAIN and logged.pain is None
    return higher(numbers, Band.STOP if unnumbered else Band.EASE)


def of_entry(logged: Logged, usual: int | None, limits: AnyLimits) -> Band | None:
    """The band of an entry without its morning: the highest of its pain and of the leg."""
    return higher(of_pain(logged, usual, limits), _leg_band(logged.leg))


class Reason(StrEnum):
    """What decided the band of an entry."""

    LEG = "leg"
    BEFORE = "before"
    STOPPED = "stopped"
    HARD_DAY = "hard_day"
    ROSE = "rose"
    NUMBER = "number"


def reason(logged: Logged, usual: int | None, limits: AnyLimits) -> Reason | None:
    """What decided; of several that weigh the same, the first of ``Reason``. None = nothing told.

    A sign in the leg is never told as a number.
    """
    whole = of_entry(logged, usual, limits)
    weighed = (
        (Reason.LEG, _leg_band(logged.leg)),
        (Reason.BEFORE, before(logged.before, usual, limits)),
        (_of_number(logged, usual, limits), _numbers(logged, usual, limits)),
        (Reason.STOPPED, of_during(logged, usual, limits)),
    )
    return next((why for why, told in weighed if told is not None and told is whole), None)


def _numbers(logged: Logged, usual: int | None, limits: AnyLimits) -> Band | None:
    return during(logged.pain, logged.before, usual, limits)


def _of_number(logged: Logged, usual: int | None, limits: AnyLimits) -> Reason:
    pain = logged.pain
    if pain is None or isinstance(limits, OwnLimits):
        return Reason.NUMBER
    if usual is not None and limits.high <= pain <= usual:
        return Reason.HARD_DAY
    base = logged.before if logged.before is not None else usual
    return Reason.ROSE if base is not None and pain > base else Reason.NUMBER


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


def higher(*bands: Band | None) -> Band | None:
    """The highest of some bands; None when all are unknown."""
    return max((band for band in bands if band is not None), default=None)


def highest(pains: Iterable[int | None]) -> int | None:
    """The highest reported pain; None when no pain was reported."""
    return max((pain for pain in pains if pain is not None), default=None)

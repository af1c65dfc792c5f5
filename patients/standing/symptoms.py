"""How urgent symptoms are, and which stops they make. Pure: tested against a table by hand.

What is not told counts as the worst. Since when never lowers the urgency: the clinician weighs it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from patients.models import ReportUrgency, Side, StopCause, Symptom
from patients.models.reports import Sign
from patients.standing.pain import Band

#: An emergency whatever the side is.
ALWAYS_NOW = frozenset({Symptom.SADDLE, Symptom.BLADDER, Symptom.BOWEL, Symptom.OTHER_NOW})
ALWAYS_TODAY = frozenset({Symptom.FEVER, Symptom.CALF})
#: Two of these together are an emergency.
OF_THE_CORD = frozenset(
    {Symptom.SADDLE, Symptom.BLADDER, Symptom.BOWEL, Symptom.WEAK, Symptom.NUMB}
)
#: After a fall with one of these precautions, or from this age on, a doctor looks the same day.
FALL_PRECAUTIONS = frozenset({"osteoporosis", "spine_fracture", "cancer", "blood_thinners"})
FALL_AGE = 65

#: The worst has the lowest number.
ORDER = list(ReportUrgency)


@dataclass(frozen=True)
class Weight:
    """``causes``: of the stops that the symptoms make, the worst first."""

    urgency: ReportUrgency
    causes: tuple[StopCause, ...]


def weigh(
    signs: Collection[Sign], *, waiting: Collection[Sign] = (), fragile: bool = False
) -> Weight:
    """The urgency of what is told now.

    ``waiting``: what was told before and still waits for an answer; together it can be worse
    ``fragile``: whether a fall is a doctor's matter the same day, see ``is_fragile``
    """
    every = [*signs, *waiting]
    weighed = [_weigh(sign, every, fragile) for sign in signs]
    urgency = min((urgency for urgency, _ in weighed), key=ORDER.index, default=ReportUrgency.NONE)
    causes = {cause for _, cause in weighed if cause is not None}
    order = [StopCause.NOW, StopCause.TODAY, StopCause.NUMB, StopCause.FALL, StopCause.BELOW_KNEE]
    return Weight(urgency, tuple(cause for cause in order if cause in causes))


def is_fragile(precautions: Iterable[str], age: int | None) -> bool:
    """``age``: None = not known."""
    return not FALL_PRECAUTIONS.isdisjoint(precautions) or (age is not None and age >= FALL_AGE)


def _weigh(
    sign: Sign, every: Collection[Sign], fragile: bool
) -> tuple[ReportUrgency, StopCause | None]:
    if sign.kind == Symptom.OTHER:
        return ReportUrgency.NOTE, None
    if _is_now(sign, every):
        return ReportUrgency.NOW, StopCause.NOW
    fall = sign.kind == Symptom.FALL
    if sign.kind == Symptom.WEAK or sign.kind in ALWAYS_TODAY or (fall and fragile):
        return ReportUrgency.TODAY, StopCause.TODAY
    return ReportUrgency.SOON, StopCause(sign.kind)


def _is_now(sign: Sign, every: Collection[Sign]) -> bool:
    if sign.kind in ALWAYS_NOW:
        return True
    if sign.kind in OF_THE_CORD and len(OF_THE_CORD.intersection(each.kind for each in every)) > 1:
        return True
    if sign.kind == Symptom.WEAK and sign.growing is not False:
        return True
    return sign.kind in {Symptom.WEAK, Symptom.NUMB, Symptom.BELOW_KNEE} and _both(sign, every)


def _both(sign: Sign, every: Collection[Sign]) -> bool:
    """Whether both legs may have it, now or together with what still waits."""
    sides = {each.side for each in every if each.kind == sign.kind}
    return sign.side is None or Side.BOTH in sides or {Side.LEFT, Side.RIGHT} <= sides


def band(urgency: str, signs: Collection[Sign]) -> Band | None:
    """The band of an entry with which this was told; None = nothing that counts."""
    if urgency not in {ReportUrgency.NOW, ReportUrgency.TODAY, ReportUrgency.SOON}:
        return None
    below_knee = {sign.kind for sign in signs} <= {Symptom.BELOW_KNEE, Symptom.OTHER}
    return Band.EASE if urgency == ReportUrgency.SOON and below_knee else Band.STOP

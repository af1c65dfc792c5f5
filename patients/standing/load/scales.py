"""The weights that a patient can go through on a level: what is at home, or the clinic's bands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from patients.models import Band, Prescription
from patients.standing.load.parts import Scale, Unit

#: Where nobody said what is at home, steps of so many kilograms are thought of.
UNKNOWN_STEP = 2
UNKNOWN_STEPS = 20


@dataclass(frozen=True)
class Steps:
    """What the numbers of a scale are. ``bands``: band and mark of each number, lightest first;
    none where the level is done with kilograms, or with nothing."""

    scale: Scale
    bands: Sequence[tuple[Band, int]] = ()

    def of(self, dose: Prescription) -> float:
        """The number of a dose."""
        if self.scale.unit is Unit.KILOGRAMS:
            return float(dose.load or 0)
        held: list[tuple[int | None, int]] = [(band.pk, mark) for band, mark in self.bands]
        here = (dose.band_id, dose.mark or 0)
        return float(held.index(here)) if here in held else 0.0

    def load(self, number: float) -> Decimal | None:
        return Decimal(str(number)) if self.scale.unit is Unit.KILOGRAMS else None

    def band(self, number: float) -> tuple[Band | None, int | None]:
        return self.bands[int(number)] if self.bands else (None, None)


def steps_for(dose: Prescription, owned: Sequence[Decimal], bands: Iterable[Band]) -> Steps:
    """The steps of the level of a dose.

    ``owned``: kilograms at home, lightest first; ``bands``: the clinic's, retired ones as well
    """
    if dose.load is not None:
        cap = None if dose.max_kg is None else float(dose.max_kg)
        weights = [float(kg) for kg in owned] or _thought_of(float(dose.load))
        return Steps(Scale(Unit.KILOGRAMS, weights, cap, known=bool(owned)))
    if dose.band_id is None:
        return Steps(Scale(Unit.BODY))
    pairs = [(band, mark) for band in bands for mark in range(band.marks + 1)]
    there = [float(nth) for nth, (band, _mark) in enumerate(pairs) if band.retired_at is None]
    return Steps(Scale(Unit.BANDS, there), pairs)


def without_weights(doses: Sequence[Prescription]) -> Steps:
    """The steps of the doses of a level alone, where nobody asks what else there is."""
    latest = doses[-1]
    if latest.load is not None:
        weights = {float(dose.load) for dose in doses if dose.load is not None}
        return Steps(Scale(Unit.KILOGRAMS, sorted(weights)))
    if latest.band is None:
        return Steps(Scale(Unit.BODY))
    pairs = {(dose.band_id, dose.mark or 0): dose.band for dose in doses}
    bands = [(band, mark) for (_, mark), band in pairs.items() if band is not None]
    bands.sort(key=lambda pair: (pair[0].position, pair[1]))
    return Steps(Scale(Unit.BANDS, [float(nth) for nth in range(len(bands))]), bands)


def _thought_of(weight: float) -> list[float]:
    steps = range(-UNKNOWN_STEPS, UNKNOWN_STEPS + 1)
    around = [weight + UNKNOWN_STEP * step for step in steps]
    return [kg for kg in around if kg >= 1]

"""The easier day of a level with a weight or a band: less of it, or a rehearsal without any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from curriculum.models import EXTERNAL_LOADS, Load
from patients.models import Band, Patient, Prescription
from patients.standing.bands import in_use
from patients.standing.load.at_home import owned_by
from patients.standing.position import LadderStep

#: So many sets are left of an easier day with load.
EASIER_SETS = 2
#: A rehearsal with a stick: its drills begin with this.
REHEARSAL = "stick-"
REHEARSAL_REPS = 8


@dataclass(frozen=True)
class Lighter:
    """What there is to lift less with. ``owned``: kilograms at home, lightest first; ``band``: the
    clinic's lightest."""

    owned: Sequence[Decimal] = ()
    band: Band | None = None


NOTHING_LIGHTER = Lighter()


def lighter_for(patient: Patient, step: LadderStep | None) -> Lighter:
    """What a level of a patient can be done with on an easier day. One query, or none."""
    if step is None or step.load not in EXTERNAL_LOADS:
        return NOTHING_LIGHTER
    if step.load == Load.BAND:
        return Lighter(band=in_use(patient.clinic_id).first())
    return Lighter(owned_by(patient))


def with_less(
    step: LadderStep, halved: Prescription, steps: Sequence[LadderStep], lighter: Lighter
) -> tuple[LadderStep, Prescription, str] | None:
    """The level, its dose and how it is easier: "half" or "rehearsal"; None = neither is there.

    ``halved``: the dose with half the repetitions, not to be saved
    """
    halved.sets = min(EASIER_SETS, halved.sets)
    if step.load == Load.BAND:
        _take_the_lightest(halved, lighter.band)
        return step, halved, "half"
    up_to_half = [kg for kg in lighter.owned if halved.load is not None and kg <= halved.load / 2]
    if up_to_half:
        halved.load = up_to_half[-1]
        return step, halved, "half"
    rehearsal = _rehearsal(step, steps)
    if rehearsal is None:
        return None
    said = {"plan_id": halved.plan_id, "level_id": rehearsal.level_id}
    dose = Prescription(**said, sets=EASIER_SETS, reps=REHEARSAL_REPS)
    return rehearsal, dose, "rehearsal"


def _take_the_lightest(dose: Prescription, lightest: Band | None) -> None:
    if dose.band_id is not None:
        dose.band = lightest
        dose.mark = 0 if lightest is not None else None


def _rehearsal(step: LadderStep, steps: Sequence[LadderStep]) -> LadderStep | None:
    found = [
        one
        for one in steps
        if one.rung == step.rung and one.helper and one.slug.startswith(REHEARSAL)
    ]
    return next((one for one in found if one.home and not one.avoid), None)

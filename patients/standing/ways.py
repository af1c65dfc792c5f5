"""The way in which a patient does a drill: the variant that a clinician chose in the dose."""

from __future__ import annotations

from curriculum.models import Drill
from curriculum.variants import Variant, read_variants
from patients.models import Prescription


def way_of(drill: Drill, dose: Prescription | None) -> Variant | None:
    """None = as the drill is drawn, or the content no longer knows the variant."""
    if dose is None or not dose.variant:
        return None
    return read_variants(drill.variants).get(dose.variant)

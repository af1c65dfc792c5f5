"""The weights at a patient's home, as they were told."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from patients.models import HomeWeights, Patient

#: A bag is filled a kilogram at a time: a litre of water weighs one.
BAG_STEP = 1


def weights_at_home(patient: Patient) -> dict[str, list[Decimal]]:
    """The kilograms of each kind at home, lightest first; kinds of which there are none are left
    out. One query."""
    return _by_kind(HomeWeights.objects.filter(patient=patient))


def _by_kind(rows: Iterable[HomeWeights]) -> dict[str, list[Decimal]]:
    latest = {row.kind: row.kilograms for row in rows}
    return {kind: [Decimal(str(kg)) for kg in kgs] for kind, kgs in latest.items() if kgs}


def owned_by(patient: Patient) -> list[Decimal]:
    """Every weight at home in kilograms, lightest first, each once. One query."""
    return kilograms_in(HomeWeights.objects.filter(patient=patient))


def kilograms_in(rows: Iterable[HomeWeights]) -> list[Decimal]:
    """Every weight of what one patient told, lightest first, each once. ``rows``: oldest first."""
    return sorted({kg for kgs in _by_kind(rows).values() for kg in kgs})


def steps_up_to(most: int) -> list[int]:
    """What a bag can weigh that somebody fills up to so many kilograms."""
    return list(range(BAG_STEP, most + 1, BAG_STEP))

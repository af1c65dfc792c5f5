"""The verb that keeps what weights a patient has at home."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from patients.models import HomeWeights, Patient, WeightKind
from patients.rules import guards
from patients.rules.refusals import Refused

#: So many weights of one kind are kept at most.
MOST_WEIGHTS = 60


@transaction.atomic
def tell(
    *, patient: Patient, by: User, kind: str, kilograms: Sequence[Decimal | float]
) -> HomeWeights | None:
    """Keep the weights of one kind that are at home; the latest row of a kind counts.

    ``kilograms``: each weight in kg, in any order; none = there is nothing of this kind
    The same again returns the latest row; nothing of a kind that was never there returns None.

    Raises ``Refused``: erased, not_the_patient, bad_choice, out_of_range, too_many_weights.
    """
    patient = guards.lock_patient(patient)
    guards.patient_or_clinic(by, patient)
    if kind not in WeightKind.values:
        raise Refused("bad_choice")
    kept = sorted({float(guards.kilograms(kg)) for kg in kilograms})
    if len(kept) > MOST_WEIGHTS:
        raise Refused("too_many_weights", most=MOST_WEIGHTS)
    latest = HomeWeights.objects.filter(patient=patient, kind=kind).last()
    if kept == (latest.kilograms if latest is not None else []):
        return latest
    return HomeWeights.objects.create(patient=patient, kind=kind, kilograms=kept, by=by)

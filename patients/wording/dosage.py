"""Doses in words, for every page, note and handout."""

from __future__ import annotations

from django.utils.translation import gettext as _

from patients.models import Prescription


def dosage_in_words(dose: Prescription) -> str:
    """'3 × 8 a side, 3 seconds down, 12 kg, to mid-thigh'."""
    return ", ".join(filter(None, [dose_amount(dose), dose.max_depth]))


def dose_amount(dose: Prescription) -> str:
    """The dose without the depth: '3 × 8 a side, 3 seconds down, 12 kg'."""
    parts = [_("{sets} × {reps} a side") if dose.per_side else _("{sets} × {reps}")]
    if dose.seconds:
        parts.append(_("{seconds} seconds down"))
    if dose.load is not None:
        parts.append(_("{load} kg"))
    return ", ".join(parts).format(
        sets=dose.sets, reps=dose.reps, seconds=dose.seconds, load=kilograms(dose)
    )


def kilograms(dose: Prescription) -> str:
    """The load without zeros at its end: '12' or '12.5'; empty without a load."""
    return f"{dose.load:f}".rstrip("0").rstrip(".") if dose.load is not None else ""

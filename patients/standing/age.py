"""How old a patient is."""

from __future__ import annotations

from datetime import date

from patients.models import Patient


def age_of(patient: Patient, day: date) -> int | None:
    """The age in years on a day; None = the date of birth is not known."""
    born = patient.born_on
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

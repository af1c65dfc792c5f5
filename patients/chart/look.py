"""When somebody looks at a patient again, for the patient's page."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from patients.models import Patient


class Look(NamedTuple):
    """``on``: the day; None = nobody needs to look. ``due``: whether that day has come."""

    on: date | None
    due: bool


def next_look(patient: Patient) -> Look:
    """``patient``: as ``chart.page.patients`` reads them. No query."""
    day: date | None = vars(patient)["look_again_on"]
    return Look(day, day is not None and day <= patient.clinic.today())

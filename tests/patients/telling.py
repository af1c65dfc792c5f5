"""What a patient tells, by the verb that keeps it."""

from __future__ import annotations

from typing import Any

from patients.models import Patient, Report
from patients.verbs import reports as report_verbs
from tests.patients import acts


def told(patient: Patient, *kinds: str, **said: Any) -> Report:
    """``side``: of every kind."""
    side = said.pop("side", "")
    shared: dict[str, Any] = {"patient": patient, "by": patient.user, "client_id": acts.new_id()}
    sides = dict.fromkeys(kinds, side)
    return report_verbs.report(**shared | {"kinds": kinds, "sides": sides} | said)

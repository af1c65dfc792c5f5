"""Who is drawn in a patient's pictures."""

from __future__ import annotations

from curriculum.figures.people import Person
from patients.models import DrawnPerson, Patient


def person_of(patient: Patient) -> Person | None:
    """The person whom the patient chose; None = different people. No query where the patient was
    read with ``drawn_as``, else one."""
    chosen: DrawnPerson | None = getattr(patient, "drawn_as", None)
    return chosen.person if chosen is not None else None

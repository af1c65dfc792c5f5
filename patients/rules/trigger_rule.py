"""The form in which ``triggers`` names a rule of the database, and what several rules ask."""

from __future__ import annotations

#: Whether who writes a row is a clinician of the patient's clinic.
BY_OUR_CLINICIAN = (
    "EXISTS (SELECT 1 FROM accounts_user u JOIN patients_patient p ON p.clinic_id = u.clinic_id"
    " WHERE u.id = NEW.by_id AND p.id = NEW.patient_id AND u.role IN ('clinician', 'owner'))"
)


def rule(table: str, events: str, refuse_when: str, message: str) -> dict[str, str]:
    return {"table": table, "events": events, "refuse_when": refuse_when, "message": message}

"""Triggers of visits: whose they are, and who of the clinic plans and keeps them."""

from __future__ import annotations

from patients.rules.trigger_rule import rule


def _not_ours(column: str) -> str:
    return (
        f"NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM accounts_user u"
        " JOIN patients_patient p ON p.clinic_id = u.clinic_id"
        f" WHERE u.id = NEW.{column} AND p.id = NEW.patient_id"
        " AND u.role IN ('clinician', 'owner'))"
    )


VISITS: dict[str, dict[str, str]] = {
    "visit_with_our_clinician": rule(
        "patients_visit",
        "INSERT UPDATE",
        _not_ours("clinician_id"),
        "a visit is with a clinician of the patient's clinic",
    ),
    "visit_planned_by_our_clinician": rule(
        "patients_visit",
        "INSERT UPDATE",
        _not_ours("by_id"),
        "only a clinician of the clinic plans a visit",
    ),
    "visit_marked_by_our_clinician": rule(
        "patients_visit",
        "INSERT UPDATE",
        _not_ours("said_by_id"),
        "only a clinician of the clinic says what became of a visit",
    ),
    "visit_stays_with_its_patient": rule(
        "patients_visit",
        "UPDATE",
        "NEW.patient_id <> OLD.patient_id",
        "a visit stays with its patient",
    ),
}

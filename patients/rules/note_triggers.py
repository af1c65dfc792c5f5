"""Triggers of notes and letters: who writes them, and what a correction takes back."""

from __future__ import annotations

from patients.rules.trigger_rule import BY_OUR_CLINICIAN, rule


def _not_of_the_same_patient(table: str) -> str:
    return (
        "NEW.takes_back_id IS NOT NULL AND NOT EXISTS"
        f" (SELECT 1 FROM {table} n WHERE n.id = NEW.takes_back_id"
        " AND n.patient_id = NEW.patient_id)"
    )


NOTES: dict[str, dict[str, str]] = {
    "note_by_our_clinician": rule(
        "patients_recordnote",
        "INSERT",
        f"NOT {BY_OUR_CLINICIAN}",
        "only a clinician of the clinic writes a note for the record",
    ),
    "note_takes_back_one_of_its_patient": rule(
        "patients_recordnote",
        "INSERT",
        _not_of_the_same_patient("patients_recordnote"),
        "a note takes back one of the same patient",
    ),
    "note_says_something": rule(
        "patients_recordnote",
        "INSERT",
        "NEW.text = '' AND NEW.takes_back_id IS NULL",
        "only a note that takes another back is empty",
    ),
    "letter_by_our_clinician": rule(
        "patients_letter",
        "INSERT",
        f"NOT {BY_OUR_CLINICIAN}",
        "only a clinician of the clinic writes a letter",
    ),
    "letter_takes_back_one_of_its_patient": rule(
        "patients_letter",
        "INSERT",
        _not_of_the_same_patient("patients_letter"),
        "a letter takes back one of the same patient",
    ),
    "letter_to_somebody": rule(
        "patients_letter",
        "INSERT",
        "NEW.addressee = '' OR NEW.text = ''",
        "a letter says something to somebody",
    ),
}

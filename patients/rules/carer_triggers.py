"""Triggers of carers: whom they help, and in whose record they write."""

from __future__ import annotations

from patients.rules.trigger_rule import rule


def _is_a_carer(column: str = "NEW.by_id") -> str:
    return f"EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = {column} AND u.role = 'carer')"


def _helps(patient: str) -> str:
    """Whether who writes the row is a carer of that patient whose access runs."""
    return (
        "EXISTS (SELECT 1 FROM patients_carer c WHERE c.user_id = NEW.by_id"
        f" AND c.ended_at IS NULL AND c.patient_id = {patient})"
    )


#: For a rule that says who may write: a carer of the patient of the row may.
BY_ITS_CARER = _helps("NEW.patient_id")
_OF_PLAN = "(SELECT p.patient_id FROM patients_plan p WHERE p.id = NEW.plan_id)"
_OF_ENTRY = (
    "(SELECT p.patient_id FROM patients_practice e JOIN patients_plan p ON p.id = e.plan_id"
    " WHERE e.id = NEW.practice_id)"
)
_OWN_ALONE = "a carer changes only what they wrote themselves"


def _of_another(patient: str) -> str:
    return f"{_is_a_carer()} AND NOT {_helps(patient)}"


def _never(table: str) -> dict[str, str]:
    return rule(table, "INSERT", _is_a_carer(), "that is the patient's own, or the clinic's")


def _correcting(table: str, column: str) -> str:
    """Whether a carer's row takes the place of somebody else's."""
    return (
        f"NEW.{column} IS NOT NULL AND {_is_a_carer()} AND EXISTS (SELECT 1 FROM {table} o"
        f" WHERE o.id = NEW.{column} AND o.by_id <> NEW.by_id)"
    )


CARERS: dict[str, dict[str, str]] = {
    "carer_of_a_patient_here": rule(
        "patients_carer",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM patients_patient p JOIN accounts_user u"
        " ON u.clinic_id = p.clinic_id AND u.role = 'carer' JOIN accounts_user n"
        " ON n.id = p.user_id OR n.clinic_id = p.clinic_id AND n.role IN ('clinician', 'owner')"
        " WHERE p.id = NEW.patient_id AND p.archived_at IS NULL AND u.id = NEW.user_id"
        " AND n.id = NEW.named_by_id)",
        "a carer of a patient in treatment is named by them or their clinic",
    ),
    "carer_stays_who_they_are": rule(
        "patients_carer",
        "UPDATE",
        "NEW.patient_id <> OLD.patient_id OR NEW.user_id <> OLD.user_id"
        " OR NEW.named_by_id <> OLD.named_by_id OR NEW.named_at <> OLD.named_at",
        "a carer helps the same patient from beginning to end",
    ),
    "carer_ends_for_good": rule(
        "patients_carer",
        "UPDATE",
        "OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_at <> OLD.ended_at)",
        "an ended carer is named anew",
    ),
    "link_of_a_carer_who_helps": rule(
        "accounts_phonelink",
        "INSERT UPDATE",
        f"NEW.revoked_at IS NULL AND {_is_a_carer('NEW.user_id')} AND NOT EXISTS (SELECT 1"
        " FROM patients_carer c WHERE c.user_id = NEW.user_id AND c.ended_at IS NULL)",
        "the carer helps nobody any more",
    ),
    "practice_by_its_carer": rule(
        "patients_practice", "INSERT", _of_another(_OF_PLAN), "a carer logs for their patient"
    ),
    "practice_corrected_by_its_carer": rule(
        "patients_practice", "INSERT", _correcting("patients_practice", "corrects_id"), _OWN_ALONE
    ),
    "morning_by_its_carer": rule(
        "patients_morning", "INSERT", _of_another(_OF_ENTRY), "a carer answers for their patient"
    ),
    "report_corrected_by_its_carer": rule(
        "patients_report", "INSERT", _correcting("patients_report", "takes_back_id"), _OWN_ALONE
    ),
    "message_by_its_carer": rule(
        "patients_message",
        "INSERT",
        _of_another("NEW.patient_id"),
        "a carer writes for their patient",
    ),
    "message_keeps_its_writer": rule(
        "patients_message",
        "UPDATE",
        "NEW.by_id <> OLD.by_id OR NEW.patient_id <> OLD.patient_id"
        " OR NEW.from_patient <> OLD.from_patient",
        "a message stays whose it is",
    ),
    "pause_never_by_a_carer": _never("patients_pause"),
    "level_never_by_a_carer": _never("patients_levelchoice"),
    "rating_never_by_a_carer": _never("patients_rating"),
}

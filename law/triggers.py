"""Triggers of erasures: who may be erased, and that nothing comes back."""

from __future__ import annotations

from patients.rules.trigger_rule import rule

TRIGGERS: dict[str, dict[str, str]] = {
    "erased_stays_erased": rule(
        "patients_patient",
        "UPDATE",
        "OLD.erased_at IS NOT NULL AND (NEW.erased_at IS NULL"
        " OR NEW.archived_at IS NULL OR NEW.name <> OLD.name OR NEW.formal_name <> ''"
        " OR NEW.number <> '' OR NEW.phone <> '' OR NEW.other_phone <> '' OR NEW.email <> ''"
        " OR NEW.referral_note <> '' OR NEW.born_on IS NOT NULL)",
        "who was erased stays erased",
    ),
    "erased_after_the_discharge": rule(
        "patients_patient",
        "INSERT UPDATE",
        "NEW.erased_at IS NOT NULL AND NEW.archived_at IS NULL",
        "only somebody who was discharged is erased",
    ),
    "erasure_by_our_owner": rule(
        "law_erasure",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM patients_patient p WHERE p.id = NEW.patient_id"
        " AND p.erased_at IS NOT NULL) OR NEW.by_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM accounts_user u JOIN patients_patient p ON p.clinic_id = u.clinic_id"
        " WHERE u.id = NEW.by_id AND p.id = NEW.patient_id AND u.role = 'owner')",
        "only the owner of the clinic erases somebody",
    ),
}

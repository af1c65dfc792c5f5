"""Triggers of erasures: who may be erased, and that nothing comes back."""

from __future__ import annotations

TRIGGERS: dict[str, dict[str, str]] = {
    "erased_stays_erased": {
        "table": "patients_patient",
        "events": "UPDATE",
        "refuse_when": "OLD.erased_at IS NOT NULL AND (NEW.erased_at IS NULL"
        " OR NEW.archived_at IS NULL OR NEW.name <> OLD.name OR NEW.formal_name <> ''"
        " OR NEW.number <> '' OR NEW.phone <> '' OR NEW.other_phone <> '' OR NEW.email <> ''"
        " OR NEW.referral_note <> '' OR NEW.born_on IS NOT NULL)",
        "message": "who was erased stays erased",
    },
    "erased_after_the_discharge": {
        "table": "patients_patient",
        "events": "INSERT UPDATE",
        "refuse_when": "NEW.erased_at IS NOT NULL AND NEW.archived_at IS NULL",
        "message": "only somebody who was discharged is erased",
    },
    "erasure_by_our_owner": {
        "table": "law_erasure",
        "events": "INSERT",
        "refuse_when": "NOT EXISTS (SELECT 1 FROM patients_patient p WHERE p.id = NEW.patient_id"
        " AND p.erased_at IS NOT NULL) OR NEW.by_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM accounts_user u JOIN patients_patient p ON p.clinic_id = u.clinic_id"
        " WHERE u.id = NEW.by_id AND p.id = NEW.patient_id AND u.role = 'owner')",
        "message": "only the owner of the clinic erases somebody",
    },
}

"""Triggers of load: whose bands are prescribed, and who tells what weights are at home."""

from __future__ import annotations

from patients.rules.trigger_rule import BY_OUR_CLINICIAN, rule

_NAMED_TWICE = (
    "NEW.retired_at IS NULL AND EXISTS (SELECT 1 FROM patients_band b"
    " WHERE b.clinic_id = NEW.clinic_id AND b.retired_at IS NULL"
    " AND lower(b.name) = lower(NEW.name){apart})"
)

LOAD: dict[str, dict[str, str]] = {
    "band_stays_in_its_clinic": rule(
        "patients_band", "UPDATE", "NEW.clinic_id <> OLD.clinic_id", "a band stays in its clinic"
    ),
    "band_named_once_when_added": rule(
        "patients_band", "INSERT", _NAMED_TWICE.format(apart=""), "two bands have one name"
    ),
    "band_named_once": rule(
        "patients_band",
        "UPDATE",
        _NAMED_TWICE.format(apart=" AND b.id <> NEW.id"),
        "two bands have one name",
    ),
    "band_keeps_its_name": rule(
        "patients_band",
        "UPDATE",
        "NEW.name <> OLD.name AND EXISTS (SELECT 1 FROM patients_prescription p"
        " WHERE p.band_id = NEW.id)",
        "a band that was prescribed keeps its name",
    ),
    "band_keeps_its_marks": rule(
        "patients_band",
        "UPDATE",
        "NEW.marks < OLD.marks AND EXISTS (SELECT 1 FROM patients_prescription p"
        " WHERE p.band_id = NEW.id AND p.mark > NEW.marks)",
        "a band keeps the marks at which it was prescribed",
    ),
    "prescription_band_of_this_clinic": rule(
        "patients_prescription",
        "INSERT",
        "NEW.band_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM patients_band b JOIN patients_plan p"
        " ON p.clinic_id = b.clinic_id WHERE b.id = NEW.band_id AND p.id = NEW.plan_id)",
        "the band is of another clinic",
    ),
    "prescription_band_for_a_band": rule(
        "patients_prescription",
        "INSERT",
        "NEW.band_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM curriculum_level l"
        " JOIN curriculum_drill d ON d.id = l.drill_id WHERE l.id = NEW.level_id"
        " AND d.load = 'band')",
        "the drill is done without a band",
    ),
    "prescription_mark_on_its_floor": rule(
        "patients_prescription",
        "INSERT",
        "NEW.mark IS NOT NULL AND EXISTS (SELECT 1 FROM patients_band b WHERE b.id = NEW.band_id"
        " AND NEW.mark > b.marks)",
        "the band would be longer than twice its length",
    ),
    "practice_reserve_with_a_load": rule(
        "patients_practice",
        "INSERT",
        "NEW.reserve IS NOT NULL AND NOT EXISTS (SELECT 1 FROM curriculum_level l"
        " JOIN curriculum_drill d ON d.id = l.drill_id WHERE l.id = NEW.level_id"
        " AND d.load <> 'none')",
        "a reserve is told of a drill with load",
    ),
    "home_weights_by_the_patient_or_clinic": rule(
        "patients_homeweights",
        "INSERT",
        f"NOT {BY_OUR_CLINICIAN} AND NOT EXISTS (SELECT 1 FROM patients_patient p"
        " WHERE p.id = NEW.patient_id AND p.user_id = NEW.by_id)",
        "the patient or their clinic tells what is at home",
    ),
}

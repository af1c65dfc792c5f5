"""Triggers of what pain is usual: who tells it, and who has seen that it went up."""

from __future__ import annotations

from patients.rules.trigger_rule import BY_OUR_CLINICIAN, rule

_BY_THE_PATIENT = (
    "EXISTS (SELECT 1 FROM patients_patient p WHERE p.id = NEW.patient_id"
    " AND p.user_id = NEW.by_id)"
)
_WHAT_WAITED = (
    "EXISTS (SELECT 1 FROM patients_usualpain w WHERE w.id = NEW.accepts_id"
    " AND w.patient_id = NEW.patient_id AND w.pain = NEW.pain AND NOT w.accepted)"
)

PAIN: dict[str, dict[str, str]] = {
    "usual_pain_by_the_patient_or_our_clinician": rule(
        "patients_usualpain",
        "INSERT",
        f"NOT {BY_OUR_CLINICIAN} AND NOT ({_BY_THE_PATIENT} AND NEW.pain IS NOT NULL)",
        "only the patient or their clinic tells the usual pain",
    ),
    "usual_pain_of_the_clinic_counts": rule(
        "patients_usualpain",
        "INSERT",
        f"NOT NEW.accepted AND {BY_OUR_CLINICIAN}",
        "what the clinic tells counts",
    ),
    "pain_limits_by_our_clinician": rule(
        "patients_painlimits",
        "INSERT",
        f"NOT {BY_OUR_CLINICIAN}",
        "only a clinician of the clinic sets pain limits",
    ),
    "usual_pain_seen_by_our_clinician": rule(
        "patients_usualpain",
        "INSERT",
        f"NEW.accepts_id IS NOT NULL AND NOT ({BY_OUR_CLINICIAN} AND {_WHAT_WAITED})",
        "a clinician of the clinic sees the number that waits",
    ),
}

"""Triggers of the patients' tables: rules that a constraint cannot hold, since they read other
tables.

The SQL is valid on SQLite and on PostgreSQL. ``config.triggers`` installs the triggers.
"""

from __future__ import annotations

from patients.rules.borrowed_triggers import BORROWED
from patients.rules.carer_triggers import CARERS
from patients.rules.load_triggers import LOAD
from patients.rules.mark_triggers import MARKS
from patients.rules.note_triggers import NOTES
from patients.rules.offer_triggers import OFFERS
from patients.rules.pain_triggers import PAIN
from patients.rules.stop_triggers import STOPS
from patients.rules.template_triggers import TEMPLATES
from patients.rules.trigger_rule import BY_OUR_CLINICIAN
from patients.rules.trigger_rule import rule as _rule
from patients.rules.visit_triggers import VISITS


def _not_our_clinician(plan: str) -> str:
    return (
        "NOT EXISTS (SELECT 1 FROM accounts_user u JOIN patients_plan p"
        " ON p.clinic_id = u.clinic_id"
        f" WHERE u.id = NEW.by_id AND p.id = {plan} AND u.role IN ('clinician', 'owner'))"
    )


_GATE_BELOW_OPEN = (
    "EXISTS (SELECT 1 FROM curriculum_rung lower JOIN curriculum_rung this"
    " ON this.id = NEW.rung_id AND lower.ladder_id = this.ladder_id"
    " AND lower.position < this.position"
    " WHERE NOT EXISTS (SELECT 1 FROM patients_pass p WHERE p.plan_id = NEW.plan_id"
    " AND p.rung_id = lower.id))"
)
_NOT_ITS_REVIEW = (
    "NOT EXISTS (SELECT 1 FROM patients_review r WHERE r.id = NEW.review_id"
    " AND r.plan_id = NEW.plan_id"
    " AND r.rung_id = NEW.rung_id AND r.outcome = 'passed')"
    " OR EXISTS (SELECT 1 FROM patients_withdrawal w WHERE w.review_id = NEW.review_id)"
)
_CRITERION_LEFT = (
    "EXISTS (SELECT 1 FROM curriculum_criterion c WHERE c.rung_id = NEW.rung_id AND NOT EXISTS"
    " (SELECT 1 FROM patients_reviewtick t WHERE t.review_id = NEW.review_id"
    " AND t.criterion_id = c.id))"
)
_ABOVE_THE_GOAL = (
    "EXISTS (SELECT 1 FROM patients_plan p JOIN curriculum_rung goal ON goal.id = p.goal_rung_id"
    " JOIN curriculum_rung this ON this.id = NEW.rung_id WHERE p.id = NEW.plan_id"
    " AND this.position > goal.position)"
)
_RUNG_ABOVE_PASSED = (
    "EXISTS (SELECT 1 FROM patients_pass p JOIN curriculum_rung above ON above.id = p.rung_id"
    " JOIN curriculum_rung this ON this.id = OLD.rung_id"
    " WHERE p.plan_id = OLD.plan_id AND above.position > this.position)"
)
_RUNG_OF_OTHER_LADDER = (
    "NOT EXISTS (SELECT 1 FROM curriculum_rung r JOIN patients_plan p ON p.ladder_id = r.ladder_id"
    " WHERE r.id = NEW.rung_id AND p.id = NEW.plan_id)"
)
_LEVEL_OF_OTHER_LADDER = (
    "NOT EXISTS (SELECT 1 FROM curriculum_level l JOIN curriculum_rung r ON r.id = l.rung_id"
    " JOIN patients_plan p ON p.ladder_id = r.ladder_id WHERE l.id = NEW.level_id"
    " AND p.id = NEW.plan_id)"
)


def _not_screened(plan: str) -> str:
    """Whether the latest screening of the plan's patient is missing, or does not clear them."""
    return (
        "COALESCE((SELECT s.outcome FROM patients_screening s JOIN patients_plan p"
        f" ON p.patient_id = s.patient_id WHERE p.id = {plan} AND NOT EXISTS"
        " (SELECT 1 FROM patients_stop r WHERE r.reopens_id = s.answer_id)"
        " ORDER BY s.id DESC LIMIT 1), 'not_cleared') = 'not_cleared'"
    )


TRIGGERS: dict[str, dict[str, str]] = {
    **BORROWED,
    **CARERS,
    **LOAD,
    **MARKS,
    **NOTES,
    **OFFERS,
    **PAIN,
    **STOPS,
    **TEMPLATES,
    **VISITS,
    "pass_in_order": _rule("patients_pass", "INSERT", _GATE_BELOW_OPEN, "a lower rung has no pass"),
    "pass_has_review": _rule(
        "patients_pass", "INSERT", _NOT_ITS_REVIEW, "a pass needs its standing passed review"
    ),
    "pass_has_every_tick": _rule(
        "patients_pass", "INSERT", _CRITERION_LEFT, "a criterion of the rung is not ticked"
    ),
    "pass_up_to_the_goal": _rule(
        "patients_pass", "INSERT", _ABOVE_THE_GOAL, "the rung lies above the goal"
    ),
    "pass_of_a_screened_patient": _rule(
        "patients_pass", "INSERT", _not_screened("NEW.plan_id"), "the patient is not cleared"
    ),
    "tick_of_a_screened_patient": _rule(
        "patients_tick", "INSERT", _not_screened("NEW.plan_id"), "the patient is not cleared"
    ),
    "look_by_our_clinician": _rule(
        "patients_lookedagain",
        "INSERT",
        f"NOT {BY_OUR_CLINICIAN}",
        "only a clinician of the clinic looks again",
    ),
    "screening_by_our_clinician": _rule(
        "patients_screening",
        "INSERT",
        f"NEW.by_id IS NOT NULL AND NOT {BY_OUR_CLINICIAN}",
        "only a clinician of the clinic screens",
    ),
    "pin_of_somebody_treated": _rule(
        "accounts_phonelink",
        "UPDATE",
        "NEW.pin_hash <> '' AND NEW.pin_hash <> OLD.pin_hash AND (EXISTS (SELECT 1"
        " FROM patients_patient p WHERE p.user_id = NEW.user_id AND p.archived_at IS NOT NULL)"
        " OR EXISTS (SELECT 1 FROM patients_carer c JOIN patients_patient p ON p.id = c.patient_id"
        " WHERE c.user_id = NEW.user_id AND p.archived_at IS NOT NULL))",
        "the patient is discharged and sets no PIN",
    ),
    "pass_never_changes": _rule(
        "patients_pass", "UPDATE", "1 = 1", "a pass is made or taken back, never changed"
    ),
    "pass_from_the_top": _rule(
        "patients_pass", "DELETE", _RUNG_ABOVE_PASSED, "a rung above is still passed"
    ),
    "review_of_this_ladder": _rule(
        "patients_review", "INSERT", _RUNG_OF_OTHER_LADDER, "the rung is of another ladder"
    ),
    "review_by_our_clinician": _rule(
        "patients_review",
        "INSERT",
        _not_our_clinician("NEW.plan_id"),
        "only a clinician of the clinic decides",
    ),
    "tick_by_our_clinician": _rule(
        "patients_tick",
        "INSERT UPDATE",
        _not_our_clinician("NEW.plan_id"),
        "only a clinician of the clinic ticks",
    ),
    "tick_of_this_ladder": _rule(
        "patients_tick",
        "INSERT UPDATE",
        "NOT EXISTS (SELECT 1 FROM curriculum_criterion c JOIN curriculum_rung r"
        " ON r.id = c.rung_id"
        " JOIN patients_plan p ON p.ladder_id = r.ladder_id WHERE c.id = NEW.criterion_id"
        " AND p.id = NEW.plan_id)",
        "the criterion is of another ladder",
    ),
    "review_tick_of_its_rung": _rule(
        "patients_reviewtick",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM curriculum_criterion c JOIN patients_review r"
        " ON r.rung_id = c.rung_id"
        " WHERE c.id = NEW.criterion_id AND r.id = NEW.review_id)",
        "the criterion is of another rung",
    ),
    "review_tick_by_our_clinician": _rule(
        "patients_reviewtick",
        "INSERT",
        _not_our_clinician("(SELECT r.plan_id FROM patients_review r WHERE r.id = NEW.review_id)"),
        "only a clinician of the clinic ticks",
    ),
    "withdrawal_of_a_pass": _rule(
        "patients_withdrawal",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM patients_review r WHERE r.id = NEW.review_id"
        " AND r.outcome = 'passed')"
        " OR EXISTS (SELECT 1 FROM patients_pass p WHERE p.review_id = NEW.review_id)",
        "a withdrawal takes back a passed review whose pass is gone",
    ),
    "slip_of_the_one_who_pressed": _rule(
        "patients_withdrawal",
        "INSERT",
        "NEW.kind = 'slip' AND NOT EXISTS (SELECT 1 FROM patients_review r"
        " WHERE r.id = NEW.review_id AND r.by_id = NEW.by_id)",
        "only the one who pressed takes back a slip",
    ),
    "withdrawal_by_our_clinician": _rule(
        "patients_withdrawal",
        "INSERT",
        _not_our_clinician("(SELECT r.plan_id FROM patients_review r WHERE r.id = NEW.review_id)"),
        "only a clinician of the clinic withdraws",
    ),
    "plan_keeps_its_edition": _rule(
        "patients_plan",
        "UPDATE",
        "NEW.ladder_id <> OLD.ladder_id OR NEW.clinic_id <> OLD.clinic_id"
        " OR NEW.patient_id <> OLD.patient_id",
        "a plan stays on its edition, clinic and patient",
    ),
    "plan_end_stays": _rule(
        "patients_plan",
        "UPDATE",
        "OLD.ended_on IS NOT NULL AND (NEW.ended_on IS NULL OR NEW.ended_on <> OLD.ended_on"
        " OR COALESCE(NEW.ended_by_id, 0) <> COALESCE(OLD.ended_by_id, 0) OR OLD.discharged"
        " AND NOT NEW.discharged OR NEW.end_reason IS NULL AND OLD.end_reason IS NOT NULL"
        " OR NEW.end_reason <> '' AND NEW.end_reason <> COALESCE(OLD.end_reason, ''))",
        "a plan's end is said once",
    ),
    "plan_reason_of_its_end": _rule(
        "patients_plan",
        "INSERT UPDATE",
        "NEW.end_reason IS NOT NULL AND NEW.ended_on IS NULL",
        "a plan that runs has no reason to end",
    ),
    "plan_of_a_published_edition": _rule(
        "patients_plan",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM curriculum_ladder l WHERE l.id = NEW.ladder_id"
        " AND l.published_at IS NOT NULL)",
        "the edition is a draft",
    ),
    "plan_in_the_patients_clinic": _rule(
        "patients_plan",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM patients_patient p WHERE p.id = NEW.patient_id"
        " AND p.clinic_id = NEW.clinic_id)",
        "a plan is of its patient's clinic",
    ),
    "goal_by_our_clinician": _rule(
        "patients_goalchange",
        "INSERT",
        _not_our_clinician("NEW.plan_id"),
        "only a clinician of the clinic sets a goal",
    ),
    "goal_of_this_ladder": _rule(
        "patients_goalchange",
        "INSERT",
        f"NEW.rung_id IS NOT NULL AND {_RUNG_OF_OTHER_LADDER}",
        "the goal is of another ladder",
    ),
    "prescription_by_our_clinician": _rule(
        "patients_prescription",
        "INSERT",
        _not_our_clinician("NEW.plan_id"),
        "only a clinician of the clinic prescribes",
    ),
    "prescription_of_this_ladder": _rule(
        "patients_prescription", "INSERT", _LEVEL_OF_OTHER_LADDER, "the level is of another ladder"
    ),
    "prescription_weight_has_load": _rule(
        "patients_prescription",
        "INSERT",
        "NEW.load IS NULL AND EXISTS (SELECT 1 FROM curriculum_level l JOIN curriculum_drill d"
        " ON d.id = l.drill_id"
        " WHERE l.id = NEW.level_id AND d.load = 'weight')",
        "a drill with a weight needs its load",
    ),
    "practice_of_this_ladder": _rule(
        "patients_practice", "INSERT", _LEVEL_OF_OTHER_LADDER, "the level is of another ladder"
    ),
    "practice_correction_keeps_its_day": _rule(
        "patients_practice",
        "INSERT",
        "NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM patients_practice o"
        " WHERE o.id = NEW.corrects_id AND o.plan_id = NEW.plan_id AND o.done_on = NEW.done_on)",
        "a correction is of the same plan and day",
    ),
    "mail_to_our_clinician": _rule(
        "patients_outbox",
        "INSERT UPDATE",
        "NOT EXISTS (SELECT 1 FROM accounts_user u JOIN patients_patient p"
        " ON p.clinic_id = u.clinic_id WHERE u.id = NEW.to_id AND p.id = NEW.patient_id"
        " AND p.clinic_id = NEW.clinic_id AND u.role IN ('clinician', 'owner'))",
        "a mail goes to a clinician of the patient's clinic",
    ),
}

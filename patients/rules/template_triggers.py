"""Triggers of plan templates: whose they are, and that all of one is of one ladder."""

from __future__ import annotations

from patients.rules.trigger_rule import rule

TEMPLATES: dict[str, dict[str, str]] = {
    "plan_template_by_our_clinician": rule(
        "patients_plantemplate",
        "INSERT UPDATE",
        "NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.by_id"
        " AND u.clinic_id = NEW.clinic_id AND u.role IN ('clinician', 'owner'))",
        "only a clinician of the clinic writes its templates",
    ),
    "plan_template_of_an_edition": rule(
        "patients_plantemplate",
        "INSERT",
        "EXISTS (SELECT 1 FROM curriculum_ladder l WHERE l.id = NEW.ladder_id"
        " AND l.published_at IS NULL)",
        "a template is of a ladder that is published",
    ),
    "plan_template_goal_on_its_ladder": rule(
        "patients_plantemplate",
        "INSERT UPDATE",
        "NEW.goal_rung_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM curriculum_rung r"
        " WHERE r.id = NEW.goal_rung_id AND r.ladder_id = NEW.ladder_id)",
        "the goal of a template is a rung of its ladder",
    ),
    "plan_template_stays_of_its_ladder": rule(
        "patients_plantemplate",
        "UPDATE",
        "NEW.clinic_id <> OLD.clinic_id OR NEW.ladder_id <> OLD.ladder_id",
        "a template stays with its clinic and its ladder",
    ),
    "template_dose_on_its_ladder": rule(
        "patients_templatedose",
        "INSERT UPDATE",
        "NOT EXISTS (SELECT 1 FROM curriculum_level l JOIN curriculum_rung r ON r.id = l.rung_id"
        " JOIN patients_plantemplate t ON t.ladder_id = r.ladder_id WHERE l.id = NEW.level_id"
        " AND t.id = NEW.template_id)",
        "a dose of a template is of a level of its ladder",
    ),
    "template_dose_stays_of_its_template": rule(
        "patients_templatedose",
        "UPDATE",
        "NEW.template_id <> OLD.template_id OR NEW.level_id <> OLD.level_id",
        "a dose stays with its template and its level",
    ),
}

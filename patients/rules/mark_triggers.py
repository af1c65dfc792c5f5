"""Triggers of marks on criteria: what was met, what does not apply, and the lift that was seen."""

from __future__ import annotations

from patients.rules.marks import FIGURE, SIDES
from patients.rules.trigger_rule import rule

#: The most sets of an entry.
SETS = 20

_TOO_FEW_MET = (
    "(SELECT COUNT(*) FROM patients_reviewtick t WHERE t.review_id = NEW.review_id AND t.applies)"
    " < 2"
)
_ALWAYS_LEFT = (
    "EXISTS (SELECT 1 FROM curriculum_criterion c JOIN patients_reviewtick t"
    " ON t.criterion_id = c.id WHERE t.review_id = NEW.review_id"
    ' AND c."always" AND NOT t.applies)'
)
# No helper level has a load.
_ASKS_FOR_A_LIFT = (
    "EXISTS (SELECT 1 FROM curriculum_level l JOIN curriculum_drill d ON d.id = l.drill_id"
    " WHERE l.rung_id = NEW.rung_id AND d.load = 'weight')"
)
_LIFT_WITNESSED = (
    "EXISTS (SELECT 1 FROM patients_reviewtick t WHERE t.review_id = NEW.review_id AND t.applies"
    " AND t.figure ->> 'kg' IS NOT NULL AND t.figure ->> 'reps' IS NOT NULL)"
)
_REPETITIONS = " + ".join(
    f"COALESCE(CAST(e.sets -> {nth} ->> 'reps' AS numeric), 0)" for nth in range(SETS)
)
# Of a rung that is carried over, the lift may have been logged on an earlier plan of the patient.
_LIFT_LOGGED = (
    "EXISTS (SELECT 1 FROM patients_practice e JOIN patients_plan p ON p.id = e.plan_id"
    " JOIN curriculum_level l ON l.id = e.level_id JOIN curriculum_drill d ON d.id = l.drill_id"
    " JOIN curriculum_rung r ON r.id = l.rung_id"
    " JOIN curriculum_rung this ON this.id = NEW.rung_id AND this.slug = r.slug"
    " JOIN curriculum_ladder one ON one.id = r.ladder_id"
    " JOIN curriculum_ladder other ON other.id = this.ladder_id AND other.slug = one.slug"
    " JOIN patients_plan now ON now.id = NEW.plan_id"
    " JOIN patients_review v ON v.id = NEW.review_id"
    " WHERE (p.id = now.id OR (v.kind = 'carried' AND p.patient_id = now.patient_id))"
    " AND d.load = 'weight'"
    " AND EXISTS (SELECT 1 FROM patients_prescription x WHERE x.plan_id = e.plan_id"
    " AND x.level_id = e.level_id)"
    " AND NOT EXISTS (SELECT 1 FROM patients_practice c WHERE c.corrects_id = e.id)"
    f" AND {_REPETITIONS} > 0)"
)
_NO_LIFT = f"{_ASKS_FOR_A_LIFT} AND NOT {_LIFT_WITNESSED} AND NOT {_LIFT_LOGGED}"
# Of a null the comparison is unknown, which refuses nothing.
_FIGURE_OUT_OF_RANGE = " OR ".join(
    [
        f"CAST(NEW.figure ->> '{name}' AS numeric) NOT BETWEEN {bounds.low} AND {bounds.high}"
        for name, bounds in FIGURE.items()
    ]
    + [f"NEW.figure ->> 'side' NOT IN ({', '.join(map(repr, SIDES))})"]
)

_LEVEL_OF_OTHER_RUNG = (
    "NEW.level_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM curriculum_level l"
    " JOIN curriculum_criterion c ON c.rung_id = l.rung_id"
    " WHERE l.id = NEW.level_id AND c.id = NEW.criterion_id)"
)

MARKS: dict[str, dict[str, str]] = {
    "pass_meets_two": rule(
        "patients_pass", "INSERT", _TOO_FEW_MET, "fewer than two criteria of the rung are met"
    ),
    "pass_meets_what_is_always_asked": rule(
        "patients_pass", "INSERT", _ALWAYS_LEFT, "a criterion that is always asked is not met"
    ),
    "pass_with_a_lift": rule(
        "patients_pass", "INSERT", _NO_LIFT, "no lift of the rung was logged or witnessed"
    ),
    "tick_figure_in_range": rule(
        "patients_tick", "INSERT UPDATE", _FIGURE_OUT_OF_RANGE, "a figure is out of range"
    ),
    "review_tick_figure_in_range": rule(
        "patients_reviewtick", "INSERT", _FIGURE_OUT_OF_RANGE, "a figure is out of range"
    ),
    "tick_on_a_level_of_its_rung": rule(
        "patients_tick", "INSERT UPDATE", _LEVEL_OF_OTHER_RUNG, "the level is of another rung"
    ),
    "review_tick_on_a_level_of_its_rung": rule(
        "patients_reviewtick", "INSERT", _LEVEL_OF_OTHER_RUNG, "the level is of another rung"
    ),
    "review_tick_applies_or_says_why": rule(
        "patients_reviewtick",
        "INSERT",
        "(NEW.applies AND NEW.why <> '') OR (NOT NEW.applies AND NEW.why = '')",
        "what does not apply has a reason",
    ),
}

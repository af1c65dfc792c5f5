"""Triggers of chosen levels: what may be borrowed from a locked rung, for what, and how long."""

from __future__ import annotations

from patients.rules.periods import BORROWED_DAYS
from patients.rules.trigger_rule import rule


def _number_of(day: str) -> str:
    """A day, or the UTC day of a moment, as a number that grows by one each day until 2099.

    SQLite and PostgreSQL subtract days in ways of their own, and agree on whole numbers.
    """
    text = f"CAST({day} AS text)"
    year, month, of_month = (
        f"CAST(substr({text}, {first}, {length}) AS integer)"
        for first, length in ((1, 4), (6, 2), (9, 2))
    )
    return (
        f"(367 * {year} - 7 * ({year} + ({month} + 9) / 12) / 4 + 275 * {month} / 9 + {of_month})"
    )


def _by_our_clinician(plan: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM accounts_user u JOIN patients_plan p ON p.clinic_id = u.clinic_id"
        f" WHERE u.id = NEW.by_id AND p.id = {plan} AND u.role IN ('clinician', 'owner'))"
    )


def _locked(level: str, plan: str) -> str:
    """Whether a level lies on a locked rung of a plan: neither passed nor open."""
    return (
        "EXISTS (SELECT 1 FROM curriculum_level lv"
        " JOIN curriculum_rung here ON here.id = lv.rung_id"
        f" JOIN patients_plan pl ON pl.id = {plan}"
        " LEFT JOIN curriculum_rung goal ON goal.id = pl.goal_rung_id"
        f" WHERE lv.id = {level} AND NOT EXISTS (SELECT 1 FROM patients_pass ps"
        " WHERE ps.plan_id = pl.id AND ps.rung_id = here.id)"
        " AND (here.position > COALESCE(goal.position, here.position)"
        " OR EXISTS (SELECT 1 FROM curriculum_rung lower WHERE lower.ladder_id = here.ladder_id"
        " AND lower.position < here.position AND NOT EXISTS (SELECT 1 FROM patients_pass ps"
        " WHERE ps.plan_id = pl.id AND ps.rung_id = lower.id))))"
    )


_BORROWS = "NEW.kind = 'borrowed'"
_OF_OTHER_LADDER = (
    "NOT EXISTS (SELECT 1 FROM curriculum_level l JOIN curriculum_rung r ON r.id = l.rung_id"
    " JOIN patients_plan p ON p.ladder_id = r.ladder_id WHERE l.id = NEW.level_id"
    " AND p.id = NEW.plan_id)"
)
_LOADED = (
    "EXISTS (SELECT 1 FROM curriculum_level l JOIN curriculum_rung r ON r.id = l.rung_id"
    " JOIN curriculum_drill d ON d.id = l.drill_id"
    " WHERE l.id = NEW.level_id AND (d.load <> 'none' OR r.loaded))"
)
_STANDING_FINDING = (
    "EXISTS (SELECT 1 FROM patients_finding f WHERE f.id = NEW.finding_id"
    " AND f.plan_id = NEW.plan_id AND f.cleared_on IS NULL)"
)
_REMEDY = (
    "EXISTS (SELECT 1 FROM patients_finding f JOIN curriculum_remedy m ON m.fault_id = f.fault_id"
    " JOIN curriculum_level l ON l.drill_id = m.drill_id"
    " WHERE f.id = NEW.finding_id AND l.id = NEW.level_id)"
)
#: A rung that was opened since, and lost again, is not borrowed from any more.
_OPENED_SINCE = (
    "EXISTS (SELECT 1 FROM patients_withdrawal w JOIN patients_review v ON v.id = w.review_id"
    " JOIN curriculum_rung below ON below.id = v.rung_id"
    " JOIN curriculum_level lo ON lo.id = c.level_id"
    " JOIN curriculum_rung its ON its.id = lo.rung_id"
    " WHERE v.plan_id = c.plan_id AND w.kind = 'lost' AND w.at >= c.at"
    " AND below.position = its.position - 1)"
)
_BORROWED_ALREADY = (
    "EXISTS (SELECT 1 FROM patients_levelchoice c JOIN patients_finding f ON f.id = c.finding_id"
    # What is not borrowed has no first day and no finding.
    " WHERE c.plan_id = NEW.plan_id AND c.until >= NEW.from_day"
    " AND f.cleared_on IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM patients_borrowedend e WHERE e.choice_id = c.id)"
    " AND NOT EXISTS (SELECT 1 FROM patients_levelchoice n WHERE n.plan_id = c.plan_id"
    f" AND n.id > c.id) AND {_locked('c.level_id', 'c.plan_id')} AND NOT {_OPENED_SINCE})"
)

BORROWED: dict[str, dict[str, str]] = {
    "level_choice_of_this_ladder": rule(
        "patients_levelchoice", "INSERT", _OF_OTHER_LADDER, "the level is of another ladder"
    ),
    "borrowed_by_our_clinician": rule(
        "patients_levelchoice",
        "INSERT",
        f"{_BORROWS} AND NOT {_by_our_clinician('NEW.plan_id')}",
        "only a clinician of the clinic sets a borrowed level",
    ),
    "borrowed_on_a_running_plan": rule(
        "patients_levelchoice",
        "INSERT",
        f"{_BORROWS} AND EXISTS (SELECT 1 FROM patients_plan p WHERE p.id = NEW.plan_id"
        " AND p.ended_on IS NOT NULL)",
        "nothing is borrowed on a plan that has ended",
    ),
    "borrowed_without_load": rule(
        "patients_levelchoice",
        "INSERT",
        f"{_BORROWS} AND {_LOADED}",
        "a borrowed level has no load, nor has its rung",
    ),
    "borrowed_of_a_locked_rung": rule(
        "patients_levelchoice",
        "INSERT",
        f"{_BORROWS} AND NOT {_locked('NEW.level_id', 'NEW.plan_id')}",
        "a level in reach is chosen, not borrowed",
    ),
    "borrowed_for_a_standing_finding": rule(
        "patients_levelchoice",
        "INSERT",
        f"{_BORROWS} AND NOT {_STANDING_FINDING}",
        "a level is borrowed for a finding of its plan that stands",
    ),
    "borrowed_as_a_remedy": rule(
        "patients_levelchoice",
        "INSERT",
        f"{_BORROWS} AND NOT {_REMEDY}",
        "the drill is no remedy of the fault",
    ),
    "borrowed_for_some_days": rule(
        "patients_levelchoice",
        "INSERT",
        # What is not borrowed has no first day.
        f"{_number_of('NEW.until')} - {_number_of('NEW.from_day')}"
        f" NOT BETWEEN 0 AND {BORROWED_DAYS}"
        # A clinic's day begins up to a day before or after that of the database.
        f" OR {_number_of('NEW.from_day')} - {_number_of('NEW.at')} NOT BETWEEN -1 AND 1",
        "a level is borrowed from today on, for two weeks at most",
    ),
    "borrowed_one_at_a_time": rule(
        "patients_levelchoice",
        "INSERT",
        _BORROWED_ALREADY,
        "another level is borrowed already",
    ),
    "borrowed_ended_by_our_clinician": rule(
        "patients_borrowedend",
        "INSERT",
        "NOT "
        + _by_our_clinician(
            "(SELECT c.plan_id FROM patients_levelchoice c WHERE c.id = NEW.choice_id"
            " AND c.kind = 'borrowed')"
        ),
        "only a clinician of the clinic ends a borrowed level",
    ),
    "practice_borrowed_that_day": rule(
        "patients_practice",
        "INSERT",
        "NEW.borrowed AND NOT EXISTS (SELECT 1 FROM patients_levelchoice c"
        " WHERE c.plan_id = NEW.plan_id AND c.level_id = NEW.level_id"
        " AND NEW.done_on BETWEEN c.from_day AND c.until)",
        "the level was not borrowed on that day",
    ),
    "finding_stays_as_it_was_seen": rule(
        "patients_finding",
        "UPDATE",
        "NEW.plan_id <> OLD.plan_id OR COALESCE(NEW.fault_id, 0) <> COALESCE(OLD.fault_id, 0)"
        " OR COALESCE(NEW.cleared_on <> OLD.cleared_on, OLD.cleared_on IS NOT NULL)",
        "a finding keeps its plan and its fault, and stays cleared",
    ),
}

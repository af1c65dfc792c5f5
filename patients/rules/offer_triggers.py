"""Triggers of the ladders that a clinic offers: who stops offering one, and who gets it then."""

from __future__ import annotations

from patients.rules.trigger_rule import rule


def _not_our_owner(column: str) -> str:
    return (
        f"NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM accounts_user u"
        f" WHERE u.id = NEW.{column} AND u.clinic_id = NEW.clinic_id AND u.role = 'owner')"
    )


_NOT_OFFERED = (
    "EXISTS (SELECT 1 FROM patients_notoffered o JOIN curriculum_ladder l ON l.slug = o.ladder"
    " WHERE l.id = NEW.ladder_id AND o.clinic_id = NEW.clinic_id AND o.back_at IS NULL)"
)

OFFERS: dict[str, dict[str, str]] = {
    # Whoever kept one back need not be an owner any more when another owner offers it again.
    "not_offered_by_our_owner": rule(
        "patients_notoffered",
        "INSERT",
        _not_our_owner("by_id"),
        "an owner of the clinic says which ladders it offers",
    ),
    "offered_again_by_our_owner": rule(
        "patients_notoffered",
        "INSERT UPDATE",
        _not_our_owner("back_by_id"),
        "an owner of the clinic says which ladders it offers again",
    ),
    "not_offered_leaves_one": rule(
        "patients_notoffered",
        "INSERT",
        "NEW.back_at IS NULL AND NOT EXISTS (SELECT 1 FROM curriculum_ladder l"
        " WHERE l.published_at IS NOT NULL AND l.slug <> NEW.ladder AND NOT EXISTS"
        " (SELECT 1 FROM patients_notoffered o WHERE o.clinic_id = NEW.clinic_id"
        " AND o.ladder = l.slug AND o.back_at IS NULL))",
        "a clinic offers one ladder at least",
    ),
    "not_offered_stays_as_it_was": rule(
        "patients_notoffered",
        "UPDATE",
        "NEW.clinic_id <> OLD.clinic_id OR NEW.ladder <> OLD.ladder OR NEW.by_id <> OLD.by_id"
        " OR NEW.at <> OLD.at OR OLD.back_at IS NOT NULL",
        "when a ladder was not offered stays as it was",
    ),
    # A plan that goes on from another one is no new one.
    "plan_on_a_ladder_that_is_offered": rule(
        "patients_plan",
        "INSERT",
        f"NEW.moved_from_id IS NULL AND {_NOT_OFFERED}",
        "the clinic offers this ladder to nobody new",
    ),
}

"""The verb by which a clinician signs what the product proposes for a load."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from curriculum.models import Level
from patients.models import Plan, Prescription, ProposalKind
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.load.read import load_of
from patients.verbs import level_checks, prescribing

#: What a signature writes. The word to the patient and the guard's reason belong to one dose alone.
SIGNED_COLUMNS = (
    *("sets", "reps", "reps_to", "seconds", "pause", "rest", "load", "max_kg", "band", "mark"),
    *("reserve", "per_side", "max_depth", "reason", "at_home", "variant", "signed_for"),
)


@transaction.atomic
def sign_proposal(
    *, plan: Plan, level: Level, by: User, seen: str, why_more: str = ""
) -> Prescription:
    """Make the proposal of a level its new dose.

    ``seen``: the proposal as the page showed it: see ``LoadOfLevel.seen``
    ``why_more``: the reason, where the guard asks for one

    Raises ``Refused``: load_stale, nothing_to_sign, load_guard, and those of
    ``prescribing.prescribe``.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    load = load_of(plan, level)
    if load is None:
        raise Refused("nothing_to_sign")
    proposal = load.proposal
    if load.seen != seen:
        raise Refused("load_stale", now=ProposalKind(proposal.kind).label)
    if not proposal.to_sign:
        raise Refused("nothing_to_sign")
    proposed = load.proposed
    signed = {name: getattr(proposed, name) for name in SIGNED_COLUMNS}
    if not level_checks.suits(plan, level):
        # A reason from before a precaution became stricter is given again, and not signed along.
        signed["reason"] = ""
    return prescribing.prescribe(plan=plan, level=level, by=by, why_more=why_more, **signed)

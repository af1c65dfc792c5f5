"""A fault, and a drill of a locked rung that is set for a while since it helps with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.models import User
from curriculum.models import Fault, Level
from patients.models import Finding, LevelChoice, Plan
from patients.verbs import findings as finding_verbs
from patients.verbs import plan as plan_verbs
from tests.patients import acts

SQUAT = "squats-the-hinge"
WEEK = timedelta(days=7)


def seen(plan: Plan, *, by: User, fault: str = SQUAT) -> Finding:
    return finding_verbs.note(plan=plan, by=by, fault=Fault.objects.get(slug=fault))


def bench(plan: Plan) -> Level:
    """The bench in front, on rung 3: a remedy of who squats the hinge."""
    return acts.rung(plan, 3).levels.get(slug="against-knees")


def stool(plan: Plan) -> Level:
    """The rolling stool, on rung 3, for the clinic alone."""
    return acts.rung(plan, 3).levels.get(slug="rolling-stool")


def lend(plan: Plan, *, by: User, **said: Any) -> LevelChoice:
    """Set the bench for now: for a week, for a finding that is noted with it."""
    finding = said.pop("finding", None) or seen(plan, by=by)
    usual: dict[str, Any] = {
        "level": bench(plan),
        "until": plan.clinic.today() + WEEK,
        "kind": "borrowed",
    }
    return plan_verbs.choose_level(plan=plan, by=by, finding=finding, **usual | said)

"""The verbs of a first visit, each with what it needs, for the test of what stays half done."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from patients.models import VisitStep
from patients.standing.identity import details_of
from patients.verbs import first_visit as visit_verbs
from patients.verbs import visit_steps
from tests.cast import Cast
from tests.patients import acts

Act = Callable[[], Any]

MODULES: list[ModuleType] = [visit_verbs, visit_steps]
DOSE: dict[str, Any] = {"sets": 2, "reps": 8, "weekdays": 21, "goal_rung": None}


def _begun(cast: Cast, act: Act) -> Act:
    """The act on a first visit that has a draft."""
    visit_verbs.begin(patient=cast.maya, by=cast.elin)
    typed = {"word": ["Slowly."]}
    visit_verbs.keep(patient=cast.maya, by=cast.elin, step="dose", fields=typed)
    return act


ACTS: dict[str, Callable[[Cast], Act]] = {
    "first_visit.begin": lambda cast: lambda: visit_verbs.begin(patient=cast.maya, by=cast.elin),
    "first_visit.keep": lambda cast: _begun(
        cast,
        lambda: visit_verbs.keep(
            patient=cast.maya, by=cast.elin, step="see", fields={"words": ["Looks up."]}
        ),
    ),
    "first_visit.saved": lambda cast: _begun(
        cast,
        lambda: visit_verbs.saved(patient=cast.maya, by=cast.elin, step=VisitStep.DOSE),
    ),
    "first_visit.set_aside": lambda cast: _begun(
        cast, lambda: visit_verbs.set_aside(patient=cast.maya, by=cast.elin, reason="Moved away.")
    ),
    "visit_steps.tell_who": lambda cast: _begun(
        cast,
        lambda: visit_steps.tell_who(
            patient=cast.maya,
            by=cast.elin,
            details=details_of(cast.maya),
            name="Maya Rose",
            lead=cast.omar,
            referral_note="",
        ),
    ),
    "visit_steps.tell_story": lambda cast: _begun(
        cast,
        lambda: visit_steps.tell_story(
            patient=cast.maya,
            by=cast.elin,
            intake={"usual_pain": 4, "reason": "Stiff."},
            ladder=cast.plan.ladder,
            screening={},
        ),
    ),
    "visit_steps.tell_seen": lambda cast: _begun(
        cast,
        lambda: visit_steps.tell_seen(
            plan=cast.plan, by=cast.elin, criteria=acts.criteria(cast.plan, 1), words="Looks up."
        ),
    ),
    "visit_steps.tell_dose": lambda cast: _begun(
        cast,
        lambda: visit_steps.tell_dose(
            plan=cast.plan, by=cast.elin, level=acts.level(cast.plan), **DOSE
        ),
    ),
    "visit_steps.hand_over": lambda cast: _begun(
        cast, lambda: visit_steps.hand_over(patient=cast.maya, by=cast.elin)
    ),
    "visit_steps.hand_over_on_paper": lambda cast: _begun(
        cast, lambda: visit_steps.hand_over_on_paper(patient=cast.maya, by=cast.elin)
    ),
}

"""The verbs of a first visit, each with what it needs, for the test of what stays half done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from types import ModuleType
from typing import Any

from patients.models import Visit, VisitStep
from patients.standing.identity import details_of
from patients.verbs import first_visit as visit_verbs
from patients.verbs import visit_feeds, visit_steps, visits
from tests.cast import Cast
from tests.patients import acts
from tests.patients.rules import take_up_acts

Act = Callable[[], Any]

MODULES: list[ModuleType] = [visit_verbs, visit_steps, visits, visit_feeds, *take_up_acts.MODULES]
DOSE: dict[str, Any] = {"sets": 2, "reps": 8, "weekdays": 21, "goal_rung": None}


def _begun(cast: Cast, act: Act) -> Act:
    """The act on a first visit that has a draft."""
    visit_verbs.begin(patient=cast.maya, by=cast.elin)
    typed = {"word": ["Slowly."]}
    visit_verbs.keep(patient=cast.maya, by=cast.elin, step="dose", fields=typed)
    return act


def _planned(cast: Cast) -> Visit:
    return visits.plan(patient=cast.maya, by=cast.elin, day=cast.harbour.today())


def _taking_back(cast: Cast) -> Act:
    missed = visits.mark(visit=_planned(cast), by=cast.elin, state="missed")
    return lambda: visits.take_back(visit=missed, by=cast.omar)


def _ending_a_feed(cast: Cast) -> Act:
    visit_feeds.make(by=cast.elin)
    return lambda: visit_feeds.end(by=cast.elin)


def _marking(cast: Cast) -> Act:
    visit = _planned(cast)
    return lambda: visits.mark(visit=visit, by=cast.omar, state="kept")


ACTS: dict[str, Callable[[Cast], Act]] = {
    **take_up_acts.ACTS,
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
    "visit_feeds.make": lambda cast: lambda: visit_feeds.make(by=cast.elin),
    "visit_feeds.end": _ending_a_feed,
    "visits.plan": lambda cast: lambda: _planned(cast),
    "visits.set_next": lambda cast: (
        lambda: visits.set_next(
            patient=cast.maya, by=cast.elin, day=cast.harbour.today(), time=time(9, 20)
        )
    ),
    "visits.mark": _marking,
    "visits.take_back": _taking_back,
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

"""Whose load has a change that waits for a signature stands in the caseload, with what it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine

from patients.models import PatientSummary
from patients.standing.load.read import load_of
from patients.summaries import verify
from patients.verbs import home_weights
from patients.verbs import load as load_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import asked, headings
from tests.patients.clinic_pages import text
from tests.patients.conftest import MONDAY

DOSE: dict[str, Any] = {"sets": 3, "reps": 8, "reps_to": 12, "load": 8}


def _lift(clock: time_machine.Traveller, cast: Cast, nth: int, reps: int) -> None:
    """Three sets on the nth day, with a morning that is as usual."""
    clock.move_to(MONDAY + timedelta(days=nth))
    sets = [{"side": None, "reps": reps, "seconds": None, "load": 8}] * 3
    said: dict[str, Any] = {"level": acts.level(cast.plan, 6), "sets": sets, "pain": 0}
    entry = acts.log(cast.plan, **said, reserve=4)
    clock.move_to(MONDAY + timedelta(days=nth, hours=20))
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=0, worse=False)


def _is_listed(cast: Cast) -> bool:
    return "Load to sign" in headings(asked(cast.elin, show="needs"))


def _sign(cast: Cast) -> None:
    level = acts.level(cast.plan, 6)
    load = load_of(cast.plan, level)
    assert load is not None
    load_verbs.sign_proposal(plan=cast.plan, level=level, by=cast.elin, seen=load.seen)


def _to_be_signed(clock: time_machine.Traveller, cast: Cast) -> None:
    """Reach a level with load, and lift so well four times that more weight is proposed."""
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    home_weights.tell(patient=cast.maya, by=cast.elin, kind="kettlebell", kilograms=[8, 10])
    level = acts.level(cast.plan, 6)
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **DOSE)
    for nth, reps in ((1, 8), (3, 10), (5, 12)):
        _lift(clock, cast, nth, reps)
    assert not _is_listed(cast)
    _lift(clock, cast, 8, 12)


def test_who_waits_for_a_signature_is_listed_with_what_is_proposed_until_it_is_signed(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    _to_be_signed(clock, cast)
    assert _is_listed(cast)
    assert "More weight." in text(asked(cast.elin))
    _sign(cast)
    assert not _is_listed(cast)
    assert PatientSummary.objects.get(patient=cast.maya).sign_kind == ""


def test_nobody_is_listed_during_a_pause(clock: time_machine.Traveller, cast: Cast) -> None:
    _to_be_signed(clock, cast)
    until = (MONDAY + timedelta(days=9)).date()
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user, until=until)
    assert not _is_listed(cast)
    clock.move_to(MONDAY + timedelta(days=10))
    assert _is_listed(cast)
    assert list(verify.differences()) == []

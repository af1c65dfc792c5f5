"""The demo's gates: most can be passed at once, and one shows a criterion that does not apply."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from curriculum.models import Ladder
from patients.models import Plan, Review, ReviewTick, Tick
from patients.rules.refusals import Refused
from patients.verbs import gate as gate_verbs
from tests.factories import LIFT, same_days


@pytest.fixture(autouse=True)
def _demo(curriculum: Ladder) -> None:
    call_command("demo", stdout=StringIO())


def _pass(plan: Plan, **seen: Any) -> Review:
    """Tick what is not marked yet at the open gate of a plan, and pass it."""
    rung = plan.open_rung
    assert rung is not None
    lead = plan.patient.lead
    marked = set(Tick.objects.filter(plan=plan).values_list("criterion", flat=True))
    for criterion in rung.criteria.exclude(pk__in=marked):
        gate_verbs.tick(plan=plan, criterion=criterion, by=lead, **seen)
    said = {"seen": plan.seen, **same_days(plan)}
    return gate_verbs.decide(plan=plan, rung=rung, outcome="passed", by=lead, **said)


def _passes(plan: Plan) -> bool:
    rung = plan.open_rung
    if rung is None:
        return False
    start = transaction.savepoint()
    try:
        _pass(plan, **({} if rung.position <= 5 else {"figure": LIFT}))
    except Refused:
        return False
    finally:
        transaction.savepoint_rollback(start)
    return True


def test_two_thirds_of_the_running_plans_can_be_ticked_and_passed_by_anybody_who_tries() -> None:
    plans = list(Plan.objects.running().select_related("patient__lead", "goal_rung"))
    passed = [plan for plan in plans if _passes(plan)]
    assert len(plans) >= 18
    assert len(passed) >= len(plans) * 2 / 3


def test_a_criterion_that_does_not_apply_stands_in_the_record_and_at_an_open_gate() -> None:
    assert ReviewTick.objects.filter(applies=False, review__outcome="passed").exists()
    gates = Plan.objects.running().filter(ticks__applies=False)
    assert any(
        plan.open_rung and plan.ticks.filter(applies=False, criterion__rung=plan.open_rung).exists()
        for plan in gates
    )
    assert ReviewTick.objects.filter(figure__kg__gt=0).exists()

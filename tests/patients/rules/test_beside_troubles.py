"""Whoever does as they should is kept back by nobody else's troubles."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from patients.models import Stop
from patients.standing.lift import rung_asks_for_a_lift
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.lived import live
from tests.patients.troubled import in_order, live_in_trouble

LATER = timedelta(days=9)


@pytest.fixture
def crowd(cast: Cast) -> Cast:
    live_in_trouble(cast.elin)
    live_in_trouble(cast.ines)
    return cast


def test_a_whole_way_up_the_ladder_with_weights_that_were_only_logged(crowd: Cast) -> None:
    live(crowd)
    plan = crowd.plan
    with time_machine.travel(timezone.now() + LATER):
        _answer_everything(crowd)
        screening_verbs.screen(patient=crowd.maya, by=crowd.elin)
        while (rung := plan.open_rung) is not None:
            if rung_asks_for_a_lift(rung):
                acts.prescribe_weight(plan, by=crowd.elin)
                acts.log(plan, level=acts.level(plan, rung.position))
            acts.tick_all(plan, rung.position, crowd.elin)
            if rung.position == 2:
                _set_one_aside(crowd)
            acts.decide(plan, rung.position, crowd.elin)
        in_order(plan)
        people_verbs.discharge(patient=crowd.maya, by=crowd.elin)
    crowd.maya.refresh_from_db()
    assert crowd.maya.archived_at is not None


def _set_one_aside(cast: Cast) -> None:
    aside = acts.criteria(cast.plan, 2)[0]
    gate_verbs.tick(
        plan=cast.plan, criterion=aside, by=cast.elin, applies=False, why="Holds a rail."
    )


def _answer_everything(cast: Cast) -> None:
    for stop in Stop.objects.unanswered().filter(patient=cast.maya):
        stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Go on.", **acts.SEEN)


def test_a_slip_is_taken_back_beside_those_of_others(crowd: Cast) -> None:
    acts.tick_all(crowd.plan, 1, crowd.elin)
    review = acts.decide(crowd.plan, 1, crowd.elin)
    gate_verbs.undo(review=review, by=crowd.elin)
    assert acts.passed(crowd.plan) == []

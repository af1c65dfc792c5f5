"""What stands beside the drill of the day: helper drills of its own rung, and levels to choose."""

from __future__ import annotations

from curriculum.models import Level
from patients.models import Plan
from patients.today.state import read_today
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts


def _helper(plan: Plan, position: int) -> Level:
    return acts.rung(plan, position).levels.filter(helper=True)[0]


def _beside(cast: Cast) -> list[int]:
    return [drill.step.level_id for drill in read_today(cast.maya.user).helpers]


def test_a_helper_drill_stands_beside_the_drill_of_its_own_rung_alone(cast: Cast) -> None:
    first = _helper(cast.plan, 1)
    second = _helper(cast.plan, 2)
    plan_verbs.prescribe(plan=cast.plan, level=first, by=cast.elin, sets=1, reps=8)
    assert _beside(cast) == [first.pk]
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert _beside(cast) == []
    plan_verbs.prescribe(plan=cast.plan, level=second, by=cast.elin, sets=1, reps=8)
    assert _beside(cast) == [second.pk]


def test_no_level_can_be_chosen_while_a_weight_is_awaited(cast: Cast) -> None:
    gate_verbs.place(
        plan=cast.plan,
        criteria=acts.criteria(cast.plan, 1, 2, 3, 4, 5),
        by=cast.elin,
        **factories.same_days(cast.plan),
    )
    now = read_today(cast.maya.user)
    assert now.place is not None
    assert (now.place.rung, now.place.awaits_weight, list(now.options)) == (6, True, [])
    heavy = acts.level(cast.plan, 6)
    plan_verbs.prescribe(plan=cast.plan, level=heavy, by=cast.elin, sets=2, reps=5, load=8)
    after = read_today(cast.maya.user)
    assert heavy.pk in [one.step.level_id for one in after.options if one.current]

"""What a gate may be passed on: what was met, what does not apply, and a lift that was seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from curriculum.measures import FIGURES
from curriculum.models import Criterion
from patients.models import Pass, ReviewTick, Tick
from patients.papers.visit_note import visit_note
from patients.rules.marks import FIGURE
from patients.verbs import gate as gate_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused


def _set_aside(cast: Cast, criterion: Criterion, why: str = "variant", **said: Any) -> Tick:
    return gate_verbs.tick(
        plan=cast.plan, criterion=criterion, by=cast.elin, applies=False, why=why, **said
    )


def _tick(cast: Cast, criterion: Criterion, **said: Any) -> Tick:
    return gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin, **said)


# ---- a mark


def test_a_criterion_is_met_with_what_was_seen_or_does_not_apply_with_a_reason(cast: Cast) -> None:
    first, second, *_ = acts.criteria(cast.plan, 1)
    _tick(
        cast, first, figure={"reps": "10", "degrees": 45, "cm": "7.5", "kg": None, "side": "left"}
    )
    _set_aside(cast, second, "variant:  two hands ")
    met, other = Tick.objects.order_by("criterion__position")
    assert (met.applies, met.why) == (True, "")
    assert met.figure == {"reps": 10, "degrees": 45, "cm": 7.5, "side": "left"}
    assert (other.applies, other.why, other.figure) == (False, "variant: two hands", None)


def test_the_same_mark_again_changes_nothing_and_another_takes_its_place(cast: Cast) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    first = _tick(cast, criterion, figure={"reps": 8})
    before = acts.everything()
    by_omar: dict[str, Any] = {"plan": cast.plan, "criterion": criterion, "by": cast.omar}
    assert gate_verbs.tick(**by_omar) == first
    assert gate_verbs.tick(**by_omar, figure={"reps": 8}) == first
    assert acts.everything() == before
    gate_verbs.tick(**by_omar, figure={})
    assert (Tick.objects.get().figure, Tick.objects.get().by) == (None, cast.omar)
    _set_aside(cast, criterion, "precaution")
    assert (Tick.objects.get().applies, Tick.objects.get().by) == (False, cast.elin)
    _tick(cast, criterion)
    assert (Tick.objects.get().applies, Tick.objects.get().why) == (True, "")


@pytest.mark.parametrize("why", ["", "  ", "\x00"])
def test_what_does_not_apply_has_a_reason(cast: Cast, why: str) -> None:
    with refused("why_missing"):
        _set_aside(cast, acts.criteria(cast.plan, 1)[0], why)


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        ({"kg": 301}, "out_of_range"),
        ({"kg": 0}, "out_of_range"),
        ({"reps": -1}, "out_of_range"),
        ({"degrees": 200}, "out_of_range"),
        ({"reps": 2.5}, "bad_figure"),
        ({"seconds": 1.5}, "bad_figure"),
        ({"reps": "many"}, "bad_figure"),
        ({"kg": "NaN"}, "bad_figure"),
        ({"seconds": True}, "bad_figure"),
        ({"side": "up"}, "bad_figure"),
        ({"stones": 2}, "bad_figure"),
    ],
)
def test_a_figure_that_nobody_can_see_is_refused(
    cast: Cast, figure: dict[str, Any], code: str
) -> None:
    with refused(code):
        _tick(cast, acts.criteria(cast.plan, 1)[0], figure=figure)


# ---- a pass


def test_a_gate_passes_with_what_does_not_apply_and_the_review_keeps_both_apart(
    cast: Cast,
) -> None:
    first, second, *others = acts.criteria(cast.plan, 1)
    _set_aside(cast, first, "not_prescribed")
    _tick(cast, second, figure={"reps": 10})
    for criterion in others:
        _tick(cast, criterion)
    review = acts.decide(cast.plan, 1, cast.elin)
    kept = {tick.criterion: (tick.applies, tick.why, tick.figure) for tick in review.ticks.all()}
    assert kept[first] == (False, "not_prescribed", None)
    assert kept[second] == (True, "", {"reps": 10})
    assert Pass.objects.get().review == review


def test_two_criteria_at_least_are_met(cast: Cast) -> None:
    first, *others = acts.criteria(cast.plan, 1)
    _tick(cast, first)
    for criterion in others:
        _set_aside(cast, criterion)
    with refused("too_few_met"):
        acts.decide(cast.plan, 1, cast.elin)
    _tick(cast, others[0])
    assert acts.decide(cast.plan, 1, cast.elin).outcome == "passed"


def test_what_is_always_asked_is_never_set_aside(cast: Cast) -> None:
    first, *others = acts.criteria(cast.plan, 1)
    Criterion.objects.filter(pk=first.pk).update(always=True)
    first.refresh_from_db()
    with refused("always_met"):
        _set_aside(cast, first)
    with refused("always_met"):
        gate_verbs.place(
            plan=cast.plan, criteria=others, by=cast.elin, not_applying={first: "variant"}
        )
    # Set aside before the edition said so.
    Tick.objects.create(plan=cast.plan, criterion=first, by=cast.elin, applies=False, why="variant")
    for criterion in others:
        _tick(cast, criterion)
    with refused("always_met"):
        acts.decide(cast.plan, 1, cast.elin)
    _tick(cast, first)
    assert acts.decide(cast.plan, 1, cast.elin).outcome == "passed"


def test_not_yet_needs_nothing_met(cast: Cast) -> None:
    _set_aside(cast, acts.criteria(cast.plan, 1)[0])
    review = acts.decide(cast.plan, 1, cast.elin, "not_yet")
    assert not review.ticks.get().applies


# ---- placement


def test_somebody_capable_is_placed_with_what_was_seen_and_what_does_not_apply(cast: Cast) -> None:
    criteria = acts.criteria(cast.plan, 1, 2, 3, 4, 5, 6)
    rdl = Criterion.objects.get(rung__ladder=cast.plan.ladder, slug="bar-on-legs")
    close = Criterion.objects.get(rung__ladder=cast.plan.ladder, slug="weight-close")
    arguments: dict[str, Any] = {
        "plan": cast.plan,
        "by": cast.elin,
        "criteria": [criterion for criterion in criteria if criterion != rdl],
        "not_applying": {rdl: "not_prescribed"},
    }
    with refused("lift_missing"):
        gate_verbs.place(**arguments)
    arguments |= factories.same_days(cast.plan)
    reviews = gate_verbs.place(**arguments, figures={close: {"kg": 12, "reps": 5}})
    assert [review.rung.position for review in reviews] == [1, 2, 3, 4, 5, 6]
    assert ReviewTick.objects.get(criterion=close).figure == {"kg": 12, "reps": 5}
    assert not ReviewTick.objects.get(criterion=rdl).applies
    assert acts.open_position(cast.plan) == 7


def test_a_criterion_is_not_met_and_set_aside_at_once(cast: Cast) -> None:
    criteria = acts.criteria(cast.plan, 1)
    with refused("met_and_not"):
        gate_verbs.place(
            plan=cast.plan, criteria=criteria, by=cast.elin, not_applying={criteria[0]: "variant"}
        )


def test_placement_takes_the_place_of_what_was_marked_otherwise(cast: Cast) -> None:
    criteria = acts.criteria(cast.plan, 1)
    _set_aside(cast, criteria[0])
    gate_verbs.tick(plan=cast.plan, criterion=criteria[1], by=cast.omar)
    (review,) = gate_verbs.place(plan=cast.plan, criteria=criteria, by=cast.elin)
    assert all(tick.applies for tick in review.ticks.all())
    assert review.ticks.get(criterion=criteria[1]).by == cast.omar


@pytest.mark.parametrize(
    ("name", "least", "most", "step"),
    [
        ("reps", 1, 200, 1),
        ("kg", 0.5, 300, 0.1),
        ("seconds", 1, 600, 1),
        ("degrees", -90, 180, 1),
        ("cm", -100, 300, 0.1),
    ],
)
def test_a_figure_may_be_as_small_and_as_large_as_a_body_allows(
    cast: Cast, name: str, least: float, most: float, step: float
) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    for number in (least, most):
        assert _tick(cast, criterion, figure={name: number}).figure == {name: number}
    for number in (least - step, most + step):
        with refused("out_of_range"):
            _tick(cast, criterion, figure={name: number})


def test_content_asks_for_the_figures_that_can_be_kept_and_for_no_others() -> None:
    assert {*FIGURE, "side"} == set(FIGURES)


# ---- on which level, and how


def test_a_tick_keeps_the_level_and_the_way_that_were_prescribed(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    level = acts.rung(cast.plan, 2).levels.get(slug="15-cm")
    plan_verbs.choose_level(plan=cast.plan, level=level, by=cast.elin)
    plan_verbs.prescribe(
        plan=cast.plan, level=level, by=cast.elin, sets=2, reps=8, variant="cushion"
    )
    for criterion in acts.criteria(cast.plan, 2):
        made = _tick(cast, criterion)
        assert (made.level, made.variant) == (level, "cushion")
    review = acts.decide(cast.plan, 2, cast.elin)
    assert set(review.ticks.values_list("level", "variant")) == {(level.pk, "cushion")}
    note = visit_note(cast.maya, cast.harbour.today())
    assert f"- Butt taps ({level.setting}, A cushion on the wall), met:" in note


def test_a_tick_made_while_the_patient_trains_lower_names_no_level(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    until = cast.harbour.today() + timedelta(days=3)
    plan_verbs.choose_level(
        plan=cast.plan, level=acts.level(cast.plan, 1), by=cast.elin, until=until
    )
    made = _tick(cast, acts.criteria(cast.plan, 2)[0])
    assert (made.level, made.variant) == (None, "")


# ---- a newer edition


def test_what_was_seen_and_what_does_not_apply_go_along_to_a_newer_edition(cast: Cast) -> None:
    first, *others = acts.criteria(cast.plan, 1)
    _set_aside(cast, first, "precaution")
    for criterion in others:
        _tick(cast, criterion, figure={"reps": 10})
    acts.decide(cast.plan, 1, cast.elin)
    moved = edition_verbs.move(
        plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.elin
    )
    kept = moved.reviews.get().ticks.order_by("criterion__position")
    assert [(tick.applies, tick.why, tick.figure) for tick in kept] == [
        (False, "precaution", None),
        *[(True, "", {"reps": 10})] * len(others),
    ]


def test_a_rung_whose_newer_edition_always_asks_what_was_set_aside_is_asked_again(
    cast: Cast,
) -> None:
    first, *others = acts.criteria(cast.plan, 1)
    _set_aside(cast, first)
    for criterion in others:
        _tick(cast, criterion)
    acts.decide(cast.plan, 1, cast.elin)
    newer = ladders.next_edition(cast.plan.ladder)
    Criterion.objects.filter(rung__ladder=newer, slug=first.slug).update(always=True)
    moved = edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)
    assert acts.passed(moved) == []

"""A newer edition that asks for more: what is seen at the move, so that the run of passes goes
on."""

from __future__ import annotations

from typing import Any

import pytest

from curriculum.models import Criterion, Ladder
from patients.models import Plan, Review, ReviewTick
from patients.papers.visit_note import visit_note
from patients.verbs import gate as gate_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs.carrying import carried
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused


@pytest.fixture
def second(cast: Cast) -> Ladder:
    return factories.newest()


def _passed(plan: Plan, times: int) -> None:
    for _ in range(times):
        factories.pass_open_rung(plan, by=plan.patient.lead)


def _asked(ladder: Ladder, *rungs: str) -> list[Criterion]:
    return [
        Criterion.objects.get(rung__ladder=ladder, rung__slug=rung, slug="own-activity")
        for rung in rungs
    ]


def _move(cast: Cast, ladder: Ladder, **seen: Any) -> Plan:
    return edition_verbs.move(plan=cast.plan, ladder=ladder, by=cast.elin, **seen)


def test_what_the_edition_asks_besides_is_seen_at_the_move_and_the_run_goes_on(
    cast: Cast, second: Ladder
) -> None:
    _passed(cast.plan, 6)
    asked = _asked(second, "bench-behind", "kettlebell-rdl")
    moved = _move(cast, second, criteria=asked, figures={asked[1]: {"reps": 5, "kg": 6}})
    assert acts.passed(moved) == [1, 2, 3, 4, 5, 6]
    new = ReviewTick.objects.filter(review__plan=moved, criterion__in=asked)
    assert [(tick.judged, tick.by, tick.review.kind) for tick in new.order_by("pk")] == [
        (criterion.placement_text, cast.elin, "carried") for criterion in asked
    ]
    assert "5 × 6 kg" in visit_note(cast.maya, cast.harbour.today())


def test_what_was_seen_under_the_older_edition_stands_in_the_words_of_then(
    cast: Cast, second: Ladder
) -> None:
    _passed(cast.plan, 2)
    old = {mark.criterion.slug: mark.criterion.text for mark in _marks(cast.plan, 1)}
    moved = _move(cast, second)
    kept = {mark.criterion.slug: mark for mark in _marks(moved, 1)}
    assert kept.keys() == old.keys()
    for slug, mark in kept.items():
        assert (mark.judged or mark.criterion.text) == old[slug]
    changed = kept["hips-back"]
    assert changed.judged == old["hips-back"] != changed.criterion.text


def test_the_words_of_a_first_assessment_stay_those_through_two_moves(
    cast: Cast, second: Ladder
) -> None:
    gate_verbs.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1), by=cast.elin)
    first = _move(cast, second)
    newest = edition_verbs.move(plan=first, ladder=ladders.next_edition(second), by=cast.elin)
    (mark,) = [mark for mark in _marks(newest, 1) if mark.criterion.slug == "hips-back"]
    assert mark.judged == "The hips travel back every time (5 clean repetitions)"


def test_without_the_ticks_the_run_ends_below_the_rung_that_asks_for_more(
    cast: Cast, second: Ladder
) -> None:
    _passed(cast.plan, 6)
    assert [rung.rung.position for rung in carried(cast.plan, second)] == [1, 2, 3]
    moved = _move(cast, second)
    assert acts.passed(moved) == [1, 2, 3]
    assert acts.open_position(moved) == 4


def test_the_upper_tick_alone_is_refused_and_nothing_moves(cast: Cast, second: Ladder) -> None:
    _passed(cast.plan, 6)
    with refused("not_from_the_bottom"):
        _move(cast, second, criteria=_asked(second, "kettlebell-rdl"))
    _stays(cast)


def test_what_is_always_asked_is_not_set_aside_at_a_move(cast: Cast, second: Ladder) -> None:
    _passed(cast.plan, 4)
    (asked,) = _asked(second, "bench-behind")
    with refused("always_met"):
        _move(cast, second, not_applying={asked: "Cannot come on another day."})
    _stays(cast)


def test_a_criterion_that_the_move_does_not_ask_for_is_refused(cast: Cast, second: Ladder) -> None:
    _passed(cast.plan, 3)
    seen_before = Criterion.objects.get(rung__ladder=second, slug="three-contacts")
    for stranger in (seen_before, *_asked(second, "bench-behind")):
        with refused("other_ladder"):
            _move(cast, second, criteria=[stranger])
    _stays(cast)


def test_a_rung_without_a_lift_is_not_carried_however_much_is_ticked(
    cast: Cast, second: Ladder
) -> None:
    _passed(cast.plan, 5)
    level = acts.level(cast.plan, 6)
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, sets=3, reps=8, load=8)
    acts.tick_all(cast.plan, 6, cast.elin)
    entry = acts.log(cast.plan, level=level)
    acts.decide(cast.plan, 6, cast.elin)
    # The entry that the pass stood on is corrected away.
    acts.log(cast.plan, level=acts.level(cast.plan, 1), corrects=entry)
    below, lifts = _asked(second, "bench-behind", "kettlebell-rdl")
    with refused("lift_missing"):
        _move(cast, second, criteria=[below, lifts])
    _stays(cast)
    assert acts.passed(_move(cast, second, criteria=[below])) == [1, 2, 3, 4, 5]


def test_nothing_moves_while_a_stop_waits(cast: Cast, second: Ladder) -> None:
    _passed(cast.plan, 4)
    report_verbs.report(patient=cast.maya, by=cast.maya.user, client_id="a", asked="now", pain=9)
    with refused("stop_unanswered"):
        _move(cast, second, criteria=_asked(second, "bench-behind"))
    _stays(cast)


def _marks(plan: Plan, position: int) -> list[ReviewTick]:
    review = Review.objects.get(plan=plan, rung__position=position)
    return list(review.ticks.select_related("criterion").order_by("criterion__position"))


def _stays(cast: Cast) -> None:
    assert Plan.objects.get(patient=cast.maya).ended_on is None

"""Two people at the same moment: real threads, real transactions, one of them is right and the
other is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from patients.models import Pass, Plan, Practice, Review, Stop, StopAnswer, Tick, Withdrawal
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries
from patients.verbs import gate as gate_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import stops as stop_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def _codes(answers: list[Any]) -> Counter[str]:
    """How often each refusal, and "done", was the answer. Anything else fails the test as
    itself."""
    for answer in answers:
        if isinstance(answer, Exception) and not isinstance(answer, Refused):
            raise answer
    return Counter(answer.code if isinstance(answer, Refused) else "done" for answer in answers)


def _pass(plan: Plan, by: Any, seen: str | None) -> Callable[[], Review]:
    return partial(acts.decide, plan, 1, by, "passed", seen)


@pytest.mark.parametrize("with_page", [True, False])
def test_two_clinicians_press_passed_and_the_later_is_told_who_and_when(
    cast: Cast, with_page: bool
) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    seen = cast.plan.seen if with_page else None
    answers = at_once(_pass(cast.plan, cast.elin, seen), _pass(cast.plan, cast.omar, seen))
    refusal = "stale" if with_page else "already_passed"
    assert _codes(answers) == {"done": 1, refusal: 1}
    review = Review.objects.get()
    told = next(answer for answer in answers if isinstance(answer, Refused))
    assert (told.params["name"], told.params["at"]) == (review.by.short_name, review.at)
    assert Pass.objects.get().review == review


@pytest.mark.parametrize("with_page", [True, False])
def test_one_clinician_pressing_three_times_passes_once(cast: Cast, with_page: bool) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    press = _pass(cast.plan, cast.elin, cast.plan.seen if with_page else None)
    answers = at_once(press, press, press)
    assert _codes(answers) == {"done": 3}
    assert set(answers) == {Review.objects.get()}
    assert acts.open_position(cast.plan) == 2


def test_passed_and_not_yet_at_once_leave_one_decision(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    seen = cast.plan.seen
    answers = at_once(
        _pass(cast.plan, cast.elin, seen),
        partial(acts.decide, cast.plan, 1, cast.omar, "not_yet", seen),
    )
    assert _codes(answers) == {"done": 1, "stale": 1}
    assert Review.objects.count() == 1


def test_a_criterion_taken_back_at_the_moment_of_passing_is_in_the_review_or_stops_it(
    cast: Cast,
) -> None:
    criterion, *_ = acts.criteria(cast.plan, 1)
    acts.tick_all(cast.plan, 1, cast.elin)
    untick = partial(gate_verbs.untick, plan=cast.plan, criterion=criterion, by=cast.omar)
    passed, unticked = at_once(_pass(cast.plan, cast.elin, None), untick)
    if isinstance(passed, Refused):
        assert (passed.code, unticked, Pass.objects.count()) == ("criteria_left", None, 0)
    else:
        assert unticked.code == "already_passed"
        assert passed.ticks.filter(criterion=criterion).exists()


def test_a_pass_and_a_withdrawal_below_leave_an_unbroken_run(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.tick_all(cast.plan, 2, cast.elin)
    withdraw = partial(
        gate_verbs.withdraw,
        plan=cast.plan,
        rung=acts.rung(cast.plan, 1),
        by=cast.omar,
        reason="Lost.",
    )
    answers = at_once(partial(acts.decide, cast.plan, 2, cast.elin), withdraw)
    assert _codes(answers)["done"] >= 1
    assert acts.passed(cast.plan) == []
    assert not Tick.objects.exists()


def test_two_withdrawals_at_once_are_one(cast: Cast) -> None:
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    by = [cast.elin, cast.elin, cast.omar]
    rung = acts.rung(cast.plan, 1)
    answers = at_once(
        *(
            partial(gate_verbs.withdraw, plan=cast.plan, rung=rung, by=one, reason="Lost.")
            for one in by
        )
    )
    assert _codes(answers)["not_passed"] in {1, 2}
    assert Withdrawal.objects.count() == 2
    assert Withdrawal.objects.filter(cause=None).count() == 1


def test_two_placements_at_once_place_once(cast: Cast) -> None:
    wanted = acts.criteria(cast.plan, 1, 2, 3)
    place = [
        partial(gate_verbs.place, plan=cast.plan, criteria=wanted, by=by)
        for by in (cast.elin, cast.elin, cast.omar)
    ]
    assert _codes(at_once(*place))["done"] in {1, 2}
    assert Pass.objects.count() == Review.objects.count() == 3


def test_the_same_criterion_ticked_by_both_is_one_tick(cast: Cast) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    ticks = at_once(
        *(
            partial(gate_verbs.tick, plan=cast.plan, criterion=criterion, by=by)
            for by in (cast.elin, cast.omar)
        )
    )
    assert set(ticks) == {Tick.objects.get()}


def test_the_same_form_from_three_requests_at_once_is_one_entry(cast: Cast) -> None:
    send = partial(acts.log, cast.plan, client_id="a", pain=7, note="Too much.")
    answers = at_once(send, send, send)
    assert _codes(answers) == {"done": 3}
    assert set(answers) == {Practice.objects.get()}
    assert Stop.objects.count() == 1


def test_two_forms_for_one_day_at_once_are_one_entry_and_one_refusal(cast: Cast) -> None:
    answers = at_once(partial(acts.log, cast.plan), partial(acts.log, cast.plan))
    assert _codes(answers) == {"done": 1, "day_taken": 1}


def test_two_corrections_of_one_entry_at_once_keep_the_chain_single(cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=7)
    answers = at_once(*(partial(acts.log, cast.plan, pain=pain, corrects=entry) for pain in (1, 2)))
    assert _codes(answers) == {"done": 1, "nothing_to_correct": 1}
    assert Practice.objects.standing().count() == 1


def test_two_clinicians_assign_and_one_plan_runs(cast: Cast) -> None:
    assign = [
        partial(gate_verbs.assign, patient=cast.tomas, ladder=cast.plan.ladder, by=by)
        for by in (cast.elin, cast.omar)
    ]
    assert _codes(at_once(*assign)) == {"done": 1, "already_running": 1}
    assert _codes(at_once(assign[0], assign[0]))["done"] in {0, 2}
    assert Plan.objects.running().filter(patient=cast.tomas).count() == 1


def test_two_answers_to_a_stop_are_one_and_the_other_is_told_by_whom(cast: Cast) -> None:
    stop = acts.log(cast.plan, pain=9).stops.get()
    answers = at_once(
        partial(stop_verbs.answer, stop=stop, by=cast.elin, action="carry_on", word="Fine."),
        partial(stop_verbs.answer, stop=stop, by=cast.omar, action="pause", word="Rest."),
    )
    assert _codes(answers) == {"done": 1, "stop_answered": 1}
    told = next(answer for answer in answers if isinstance(answer, Refused))
    assert told.params["name"] == StopAnswer.objects.get().by.short_name


def test_a_move_and_a_decision_at_once_never_lose_the_pass_half(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    newer = ladders.next_edition(cast.plan.ladder)
    move = partial(edition_verbs.move, plan=cast.plan, ladder=newer, by=cast.omar)
    passed, moved = at_once(_pass(cast.plan, cast.elin, None), move)
    carried = [] if isinstance(passed, Refused) else [1]
    assert acts.passed(moved) == carried
    assert Plan.objects.running().filter(patient=cast.maya).get() == moved


def test_a_discharge_beside_a_move_or_an_assignment_never_ties_up_the_database(cast: Cast) -> None:
    newer = ladders.next_edition(cast.plan.ladder)
    for _ in range(3):
        answers = at_once(
            partial(people_verbs.discharge, patient=cast.maya, by=cast.elin),
            partial(edition_verbs.move, plan=cast.plan, ladder=newer, by=cast.omar),
        )
        assert _codes(answers)["done"] >= 1
    assert not Plan.objects.running().filter(patient=cast.maya).exists()


def test_the_list_shows_what_two_verbs_wrote_at_once(cast: Cast) -> None:
    for count in range(6):
        lead = (cast.elin, cast.omar)[count % 2]
        amend = partial(
            people_verbs.amend,
            patient=cast.maya,
            by=cast.elin,
            name="Maya Roos",
            lead=lead,
            referral_note="",
        )
        write = partial(
            message_verbs.write, plan=cast.plan, by=cast.maya.user, text=f"Word {count}"
        )
        read = partial(message_verbs.mark_read, plan=cast.plan, by=cast.elin)
        ask = partial(plan_verbs.request_review, plan=cast.plan, by=cast.maya.user)
        _codes(at_once(amend, write if count % 3 else read, ask))
        kept = type(cast.maya.summary).objects.get(patient=cast.maya)
        facts = summaries.facts(cast.maya)
        assert {name: getattr(kept, name) for name in facts} == facts

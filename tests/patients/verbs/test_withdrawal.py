"""Taking a pass back: what it closes, and that nothing reopens by itself."""

from __future__ import annotations

from patients.models import Pass, Tick, Withdrawal
from patients.verbs import gate as gate_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused


def test_withdrawing_takes_back_the_rungs_above_and_names_the_first(cast: Cast) -> None:
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    first = gate_verbs.withdraw(
        plan=cast.plan, rung=acts.rung(cast.plan, 2), by=cast.omar, reason="A long illness."
    )
    assert first.review.rung.position == 2
    assert first.cause is None
    above = Withdrawal.objects.exclude(pk=first.pk)
    assert [one.review.rung.position for one in above] == [3, 4]
    assert {(one.cause, one.by, one.reason) for one in above} == {
        (first, cast.omar, "A long illness.")
    }
    assert acts.passed(cast.plan) == [1]
    assert acts.open_position(cast.plan) == 2


def test_withdrawing_clears_every_tick_above_so_that_nothing_reopens_by_itself(cast: Cast) -> None:
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.tick_all(cast.plan, 4, cast.elin)
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 2), by=cast.elin, reason="Lost.")
    assert {tick.criterion.rung.position for tick in Tick.objects.all()} == {1}
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert acts.passed(cast.plan) == [1, 2]
    for position in (3, 4):
        with refused("criteria_left" if position == 3 else "locked"):
            acts.decide(cast.plan, position, cast.elin)


def test_a_rung_withdrawn_and_passed_again_rests_on_the_new_review_alone(cast: Cast) -> None:
    old = factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    new = factories.pass_open_rung(cast.plan, by=cast.omar)
    assert Pass.objects.get().review == new
    assert [review.pk for review in cast.plan.reviews.all()] == [old.pk, new.pk]
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    assert set(Withdrawal.objects.values_list("review", flat=True)) == {old.pk, new.pk}


def test_a_pass_is_not_taken_back_without_a_reason(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    for reason in ("", "   ", "\x00"):
        with refused("reason_missing"):
            gate_verbs.withdraw(
                plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason=reason
            )


def test_pressing_withdraw_twice_is_one_withdrawal_and_a_colleague_is_refused(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    one = acts.rung(cast.plan, 1)
    first = gate_verbs.withdraw(plan=cast.plan, rung=one, by=cast.elin, reason="Lost.")
    assert gate_verbs.withdraw(plan=cast.plan, rung=one, by=cast.elin, reason="Lost.") == first
    with refused("not_passed"):
        gate_verbs.withdraw(plan=cast.plan, rung=one, by=cast.omar, reason="Lost.")


def test_what_was_never_passed_cannot_be_withdrawn(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    for position in (2, 3):
        with refused("not_passed"):
            gate_verbs.withdraw(
                plan=cast.plan, rung=acts.rung(cast.plan, position), by=cast.elin, reason="Lost."
            )
    with refused("not_passed"):
        other = ladders.another().rungs.get(position=1)
        gate_verbs.withdraw(plan=cast.plan, rung=other, by=cast.elin, reason="Lost.")

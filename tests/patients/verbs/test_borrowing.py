"""A level of a locked rung, set for a while since it helps with a fault: who may set it, and when
it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from curriculum.models import Level
from curriculum.screening import red_flags
from patients.models import BorrowedEnd, LevelChoice, Plan, Prescription
from patients.standing.lower import train_lower_levels
from patients.standing.position import current_level
from patients.standing.readiness import evidence_entries, readiness_of
from patients.summaries import verify
from patients.verbs import borrowing as borrowing_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts, borrowed
from tests.patients.acts import refused

DAY = timedelta(days=1)
FALLS = dict.fromkeys(red_flags(), "no") | {"falls": "yes"}


def _now(cast: Cast, days: int = 0) -> Level | None:
    plan = Plan.objects.get(pk=cast.plan.pk)
    return current_level(plan, cast.harbour.today() + days * DAY).level


def test_who_squats_the_hinge_practises_with_the_bench_while_its_rung_stays_locked(
    cast: Cast,
) -> None:
    own = _now(cast)
    choice = borrowed.lend(cast.plan, by=cast.elin)
    now = current_level(cast.plan, cast.harbour.today())
    assert now.level == borrowed.bench(cast.plan) == choice.level
    assert now.borrowed is not None
    assert now.borrowed.until == choice.until
    assert acts.open_position(cast.plan) == 1
    assert [_now(cast, days) == own for days in (0, 7, 8)] == [False, False, True]
    with refused("locked"):
        plan_verbs.choose_level(plan=cast.plan, level=choice.level, by=cast.elin)


def test_a_reason_has_500_letters_at_most(cast: Cast) -> None:
    choice = borrowed.lend(cast.plan, by=cast.elin, reason="x" * 500)
    assert choice.reason == "x" * 500


def test_the_same_press_twice_sets_it_once(cast: Cast) -> None:
    first = borrowed.lend(cast.plan, by=cast.elin)
    assert borrowed.lend(cast.plan, by=cast.elin, finding=first.finding) == first


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("not_yours", lambda cast: {"by": cast.maya.user}),
        ("not_yours", lambda cast: {"by": cast.ines}),
        ("until_missing", lambda cast: {"until": None}),
        ("until_in_past", lambda cast: {"until": cast.harbour.today() - DAY}),
        ("borrowed_too_long", lambda cast: {"until": cast.harbour.today() + 15 * DAY}),
        ("borrowed_in_reach", lambda cast: {"level": acts.level(cast.plan, 1)}),
        ("no_remedy", lambda cast: {"level": acts.level(cast.plan, 2)}),
        ("borrowed_loaded", lambda cast: {"level": acts.level(cast.plan, 5)}),
        ("borrowed_loaded", lambda cast: {"level": acts.level(cast.plan, 6)}),
        ("clinic_alone", lambda cast: {"level": borrowed.stool(cast.plan)}),
        ("finding_gone", lambda cast: {"finding": borrowed.seen(cast.noors_plan, by=cast.ines)}),
        ("too_long", lambda cast: {"reason": "x" * 501}),
        (
            "other_ladder",
            lambda cast: {"level": ladders.another().rungs.get(position=3).levels.all()[0]},
        ),
    ],
)
def test_a_level_that_nobody_may_borrow_is_refused(
    cast: Cast, code: str, said: Callable[[Cast], dict[str, Any]]
) -> None:
    usual = {"finding": borrowed.seen(cast.plan, by=cast.elin), "by": cast.elin}
    arguments = usual | said(cast)
    with refused(code):
        borrowed.lend(cast.plan, **arguments)


def test_a_fault_that_is_gone_lends_nothing(cast: Cast) -> None:
    finding = borrowed.seen(cast.plan, by=cast.elin)
    finding_verbs.clear(finding=finding, by=cast.elin)
    with refused("finding_gone"):
        borrowed.lend(cast.plan, by=cast.elin, finding=finding)


def test_a_second_one_waits_until_the_first_is_ended(cast: Cast) -> None:
    first = borrowed.lend(cast.plan, by=cast.elin)
    further = acts.rung(cast.plan, 3).levels.get(slug="two-to-five-cm")
    said: dict[str, Any] = {"by": cast.elin, "finding": first.finding, "level": further}
    with refused("already_borrowed"):
        borrowed.lend(cast.plan, **said)
    own = borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin)
    assert own is not None
    assert borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin) is None
    assert borrowed.lend(cast.plan, **said).level == further == _now(cast)


def test_only_a_clinician_of_the_clinic_ends_it(cast: Cast) -> None:
    borrowed.lend(cast.plan, by=cast.elin)
    for by in (cast.maya.user, cast.ines):
        with refused("not_yours"):
            borrowing_verbs.end_borrowed(plan=cast.plan, by=by)


def test_a_stool_for_the_clinic_alone_is_borrowed_with_a_second_yes(cast: Cast) -> None:
    stool = borrowed.stool(cast.plan)
    borrowed.lend(cast.plan, by=cast.elin, level=stool, at_home=True)
    assert _now(cast) == stool
    assert Prescription.objects.get().at_home


def test_a_drill_to_avoid_is_borrowed_with_a_reason_that_is_kept(cast: Cast) -> None:
    stool = borrowed.stool(cast.plan)
    stool.cautions = {"avoid": {"falls": "fa3"}}
    stool.save()
    screening_verbs.screen(patient=cast.maya, by=cast.elin, items=FALLS)
    said: dict[str, Any] = {"level": stool, "at_home": True, "by": cast.elin}
    said["finding"] = borrowed.seen(cast.plan, by=cast.elin)
    with refused("avoid_without_reason"):
        borrowed.lend(cast.plan, **said)
    borrowed.lend(cast.plan, **said, reason="Holds a rail.")
    kept = Prescription.objects.get()
    assert (kept.reason, kept.reason_for, _now(cast)) == ("Holds a rail.", "falls", stool)


def test_once_precautions_say_to_avoid_it_the_own_drill_comes_back_and_another_may_be_set(
    cast: Cast,
) -> None:
    own = _now(cast)
    choice = borrowed.lend(cast.plan, by=cast.elin)
    Level.objects.filter(pk=choice.level_id).update(cautions={"avoid": {"falls": "fa3"}})
    screening_verbs.screen(patient=cast.maya, by=cast.elin, items=FALLS)
    assert _now(cast) == own
    further = acts.rung(cast.plan, 3).levels.get(slug="two-to-five-cm")
    borrowed.lend(cast.plan, by=cast.elin, finding=choice.finding, level=further)
    assert _now(cast) == further


def _cleared(cast: Cast, choice: LevelChoice) -> None:
    assert choice.finding is not None
    finding_verbs.clear(finding=choice.finding, by=cast.elin)


def _opened(cast: Cast, _choice: LevelChoice) -> None:
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)


def _chosen(cast: Cast, _choice: LevelChoice) -> None:
    level = acts.level(cast.plan, 1)
    plan_verbs.choose_level(plan=cast.plan, level=level, by=cast.elin)


def _ended(cast: Cast, _choice: LevelChoice) -> None:
    borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin)


def _lower(cast: Cast, _choice: LevelChoice) -> None:
    stop = acts.log(cast.plan, pain=7, level=borrowed.bench(cast.plan)).stops.get()
    said: dict[str, Any] = {"action": "lower", "word": "Gently."}
    until = cast.harbour.today() + 2 * DAY
    level = acts.level(cast.plan, 1)
    stop_verbs.answer(stop=stop, by=cast.elin, level=level, until=until, **said)


@pytest.mark.parametrize("happens", [_cleared, _opened, _chosen, _ended, _lower])
def test_it_ends_and_stays_ended(cast: Cast, happens: Callable[[Cast, LevelChoice], None]) -> None:
    choice = borrowed.lend(cast.plan, by=cast.elin)
    happens(cast, choice)
    assert current_level(cast.plan, cast.harbour.today()).borrowed is None
    for passed in acts.passed(cast.plan)[:1]:
        rung = acts.rung(cast.plan, passed)
        gate_verbs.withdraw(plan=cast.plan, rung=rung, by=cast.elin, reason="Lost.")
    assert current_level(cast.plan, cast.harbour.today()).borrowed is None
    assert not list(verify.differences())


def _run_out(cast: Cast, choice: LevelChoice) -> None:
    """Nothing is done about it until its last day is over."""


@pytest.mark.parametrize("happens", [_cleared, _opened, _chosen, _ended, _lower, _run_out])
def test_once_it_is_over_another_may_be_set(
    clock: time_machine.Traveller, cast: Cast, happens: Callable[[Cast, LevelChoice], None]
) -> None:
    plan = cast.plan
    plan_verbs.set_goal(plan=plan, goal_rung=acts.rung(plan, 4), by=cast.elin)
    finding = borrowed.lend(plan, by=cast.elin).finding
    borrowed.lend(cast.noors_plan, by=cast.ines)
    happens(cast, plan.level_choices.get())
    clock.shift(DAY / 24)
    for passed in acts.passed(plan)[1:2]:
        rung = acts.rung(plan, passed)
        gate_verbs.withdraw(plan=plan, rung=rung, by=cast.elin, reason="Lost.")
    clock.shift(10 * DAY if happens is _run_out else DAY / 24)
    if happens is _cleared:
        finding = borrowed.seen(plan, by=cast.elin)
    further = acts.rung(plan, 3).levels.get(slug="two-to-five-cm")
    borrowed.lend(plan, by=cast.elin, finding=finding, level=further)
    assert _now(cast) == further


def test_a_pass_below_and_its_withdrawal_leave_it(cast: Cast) -> None:
    choice = borrowed.lend(cast.plan, by=cast.elin)
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    assert _now(cast) == choice.level
    gate_verbs.withdraw(plan=cast.plan, rung=review.rung, by=cast.elin, reason="Lost.")
    assert _now(cast) == choice.level


def test_a_slip_that_opened_its_rung_gives_it_back(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    choice = borrowed.lend(cast.plan, by=cast.elin)
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    assert current_level(cast.plan, cast.harbour.today()).borrowed is None
    gate_verbs.undo(review=review, by=cast.elin)
    assert _now(cast) == choice.level


def test_a_goal_that_opens_its_rung_ends_it_for_good(cast: Cast) -> None:
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    second = acts.rung(cast.plan, 2)
    plan_verbs.set_goal(plan=cast.plan, goal_rung=second, by=cast.elin)
    choice = borrowed.lend(cast.plan, by=cast.elin)
    assert _now(cast) == choice.level
    plan_verbs.set_goal(plan=cast.plan, goal_rung=None, by=cast.elin)
    plan_verbs.set_goal(plan=cast.plan, goal_rung=second, by=cast.elin)
    assert _now(cast) != choice.level
    assert BorrowedEnd.objects.get().choice == choice


def test_training_lower_waits_behind_it(cast: Cast) -> None:
    """The last day of training lower still counts once the borrowed level is over."""
    factories.pass_open_rung(cast.plan, by=cast.elin)
    low = acts.level(cast.plan, 1)
    until = cast.harbour.today() + 10 * DAY
    plan_verbs.choose_level(plan=cast.plan, level=low, by=cast.elin, until=until)
    choice = borrowed.lend(cast.plan, by=cast.elin)
    assert [_now(cast, days) for days in (0, 8)] == [choice.level, low]
    assert low not in train_lower_levels(cast.plan, cast.harbour.today())


def test_train_lower_offers_only_what_lies_below_the_own_level(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    before = train_lower_levels(cast.plan, cast.harbour.today())
    borrowed.lend(cast.plan, by=cast.elin)
    assert train_lower_levels(cast.plan, cast.harbour.today()) == before != []


def test_the_patient_keeps_to_it_until_the_clinic_ends_it(cast: Cast) -> None:
    borrowed.lend(cast.plan, by=cast.elin)
    own = acts.level(cast.plan, 1)
    with refused("borrowed_now"):
        plan_verbs.choose_level(plan=cast.plan, level=own, by=cast.maya.user)
    borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin)
    assert plan_verbs.choose_level(plan=cast.plan, level=own, by=cast.maya.user).level == own


def test_it_is_prescribed_while_it_is_borrowed(cast: Cast) -> None:
    bench = borrowed.bench(cast.plan)
    dose: dict[str, Any] = {"plan": cast.plan, "by": cast.elin, "sets": 2, "reps": 5}
    with refused("locked"):
        plan_verbs.prescribe(level=bench, **dose)
    borrowed.lend(cast.plan, by=cast.elin)
    assert plan_verbs.prescribe(level=bench, **dose).reps == 5
    with refused("locked"):
        plan_verbs.prescribe(level=acts.level(cast.plan, 2), **dose)
    borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin)
    with refused("locked"):
        plan_verbs.prescribe(level=bench, **dose | {"reps": 6})


def test_it_is_logged_on_its_days_and_counts_for_no_rung(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    bench = borrowed.bench(cast.plan)
    with refused("level_locked_that_day"):
        acts.log(cast.plan, level=bench)
    borrowed.lend(cast.plan, by=cast.elin)
    for _ in range(4):
        assert acts.log(cast.plan, level=bench, pain=1, effort="right").borrowed
        clock.shift(DAY)
    assert readiness_of(cast.plan).since is None
    assert len(evidence_entries(cast.plan)) == 4
    borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin)
    # It was borrowed until the moment at which it was ended.
    assert acts.log(cast.plan, level=bench).borrowed
    clock.shift(DAY)
    with refused("level_locked_that_day"):
        acts.log(cast.plan, level=bench)
    assert not list(verify.differences())


def test_a_session_before_its_rung_opened_is_none_of_that_rung(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    borrowed.lend(cast.plan, by=cast.elin)
    entry = acts.log(cast.plan, level=borrowed.bench(cast.plan), pain=1, effort="right")
    factories.pass_open_rung(cast.plan, by=cast.elin)
    for _ in range(2):
        clock.shift(DAY)
        acts.log(cast.plan, level=borrowed.bench(cast.plan), pain=1, effort="right")
    assert readiness_of(cast.plan).since is None
    changed = acts.log(
        cast.plan, entry.done_on, level=entry.level, pain=1, effort="right", corrects=entry
    )
    assert changed.borrowed
    clock.shift(DAY)
    acts.log(cast.plan, level=borrowed.bench(cast.plan), pain=1, effort="right")
    assert readiness_of(cast.plan).since == cast.harbour.today()


def test_pain_on_a_borrowed_level_holds_readiness_back(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(3):
        acts.log(cast.plan, pain=1, effort="right")
        clock.shift(DAY)
    assert readiness_of(cast.plan).since is not None
    borrowed.lend(cast.plan, by=cast.elin)
    acts.log(cast.plan, level=borrowed.bench(cast.plan), pain=5, effort="right")
    assert readiness_of(cast.plan).since is None


def test_a_newer_edition_begins_without_it(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    until = cast.harbour.today() + 3 * DAY
    low = acts.level(cast.plan, 1)
    plan_verbs.choose_level(plan=cast.plan, level=low, by=cast.elin, until=until)
    borrowed.lend(cast.plan, by=cast.elin)
    edition = ladders.next_edition(cast.plan.ladder)
    moved = edition_verbs.move(plan=cast.plan, ladder=edition, by=cast.elin)
    now = current_level(moved, cast.harbour.today())
    assert (now.lower_until, now.borrowed) == (until, None)
    (finding,) = moved.findings.all()
    assert finding.fault is not None
    assert finding.fault.slug == borrowed.SQUAT


def test_it_is_not_borrowed_on_a_plan_that_ended(cast: Cast) -> None:
    finding = borrowed.seen(cast.plan, by=cast.elin)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    with refused("plan_ended"):
        borrowed.lend(cast.plan, by=cast.elin, finding=finding)

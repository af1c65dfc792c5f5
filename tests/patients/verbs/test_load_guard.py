"""What is asked again before more load is prescribed, what is refused, and what is signed late."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from curriculum.screening import red_flags
from patients.models import Prescription
from patients.verbs import load as load_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import screening as screening_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.rules.load_attacks import band
from tests.patients.standing.load.twelve_weeks import EAGER, ONE_BAND, STEADY
from tests.patients.verbs.test_sign_proposal import Lifting, lifting

TWO_DAYS = timedelta(days=2)


@pytest.fixture
def lift(clock: time_machine.Traveller, cast: Cast) -> Lifting:
    """Three sets of 8 to 12 at 8 kg, and one session that went fine."""
    lift = lifting(cast, STEADY)
    clock.shift(timedelta(hours=1))
    trained(clock, lift)
    return lift


def trained(clock: time_machine.Traveller, lift: Lifting, **said: Any) -> None:
    """A session, and the morning after it."""
    entry = lift.train(**said)
    clock.shift(timedelta(days=1))
    practice_verbs.answer_morning(practice=entry, by=lift.cast.maya.user, pain_now=1, worse=False)
    clock.shift(timedelta(days=1))


def prescribe(lift: Lifting, **said: Any) -> Prescription:
    whole: dict[str, Any] = {"sets": 3, "reps": 8, "reps_to": 12, "load": 8} | said
    return plan_verbs.prescribe(plan=lift.plan, level=lift.level, by=lift.cast.elin, **whole)


def test_a_weight_far_above_what_went_fine_is_asked_again_and_its_reason_is_kept(
    lift: Lifting,
) -> None:
    assert prescribe(lift, load=10.5, why_more="Not asked.").why_more == ""
    with refused("load_guard") as said:
        prescribe(lift, load=10.6)
    assert "10.6 kg is far above 8 kg" in str(said.value)
    assert prescribe(lift, load=16, why_more="Lifts a toddler.").why_more == "Lifts a toddler."


def test_a_creep_is_held_against_what_went_fine_and_not_against_the_last_dose(
    lift: Lifting,
) -> None:
    prescribe(lift, load=10.5)
    with refused("load_guard"):
        prescribe(lift, load=12.5)
    prescribe(lift, load=4)
    prescribe(lift, load=10.5)


def test_what_went_fine_long_ago_counts_for_nothing(
    clock: time_machine.Traveller, lift: Lifting
) -> None:
    clock.shift(timedelta(days=60))
    with refused("load_guard") as said:
        prescribe(lift, load=8.5)
    assert "in the last 42 days" in str(said.value)


def test_more_than_sixty_repetitions_are_asked_again(lift: Lifting) -> None:
    prescribe(lift, sets=5, reps=10, reps_to=12)
    with refused("load_guard") as said:
        prescribe(lift, sets=5, reps=10, reps_to=13)
    assert "65 in all: more than 60" in str(said.value)
    assert prescribe(lift, sets=5, reps=10, reps_to=13, why_more="Rowing.").why_more == "Rowing."


def test_any_increase_after_a_session_that_eased_off_is_asked_again(
    clock: time_machine.Traveller, lift: Lifting
) -> None:
    trained(clock, lift, pain=5)
    for more in ({"load": 8.5}, {"reps_to": 13}, {"sets": 4}):
        with refused("load_guard"):
            prescribe(lift, **more)
    prescribe(lift, sets=2)
    prescribe(lift, load=6)


def test_an_increase_is_refused_while_a_stop_waits_and_less_is_not(
    clock: time_machine.Traveller, lift: Lifting
) -> None:
    lift.train(pain=9)
    for more in ({"load": 8.5}, {"reps_to": 13}):
        with refused("stop_unanswered"):
            prescribe(lift, **more, why_more="All the same.")
    prescribe(lift, load=6)
    assert lift.load.proposal.kind == "none"
    with refused("nothing_to_sign"):
        load_verbs.sign_proposal(
            plan=lift.plan, level=lift.level, by=lift.cast.elin, seen=lift.load.seen
        )


def test_nothing_is_proposed_during_a_pause_nor_to_who_is_not_cleared(
    clock: time_machine.Traveller, lift: Lifting
) -> None:
    elin = lift.cast.elin
    plan_verbs.pause(plan=lift.plan, by=elin, reason="Ill.")
    seen = [lift.load.proposal]
    plan_verbs.resume(plan=lift.plan, by=elin)
    assert lift.load.proposal.kind == "reps"
    again = lift.cast.harbour.today() + timedelta(days=3)
    told: dict[str, Any] = {"outcome": "not_cleared", "words": "Sent to the doctor."}
    screening_verbs.screen(patient=lift.cast.maya, by=elin, look_again_on=again, **told)
    seen.append(lift.load.proposal)
    assert [(one.kind, one.to_sign, one.reasons[0].text) for one in seen] == [
        ("none", False, "Practice is paused."),
        ("none", False, "The latest screening does not clear for training."),
    ]


def _screened(lift: Lifting, *precautions: str) -> None:
    screening_verbs.screen(
        patient=lift.cast.maya,
        by=lift.cast.elin,
        items=dict.fromkeys(red_flags(), "no") | dict.fromkeys(precautions, "yes"),
    )


def test_with_a_fragile_spine_a_cap_is_said_and_nothing_goes_above_it(lift: Lifting) -> None:
    _screened(lift, "spine_fracture")
    said = {"reason": "Seen by her surgeon."}
    with refused("cap_missing"):
        prescribe(lift, load=6, **said)
    kept = prescribe(lift, load=6, max_kg=9, why_more="Seen.", **said)
    assert kept.max_kg == Decimal(9)
    with refused("load_over_cap"):
        prescribe(lift, load=10, max_kg=9, **said)


def test_a_cap_ends_the_weights_that_are_proposed(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    lift = lifting(cast, STEADY)
    prescribe(lift, reps=12, max_kg=9)
    clock.shift(timedelta(hours=1))
    for _ in range(2):
        trained(clock, lift)
    proposal = lift.load.proposal
    # No weight up to the cap: the range goes on to 15, and pause and pace come after that.
    assert (proposal.kind, proposal.aim.weight, proposal.to_sign) == ("reps", 8, True)


def test_with_a_precaution_four_in_reserve_count_and_an_increase_asks(
    clock: time_machine.Traveller, lift: Lifting
) -> None:
    assert lift.load.proposal.kind == "reps"
    _screened(lift, "heart")
    proposal = lift.load.proposal
    assert (proposal.kind, "Fewer than 4" in proposal.reasons[0].text) == ("hold", True)
    with refused("load_guard"):
        prescribe(lift, load=8.5)
    trained(clock, lift, reserve=4)
    assert lift.load.proposal.kind == "reps"
    prescribe(lift, load=8.5)


def test_with_loose_joints_three_sessions_at_the_top_come_before_more_weight(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    lift = lifting(cast, STEADY)
    prescribe(lift, reps=12)
    _screened(lift, "hypermobility")
    kinds = []
    clock.shift(timedelta(hours=1))
    for _ in range(3):
        trained(clock, lift)
        kinds.append(str(lift.load.proposal.kind))
    assert kinds == ["hold", "hold", "weight"]


def test_the_day_after_a_day_with_load_does_not_count(
    clock: time_machine.Traveller, lift: Lifting
) -> None:
    clock.shift(-timedelta(days=1))
    lift.train()
    proposal = lift.load.proposal
    assert (proposal.kind, proposal.reasons[0].sources) == ("hold", ("acsm-2009",))


def test_a_page_opened_earlier_signs_nothing_else(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    lift = lifting(cast, EAGER)
    clock.shift(timedelta(hours=1))
    prescribe(lift, sets=2)
    lift_as_usual = prescribe(lift, sets=3)
    assert lift.load.dose == lift_as_usual
    trained(clock, lift, reserve=0)
    old = lift.load
    assert old.proposal.kind == "fewer"
    trained(clock, lift)
    sign: dict[str, Any] = {"plan": lift.plan, "level": lift.level, "by": cast.elin}
    with refused("load_stale") as said:
        load_verbs.sign_proposal(**sign, seen=old.seen)
    assert "More repetitions" in str(said.value)
    with refused("nothing_to_sign"):
        load_verbs.sign_proposal(**sign, seen=lift.load.seen)
    with refused("not_yours"):
        load_verbs.sign_proposal(**sign | {"by": cast.ines}, seen=lift.load.seen)
    assert not Prescription.objects.exclude(signed_for="").exists()


def test_a_big_step_asks_for_its_reason(clock: time_machine.Traveller, cast: Cast) -> None:
    lift = lifting(cast, EAGER)
    prescribe(lift, reps=8, reps_to=15)
    prescribe(lift, reps=15, reps_to=15)
    clock.shift(timedelta(hours=1))
    for _ in range(2):
        trained(clock, lift, reserve=4)
    proposal = lift.load.proposal
    assert (proposal.kind, proposal.asks, proposal.aim.weight) == ("big_step", True, 12)
    sign: dict[str, Any] = {"plan": lift.plan, "level": lift.level, "by": cast.elin}
    with refused("load_guard"):
        load_verbs.sign_proposal(**sign, seen=lift.load.seen)
    signed = load_verbs.sign_proposal(**sign, seen=lift.load.seen, why_more="Nothing between.")
    assert (signed.load, signed.sets, signed.signed_for) == (Decimal(12), 2, "big_step")
    assert signed.why_more == "Nothing between."


def test_a_lighter_start_counts_for_nothing_and_ends_when_it_is_signed(
    clock: time_machine.Traveller, lift: Lifting
) -> None:
    clock.shift(timedelta(days=10))
    today = lift.load
    assert (today.is_away, today.aim_today.weight, today.aim_today.sets) == (True, 8, 2)
    trained(clock, lift)
    assert lift.load.proposal.kind == "restart"
    assert lift.load.is_away
    assert lift.sign().kind == "restart"
    assert lift.load.aim_today.weight == 8
    trained(clock, lift)
    assert lift.load.proposal.kind == "sets"


def test_each_side_is_counted_by_itself(clock: time_machine.Traveller, cast: Cast) -> None:
    lift = lifting(cast, STEADY)
    prescribe(lift, sets=2, reps=8, reps_to=12, per_side=True)
    clock.shift(timedelta(hours=1))
    row = {"reps": 8, "seconds": None, "load": 8}
    sides = [{**row, "side": side} for side in ("left", "right")]
    both: dict[str, Any] = {"level": lift.level, "pain": 1, "reserve": 3}
    acts.log(cast.plan, **both, sets=sides * 2)
    assert lift.load.proposal.kind == "reps"
    clock.shift(TWO_DAYS)
    acts.log(cast.plan, **both, sets=[*sides * 2, *sides[:1]])
    assert "More was done" in lift.load.proposal.reasons[0].text
    clock.shift(TWO_DAYS)
    acts.log(cast.plan, **both, sets=sides[:1] * 2)
    assert "Less than 80 %" in lift.load.proposal.reasons[0].text


def test_the_next_band_comes_after_the_last_mark_and_a_higher_one_is_an_increase(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    lift = lifting(cast, ONE_BAND)
    red = lift.load.dose.band
    blue = band(cast.harbour, 2, name="Blue", marks=1)
    said: dict[str, Any] = {"load": None, "reps": 15, "reps_to": 15}
    prescribe(lift, **said, band=red, mark=2)
    clock.shift(timedelta(hours=1))
    # A week lies between two steps.
    for _ in range(4):
        trained(clock, lift)
    signed = lift.sign()
    assert signed.kind == "weight"
    dose = lift.load.dose
    assert (dose.band, dose.mark, dose.signed_for) == (blue, 0, "weight")
    lift.train(pain=9)
    with refused("stop_unanswered"):
        prescribe(lift, **said, band=blue, mark=1)
    prescribe(lift, **said, band=red, mark=0)


def test_a_jump_over_several_bands_or_marks_is_asked_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    lift = lifting(cast, ONE_BAND)
    red = lift.load.dose.band
    blue = band(cast.harbour, 2, name="Blue")
    said: dict[str, Any] = {"load": None, "reps": 10, "reps_to": 15}
    clock.shift(timedelta(hours=1))
    trained(clock, lift)
    with refused("load_guard") as why:
        prescribe(lift, **said, band=blue, mark=0)
    assert "Blue, mark 0 is more than one step above Red, mark 0" in str(why.value)
    prescribe(lift, **said, band=red, mark=1)  # the next step asks nothing
    kept = prescribe(lift, **said, band=blue, mark=0, why_more="Seen in the clinic.")
    assert kept.why_more == "Seen in the clinic."
    assert prescribe(lift, **said, band=red, mark=0).why_more == ""

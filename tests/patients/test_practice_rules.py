"""Practice: what a patient enters is kept once, on the right day, and never by itself moves the ladder."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from patients import editions, levels, messages, people, plans, practice, progression
from patients.models import Message, Plan, Practice, Stop, StopAnswer
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.conftest import STOCKHOLM

ONE_DAY = timedelta(days=1)


def _started_before(cast: Cast, clock: time_machine.Traveller, days: int) -> date:
    """Moves on by some days from the plan's start; today."""
    clock.shift(timedelta(days=days))
    return cast.harbour.today()


# ---- once


def test_the_same_form_sent_three_times_is_one_entry(cast: Cast) -> None:
    first = acts.log(cast.plan, client_id="a", pain=2, note="Good.")
    for _ in range(2):
        assert acts.log(cast.plan, client_id="a", pain=2, note="Good.") == first
    assert Practice.objects.count() == Message.objects.count() == 1


def test_the_same_form_with_other_content_is_refused(cast: Cast) -> None:
    acts.log(cast.plan, client_id="a", pain=0)
    others: list[dict[str, Any]] = [
        {"pain": 3},
        {"pain": None},
        {"note": "Bad."},
        {"effort": "easy"},
        {"effort": "stopped", "why_stopped": "time"},
        {"leg": "none"},
        {"sets": acts.TWO_SETS[:1]},
    ]
    for changed in others:
        with refused("other_content"):
            acts.log(cast.plan, client_id="a", **{"pain": 0, **changed})


def test_the_same_form_for_another_day_or_level_is_refused(clock: time_machine.Traveller, cast: Cast) -> None:
    today = _started_before(cast, clock, 2)
    acts.log(cast.plan, client_id="a")
    with refused("other_content"):
        acts.log(cast.plan, today - ONE_DAY, client_id="a")
    helper = acts.rung(cast.plan, 1).levels.filter(helper=True)[0]
    with refused("other_content"):
        acts.log(cast.plan, client_id="a", level=helper)


def test_two_patients_may_carry_the_same_number(cast: Cast) -> None:
    acts.log(cast.plan, client_id="a")
    acts.log(cast.noors_plan, client_id="a")
    assert Practice.objects.count() == 2


def test_a_form_without_a_sound_number_is_refused(cast: Cast) -> None:
    for client_id in ["", "  ", "x" * 65, "a\nb", "a\x00b"]:
        with refused("bad_client_id"):
            acts.log(cast.plan, client_id=client_id)


def test_an_entry_sent_again_after_its_rung_was_withdrawn_is_still_the_same_entry(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    said: dict[str, Any] = {"level": acts.level(cast.plan, 2), "client_id": "a", "pain": 1}
    day = cast.harbour.today()
    first = acts.log(cast.plan, **said)
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    clock.shift(timedelta(days=20))
    assert acts.log(cast.plan, day, **said) == first


def test_an_entry_sent_again_after_the_plan_ended_is_still_the_same_entry(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    day = cast.harbour.today()
    first = acts.log(cast.plan, client_id="a")
    plans.end(plan=cast.plan, by=cast.elin)
    clock.shift(timedelta(days=3))
    assert acts.log(cast.plan, day, client_id="a") == first


def test_an_entry_sent_again_after_it_was_corrected_is_still_the_same_entry(cast: Cast) -> None:
    first = acts.log(cast.plan, client_id="a", pain=7)
    second = acts.log(cast.plan, client_id="b", pain=2, corrects=first)
    assert acts.log(cast.plan, client_id="a", pain=7) == first
    assert acts.log(cast.plan, client_id="b", pain=2, corrects=first) == second
    assert Practice.objects.standing().get() == second


# ---- on its day


def test_today_and_the_past_seven_days_can_be_logged(clock: time_machine.Traveller, cast: Cast) -> None:
    today = _started_before(cast, clock, 10)
    for back in range(8):
        acts.log(cast.plan, today - back * ONE_DAY)
    with refused("too_long_ago"):
        acts.log(cast.plan, today - 8 * ONE_DAY)


def test_tomorrow_cannot_be_logged(cast: Cast) -> None:
    for ahead in (ONE_DAY, timedelta(days=400)):
        with refused("not_yet_that_day"):
            acts.log(cast.plan, cast.harbour.today() + ahead)
    with refused("not_yet_that_day"):
        acts.log(cast.plan, date.max, by=cast.elin, paper=True)


def test_nothing_is_logged_before_the_plan_began(cast: Cast) -> None:
    with refused("before_the_plan"):
        acts.log(cast.plan, cast.harbour.today() - ONE_DAY)
    with refused("before_the_plan"):
        acts.log(cast.plan, date.min, by=cast.elin, paper=True)


def test_a_paper_log_reaches_back_to_the_plans_start_and_no_further(clock: time_machine.Traveller, cast: Cast) -> None:
    today = _started_before(cast, clock, 60)
    entry = acts.log(cast.plan, cast.plan.started_on, by=cast.elin, paper=True)
    assert (entry.paper, entry.by) == (True, cast.elin)
    with refused("before_the_plan"):
        acts.log(cast.plan, cast.plan.started_on - ONE_DAY, by=cast.elin, paper=True)
    with refused("not_yet_that_day"):
        acts.log(cast.plan, today + ONE_DAY, by=cast.elin, paper=True)


def test_paper_is_the_clinics_and_the_phone_the_patients(cast: Cast) -> None:
    with refused("paper_by_clinic"):
        acts.log(cast.plan, paper=True)
    with refused("clinic_by_paper"):
        acts.log(cast.plan, by=cast.elin)


def test_an_ended_plan_takes_the_days_before_its_end_and_none_after(clock: time_machine.Traveller, cast: Cast) -> None:
    today = _started_before(cast, clock, 3)
    plans.end(plan=cast.plan, by=cast.elin)
    clock.shift(ONE_DAY)
    with refused("after_the_plan"):
        acts.log(cast.plan, today + ONE_DAY)
    assert acts.log(cast.plan, today - ONE_DAY).done_on == today - ONE_DAY


def test_one_entry_a_day_and_the_second_is_sent_to_the_correction(cast: Cast) -> None:
    acts.log(cast.plan)
    with refused("day_taken"):
        acts.log(cast.plan)


SUMMER, WINTER = date(2026, 3, 29), date(2026, 10, 25)  # the clocks change at night in Stockholm


@pytest.mark.parametrize("day", [SUMMER - ONE_DAY, SUMMER, WINTER - ONE_DAY, WINTER])
def test_the_day_ends_at_the_clinics_midnight_also_when_the_clocks_change(cast: Cast, day: date) -> None:
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=day - 30 * ONE_DAY)
    with time_machine.travel(datetime(day.year, day.month, day.day, 23, 59, tzinfo=STOCKHOLM), tick=False):
        assert acts.log(cast.plan).done_on == day
        with refused("not_yet_that_day"):
            acts.log(cast.plan, day + ONE_DAY)
    after = day + ONE_DAY
    with time_machine.travel(datetime(after.year, after.month, after.day, 0, 1, tzinfo=STOCKHOLM), tick=False):
        assert acts.log(cast.plan, after).done_on == after
        with refused("too_long_ago"):
            acts.log(cast.plan, after - 8 * ONE_DAY)
        assert acts.log(cast.plan, after - 7 * ONE_DAY).done_on == after - 7 * ONE_DAY


def test_each_clinic_has_its_own_midnight(cast: Cast) -> None:
    type(cast.hilltop).objects.filter(pk=cast.hilltop.pk).update(time_zone="Pacific/Auckland")
    Plan.objects.update(started_on=date(2026, 1, 1))
    with time_machine.travel(datetime(2026, 3, 2, 22, 0, tzinfo=STOCKHOLM), tick=False):
        theirs = Plan.objects.get(pk=cast.noors_plan.pk)
        assert acts.log(theirs, date(2026, 3, 3)).done_on == date(2026, 3, 3)
        with refused("not_yet_that_day"):
            acts.log(cast.plan, date(2026, 3, 3))


# ---- on a rung that was reachable


def test_a_forged_entry_for_a_locked_level_is_refused(cast: Cast) -> None:
    for position in range(2, 8):
        with refused("level_locked_that_day"):
            acts.log(cast.plan, level=acts.level(cast.plan, position))
        with refused("level_locked_that_day"):
            acts.log(cast.plan, level=acts.level(cast.plan, position), by=cast.elin, paper=True)


def test_a_level_of_another_ladder_is_refused(cast: Cast) -> None:
    foreign = ladders.another().rungs.get(position=1).levels.all()[0]
    with refused("other_ladder"):
        acts.log(cast.plan, level=foreign)


def test_a_rung_counts_on_the_day_it_was_opened_and_not_the_day_before(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    today = _started_before(cast, clock, 2)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.log(cast.plan, level=acts.level(cast.plan, 2))
    with refused("level_locked_that_day"):
        acts.log(cast.plan, today - ONE_DAY, level=acts.level(cast.plan, 2))


def test_a_rung_withdrawn_at_noon_was_reachable_that_day_and_not_the_next(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    today = _started_before(cast, clock, 2)
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    clock.shift(ONE_DAY)
    acts.log(cast.plan, today, level=acts.level(cast.plan, 3))
    with refused("level_locked_that_day"):
        acts.log(cast.plan, level=acts.level(cast.plan, 2))
    acts.log(cast.plan, today - ONE_DAY, level=acts.level(cast.plan, 2))


def test_days_between_a_withdrawal_and_the_next_pass_are_locked(clock: time_machine.Traveller, cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    progression.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    today = _started_before(cast, clock, 2)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    level = acts.level(cast.plan, 2)
    with refused("level_locked_that_day"):
        acts.log(cast.plan, today - ONE_DAY, level=level)
    assert acts.log(cast.plan, today, level=level).level == level
    assert acts.log(cast.plan, today - 2 * ONE_DAY, level=level).level == level


@pytest.mark.parametrize("change", [SUMMER, WINTER])
def test_a_pass_a_minute_before_midnight_opens_that_day_when_the_clocks_change(cast: Cast, change: date) -> None:
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=change - 30 * ONE_DAY)
    with time_machine.travel(datetime(change.year, change.month, change.day, 23, 59, tzinfo=STOCKHOLM), tick=False):
        factories.pass_open_rung(cast.plan, by=cast.elin)
        acts.log(cast.plan, change, level=acts.level(cast.plan, 2))
        with refused("level_locked_that_day"):
            acts.log(cast.plan, change - ONE_DAY, level=acts.level(cast.plan, 2))


def test_practice_of_a_passed_rung_and_of_helpers_can_always_be_logged(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    helper = acts.rung(cast.plan, 2).levels.filter(helper=True)[0]
    day = cast.harbour.today()
    assert acts.log(cast.plan, level=helper).level == helper
    clock.shift(ONE_DAY)
    assert acts.log(cast.plan, day + ONE_DAY, level=acts.level(cast.plan, 1)).level.rung.position == 1


# ---- who


def test_nobody_else_logs_for_a_patient(cast: Cast) -> None:
    for by in (cast.noor.user, cast.ines, cast.tomas.user):
        with refused("not_the_patient"):
            acts.log(cast.plan, by=by, paper=by.is_clinician)


def test_an_entry_of_another_plan_cannot_be_corrected(cast: Cast) -> None:
    theirs = acts.log(cast.noors_plan)
    acts.log(cast.plan)
    with refused("nothing_to_correct"):
        acts.log(cast.plan, corrects=theirs)


# ---- corrections


def test_a_correction_is_a_new_row_and_the_last_of_a_chain_counts(cast: Cast) -> None:
    first = acts.log(cast.plan, pain=7)
    second = acts.log(cast.plan, pain=2, corrects=first)
    third = acts.log(cast.plan, pain=3, corrects=second, level=acts.level(cast.plan))
    assert Practice.objects.standing().get() == third
    assert [row.pain for row in Practice.objects.order_by("pk")] == [7, 2, 3]
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.last_pain == 3


def test_an_entry_is_corrected_once_and_the_second_must_correct_the_correction(cast: Cast) -> None:
    first = acts.log(cast.plan, pain=7)
    acts.log(cast.plan, pain=2, corrects=first)
    with refused("nothing_to_correct"):
        acts.log(cast.plan, pain=3, corrects=first)


def test_a_correction_cannot_move_an_entry_to_another_day(clock: time_machine.Traveller, cast: Cast) -> None:
    first = acts.log(cast.plan)
    today = _started_before(cast, clock, 1)
    with refused("other_day"):
        acts.log(cast.plan, today, corrects=first)


# ---- what cannot be meant


def test_pain_is_a_number_from_0_to_10(cast: Cast) -> None:
    for pain in (-1, 11, 10**30, True):
        with refused("bad_pain"):
            acts.log(cast.plan, pain=pain)


#: Sets that nobody can have done.
NONSENSE: list[list[Any]] = [
    [],
    [{"reps": -1}],
    [{"reps": 201}],
    [{"reps": "ten"}],
    [{"reps": 5, "side": "up"}],
    [{"reps": 5, "side": ["left"]}],
    [{"reps": 5, "seconds": -1}],
    [{"reps": 5, "load": "NaN"}],
    [{"reps": 5, "load": -4}],
    [{"reps": 5, "load": 1e300}],
    [{"reps": float("inf")}],
    [{"reps": "9" * 5000}],
    [{"reps": 5}] * 21,
    ["five"],
    [None],
]


def test_sets_that_nobody_can_have_done_are_refused(cast: Cast) -> None:
    for sets in NONSENSE:
        with refused("bad_sets"):
            acts.log(cast.plan, sets=sets)


def test_an_answer_that_was_not_on_the_page_is_refused(cast: Cast) -> None:
    bored = {"why_stopped": "bored", "effort": "stopped"}
    answers: list[dict[str, Any]] = [{"effort": "great"}, {"leg": "left"}, bored, {"why_stopped": "pain"}]
    for said in answers:
        with refused("bad_choice"):
            acts.log(cast.plan, **said)


def test_pain_not_chosen_stays_unknown_everywhere(cast: Cast) -> None:
    entry = acts.log(cast.plan)
    entry.refresh_from_db()
    assert (entry.pain, entry.band) == (None, None)
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.last_pain is None


def test_pain_zero_is_an_answer(cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=0)
    entry.refresh_from_db()
    assert (entry.pain, entry.band) == (0, "fine")
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.last_pain == 0


# ---- drafts


def test_tapped_sets_are_kept_until_the_day_is_logged(cast: Cast) -> None:
    for count in (1, 2):
        practice.save_draft(plan=cast.plan, level=acts.level(cast.plan), by=cast.maya.user, sets=acts.TWO_SETS[:count])
    assert len(cast.plan.drafts.get().sets) == 2
    acts.log(cast.plan)
    assert not cast.plan.drafts.exists()


def test_a_draft_for_another_persons_plan_or_an_ended_one_is_refused(cast: Cast) -> None:
    level = acts.level(cast.plan)
    with refused("not_the_patient"):
        practice.save_draft(plan=cast.plan, level=level, by=cast.noor.user, sets=[])
    plans.end(plan=cast.plan, by=cast.elin)
    with refused("plan_ended"):
        practice.save_draft(plan=cast.plan, level=level, by=cast.maya.user, sets=[])


# ---- the morning after


def test_the_morning_is_asked_for_three_days_and_can_be_corrected(clock: time_machine.Traveller, cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=2)
    with refused("morning_closed"):
        practice.answer_morning(practice=entry, by=cast.maya.user, pain_now=2, worse=False)
    clock.shift(3 * ONE_DAY)
    practice.answer_morning(practice=entry, by=cast.maya.user, pain_now=9, worse=True)
    practice.answer_morning(practice=entry, by=cast.maya.user, pain_now=2, worse=False)
    assert [row.pain for row in entry.mornings.all()] == [9, 2]
    clock.shift(ONE_DAY)
    with refused("morning_closed"):
        practice.answer_morning(practice=entry, by=cast.maya.user, pain_now=2, worse=True)


def test_an_empty_morning_is_no_answer(clock: time_machine.Traveller, cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=2)
    clock.shift(ONE_DAY)
    with refused("bad_choice"):
        practice.answer_morning(practice=entry, by=cast.maya.user)
    with refused("bad_pain"):
        practice.answer_morning(practice=entry, by=cast.maya.user, pain_now=11)
    with refused("not_the_patient"):
        practice.answer_morning(practice=entry, by=cast.noor.user, pain_now=1)


def test_a_much_worse_morning_is_a_stop(clock: time_machine.Traveller, cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=4)
    clock.shift(ONE_DAY)
    morning = practice.answer_morning(practice=entry, by=cast.maya.user, pain_now=4, worse=True)
    assert morning.band == "stop"
    assert Stop.objects.unanswered().get().cause == "morning"


def test_a_morning_without_a_number_is_unknown_and_not_zero(clock: time_machine.Traveller, cast: Cast) -> None:
    entry = acts.log(cast.plan)
    clock.shift(ONE_DAY)
    morning = practice.answer_morning(practice=entry, by=cast.maya.user, worse=False)
    assert (morning.pain, morning.band) == (None, None)


def test_a_corrected_entry_keeps_its_morning_with_the_band_that_follows(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=7)
    clock.shift(ONE_DAY)
    practice.answer_morning(practice=first, by=cast.maya.user, pain_now=2, worse=False)
    second = acts.log(cast.plan, first.done_on, pain=4, corrects=first)
    assert [(row.pain, row.worse, row.band) for row in second.mornings.all()] == [(2, False, "ease")]


def test_a_morning_answered_on_an_old_page_counts_for_the_entry_as_corrected(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=7)
    second = acts.log(cast.plan, pain=2, corrects=first)
    clock.shift(ONE_DAY)
    morning = practice.answer_morning(practice=first, by=cast.maya.user, pain_now=1, worse=False)
    assert (morning.practice, morning.band) == (second, "fine")


# ---- stops and their answers


@pytest.mark.parametrize(
    ("said", "cause"),
    [({"pain": 6}, "pain"), ({"leg": "numb"}, "numb"), ({"leg": "weak", "pain": 9}, "weak"), ({"pain": 10}, "pain")],
)
def test_pain_or_a_new_sign_in_the_leg_is_a_stop_until_a_clinician_answers(
    cast: Cast, said: dict[str, Any], cause: str
) -> None:
    acts.log(cast.plan, **said)
    stop = Stop.objects.unanswered().get(plan=cast.plan)
    assert stop.cause == cause
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.stop_since == stop.at
    practice.answer_stop(stop=stop, by=cast.omar, action="carry_on", word="It will settle.")
    assert not Stop.objects.unanswered().exists()
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.stop_since is None


def test_less_than_that_is_no_stop(clock: time_machine.Traveller, cast: Cast) -> None:
    harmless: list[dict[str, Any]] = [{}, {"pain": 5}, {"leg": "below_knee"}, {"leg": "none", "pain": 0}]
    for said in harmless:
        acts.log(cast.plan, **said)
        clock.shift(ONE_DAY)
    assert not Stop.objects.exists()


def test_usual_pain_moves_the_line_for_this_patient_alone(cast: Cast) -> None:
    people.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=5)
    acts.log(cast.plan, pain=6)
    acts.log(cast.noors_plan, pain=6)
    assert [stop.plan for stop in Stop.objects.all()] == [cast.noors_plan]


def test_a_wrong_number_put_right_the_same_day_lifts_the_stop_and_leaves_its_trace(cast: Cast) -> None:
    first = acts.log(cast.plan, pain=7)
    acts.log(cast.plan, pain=2, corrects=first)
    answer = StopAnswer.objects.get()
    assert (answer.action, answer.by, answer.stop.practice.pain) == ("corrected", cast.maya.user, 7)


def test_a_number_changed_on_a_later_day_leaves_the_stop_to_the_clinician(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=7)
    clock.shift(ONE_DAY)
    acts.log(cast.plan, first.done_on, pain=2, corrects=first)
    assert Stop.objects.unanswered().get().practice == first


def test_a_correction_that_is_a_stop_itself_stops_again(cast: Cast) -> None:
    first = acts.log(cast.plan, pain=7)
    second = acts.log(cast.plan, pain=8, corrects=first)
    assert Stop.objects.unanswered().get().practice == second


def test_a_correction_to_more_pain_makes_a_stop(cast: Cast) -> None:
    first = acts.log(cast.plan, pain=1)
    acts.log(cast.plan, pain=8, corrects=first)
    assert Stop.objects.unanswered().count() == 1


def _stopped(cast: Cast, passed: int = 0) -> Stop:
    for _ in range(passed):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.log(cast.plan, pain=8)
    return Stop.objects.get(plan=cast.plan)


def test_training_lower_for_a_while_costs_no_pass(clock: time_machine.Traveller, cast: Cast) -> None:
    stop = _stopped(cast, passed=2)
    today, lower = cast.harbour.today(), acts.level(cast.plan, 1)
    practice.answer_stop(stop=stop, by=cast.elin, action="lower", level=lower, until=today + 7 * ONE_DAY, word="Easy.")
    assert acts.passed(cast.plan) == [1, 2]
    rung = cast.plan.open_rung
    assert levels.standing(cast.plan, today + 7 * ONE_DAY, rung).level == lower
    after = levels.standing(cast.plan, today + 8 * ONE_DAY, rung).level
    assert after is not None
    assert after.rung == rung


def test_a_pause_or_a_withdrawal_can_be_the_answer(cast: Cast) -> None:
    stop = _stopped(cast, passed=2)
    practice.answer_stop(stop=stop, by=cast.elin, action="withdraw", level=acts.level(cast.plan, 1), word="Lost.")
    assert acts.passed(cast.plan) == []
    theirs = acts.log(cast.noors_plan, pain=9).stops.get()
    practice.answer_stop(stop=theirs, by=cast.ines, action="pause", word="Rest.")
    assert cast.noors_plan.pauses.get().until is None


#: Half an answer, and the refusal that it meets.
HALF_ANSWERS: list[tuple[dict[str, Any], str]] = [
    ({"action": "lower"}, "goal_level"),
    ({"action": "withdraw"}, "goal_level"),
    ({"action": "corrected"}, "bad_choice"),
    ({"action": ""}, "bad_choice"),
    ({"action": "pause", "until": date(2020, 1, 1)}, "until_in_past"),
    ({"action": "carry_on", "word": "x" * 501}, "too_long"),
]


def test_half_an_answer_is_no_answer(cast: Cast) -> None:
    stop = _stopped(cast)
    for answer, code in HALF_ANSWERS:
        with refused(code):
            practice.answer_stop(stop=stop, by=cast.elin, **answer)


def test_lower_is_a_level_that_is_reachable_until_a_day_to_come(cast: Cast) -> None:
    stop = _stopped(cast)
    today = cast.harbour.today()
    with refused("locked"):
        practice.answer_stop(stop=stop, by=cast.elin, action="lower", level=acts.level(cast.plan, 2), until=today)
    with refused("until_in_past"):
        practice.answer_stop(
            stop=stop, by=cast.elin, action="lower", level=acts.level(cast.plan, 1), until=today - ONE_DAY
        )
    with refused("until_missing"):
        practice.answer_stop(stop=stop, by=cast.elin, action="lower", level=acts.level(cast.plan, 1))


def test_withdrawing_a_rung_in_answer_needs_the_word_as_its_reason(cast: Cast) -> None:
    stop = _stopped(cast, passed=1)
    with refused("reason_missing"):
        practice.answer_stop(stop=stop, by=cast.elin, action="withdraw", level=acts.level(cast.plan, 1))


def test_only_the_patients_own_clinic_answers_a_stop(cast: Cast) -> None:
    stop = _stopped(cast)
    for by in (cast.ines, cast.maya.user):
        with refused("not_yours"):
            practice.answer_stop(stop=stop, by=by, action="carry_on")


def test_a_stop_is_answered_once_and_a_colleague_is_told_by_whom(cast: Cast) -> None:
    stop = _stopped(cast)
    first = practice.answer_stop(stop=stop, by=cast.elin, action="carry_on", word="Fine.")
    assert practice.answer_stop(stop=stop, by=cast.elin, action="carry_on", word="Fine.") == first
    with refused("stop_answered") as caught:
        practice.answer_stop(stop=stop, by=cast.omar, action="pause")
    assert caught.value.params["name"] == "Elin E."


def test_one_answer_covers_all_that_stood(clock: time_machine.Traveller, cast: Cast) -> None:
    _stopped(cast)
    clock.shift(ONE_DAY)
    later = acts.log(cast.plan, leg="numb").stops.get()
    practice.answer_stop(stop=later, by=cast.elin, action="carry_on", word="Seen today.")
    assert not Stop.objects.unanswered().exists()
    assert set(StopAnswer.objects.values_list("word", flat=True)) == {"Seen today."}


def test_a_stop_is_not_lost_by_moving_to_a_new_edition(cast: Cast) -> None:
    _stopped(cast)
    newer = ladders.next_edition(cast.plan.ladder)
    with refused("stop_unanswered"):
        editions.move(plan=cast.plan, ladder=newer, by=cast.elin)


# ---- messages


def test_a_note_reaches_the_physio_and_the_answer_marks_it_read(cast: Cast) -> None:
    acts.log(cast.plan, note="Felt stiff.")
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.unread_since is not None
    messages.write(plan=cast.plan, by=cast.omar, text="That is usual.")
    assert Message.objects.get(from_patient=True).read_at is not None
    assert Message.objects.get(from_patient=False).read_at is None
    messages.mark_read(plan=cast.plan, by=cast.maya.user)
    assert not Message.objects.filter(read_at=None).exists()


def test_the_same_words_pressed_twice_are_one_message(clock: time_machine.Traveller, cast: Cast) -> None:
    first = messages.write(plan=cast.plan, by=cast.maya.user, text=" Hello ")
    assert messages.write(plan=cast.plan, by=cast.maya.user, text="Hello") == first
    clock.shift(61)
    assert messages.write(plan=cast.plan, by=cast.maya.user, text="Hello") != first
    assert first.at < timezone.now()


def test_only_the_two_sides_write_and_read(cast: Cast) -> None:
    for by in (cast.ines, cast.noor.user):
        with refused("not_the_patient"):
            messages.write(plan=cast.plan, by=by, text="Hello")
        with refused("not_the_patient"):
            messages.mark_read(plan=cast.plan, by=by)
    with refused("nothing_written"):
        messages.write(plan=cast.plan, by=cast.maya.user, text=" \x00 ")
    with refused("too_long"):
        messages.write(plan=cast.plan, by=cast.maya.user, text="x" * 10_000)


# ---- nothing automatic


def test_logging_however_well_opens_nothing(clock: time_machine.Traveller, cast: Cast) -> None:
    for _ in range(21):
        acts.log(cast.plan, pain=0, effort="easy", leg="none")
        clock.shift(ONE_DAY)
    assert acts.passed(cast.plan) == []
    assert acts.open_position(cast.plan) == 1

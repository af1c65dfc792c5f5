"""An answer to a stop that was pressed by mistake is taken back: what it answered waits again, and
all is as it was before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from patients.models import (
    LevelChoice,
    Outbox,
    PatientSummary,
    Pause,
    Stop,
    StopAnswer,
    Tick,
)
from patients.standing.easier import was_easier
from patients.standing.screening import latest_screening
from patients.standing.tries import may_write_a_letter
from patients.summaries import verify
from patients.today.state import read_today
from patients.verbs import gate as gate_verbs
from patients.verbs import outbox as outbox_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import database_refuses, refused
from tests.patients.answering import answer_stop, lower, told, undo

ONE_DAY = timedelta(days=1)
TEN_MINUTES = timedelta(minutes=10)


def _summary(cast: Cast) -> dict[str, Any]:
    return dict(PatientSummary.objects.filter(patient=cast.maya).values()[0])


def _day(cast: Cast) -> tuple[Any, ...]:
    now = read_today(cast.maya.user)
    return (now.state, now.left, now.step, now.dose_in_words, now.words, now.sent_on)


def _mails() -> list[tuple[Any, ...]]:
    """What is still to leave, at once or when, and what has left."""
    now = timezone.now()
    rows = Outbox.objects.filter(over=None).order_by("to", "due")
    return [(mail.to, mail.urgency, max(mail.due, now) - now, mail.sent) for mail in rows]


# ---- what comes back


@pytest.mark.parametrize("kind", ["bladder", "numb", "below_knee"])
@pytest.mark.parametrize("cleared", [True, False])
def test_all_is_as_it_was_before_the_answer(
    clock: time_machine.Traveller, cast: Cast, kind: str, cleared: bool
) -> None:
    stop = told(cast, kind)
    clock.shift(timedelta(minutes=5))
    before = (_day(cast), _summary(cast), _mails())
    said: dict[str, Any] = {"outcome": "not_cleared"} if not cleared else {}
    answer = answer_stop(cast, stop, "carry_on" if cleared else "pause", **said)
    assert _summary(cast) != before[1]
    (again,) = undo(cast, answer)
    if not cleared:
        plan_verbs.resume(plan=cast.plan, by=cast.elin)
    assert (_day(cast), _summary(cast), _mails()) == before
    assert (again.reopens, again.cause, again.report) == (answer, stop.cause, stop.report)
    assert (again.urgency, again.drill, again.at) == (stop.urgency, stop.drill, stop.at)
    assert list(verify.differences()) == []


def test_the_easier_days_go_on_counting_from_the_day_on_which_it_was_told(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = acts.log(cast.plan, pain=7).stops.get()
    clock.shift(2 * ONE_DAY)
    before = _day(cast)
    assert read_today(cast.maya.user).left.nth == 2
    undo(cast, answer_stop(cast, stop))
    assert _day(cast) == before
    yesterday = cast.harbour.today() - ONE_DAY
    assert was_easier(cast.plan, yesterday)
    assert list(verify.differences()) == []


def test_a_morning_and_an_entry_answered_by_one_press_both_wait_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=7)
    clock.shift(ONE_DAY)
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=9, worse=True)
    before = _summary(cast)
    worst, other = Stop.objects.worst_first()
    answer = answer_stop(cast, worst, covers=[other])
    again = undo(cast, answer.others.get())
    assert {stop.reopens.stop for stop in again if stop.reopens} == {worst, other}
    assert {(stop.cause, stop.practice, stop.morning, stop.high) for stop in again} == {
        (stop.cause, stop.practice, stop.morning, stop.high) for stop in (worst, other)
    }
    assert _summary(cast) == before
    assert list(verify.differences()) == []


def test_what_another_press_answered_stays_answered(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    high = acts.log(cast.plan, pain=9).stops.get()
    worst = told(cast, "numb")
    first = answer_stop(cast, worst)
    second = answer_stop(cast, high)
    undo(cast, second)
    assert list(Stop.objects.unanswered().values_list("reopens", flat=True)) == [second.pk]
    assert first in StopAnswer.objects.standing()


def test_nothing_is_ticked_or_passed_while_it_waits_again(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    urgent = told(cast, "bladder")
    undo(cast, answer_stop(cast, urgent))
    criterion = acts.criteria(cast.plan, 1)[0]
    with refused("stop_unanswered"):
        gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin, figure={"reps": 3})
    with refused("stop_unanswered"):
        acts.decide(cast.plan, 1, cast.elin)
    with refused("stop_unanswered"):
        people_verbs.discharge(patient=cast.maya, by=cast.elin)


@pytest.mark.parametrize("outcome", ["cleared", "not_cleared"])
def test_the_screening_of_the_answer_counts_no_longer(cast: Cast, outcome: str) -> None:
    before = latest_screening(cast.maya)
    stop = told(cast, "bladder")
    action = "carry_on" if outcome == "cleared" else "pause"
    answer = answer_stop(cast, stop, action, outcome=outcome)
    written = latest_screening(cast.maya)
    assert written is not None
    assert (written.answer, written.outcome) == (answer, outcome)
    undo(cast, answer)
    assert latest_screening(cast.maya) == before
    (again,) = Stop.objects.unanswered()
    anew = answer_stop(cast, again)
    counts = latest_screening(cast.maya)
    assert counts is not None
    assert (counts.answer, counts.allows) == (anew, True)
    assert list(verify.differences()) == []


def test_who_was_never_screened_is_not_screened_by_a_mistake(cast: Cast) -> None:
    ulla = factories.patient(cast.elin, "Ulla Unasked", screened=False)
    report = report_verbs.report(patient=ulla, by=ulla.user, client_id="a", kinds=["bladder"])
    before = read_today(ulla.user).state
    answer = answer_stop(cast, report.stops.get(), "pause")
    assert latest_screening(ulla) is not None
    undo(cast, answer)
    assert latest_screening(ulla) is None
    assert read_today(ulla.user).state is before
    plan = factories.plan(ulla)
    with database_refuses("the patient is not cleared"):
        Tick.objects.create(plan=plan, criterion=acts.criteria(plan, 1)[0], by=cast.elin)
    assert list(verify.differences()) == []


def test_the_day_to_look_again_goes_with_the_answer(cast: Cast) -> None:
    stop = acts.log(cast.plan, pain=7).stops.get()
    earlier = answer_stop(cast, stop, look_again_on=cast.harbour.today() + 9 * ONE_DAY)
    assert earlier.look_again_on == _summary(cast)["follow_up_on"]
    other = told(cast, "numb")
    undo(cast, answer_stop(cast, other, look_again_on=cast.harbour.today() + ONE_DAY))
    assert _summary(cast)["follow_up_on"] == earlier.look_again_on


# ---- the mails


def test_nobody_is_mailed_twice_and_who_was_not_mailed_yet_still_is(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = told(cast, "bladder")
    mail = Outbox.objects.get(to=cast.elin)
    outbox_verbs.note_sent(mail=mail)
    clock.shift(timedelta(minutes=5))
    outbox_verbs.note_opened(cast.maya)
    answer = answer_stop(cast, stop)
    assert not Outbox.objects.waiting().exists()
    clock.shift(timedelta(minutes=5))
    undo(cast, answer)
    left = Outbox.objects.waiting()
    assert {mail.to for mail in left} == {cast.omar, cast.petra}
    assert {mail.due for mail in left} == {timezone.now()}
    assert list(verify.differences()) == []


# ---- what stays


def test_a_pause_or_a_lower_level_ends_by_its_own_verb(cast: Cast) -> None:
    first = acts.log(cast.plan, pain=9).stops.get()
    (again,) = undo(cast, answer_stop(cast, first, "pause", until=cast.harbour.today() + ONE_DAY))
    assert Pause.objects.get().resumed_on is None
    (_third,) = undo(cast, answer_stop(cast, again, "lower", **lower(cast)))
    assert LevelChoice.objects.get().until == cast.harbour.today() + 3 * ONE_DAY
    assert list(verify.differences()) == []


def test_tries_stay_so_that_a_letter_stays_possible_after_any_number_of_slips(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = told(cast, "numb")
    for _ in range(2):
        again = timezone.now() + timedelta(hours=1)
        stop_verbs.could_not_reach(stop=stop, by=cast.elin, try_again_at=again)
        clock.shift(ONE_DAY)
    letter: dict[str, Any] = {"contact": "letter", "finding": "To her home: please call."}
    for _ in range(3):
        (stop,) = undo(cast, answer_stop(cast, stop, "pause", **letter))
        assert may_write_a_letter(cast.maya)
    answer_stop(cast, stop)
    other = told(cast, "numb")
    assert not may_write_a_letter(cast.maya)
    with refused("letter_too_early"):
        answer_stop(cast, other, "pause", **letter)


# ---- what is told afterwards


def test_a_number_put_right_after_the_slip_lifts_what_waits_again(cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=8)
    undo(cast, answer_stop(cast, entry.stops.get()))
    acts.log(cast.plan, pain=2, corrects=entry)
    assert not Stop.objects.unanswered().exists()
    assert list(verify.differences()) == []


def test_a_report_taken_back_after_the_slip_lifts_what_needs_no_call(cast: Cast) -> None:
    stop = told(cast, "below_knee", pain=9)
    assert stop.report is not None
    others = Stop.objects.unanswered().exclude(pk=stop.pk)
    undo(cast, answer_stop(cast, stop, covers=others, **acts.SEEN))
    report_verbs.take_back(report=stop.report, by=cast.maya.user, client_id="b")
    assert not Stop.objects.unanswered().exists()

"""An answer to a stop that was pressed by mistake is taken back: what it answered waits again, and
all is as it was before."""

from __future__ import annotations

from collections.abc import Callable
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
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import database_refuses, refused

ONE_DAY = timedelta(days=1)
TEN_MINUTES = timedelta(minutes=10)


def _told(cast: Cast, *kinds: str, **said: Any) -> Stop:
    """What a patient tells of makes stops; the worst of them."""
    shared: dict[str, Any] = {
        "patient": cast.maya,
        "by": cast.maya.user,
        "client_id": acts.new_id(),
    }
    sides = dict.fromkeys({"numb", "below_knee"}.intersection(kinds), "left")
    report_verbs.report(**shared | {"kinds": kinds, "sides": sides} | said)
    worst: Stop = Stop.objects.unanswered().worst_first()[0]
    return worst


def _answer(cast: Cast, stop: Stop, action: str = "carry_on", **said: Any) -> StopAnswer:
    given = {"word": "Gently."} | (acts.SEEN if stop.asks_contact else {}) | said
    if not stop.is_urgent:
        given.pop("outcome", None)
    return stop_verbs.answer(stop=stop, by=cast.elin, action=action, **given)


def _lower(cast: Cast) -> dict[str, Any]:
    return {"level": acts.level(cast.plan), "until": cast.harbour.today() + 3 * ONE_DAY}


def _undo(cast: Cast, answer: StopAnswer) -> list[Stop]:
    return stop_verbs.undo_answer(answer=answer, by=cast.elin)


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
    stop = _told(cast, kind)
    clock.shift(timedelta(minutes=5))
    before = (_day(cast), _summary(cast), _mails())
    said: dict[str, Any] = {"outcome": "not_cleared"} if not cleared else {}
    answer = _answer(cast, stop, "carry_on" if cleared else "pause", **said)
    assert _summary(cast) != before[1]
    (again,) = _undo(cast, answer)
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
    _undo(cast, _answer(cast, stop))
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
    answer = _answer(cast, worst, covers=[other])
    again = _undo(cast, answer.others.get())
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
    worst = _told(cast, "numb")
    first = _answer(cast, worst)
    second = _answer(cast, high)
    _undo(cast, second)
    assert list(Stop.objects.unanswered().values_list("reopens", flat=True)) == [second.pk]
    assert first in StopAnswer.objects.standing()


def test_nothing_is_ticked_or_passed_while_it_waits_again(cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    urgent = _told(cast, "bladder")
    _undo(cast, _answer(cast, urgent))
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
    stop = _told(cast, "bladder")
    action = "carry_on" if outcome == "cleared" else "pause"
    answer = _answer(cast, stop, action, outcome=outcome)
    written = latest_screening(cast.maya)
    assert written is not None
    assert (written.answer, written.outcome) == (answer, outcome)
    _undo(cast, answer)
    assert latest_screening(cast.maya) == before
    (again,) = Stop.objects.unanswered()
    anew = _answer(cast, again)
    counts = latest_screening(cast.maya)
    assert counts is not None
    assert (counts.answer, counts.allows) == (anew, True)
    assert list(verify.differences()) == []


def test_who_was_never_screened_is_not_screened_by_a_mistake(cast: Cast) -> None:
    ulla = factories.patient(cast.elin, "Ulla Unasked", screened=False)
    told = report_verbs.report(patient=ulla, by=ulla.user, client_id="a", kinds=["bladder"])
    before = read_today(ulla.user).state
    answer = _answer(cast, told.stops.get(), "pause")
    assert latest_screening(ulla) is not None
    _undo(cast, answer)
    assert latest_screening(ulla) is None
    assert read_today(ulla.user).state is before
    plan = factories.plan(ulla)
    with database_refuses("the patient is not cleared"):
        Tick.objects.create(plan=plan, criterion=acts.criteria(plan, 1)[0], by=cast.elin)
    assert list(verify.differences()) == []


def test_the_day_to_look_again_goes_with_the_answer(cast: Cast) -> None:
    stop = acts.log(cast.plan, pain=7).stops.get()
    earlier = _answer(cast, stop, look_again_on=cast.harbour.today() + 9 * ONE_DAY)
    assert earlier.look_again_on == _summary(cast)["follow_up_on"]
    other = _told(cast, "numb")
    _undo(cast, _answer(cast, other, look_again_on=cast.harbour.today() + ONE_DAY))
    assert _summary(cast)["follow_up_on"] == earlier.look_again_on


# ---- the mails


def test_nobody_is_mailed_twice_and_who_was_not_mailed_yet_still_is(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = _told(cast, "bladder")
    told = Outbox.objects.get(to=cast.elin)
    outbox_verbs.note_sent(mail=told)
    clock.shift(timedelta(minutes=5))
    outbox_verbs.note_opened(cast.maya)
    answer = _answer(cast, stop)
    assert not Outbox.objects.waiting().exists()
    clock.shift(timedelta(minutes=5))
    _undo(cast, answer)
    left = Outbox.objects.waiting()
    assert {mail.to for mail in left} == {cast.omar, cast.petra}
    assert {mail.due for mail in left} == {timezone.now()}
    assert list(verify.differences()) == []


# ---- what stays


def test_a_pause_or_a_lower_level_ends_by_its_own_verb(cast: Cast) -> None:
    first = acts.log(cast.plan, pain=9).stops.get()
    (again,) = _undo(cast, _answer(cast, first, "pause", until=cast.harbour.today() + ONE_DAY))
    assert Pause.objects.get().resumed_on is None
    (_third,) = _undo(cast, _answer(cast, again, "lower", **_lower(cast)))
    assert LevelChoice.objects.get().until == cast.harbour.today() + 3 * ONE_DAY
    assert list(verify.differences()) == []


def test_tries_stay_so_that_a_letter_stays_possible_after_any_number_of_slips(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = _told(cast, "numb")
    for _ in range(2):
        again = timezone.now() + timedelta(hours=1)
        stop_verbs.could_not_reach(stop=stop, by=cast.elin, try_again_at=again)
        clock.shift(ONE_DAY)
    letter: dict[str, Any] = {"contact": "letter", "finding": "To her home: please call."}
    for _ in range(3):
        (stop,) = _undo(cast, _answer(cast, stop, "pause", **letter))
        assert may_write_a_letter(cast.maya)
    _answer(cast, stop)
    other = _told(cast, "numb")
    assert not may_write_a_letter(cast.maya)
    with refused("letter_too_early"):
        _answer(cast, other, "pause", **letter)


# ---- once, by whom, until when


def test_undoing_twice_is_one_undo(cast: Cast) -> None:
    answer = _answer(cast, acts.log(cast.plan, pain=9).stops.get())
    made = _undo(cast, answer)
    before = acts.everything()
    assert _undo(cast, answer) == made
    assert acts.everything() == before


def test_a_press_from_before_does_not_answer_what_waits_again(cast: Cast) -> None:
    """The same form that arrives late, or a page that was left open."""
    stop = acts.log(cast.plan, pain=9).stops.get()
    _undo(cast, _answer(cast, stop))
    for action in ("carry_on", "pause"):
        with refused("answer_taken_back"):
            _answer(cast, stop, action)


def test_only_the_one_who_answered_takes_it_back(cast: Cast) -> None:
    answer = _answer(cast, acts.log(cast.plan, pain=9).stops.get())
    for by, code in (
        (cast.omar, "undo_not_yours"),
        (cast.petra, "undo_not_yours"),
        (cast.ines, "not_yours"),
        (cast.maya.user, "not_yours"),
    ):
        with refused(code):
            stop_verbs.undo_answer(answer=answer, by=by)
    _undo(cast, answer)
    with refused("undo_not_yours"):
        stop_verbs.undo_answer(answer=answer, by=cast.omar)


def test_after_ten_minutes_an_answer_stays(clock: time_machine.Traveller, cast: Cast) -> None:
    answer = _answer(cast, acts.log(cast.plan, pain=9).stops.get())
    other = _answer(cast, _told(cast, "numb"))
    clock.shift(TEN_MINUTES)
    _undo(cast, answer)
    clock.shift(timedelta(seconds=1))
    with refused("answer_undo_over"):
        _undo(cast, other)


def test_an_answer_that_withdrew_a_rung_and_a_corrected_number_stay(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    stop = acts.log(cast.plan, pain=9).stops.get()
    withdrawn = _answer(cast, stop, "withdraw", level=acts.level(cast.plan))
    with refused("answer_stays"):
        _undo(cast, withdrawn)
    entry = acts.log(cast.noors_plan, pain=9)
    acts.log(cast.noors_plan, pain=2, corrects=entry, by=cast.ines, paper=True)
    with refused("answer_stays"):
        stop_verbs.undo_answer(answer=entry.stops.get().answer, by=cast.ines)


def _logs(cast: Cast) -> None:
    acts.log(cast.plan, pain=2)


def _taps(cast: Cast) -> None:
    practice_verbs.save_draft(
        plan=cast.plan, level=acts.level(cast.plan), by=cast.maya.user, sets=acts.TWO_SETS
    )


def _ticks(cast: Cast) -> None:
    gate_verbs.tick(plan=cast.plan, criterion=acts.criteria(cast.plan, 1)[0], by=cast.omar)


def _decides(cast: Cast) -> None:
    acts.decide(cast.plan, 1, cast.omar, "not_yet")


def _screens(cast: Cast) -> None:
    screening_verbs.screen(patient=cast.maya, by=cast.omar)


@pytest.mark.parametrize("happens", [_logs, _taps, _ticks, _decides, _screens])
@pytest.mark.parametrize("kind", ["bladder", "below_knee"])
def test_not_once_something_rests_on_it(
    clock: time_machine.Traveller, cast: Cast, happens: Callable[[Cast], None], kind: str
) -> None:
    answer = _answer(cast, _told(cast, kind))
    clock.shift(60)
    happens(cast)
    with refused("answer_undo_too_late"):
        _undo(cast, answer)


def test_practice_of_an_earlier_day_entered_late_does_not_hinder(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(ONE_DAY)
    answer = _answer(cast, _told(cast, "bladder"))
    clock.shift(60)
    acts.log(cast.plan, cast.harbour.today() - ONE_DAY, pain=1)
    (again,) = _undo(cast, answer)
    assert again.cause == "now"


def test_not_once_the_patient_was_let_go(clock: time_machine.Traveller, cast: Cast) -> None:
    answer = _answer(cast, acts.log(cast.plan, pain=9).stops.get())
    clock.shift(60)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    with refused("plan_ended"):
        _undo(cast, answer)
    told = report_verbs.report(
        patient=cast.tomas, by=cast.tomas.user, client_id="a", kinds=["numb"]
    )
    given = _answer(cast, told.stops.get(), "pause")
    clock.shift(60)
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    with refused("archived"):
        _undo(cast, given)


def test_what_somebody_told_who_had_finished_before_can_wait_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    clock.shift(60)
    told = report_verbs.report(
        patient=cast.tomas, by=cast.tomas.user, client_id="a", kinds=["numb"]
    )
    (again,) = _undo(cast, _answer(cast, told.stops.get(), "pause"))
    assert again.report == told
    assert list(verify.differences()) == []


# ---- what is told afterwards


def test_a_number_put_right_after_the_slip_lifts_what_waits_again(cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=8)
    _undo(cast, _answer(cast, entry.stops.get()))
    acts.log(cast.plan, pain=2, corrects=entry)
    assert not Stop.objects.unanswered().exists()
    assert list(verify.differences()) == []


def test_a_report_taken_back_after_the_slip_lifts_what_needs_no_call(cast: Cast) -> None:
    stop = _told(cast, "below_knee", pain=9)
    assert stop.report is not None
    others = Stop.objects.unanswered().exclude(pk=stop.pk)
    _undo(cast, _answer(cast, stop, covers=others, **acts.SEEN))
    report_verbs.take_back(report=stop.report, by=cast.maya.user, client_id="b")
    assert not Stop.objects.unanswered().exists()

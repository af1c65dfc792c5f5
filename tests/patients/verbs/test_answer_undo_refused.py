"""Who takes an answer to a stop back as a slip, until when, and what makes it stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from patients.summaries import verify
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.answering import answer_stop, told, undo

ONE_DAY = timedelta(days=1)
TEN_MINUTES = timedelta(minutes=10)


def test_undoing_twice_is_one_undo(cast: Cast) -> None:
    answer = answer_stop(cast, acts.log(cast.plan, pain=9).stops.get())
    made = undo(cast, answer)
    before = acts.everything()
    assert undo(cast, answer) == made
    assert acts.everything() == before


def test_a_press_from_before_does_not_answer_what_waits_again(cast: Cast) -> None:
    """The same form that arrives late, or a page that was left open."""
    stop = acts.log(cast.plan, pain=9).stops.get()
    undo(cast, answer_stop(cast, stop))
    for action in ("carry_on", "pause"):
        with refused("answer_taken_back"):
            answer_stop(cast, stop, action)


def test_only_the_one_who_answered_takes_it_back(cast: Cast) -> None:
    answer = answer_stop(cast, acts.log(cast.plan, pain=9).stops.get())
    for by, code in (
        (cast.omar, "undo_not_yours"),
        (cast.petra, "undo_not_yours"),
        (cast.ines, "not_yours"),
        (cast.maya.user, "not_yours"),
    ):
        with refused(code):
            stop_verbs.undo_answer(answer=answer, by=by)
    undo(cast, answer)
    with refused("undo_not_yours"):
        stop_verbs.undo_answer(answer=answer, by=cast.omar)


def test_after_ten_minutes_an_answer_stays(clock: time_machine.Traveller, cast: Cast) -> None:
    answer = answer_stop(cast, acts.log(cast.plan, pain=9).stops.get())
    other = answer_stop(cast, told(cast, "numb"))
    clock.shift(TEN_MINUTES)
    undo(cast, answer)
    clock.shift(timedelta(seconds=1))
    with refused("answer_undo_over"):
        undo(cast, other)


def test_an_answer_that_withdrew_a_rung_and_a_corrected_number_stay(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    stop = acts.log(cast.plan, pain=9).stops.get()
    withdrawn = answer_stop(cast, stop, "withdraw", level=acts.level(cast.plan))
    with refused("answer_stays"):
        undo(cast, withdrawn)
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
    answer = answer_stop(cast, told(cast, kind))
    clock.shift(60)
    happens(cast)
    with refused("answer_undo_too_late"):
        undo(cast, answer)


def test_practice_of_an_earlier_day_entered_late_does_not_hinder(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(ONE_DAY)
    answer = answer_stop(cast, told(cast, "bladder"))
    clock.shift(60)
    acts.log(cast.plan, cast.harbour.today() - ONE_DAY, pain=1)
    (again,) = undo(cast, answer)
    assert again.cause == "now"


def test_not_once_the_patient_was_let_go(clock: time_machine.Traveller, cast: Cast) -> None:
    answer = answer_stop(cast, acts.log(cast.plan, pain=9).stops.get())
    clock.shift(60)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    with refused("plan_ended"):
        undo(cast, answer)
    report = report_verbs.report(
        patient=cast.tomas, by=cast.tomas.user, client_id="a", kinds=["numb"]
    )
    given = answer_stop(cast, report.stops.get(), "pause")
    clock.shift(60)
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    with refused("archived"):
        undo(cast, given)


def test_what_somebody_told_who_had_finished_before_can_wait_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    clock.shift(60)
    report = report_verbs.report(
        patient=cast.tomas, by=cast.tomas.user, client_id="a", kinds=["numb"]
    )
    (again,) = undo(cast, answer_stop(cast, report.stops.get(), "pause"))
    assert again.report == report
    assert list(verify.differences()) == []

"""The morning after: asked for a while, corrected by a new row, unknown is not zero."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from patients.models import Stop, StopAnswer
from patients.verbs import practice as practice_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused

ONE_DAY = timedelta(days=1)


def test_the_morning_is_asked_for_three_days_and_can_be_corrected(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=2)
    with refused("morning_closed"):
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=2, worse=False)
    clock.shift(3 * ONE_DAY)
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=9, worse=True)
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=2, worse=False)
    assert [row.pain for row in entry.mornings.all()] == [9, 2]
    clock.shift(ONE_DAY)
    with refused("morning_closed"):
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=2, worse=True)


def test_an_empty_morning_is_no_answer(clock: time_machine.Traveller, cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=2)
    clock.shift(ONE_DAY)
    with refused("bad_choice"):
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user)
    with refused("bad_pain"):
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=11)
    with refused("not_the_patient"):
        practice_verbs.answer_morning(practice=entry, by=cast.noor.user, pain_now=1)


def test_a_much_worse_morning_is_a_stop(clock: time_machine.Traveller, cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=4)
    clock.shift(ONE_DAY)
    morning = practice_verbs.answer_morning(
        practice=entry, by=cast.maya.user, pain_now=6, worse=True
    )
    assert morning.band == "stop"
    assert Stop.objects.unanswered().get().cause == "morning"


@pytest.mark.parametrize(("pain", "worse"), [(1, True), (5, True), (6, False), (7, False)])
def test_a_morning_a_little_worse_or_about_as_usual_stops_nobody(
    clock: time_machine.Traveller, cast: Cast, pain: int, worse: bool
) -> None:
    entry = acts.log(cast.plan, pain=4)
    clock.shift(ONE_DAY)
    morning = practice_verbs.answer_morning(
        practice=entry, by=cast.maya.user, pain_now=pain, worse=worse
    )
    assert morning.band == "ease"
    assert not Stop.objects.exists()


def test_a_morning_without_a_number_is_unknown_and_not_zero(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan)
    clock.shift(ONE_DAY)
    morning = practice_verbs.answer_morning(practice=entry, by=cast.maya.user, worse=False)
    assert (morning.pain, morning.band) == (None, None)


def test_a_corrected_entry_keeps_its_morning_with_the_band_that_follows(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=7)
    clock.shift(ONE_DAY)
    practice_verbs.answer_morning(practice=first, by=cast.maya.user, pain_now=2, worse=False)
    second = acts.log(cast.plan, first.done_on, pain=4, corrects=first)
    assert [(row.pain, row.worse, row.band) for row in second.mornings.all()] == [
        (2, False, "ease")
    ]


def test_a_morning_answered_on_an_old_page_counts_for_the_entry_as_corrected(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=7)
    second = acts.log(cast.plan, pain=2, corrects=first)
    clock.shift(ONE_DAY)
    morning = practice_verbs.answer_morning(
        practice=first, by=cast.maya.user, pain_now=1, worse=False
    )
    assert (morning.practice, morning.band) == (second, "fine")


def test_a_wrong_number_about_the_morning_is_put_right_on_the_same_day(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=2)
    clock.shift(ONE_DAY)
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=9, worse=True)
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=1, worse=False)
    assert not Stop.objects.unanswered().exists()
    assert StopAnswer.objects.get().action == "corrected"


def test_a_day_later_only_a_clinician_answers_a_stop_of_the_morning(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=2)
    clock.shift(ONE_DAY)
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=9, worse=True)
    clock.shift(ONE_DAY)
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=1, worse=False)
    assert Stop.objects.unanswered().count() == 1


def test_a_late_morning_is_entered_by_the_clinic_alone(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=2)
    clock.shift(4 * ONE_DAY)
    with refused("morning_closed"):
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=3, worse=False)
    practice_verbs.answer_morning(practice=entry, by=cast.elin, pain_now=3, worse=False)
    morning = entry.mornings.get()
    assert (morning.by, morning.pain, morning.band) == (cast.elin, 3, "fine")


def test_a_bad_morning_stops_also_when_the_stop_of_its_day_was_answered(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=9)
    stop = entry.stops.get()
    stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Go on.")
    clock.shift(ONE_DAY)
    morning = practice_verbs.answer_morning(
        practice=entry, by=cast.maya.user, pain_now=9, worse=True
    )
    assert Stop.objects.unanswered().get().morning == morning


@pytest.mark.parametrize(("why", "stops", "band"), [("pain", 1, "stop"), ("tired", 0, "ease")])
def test_having_had_to_stop_for_pain_is_a_stop_even_without_a_number(
    cast: Cast, why: str, stops: int, band: str
) -> None:
    entry = acts.log(cast.plan, effort="stopped", why_stopped=why)
    assert (entry.band, entry.stops.count()) == (band, stops)

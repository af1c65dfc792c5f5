"""A stop lasts until a clinician answers it, and is not lost on any way."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from patients.models import Stop, StopAnswer
from patients.standing.position import current_level
from patients.verbs import move_edition as edition_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of

ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ({"pain": 6}, "pain"),
        ({"leg": "numb"}, "numb"),
        ({"leg": "weak", "pain": 9}, "weak"),
        ({"pain": 10}, "pain"),
    ],
)
def test_pain_or_a_new_sign_in_the_leg_is_a_stop_until_a_clinician_answers(
    cast: Cast, said: dict[str, Any], cause: str
) -> None:
    acts.log(cast.plan, **said)
    stop = Stop.objects.unanswered().get(plan=cast.plan)
    assert stop.cause == cause
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.stop_since == stop.at
    stop_verbs.answer(
        stop=stop, by=cast.omar, action="carry_on", word="It will settle.", **acts.SEEN
    )
    assert not Stop.objects.unanswered().exists()
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.stop_since is None


def test_less_than_that_is_no_stop(clock: time_machine.Traveller, cast: Cast) -> None:
    harmless: list[dict[str, Any]] = [
        {},
        {"pain": 5},
        {"leg": "below_knee"},
        {"leg": "none", "pain": 0},
    ]
    for said in harmless:
        acts.log(cast.plan, **said)
        clock.shift(ONE_DAY)
    assert not Stop.objects.exists()


def test_usual_pain_moves_the_line_for_this_patient_alone(cast: Cast) -> None:
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=5)
    acts.log(cast.plan, pain=6)
    acts.log(cast.noors_plan, pain=6)
    assert [stop.plan for stop in Stop.objects.all()] == [cast.noors_plan]


def test_a_wrong_number_put_right_the_same_day_lifts_the_stop_and_leaves_its_trace(
    cast: Cast,
) -> None:
    first = acts.log(cast.plan, pain=7)
    acts.log(cast.plan, pain=2, corrects=first)
    answer = StopAnswer.objects.get()
    assert (answer.action, answer.by, answer.stop.pain) == ("corrected", cast.maya.user, 7)


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


def test_training_lower_for_a_while_costs_no_pass(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = _stopped(cast, passed=2)
    today = cast.harbour.today()
    lower = acts.level(cast.plan, 1)
    stop_verbs.answer(
        stop=stop,
        by=cast.elin,
        action="lower",
        level=lower,
        until=today + 7 * ONE_DAY,
        word="Easy.",
    )
    assert acts.passed(cast.plan) == [1, 2]
    rung = cast.plan.open_rung
    assert cast.plan.level_choices.get().kind == "lower"
    assert current_level(cast.plan, today + 7 * ONE_DAY).level == lower
    after = current_level(cast.plan, today + 8 * ONE_DAY).level
    assert after is not None
    assert after.rung == rung


def test_a_pause_or_a_withdrawal_can_be_the_answer(cast: Cast) -> None:
    stop = _stopped(cast, passed=2)
    stop_verbs.answer(
        stop=stop, by=cast.elin, action="withdraw", level=acts.level(cast.plan, 1), word="Lost."
    )
    assert acts.passed(cast.plan) == []
    theirs = acts.log(cast.noors_plan, pain=9).stops.get()
    stop_verbs.answer(stop=theirs, by=cast.ines, action="pause", word="Rest.")
    assert cast.noors_plan.pauses.get().until is None


def test_a_pause_in_answer_takes_the_place_of_one_that_the_patient_could_end(cast: Cast) -> None:
    today = cast.harbour.today()
    stop = _stopped(cast)
    later = today + 10 * ONE_DAY
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user, until=later, reason="Away.")
    until = today + 3 * ONE_DAY
    stop_verbs.answer(stop=stop, by=cast.elin, action="pause", word="Rest.", until=until)
    running = cast.plan.pauses.get(resumed_on=None)
    assert (running.by, running.until) == (cast.elin, until)


@pytest.mark.parametrize(("until", "stands_to"), [(2, 5), (5, 5), (9, 9), (None, None)])
def test_a_pause_in_answer_shortens_none_of_the_clinics_own(
    cast: Cast, until: int | None, stands_to: int | None
) -> None:
    today = cast.harbour.today()
    stop = _stopped(cast)
    plan_verbs.pause(plan=cast.plan, by=cast.omar, until=today + 5 * ONE_DAY, reason="Away.")
    last = None if until is None else today + until * ONE_DAY
    stop_verbs.answer(stop=stop, by=cast.elin, action="pause", word="Rest.", until=last)
    running = cast.plan.pauses.get(resumed_on=None)
    assert running.until == (None if stands_to is None else today + stands_to * ONE_DAY)


#: Half an answer, and the refusal that it meets.
HALF_ANSWERS: list[tuple[dict[str, Any], str]] = [
    ({"action": "lower", "word": "Less."}, "goal_level"),
    ({"action": "withdraw", "word": "Less."}, "goal_level"),
    ({"action": "corrected"}, "bad_choice"),
    ({"action": ""}, "bad_choice"),
    ({"action": "pause", "word": "Rest.", "until": date(2020, 1, 1)}, "until_in_past"),
    ({"action": "carry_on"}, "answer_without_words"),
    ({"action": "carry_on", "word": "x" * 501}, "too_long"),
]


def test_half_an_answer_is_no_answer(cast: Cast) -> None:
    stop = _stopped(cast)
    for answer, code in HALF_ANSWERS:
        with refused(code):
            stop_verbs.answer(stop=stop, by=cast.elin, **answer)


def test_lower_is_a_level_that_is_reachable_until_a_day_to_come(cast: Cast) -> None:
    stop = _stopped(cast)
    today = cast.harbour.today()
    said: dict[str, Any] = {"stop": stop, "by": cast.elin, "action": "lower", "word": "Less."}
    with refused("locked"):
        stop_verbs.answer(**said, level=acts.level(cast.plan, 2), until=today)
    with refused("until_in_past"):
        stop_verbs.answer(**said, level=acts.level(cast.plan, 1), until=today - ONE_DAY)
    with refused("until_missing"):
        stop_verbs.answer(**said, level=acts.level(cast.plan, 1))


def test_withdrawing_a_rung_in_answer_needs_the_word_as_its_reason(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    stop = acts.log(cast.plan, pain=7).stops.get()
    with refused("reason_missing"):
        stop_verbs.answer(
            stop=stop, by=cast.elin, action="withdraw", level=acts.level(cast.plan, 1)
        )


def test_only_the_patients_own_clinic_answers_a_stop(cast: Cast) -> None:
    stop = _stopped(cast)
    for by in (cast.ines, cast.maya.user):
        with refused("not_yours"):
            stop_verbs.answer(stop=stop, by=by, action="carry_on")


def test_a_stop_is_answered_once_and_a_colleague_is_told_by_whom(cast: Cast) -> None:
    stop = _stopped(cast)
    first = stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Fine.")
    assert stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Fine.") == first
    with refused("stop_answered") as caught:
        stop_verbs.answer(stop=stop, by=cast.omar, action="pause")
    assert caught.value.params["name"] == "Elin E."


@pytest.mark.parametrize(
    "other", [{"word": "Rest first."}, {"word": ""}, {"action": "pause"}, {"by": "omar"}]
)
def test_a_second_answer_that_says_anything_else_is_refused_and_not_swallowed(
    cast: Cast, other: dict[str, str]
) -> None:
    stop = _stopped(cast)
    stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Fine.")
    said = {"by": "elin", "action": "carry_on", "word": "Fine.", **other}
    with refused("stop_answered"):
        stop_verbs.answer(
            stop=stop, by=getattr(cast, said["by"]), action=said["action"], word=said["word"]
        )


def test_one_answer_covers_all_that_its_page_showed(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stops = [_stopped(cast)]
    for leg in ("numb", "none"):
        clock.shift(ONE_DAY)
        stops.append(acts.log(cast.plan, leg=leg, pain=9).stops.get())
    pain, numb, unseen = stops
    stop_verbs.answer(
        stop=numb, by=cast.elin, action="carry_on", word="Go on.", covers=[pain, numb], **acts.SEEN
    )
    assert list(Stop.objects.unanswered()) == [unseen]
    said = StopAnswer.objects.values_list("word", "contact", "finding")
    assert set(said) == {("Go on.", "seen", acts.SEEN["finding"])}


def test_an_answer_about_pain_says_nothing_of_a_weak_leg(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    weak = acts.log(cast.plan, leg="weak").stops.get()
    clock.shift(ONE_DAY)
    pain = acts.log(cast.plan, pain=9).stops.get()
    stop_verbs.answer(
        stop=pain, by=cast.elin, action="carry_on", word="It settles.", covers=[weak, pain]
    )
    assert list(Stop.objects.unanswered()) == [weak]


@pytest.mark.parametrize("leg", ["weak", "numb"])
def test_a_sign_in_a_leg_is_answered_only_by_who_reached_the_patient(cast: Cast, leg: str) -> None:
    stop = acts.log(cast.plan, leg=leg).stops.get()
    answer = partial(stop_verbs.answer, stop=stop, by=cast.elin)
    found = acts.SEEN["finding"]
    with refused("contact_missing"):
        answer(action="carry_on", word="It will settle.")
    with refused("finding_missing"):
        answer(action="carry_on", contact="seen", finding="  ")
    with refused("bad_choice"):
        answer(action="carry_on", contact="dreamt", finding=found)
    with refused("sent_on"):
        answer(action="carry_on", contact="sent_on", finding=found)
    with refused("day_in_future"):
        later = timezone.now() + timedelta(hours=1)
        answer(action="pause", contact="spoken", finding=found, outcome="cleared", at=later)
    assert not StopAnswer.objects.exists()
    made = answer(action="pause", contact="sent_on", finding=found, word="Go there today.")
    assert made.contact_at is not None
    assert made == answer(action="pause", contact="sent_on", finding=found, word="Go there today.")
    with refused("stop_answered"):
        answer(action="pause", contact="seen", finding=found, word="Go there today.")


@pytest.mark.parametrize("leg", ["weak", "numb"])
def test_a_sign_in_a_leg_that_is_taken_back_still_waits_for_the_clinic(
    cast: Cast, leg: str
) -> None:
    first = acts.log(cast.plan, leg=leg, pain=8)
    again = acts.log(cast.plan, leg=leg, pain=1, corrects=first)
    last = acts.log(cast.plan, leg="none", pain=1, corrects=again)
    stop = Stop.objects.unanswered().get()
    assert (stop.practice, stop.cause, stop.taken_back) == (first, leg, True)
    assert last.stops.count() == 0
    page = chart(browser(cast.elin), cast.maya)
    assert "Stopped:" in page


def test_taken_back_is_said_where_the_stop_is_answered(cast: Cast) -> None:
    first = acts.log(cast.plan, leg="weak")
    acts.log(cast.plan, leg="none", corrects=first)
    assert "Told, then taken back the same day" in chart(browser(cast.elin), cast.maya)
    assert "You took back what you told. Because it can be important" in text(
        phone_of(cast.maya).get(reverse("today"))
    )


def test_a_stop_is_not_lost_by_moving_to_a_new_edition(cast: Cast) -> None:
    _stopped(cast)
    newer = ladders.next_edition(cast.plan.ladder)
    with refused("stop_unanswered"):
        edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)

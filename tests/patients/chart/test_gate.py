"""The gate as a clinician uses it in the browser."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from patients.models import Pass, Review, Tick
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import (
    HTMX,
    browser,
    chart,
    press_not_yet,
    press_passed,
    text,
    tick,
)


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def test_a_tick_comes_back_with_who_and_when(clock: time_machine.Traveller, cast: Cast) -> None:
    client = browser(cast.elin)
    answer = tick(client, cast.plan, acts.criteria(cast.plan, 1)[0], **HTMX)
    assert answer.status_code == 200
    said = text(answer)
    assert said.startswith('<section id="gate"')
    assert "Elin E., 2 March 09:00" in said
    assert "1 of 5 ticked." in said
    assert 'aria-checked="true"' in said


def test_without_htmx_a_tick_leads_back_to_the_gate(elin: Client, cast: Cast) -> None:
    answer = tick(elin, cast.plan, acts.criteria(cast.plan, 1)[0])
    assert answer.status_code == 303
    assert answer["Location"] == reverse("chart", args=[cast.maya.pk]) + "#gate"
    assert "1 of 5 ticked." in chart(elin, cast.maya)


def test_ticking_twice_keeps_the_first_tick_and_unticking_takes_it_back(
    elin: Client, cast: Cast
) -> None:
    first = acts.criteria(cast.plan, 1)[0]
    tick(elin, cast.plan, first, **HTMX)
    tick(browser(cast.omar), cast.plan, first, **HTMX)
    assert Tick.objects.get().by == cast.elin
    for _ in range(2):
        assert tick(elin, cast.plan, first, "untick", **HTMX).status_code == 200
    assert not Tick.objects.exists()


def test_the_last_tick_and_passed_open_the_next_gate_on_the_page_that_follows(
    elin: Client, cast: Cast
) -> None:
    for criterion in acts.criteria(cast.plan, 1):
        tick(elin, cast.plan, criterion, **HTMX)
    assert "Maya passed: open Butt taps" in chart(elin, cast.maya)
    answer = press_passed(elin, cast.plan, 1)
    assert (answer.status_code, answer["Location"]) == (303, reverse("chart", args=[cast.maya.pk]))
    page = chart(elin, cast.maya)
    assert "Gate: Butt taps" in page
    assert "Maya passed Dowel hinge at" in page


def test_pressed_early_it_says_which_criteria_are_left_and_keeps_the_ticks(
    elin: Client, cast: Cast
) -> None:
    first, *left = acts.criteria(cast.plan, 1)
    tick(elin, cast.plan, first)
    answer = press_passed(elin, cast.plan, 1)
    assert answer.status_code == 422
    said = text(answer)
    refusal = said[said.index("Still to tick:") :].partition("</p>")[0]
    assert all(criterion.text.removesuffix(".") in refusal for criterion in left)
    assert first.text.removesuffix(".") not in refusal
    assert ".." not in refusal
    assert "1 of 5 ticked." in said
    assert not Review.objects.exists()


def test_passed_pressed_twice_from_one_page_is_one_review(elin: Client, cast: Cast) -> None:
    factories.tick_open_rung(cast.plan, by=cast.elin)
    seen = cast.plan.seen
    assert [press_passed(elin, cast.plan, 1, seen).status_code for _ in range(2)] == [303, 303]
    assert Review.objects.count() == Pass.objects.count() == 1


def test_a_colleague_on_an_old_page_sees_it_afresh_with_who_decided_when(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.tick_open_rung(cast.plan, by=cast.elin)
    seen = cast.plan.seen
    press_passed(browser(cast.elin), cast.plan, 1, seen)
    clock.shift(300)
    answer = press_passed(browser(cast.omar), cast.plan, 1, seen)
    assert answer.status_code == 422
    said = text(answer)
    assert "Elin E. decided on 2 March 09:00" in said
    assert "Gate: Butt taps" in said
    assert Review.objects.count() == 1


@pytest.mark.parametrize("seen", ["", "0:1", "-1:0", "9" * 400, "x\x00"])
def test_a_forged_page_state_decides_nothing(elin: Client, cast: Cast, seen: str) -> None:
    factories.tick_open_rung(cast.plan, by=cast.elin)
    assert press_passed(elin, cast.plan, 1, seen).status_code == 422
    assert not Review.objects.exists()


def test_a_higher_rung_is_passed_neither_by_forged_ticks_nor_by_a_forged_press(
    elin: Client, cast: Cast
) -> None:
    answer = tick(elin, cast.plan, acts.criteria(cast.plan, 5)[0], **HTMX)
    assert answer.status_code == 422
    assert "is locked" in text(answer)
    answer = press_passed(elin, cast.plan, 5)
    assert answer.status_code == 422
    assert "is locked" in text(answer)
    assert not Tick.objects.exists()
    assert not Review.objects.exists()


def test_not_yet_keeps_the_ticks_and_the_patient_gets_the_note(elin: Client, cast: Cast) -> None:
    tick(elin, cast.plan, acts.criteria(cast.plan, 1)[0])
    answer = press_not_yet(elin, cast.plan, 1, phrases=["nearly", "slow"], word="Film it <once> 🙂")
    assert answer.status_code == 303
    review = Review.objects.get()
    assert (review.outcome, Tick.objects.count()) == ("not_yet", 1)
    assert review.note == "Nearly there. Slow down the last repetitions. Film it <once> 🙂"


def test_not_yet_from_an_old_page_is_refused_with_the_note_kept(elin: Client, cast: Cast) -> None:
    acts.decide(cast.plan, 1, cast.omar, "not_yet")
    answer = press_not_yet(elin, cast.plan, 1, seen="0:0", word="Nearly <there>")
    assert answer.status_code == 422
    said = text(answer)
    assert "Omar O. decided on" in said
    assert "Nearly <there></textarea>" in said
    assert f'value="{cast.plan.seen}"' in said


@pytest.mark.parametrize("word", ["x" * 10_000, "é" * 401])
def test_a_note_too_long_says_so_beside_it(elin: Client, cast: Cast, word: str) -> None:
    answer = press_not_yet(elin, cast.plan, 1, word=word)
    assert answer.status_code == 422
    assert "at most 400 characters" in text(answer)
    assert not Review.objects.exists()


def test_a_withdrawal_names_what_goes_with_it_and_reopens_the_rung(
    elin: Client, cast: Cast
) -> None:
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    address = reverse("withdraw", args=[cast.plan.pk, acts.rung(cast.plan, 2).pk])
    assert "Taken back with it:</b> Stool or bench in front" in text(elin.get(address))
    assert elin.post(address, {"reason": "Lost after a flare."}).status_code == 303
    assert acts.passed(cast.plan) == [1]
    page = chart(elin, cast.maya)
    assert "Withdrawn: Butt taps" in page
    assert "With it: Stool or bench in front. “Lost after a flare.” Elin E." in page


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_withdrawal_without_a_fit_reason_takes_nothing_back(
    elin: Client, cast: Cast, reason: str
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    address = reverse("withdraw", args=[cast.plan.pk, acts.rung(cast.plan, 1).pk])
    assert elin.post(address, {"reason": reason}).status_code == 422
    assert acts.passed(cast.plan) == [1]


def test_an_ended_plan_is_decided_no_more_and_says_so(elin: Client, cast: Cast) -> None:
    factories.tick_open_rung(cast.plan, by=cast.elin)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    answers = [
        tick(elin, cast.plan, acts.criteria(cast.plan, 1)[0], "untick", **HTMX),
        press_passed(elin, cast.plan, 1),
        press_not_yet(elin, cast.plan, 1),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert "This plan has ended." in text(answer)
    assert Tick.objects.count() == 5
    assert not Review.objects.exists()


def test_a_page_left_open_on_an_ended_plan_ticks_nothing_on_the_next_one(
    elin: Client, cast: Cast
) -> None:
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    following = gate_verbs.assign(patient=cast.maya, ladder=cast.plan.ladder, by=cast.elin)
    assert tick(elin, cast.plan, acts.criteria(cast.plan, 1)[0], **HTMX).status_code == 422
    assert not Tick.objects.filter(plan=following).exists()


def test_the_complete_ladder_says_so_in_place_of_a_gate(elin: Client, cast: Cast) -> None:
    for _ in range(6):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    factories.tick_open_rung(cast.plan, by=cast.elin)
    assert "Maya passed: complete the ladder" in chart(elin, cast.maya)
    assert press_passed(elin, cast.plan, 7, weekdays=[0, 3]).status_code == 303
    assert "The ladder is complete" in chart(elin, cast.maya)

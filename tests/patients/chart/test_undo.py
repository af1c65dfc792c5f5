"""A wrong press is seen at once, taken back by one press, and told to no patient who did not see
it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from patients.models import Review
from patients.papers.visit_note import visit_note
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import visits
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, press_not_yet, press_passed, text
from tests.patients.phone import phone_of
from tests.queries import BeforeTheAnswer

MISTAKE = "Pressed by mistake."


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def _pass(client: Client, cast: Cast) -> Review:
    acts.tick_all(cast.plan, cast.plan.passes.count() + 1, cast.elin)
    assert press_passed(client, cast.plan, cast.plan.passes.count() + 1).status_code == 303
    return Review.objects.latest("pk")


def _undo(client: Client, review: Review) -> Any:
    return client.post(reverse("undo", args=[review.plan_id, review.pk]))


def _today(phone: Client, page: str = "today") -> str:
    return text(phone.get(reverse(page)))


# ---- the clinic's page


def test_after_passed_the_page_says_who_passed_what_and_until_when_it_can_be_taken_back(
    clock: time_machine.Traveller, elin: Client, cast: Cast
) -> None:
    visits.plan(patient=cast.maya, by=cast.elin, day=cast.harbour.today() + timedelta(days=2))
    review = _pass(elin, cast)
    page = chart(elin, cast.maya)
    assert "Maya passed Dowel hinge at 09:00" in page
    assert "Maya’s phone shows Butt taps, 5 cm (2 in) from heel to wall, 2 × 10, every day." in page
    assert "Next visit Wednesday 4 March." in page
    assert "Undo, until 09:10" in page
    clock.shift(timedelta(minutes=5))
    assert _undo(elin, review).status_code == 303
    page = chart(elin, cast.maya)
    assert "Taken back: Dowel hinge is the open rung again" in page
    assert "Gate: Dowel hinge" in page
    assert "5 of 5 ticked." in page
    assert "Undo, until" not in page


def test_the_bar_costs_the_page_no_query(
    clock: time_machine.Traveller, elin: Client, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    counts = []
    for _ in range(2):
        with BeforeTheAnswer(connection) as asked:
            page = chart(elin, cast.maya)
        counts.append((len(asked), "Undo, until" in page))
        clock.shift(timedelta(minutes=11))
        # That somebody is still there is noted once a minute, at the first page.
        elin.get(reverse("me"))
    (with_bar, _shown), (without, _gone) = counts
    assert [offered for _, offered in counts] == [True, False]
    assert with_bar == without <= 14


def test_a_weight_that_is_awaited_is_said_in_the_bar(elin: Client, cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    assert "Maya’s phone still shows Banded hinge" in chart(elin, cast.maya)


def test_a_placement_is_taken_back_whole(elin: Client, cast: Cast) -> None:
    met = [criterion.pk for criterion in acts.criteria(cast.plan, 1, 2)]
    elin.post(reverse("place", args=[cast.plan.pk]), {"criteria": met})
    assert "Maya was placed at" in chart(elin, cast.maya)
    assert _undo(elin, Review.objects.earliest("pk")).status_code == 303
    page = chart(elin, cast.maya)
    assert "0 of 5 ticked." in page
    assert acts.passed(cast.plan) == []


def _ten_minutes_later(cast: Cast, clock: time_machine.Traveller) -> User:
    clock.shift(timedelta(minutes=10, seconds=1))
    return cast.elin


def _to_a_colleague(cast: Cast, clock: time_machine.Traveller) -> User:
    return cast.omar


def _once_tapped(cast: Cast, clock: time_machine.Traveller) -> User:
    practice_verbs.save_draft(
        plan=cast.plan, level=acts.level(cast.plan, 2), by=cast.maya.user, sets=acts.TWO_SETS
    )
    return cast.elin


def _once_practised(cast: Cast, clock: time_machine.Traveller) -> User:
    acts.log(cast.plan, level=acts.level(cast.plan, 2))
    return cast.elin


@pytest.mark.parametrize(
    "when", [_ten_minutes_later, _to_a_colleague, _once_tapped, _once_practised]
)
def test_undo_is_not_offered_and_an_old_page_is_told_why(
    clock: time_machine.Traveller, elin: Client, cast: Cast, when: Any
) -> None:
    review = _pass(elin, cast)
    client = browser(when(cast, clock))
    assert "Undo, until" not in chart(client, cast.maya)
    answer = _undo(client, review)
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert acts.passed(cast.plan) == [1]


def test_a_not_yet_has_no_bar(elin: Client, cast: Cast) -> None:
    press_not_yet(elin, cast.plan, 1, word="Nearly.")
    assert "Undo, until" not in chart(elin, cast.maya)


def test_the_record_shows_both_and_the_note_of_the_visit_too(elin: Client, cast: Cast) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    review = gate_verbs.decide(
        plan=cast.plan,
        rung=acts.rung(cast.plan, 1),
        outcome="passed",
        by=cast.elin,
        note="Very steady now.",
    )
    _undo(elin, review)
    page = chart(elin, cast.maya)
    note = visit_note(cast.maya, cast.harbour.today())
    for shown in (page, note):
        assert "Passed: Dowel hinge" in shown
        assert "Pressed by mistake, taken back: Dowel hinge" in shown
    assert "Open rung: Dowel hinge." in note
    assert "Told the patient" not in note


def test_a_review_of_another_plan_does_not_exist_here(elin: Client, cast: Cast) -> None:
    review = factories.pass_open_rung(factories.plan(cast.tomas), by=cast.elin)
    address = reverse("undo", args=[cast.plan.pk, review.pk])
    assert elin.post(address).status_code == 404


# ---- the patient's pages


def test_a_patient_who_saw_the_pass_reads_once_that_it_was_a_mistake(
    elin: Client, cast: Cast
) -> None:
    phone = phone_of(cast.maya)
    _today(phone)
    review = _pass(elin, cast)
    assert "Wall taps" in _today(phone)
    _undo(elin, review)
    # The ladder has no place for the word, and does not use it up.
    assert MISTAKE not in _today(phone, "ladder")
    page = _today(phone)
    assert f"{MISTAKE}</strong> Your drill is Stick hinge." in page
    assert MISTAKE not in _today(phone)


@pytest.mark.parametrize("page", ["today", "ladder"])
def test_either_page_counts_as_having_seen_it(elin: Client, cast: Cast, page: str) -> None:
    phone = phone_of(cast.maya)
    review = _pass(elin, cast)
    _today(phone, page)
    _undo(elin, review)
    assert MISTAKE in _today(phone)


def test_a_patient_who_did_not_look_meanwhile_reads_nothing_of_it(elin: Client, cast: Cast) -> None:
    phone = phone_of(cast.maya)
    _today(phone)
    _undo(elin, _pass(elin, cast))
    for _ in range(2):
        assert MISTAKE not in _today(phone)
    ladder = _today(phone, "ladder")
    assert "Open again" not in ladder
    assert MISTAKE not in ladder


def test_a_second_slip_is_told_again(elin: Client, cast: Cast) -> None:
    phone = phone_of(cast.maya)
    for _ in range(2):
        review = _pass(elin, cast)
        _today(phone)
        _undo(elin, review)
        assert MISTAKE in _today(phone)
        assert MISTAKE not in _today(phone)


def test_words_of_a_pass_that_was_a_mistake_are_gone_from_the_phone(
    elin: Client, cast: Cast
) -> None:
    acts.tick_all(cast.plan, 1, cast.elin)
    arguments: dict[str, Any] = {"plan": cast.plan, "rung": acts.rung(cast.plan, 1)}
    review = gate_verbs.decide(
        **arguments, outcome="passed", by=cast.elin, note="Well held, Greta."
    )
    phone = phone_of(cast.maya)
    assert "Well held, Greta." in _today(phone)
    _undo(elin, review)
    assert "Well held, Greta." not in _today(phone)


# ---- a withdrawal


def test_of_a_withdrawal_the_patient_reads_only_the_words_meant_for_them(
    elin: Client, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    address = reverse("withdraw", args=[cast.plan.pk, acts.rung(cast.plan, 1).pk])
    words = {"reason": "Rounds under fatigue.", "to_patient": "We take the stick again."}
    assert elin.post(address, words).status_code == 303
    ladder = _today(phone_of(cast.maya), "ladder")
    assert "We take the stick again." in ladder
    assert "Rounds" not in ladder
    page = chart(elin, cast.maya)
    assert "Rounds under fatigue." in page
    assert "The patient reads: “We take the stick again.”" in page
    note = visit_note(cast.maya, cast.harbour.today())
    assert "- Told the patient: “We take the stick again.”" in note


def test_without_words_for_the_patient_the_ladder_says_only_that_it_is_open_again(
    elin: Client, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    address = reverse("withdraw", args=[cast.plan.pk, acts.rung(cast.plan, 1).pk])
    elin.post(address, {"reason": "Rounds under fatigue."})
    ladder = _today(phone_of(cast.maya), "ladder")
    assert "Open again since" in ladder
    assert "<blockquote>" not in ladder


# ---- a discharge


def test_a_discharge_pressed_by_mistake_is_taken_back_by_one_press(
    clock: time_machine.Traveller, elin: Client, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    assert "A mistake? Until 09:10 this takes the plan up again" in chart(elin, cast.maya)
    answer = elin.post(reverse("take_back", args=[cast.maya.pk]))
    assert answer["Location"] == reverse("chart", args=[cast.maya.pk])
    page = chart(elin, cast.maya)
    assert "Maya is back, with passes, doses and days as before." in page
    assert "Gate: Butt taps" in page
    assert "Taken up again: Hip hinge" in page
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    clock.shift(timedelta(minutes=11))
    assert "A mistake?" not in chart(elin, cast.maya)
    answer = elin.post(reverse("take_back", args=[cast.maya.pk]))
    assert answer["Location"] == reverse("assign", args=[cast.maya.pk])

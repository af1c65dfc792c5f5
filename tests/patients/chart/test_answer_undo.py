"""A wrong answer to a stop is seen at once, taken back by one press, and told to no patient who did
not see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from patients.models import Patient, Stop, StopAnswer
from patients.papers.visit_note import visit_note
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of
from tests.queries import BeforeTheAnswer

MISTAKE = "Pressed by mistake."
SEEN = acts.SEEN | {"word": "Go on as before."}


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def _urgent(patient: Patient) -> Stop:
    told = report_verbs.report(
        patient=patient, by=patient.user, client_id=acts.new_id(), kinds=["bladder"]
    )
    return told.stops.get()


def _answer(client: Client, stop: Stop, action: str = "carry_on", **said: Any) -> None:
    address = reverse("stop_answer", args=[stop.pk])
    asked = SEEN if stop.is_urgent else {"word": "Gently."}
    assert client.post(address, asked | {"action": action} | said).status_code == 303


def _undo(client: Client, stop: Stop) -> Any:
    return client.post(reverse("undo_answer", args=[stop.pk]))


def _today(phone: Client, page: str = "today") -> str:
    return text(phone.get(reverse(page)))


# ---- the clinic's page


def test_after_an_answer_the_page_says_what_was_answered_and_until_when_it_can_be_taken_back(
    clock: time_machine.Traveller, elin: Client, cast: Cast
) -> None:
    stop = _urgent(cast.maya)
    _answer(elin, stop)
    page = chart(elin, cast.maya)
    assert "Maya was answered at 09:00: carry on" in page
    assert "Trouble with peeing, 2 March." in page
    assert "Undo, until 09:10" in page
    assert "has no drill until you answer" not in page
    clock.shift(timedelta(minutes=5))
    assert _undo(elin, stop).status_code == 303
    page = chart(elin, cast.maya)
    assert "Taken back: Maya waits for your answer again." in page
    assert "Maya has no drill until you answer." in page
    assert "Undo, until" not in page


@pytest.mark.parametrize(
    ("action", "offers", "stays"),
    [
        ("pause", "A pause stays until it is resumed.", "The pause stays."),
        ("lower", "The lower level stays until it is changed.", "The lower level stays."),
    ],
)
def test_what_is_not_taken_back_with_it_is_said_before_and_after(
    elin: Client, cast: Cast, action: str, offers: str, stays: str
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    stop = acts.log(cast.plan, pain=9, level=acts.level(cast.plan, 2)).stops.get()
    until = cast.harbour.today() + timedelta(days=2)
    _answer(elin, stop, action, until=until, level=acts.level(cast.plan).pk)
    assert offers in chart(elin, cast.maya)
    _undo(elin, stop)
    page = chart(elin, cast.maya)
    assert stays in page
    assert "Paused until" in page if action == "pause" else "Trains lower until" in page


def test_the_bar_costs_other_pages_no_query(
    clock: time_machine.Traveller, elin: Client, cast: Cast
) -> None:
    stop = acts.log(cast.plan, pain=9).stops.get()
    chart(elin, cast.maya)
    with BeforeTheAnswer(connection) as before:
        chart(elin, cast.maya)
    _answer(elin, stop)
    assert "Undo, until" in chart(elin, cast.maya)
    clock.shift(timedelta(minutes=11))
    # That somebody is still there is noted once a minute, at the first page.
    elin.get(reverse("me"))
    with BeforeTheAnswer(connection) as after:
        assert "Undo, until" not in chart(elin, cast.maya)
    assert len(after) <= len(before)


def _ten_minutes_later(cast: Cast, clock: time_machine.Traveller) -> User:
    clock.shift(timedelta(minutes=10, seconds=1))
    return cast.elin


def _to_a_colleague(cast: Cast, clock: time_machine.Traveller) -> User:
    return cast.omar


def _once_practised(cast: Cast, clock: time_machine.Traveller) -> User:
    clock.shift(60)
    acts.log(cast.plan)
    return cast.elin


def _once_the_plan_ended(cast: Cast, clock: time_machine.Traveller) -> User:
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    return cast.elin


def _once_discharged(cast: Cast, clock: time_machine.Traveller) -> User:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    return cast.elin


@pytest.mark.parametrize(
    "when",
    [_ten_minutes_later, _to_a_colleague, _once_practised, _once_the_plan_ended, _once_discharged],
)
def test_undo_is_not_offered_and_an_old_page_is_told_why(
    clock: time_machine.Traveller,
    elin: Client,
    cast: Cast,
    when: Callable[[Cast, time_machine.Traveller], User],
) -> None:
    stop = _urgent(cast.maya)
    _answer(elin, stop)
    client = browser(when(cast, clock))
    assert "was answered at" not in chart(client, cast.maya)
    refused = _undo(client, stop)
    assert refused.status_code == 422
    assert 'role="alert"' in text(refused)
    assert not Stop.objects.unanswered().exists()


def test_an_answer_that_withdrew_a_rung_has_no_bar(elin: Client, cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    stop = acts.log(cast.plan, pain=9).stops.get()
    _answer(elin, stop, "withdraw", rung=acts.rung(cast.plan, 1).pk)
    assert "was answered at" not in chart(elin, cast.maya)


def test_of_somebody_without_a_plan_it_is_taken_back_too(elin: Client, cast: Cast) -> None:
    stop = _urgent(cast.tomas)
    _answer(elin, stop)
    assert "Tomas was answered at" in chart(elin, cast.tomas)
    assert _undo(browser(cast.omar), stop).status_code == 422
    assert "Only Elin E., who pressed it" in text(_undo(browser(cast.omar), stop))
    assert _undo(elin, stop).status_code == 303
    assert "Tomas has no drill until you answer." in chart(elin, cast.tomas)


def test_a_page_from_before_leads_to_what_waits_now_and_decides_nothing(
    elin: Client, cast: Cast
) -> None:
    stop = _urgent(cast.maya)
    _answer(elin, stop)
    _undo(elin, stop)
    again = Stop.objects.unanswered().get()
    old = reverse("stop_answer", args=[stop.pk])
    assert elin.get(old)["Location"] == reverse("stop_answer", args=[again.pk])
    sent = elin.post(old, SEEN | {"action": "carry_on", "word": "Half the depth."})
    assert sent.status_code == 422
    page = text(sent)
    assert "The answer from before was taken back" in page
    assert "Half the depth." in page
    assert reverse("stop_answer", args=[again.pk]) in page
    assert Stop.objects.unanswered().get() == again
    _answer(elin, again)
    assert not Stop.objects.unanswered().exists()


def test_the_record_shows_both_and_the_note_of_the_visit_too(elin: Client, cast: Cast) -> None:
    stop = acts.log(cast.plan, pain=9).stops.get()
    _answer(elin, stop, word="Go on, Greta.")
    _undo(elin, stop)
    note = visit_note(cast.maya, cast.harbour.today())
    for shown in (text(elin.get(reverse("decisions", args=[cast.maya.pk]))), note):
        assert "Answer: carry on" in shown
        assert "Pressed by mistake, taken back: the answer “carry on”" in shown
        assert "It waits for an answer again: pain 9/10" in shown
    assert note.count("Pain 9/10. Stop: not answered yet") == 1
    assert "Told the patient" not in note
    _answer(elin, Stop.objects.unanswered().get(), word="Rest, Maya.")
    note = visit_note(cast.maya, cast.harbour.today())
    assert "- Told the patient: “Rest, Maya.”" in note


def _rows(client: Client) -> str:
    return text(client.get(reverse("caseload"))).partition('class="caseload"')[2]


def test_the_caseload_has_the_patient_where_they_were(
    clock: time_machine.Traveller, elin: Client, cast: Cast
) -> None:
    stop = _urgent(cast.maya)
    before = _rows(elin)
    _answer(elin, stop)
    assert _rows(elin) != before
    _undo(elin, stop)
    assert _rows(elin) == before != ""


# ---- the patient's pages


def test_a_patient_who_saw_the_answer_reads_once_that_it_was_a_mistake(
    elin: Client, cast: Cast
) -> None:
    phone = phone_of(cast.maya)
    stop = _urgent(cast.maya)
    assert MISTAKE not in _today(phone)
    _answer(elin, stop)
    assert "Go on as before." in _today(phone)
    _undo(elin, stop)
    # The ladder has no place for the word, and does not use it up.
    assert MISTAKE not in _today(phone, "ladder")
    page = _today(phone)
    assert f"{MISTAKE}</strong> The answer that you saw does not hold." in page
    assert "Say this on the phone" in page
    assert "Go on as before." not in page
    assert MISTAKE not in _today(phone)


@pytest.mark.parametrize("pain", [7, 9])
def test_the_word_says_what_holds_now(clock: time_machine.Traveller, cast: Cast, pain: int) -> None:
    phone = phone_of(cast.maya)
    stop = acts.log(cast.plan, pain=pain).stops.get()
    clock.shift(timedelta(days=1))
    _today(phone)
    client = browser(cast.elin)
    _answer(client, stop)
    _today(phone)
    _undo(client, stop)
    page = _today(phone)
    easier = "Until Elin answers again, your day is an easier one."
    assert (easier in page, "what you read here does." in page) == (pain == 7, pain == 9)


def test_a_patient_who_did_not_look_meanwhile_reads_nothing_of_it(elin: Client, cast: Cast) -> None:
    phone = phone_of(cast.maya)
    stop = _urgent(cast.maya)
    _today(phone)
    _answer(elin, stop)
    _undo(elin, stop)
    for _ in range(2):
        assert MISTAKE not in _today(phone)


def test_who_looks_once_it_is_answered_anew_reads_both(elin: Client, cast: Cast) -> None:
    phone = phone_of(cast.maya)
    stop = _urgent(cast.maya)
    _answer(elin, stop)
    _today(phone)
    _undo(elin, stop)
    _answer(elin, Stop.objects.unanswered().get(), word="Half the depth.")
    page = _today(phone)
    assert f"{MISTAKE}</strong> Elin has answered again." in page
    assert "Half the depth." in page
    assert "Go on as before." not in page
    assert MISTAKE not in _today(phone)


def test_a_second_slip_is_told_again_and_without_a_plan_too(elin: Client, cast: Cast) -> None:
    phone = phone_of(cast.tomas)
    stop = _urgent(cast.tomas)
    for _ in range(2):
        _answer(elin, stop)
        _today(phone)
        _undo(elin, stop)
        assert MISTAKE in _today(phone)
        assert MISTAKE not in _today(phone)
        stop = Stop.objects.unanswered().get()


def test_who_was_sent_on_by_mistake_reads_so_no_more(elin: Client, cast: Cast) -> None:
    stop = acts.log(cast.plan, leg="numb").stops.get()
    stop_verbs.answer(
        stop=stop, by=cast.elin, action="pause", contact="sent_on", finding="To her doctor."
    )
    phone = phone_of(cast.maya)
    assert "sent you on" in _today(phone) or "Practice is paused" in _today(phone)
    _undo(elin, stop)
    assert "sent you on" not in _today(phone)
    assert StopAnswer.objects.standing().count() == 0

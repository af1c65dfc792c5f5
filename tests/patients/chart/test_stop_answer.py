"""The clinician's answer to a stop, from the patient's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patients.models import LevelChoice, Pause, Stop, StopAnswer, Withdrawal
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


@pytest.fixture
def stop(cast: Cast) -> Stop:
    """Maya, on rung 3, logged 7 today."""
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    return acts.log(
        cast.plan, level=acts.level(cast.plan, 3), pain=7, note="Sharp <here>"
    ).stops.get()


def answer(client: Client, stop: Stop, **said: Any) -> Any:
    return client.post(reverse("stop_answer", args=[stop.pk]), said)


def test_a_stop_stands_on_top_of_the_page_with_what_the_patient_wrote(
    elin: Client, cast: Cast, stop: Stop
) -> None:
    page = chart(elin, cast.maya)
    assert "Stopped: pain 7/10" in page
    assert "“Sharp <here>”" in page
    assert page.index('id="stop"') < page.index('id="gate"')


def test_carry_on_is_two_presses_and_the_word_is_kept_for_the_patient(
    elin: Client, cast: Cast, stop: Stop
) -> None:
    assert answer(elin, stop, action="carry_on", phrases=["settle"]).status_code == 303
    made = StopAnswer.objects.get()
    assert (made.action, made.word, made.by) == (
        "carry_on",
        "Flare-ups are common and usually settle.",
        cast.elin,
    )
    page = chart(elin, cast.maya)
    assert 'id="stop"' not in page
    assert "Answer: carry on" in page


def test_train_lower_offers_the_nearest_level_first_and_costs_no_pass(
    elin: Client, cast: Cast, stop: Stop
) -> None:
    nearest = acts.rung(cast.plan, 2).levels.filter(helper=False).last()
    assert nearest is not None
    page = chart(elin, cast.maya)
    first = page[page.index('name="level"') :].partition("</label>")[0]
    assert f'value="{nearest.pk}"' in first
    assert f"{nearest}: 2 × 10" in first
    until = cast.harbour.today() + timedelta(days=7)
    assert f'value="{until.isoformat()}"' in page
    assert (
        answer(
            elin, stop, action="lower", level=nearest.pk, until=until, word="Small range."
        ).status_code
        == 303
    )
    chosen = LevelChoice.objects.get()
    assert (chosen.level, chosen.until, chosen.reason) == (nearest, until, "Small range.")
    assert acts.passed(cast.plan) == [1, 2]


def test_pause_until_a_day_or_until_resumed(elin: Client, cast: Cast, stop: Stop) -> None:
    assert (
        answer(elin, stop, action="pause", until=cast.harbour.today(), word="Rest.").status_code
        == 303
    )
    assert Pause.objects.get().until is None
    assert "Paused until somebody resumes." in chart(elin, cast.maya)


def test_withdraw_takes_back_the_rung_and_those_above_with_the_word_as_reason(
    elin: Client, cast: Cast, stop: Stop
) -> None:
    rung = acts.rung(cast.plan, 1)
    assert (
        answer(elin, stop, action="withdraw", rung=rung.pk, word="Start again.").status_code == 303
    )
    assert acts.passed(cast.plan) == []
    assert {one.reason for one in Withdrawal.objects.all()} == {"Start again."}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose what the patient does next."),
        ({"action": "corrected"}, "Select a valid choice"),
        ({"action": "cheer"}, "Select a valid choice"),
        ({"action": "lower"}, "Choose the level to train lower on."),
        ({"action": "withdraw", "word": ""}, "Choose a level"),
        ({"action": "pause", "away_until": "2020-01-01"}, "Choose a day from today on."),
        ({"action": "carry_on", "word": "x" * 401}, "at most 400 characters"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_words_and_the_stop_stands(
    elin: Client, cast: Cast, stop: Stop, said: dict[str, str], sentence: str
) -> None:
    before = acts.everything()
    refused = answer(elin, stop, **{"phrases": ["usual"], **said})
    assert refused.status_code == 422
    assert sentence in text(refused)
    assert 'value="usual" id="stop_phrases_2" checked' in text(refused)
    assert acts.everything() == before


def test_train_lower_without_a_day_asks_for_one_and_keeps_the_words(
    elin: Client, cast: Cast, stop: Stop
) -> None:
    refused = answer(
        elin, stop, action="lower", level=acts.level(cast.plan, 1).pk, word="Easy <now>"
    )
    assert refused.status_code == 422
    assert "Say until when" in text(refused)
    assert "Easy <now></textarea>" in text(refused)
    assert not StopAnswer.objects.exists()


def test_a_locked_level_cannot_be_forged_into_training_lower(
    elin: Client, cast: Cast, stop: Stop
) -> None:
    until = cast.harbour.today() + timedelta(days=3)
    refused = answer(elin, stop, action="lower", level=acts.level(cast.plan, 6).pk, until=until)
    assert refused.status_code == 422
    assert not LevelChoice.objects.exists()


def test_withdrawing_needs_a_word_for_the_reason(elin: Client, cast: Cast, stop: Stop) -> None:
    refused = answer(elin, stop, action="withdraw", rung=acts.rung(cast.plan, 2).pk)
    assert refused.status_code == 422
    assert "Write the reason" in text(refused)
    assert acts.passed(cast.plan) == [1, 2]


def test_the_same_answer_twice_is_one_and_a_colleague_is_told_who_answered(
    elin: Client, cast: Cast, stop: Stop
) -> None:
    for _ in range(2):
        assert answer(elin, stop, action="carry_on", word="Fine.").status_code == 303
    refused = answer(browser(cast.omar), stop, action="pause")
    assert refused.status_code == 422
    assert "Elin E. already answered on" in text(refused)
    assert StopAnswer.objects.count() == 1
    assert not Pause.objects.exists()


def test_on_the_first_rung_there_is_nothing_to_withdraw(elin: Client, cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=8)
    page = chart(elin, cast.maya)
    assert 'value="withdraw"' not in page
    assert 'value="pause"' in page
    assert answer(elin, entry.stops.get(), action="withdraw", word="x").status_code == 422


def test_withdrawing_says_first_what_goes_along(elin: Client, cast: Cast, stop: Stop) -> None:
    page = chart(elin, cast.maya)
    offered = page[page.index('id="stop_rung"') :].partition("</p>")[0]
    first = acts.rung(cast.plan, 1)
    second = acts.rung(cast.plan, 2)
    assert f">{first}, and with it {second}</option>" in offered
    assert f">{second}</option>" in offered
    assert "Every passed rung above it goes too. This cannot be taken back." in offered

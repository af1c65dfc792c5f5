"""Whoever has gone quiet, or is ready by numbers, is written to together, each on their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from patients.models import Message, Pass, Plan, Tick
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import asked
from tests.patients.clinic_pages import browser, text


@pytest.fixture
def quiet(cast: Cast, clock: time_machine.Traveller) -> list[Plan]:
    """The plans of three patients of Elin who have logged nothing for eight days."""
    names = ["Ada Away", "Bo Busy", "Cia Calm"]
    plans = [factories.plan(factories.patient(cast.elin, name)) for name in names]
    clock.shift(timedelta(days=8))
    return plans


def page(cast: Cast, to: str = "quiet", **form: Any) -> Any:
    address = reverse("write_to_several", args=[to])
    client = browser(cast.elin)
    return client.post(address, form) if form else client.get(address)


def boxes(response: Any) -> dict[str, bool]:
    """Who is listed, and whether they are ticked."""
    return {row.name: ticked for row, ticked in response.context["rows"]}


def test_each_gets_a_message_of_their_own_and_nothing_else_changes(
    cast: Cast, quiet: list[Plan]
) -> None:
    ada, bo, _cia = quiet
    before = (Tick.objects.count(), Pass.objects.count())
    sent = page(cast, plans=[ada.pk, bo.pk], phrases=["quiet"], word="All well?", client_id="a1")
    assert sent.status_code == 303
    said = list(Message.objects.filter(plan__in=quiet).values_list("plan", "text", "by"))
    words = "I have seen no practice from you for a while. How is it going? All well?"
    assert sorted(said) == sorted([(ada.pk, words, cast.elin.pk), (bo.pk, words, cast.elin.pk)])
    assert (Tick.objects.count(), Pass.objects.count()) == before


def test_who_was_written_to_says_so_and_is_not_proposed_again_for_a_week(
    cast: Cast, quiet: list[Plan], clock: time_machine.Traveller
) -> None:
    assert set(boxes(page(cast)).values()) == {True}
    message_verbs.write(plan=quiet[0], by=cast.elin, text="Hello?")
    assert "Written to today." in text(asked(cast.elin))
    assert boxes(page(cast))["Ada Away"] is False
    clock.shift(timedelta(days=6))
    assert boxes(page(cast))["Ada Away"] is False
    clock.shift(timedelta(days=1))
    assert boxes(page(cast))["Ada Away"] is True


def test_words_from_before_the_silence_do_not_count(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    plan = factories.plan(factories.patient(cast.elin, "Ada Away"))
    message_verbs.write(plan=plan, by=cast.elin, text="Welcome.")
    clock.shift(timedelta(days=1))
    acts.log(plan, pain=1)
    clock.shift(timedelta(days=9))
    assert boxes(page(cast))["Ada Away"] is True
    assert "Written to" not in text(asked(cast.elin))


def test_pressing_twice_sends_once(cast: Cast, quiet: list[Plan]) -> None:
    for _time in range(2):
        page(cast, plans=[one.pk for one in quiet], phrases=["again"], client_id="a1")
    assert Message.objects.filter(plan__in=quiet).count() == 3


def test_nobody_ticked_or_nothing_written_sends_nothing_and_keeps_what_was_typed(
    cast: Cast, quiet: list[Plan]
) -> None:
    nobody = page(cast, word="All well?")
    assert nobody.status_code == 422
    assert "Tick at least one of them." in text(nobody)
    assert "All well?" in text(nobody)
    nothing = page(cast, plans=[quiet[1].pk])
    assert nothing.status_code == 422
    assert "Write a few words first." in text(nothing)
    assert boxes(nothing) == {"Ada Away": False, "Bo Busy": True, "Cia Calm": False}
    assert not Message.objects.filter(plan__in=quiet).exists()


def test_nobody_whose_plan_has_ended_meanwhile_is_written_to_and_so_nobody_is(
    cast: Cast, quiet: list[Plan]
) -> None:
    people_verbs.discharge(patient=quiet[2].patient, by=cast.elin)
    refused = page(cast, plans=[one.pk for one in quiet], word="All well?")
    assert refused.status_code == 422
    assert not Message.objects.filter(plan__in=quiet).exists()
    assert set(boxes(refused)) == {"Ada Away", "Bo Busy"}


def test_words_are_kept_where_nobody_is_left_to_write_to(cast: Cast) -> None:
    refused = page(cast, plans=[cast.plan.pk + 1000], word="All well?")
    assert refused.status_code == 422
    assert "All well?" in text(refused)
    assert boxes(refused) == {}


def test_the_list_leads_there_and_back_with_whose_patients_it_showed(
    cast: Cast, quiet: list[Plan]
) -> None:
    address = reverse("write_to_several", args=["quiet"])
    assert f'href="{address}?who=clinic"' in asked(cast.elin, who="clinic").content.decode()
    client = browser(cast.elin)
    sent = client.post(f"{address}?who=clinic", {"plans": [quiet[0].pk], "word": "Hello?"})
    assert sent["Location"] == f"{reverse('caseload')}?who=clinic"
    assert "Sent to 1 patient." in text(client.get(sent["Location"]))


def test_there_is_no_other_group_to_write_to(cast: Cast) -> None:
    assert browser(cast.elin).get("/caseload/stop/write/").status_code == 404

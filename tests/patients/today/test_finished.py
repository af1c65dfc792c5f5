"""Somebody who has finished with the clinic: what the page says, and what it no longer takes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from accounts import links
from accounts.models import PhoneLink, User
from accounts.refusals import Refused
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import screening as screening_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import text
from tests.patients.phone import phone_of
from tests.queries import BeforeTheAnswer


def today(cast: Cast) -> str:
    return text(phone_of(cast.maya).get(reverse("today")))


def main(page: str) -> str:
    return page[page.index("<main") :]


def test_the_page_says_what_was_reached_how_to_keep_it_and_whom_to_call(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    level = acts.level(cast.plan, 2)
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, sets=3, reps=12)
    acts.log(cast.plan, level=level)
    clock.shift(timedelta(days=10))
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    page = today(cast)
    for words in (
        "You have finished with Elin",
        "Your plan ended on 12 March 2026.",
        "You climbed 1 of 7 rungs",
        "From 2 March 2026 to 2 March 2026.",
        "3 × 12, on 2 days a week",
        f'href="tel:{cast.harbour.phone.replace(" ", "")}"',
        "Call or go now if one of these is new or worse",
    ):
        assert words in page
    assert "<form" not in main(page)


def test_a_drill_is_not_named_to_somebody_who_was_not_cleared(cast: Cast) -> None:
    screening_verbs.screen(
        patient=cast.maya, by=cast.elin, outcome="not_cleared", words="Sent to a doctor."
    )
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    assert "How to keep it" not in today(cast)


def test_somebody_who_never_had_a_plan_reads_whom_to_call(cast: Cast) -> None:
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    page = text(phone_of(cast.tomas).get(reverse("today")))
    assert "You have finished with Elin" in page
    assert "You climbed" not in page


def test_a_whole_ladder_climbed_is_said_so(cast: Cast) -> None:
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    plan_verbs.set_goal(plan=cast.plan, by=cast.elin, goal_rung=acts.rung(cast.plan, 2))
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    assert "You climbed all 2 rungs" in today(cast)


def test_taken_on_again_the_first_screen_waits_for_the_plan(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    clock.shift(timedelta(hours=1))
    people_verbs.take_back(patient=cast.maya, by=cast.elin)
    assert "No drill yet" in today(cast)


def test_somebody_never_screened_waits_for_the_questions_with_or_without_a_plan(
    cast: Cast,
) -> None:
    newcomer = factories.patient(cast.elin, screened=False)
    page = text(phone_of(newcomer).get(reverse("today")))
    assert "Your physio checks a few things with you first" in page


def test_the_page_of_the_finished_takes_eight_queries_at_most(cast: Cast) -> None:
    acts.log(cast.plan)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    phone = phone_of(cast.maya)
    with BeforeTheAnswer(connection) as queries:
        phone.get(reverse("today"))
    assert len(queries) <= 8, [query["sql"][:90] for query in queries]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("my_pause", {"reason": "ill", "words": "I am at my sister's."}),
        ("ask_review", {"words": "I am at my sister's."}),
        ("log_day", {"note": "I am at my sister's."}),
    ],
)
def test_a_page_left_open_loses_no_word_and_says_whom_to_call(
    cast: Cast, name: str, said: dict[str, str]
) -> None:
    phone = phone_of(cast.maya)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    before = acts.everything()
    where = reverse(name, args=[cast.harbour.today()] if name == "log_day" else [])
    answer = phone.post(where, said)
    page = text(answer)
    assert answer.status_code == 422
    for words in ("Nothing was saved", "You have finished with Elin", "I am at my sister's."):
        assert words in page
    assert f"Call the clinic, {cast.harbour.phone}" in page
    assert acts.everything() == before
    assert phone.get(reverse("ask_review")).status_code == 405


def test_who_has_finished_sets_no_pin(cast: Cast) -> None:
    links.issue(cast.maya.user, by=cast.elin)
    phone = phone_of(User.objects.get(pk=cast.maya.user_id).patient)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    page = text(phone.get(reverse("pin")))
    assert "no PIN can be set now" in page
    assert "<form" not in main(page)
    answer = phone.post(reverse("pin"), {"pin": "4711"})
    assert answer.status_code == 422
    assert not PhoneLink.objects.exclude(pin_hash="").exists()
    with pytest.raises(Refused, match="no PIN can be set now"):
        links.set_pin(User.objects.get(pk=cast.maya.user_id), "4711")

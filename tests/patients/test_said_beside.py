"""What somebody reads beside a question or a decision: muscle ache that does not count, the signs
of an emergency in plain words, and what is true of a patient wherever a clinician decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from curriculum import screening as content
from patients.verbs import screening as screening_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text
from tests.patients.phone import phone_of, words_of

ACHE = "sore muscles in buttocks or back of the thighs do not count"
#: As people with these signs say them.
SIGNS = [
    "Toilet paper feels different when you wipe",
    "around your private parts or your bottom hole",
    "Sex feels different",
    "hard to start or stop peeing, you cannot feel it, you leak",
    "You cannot hold your poo or feel it come",
    "A leg gets weak, a foot drags",
    "numbness in both legs",
    "sudden tearing pain in tummy and back",
    "One calf swollen, red or hot",
    "You had cancer",
    "bleeding, fluid or contractions",
]


def test_sore_muscles_make_nobody_tell_pain_with_the_log_or_the_morning_after(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    sheet = reverse("today") + "?drill"
    assert ACHE in words_of(phone_of(cast.maya).get(sheet)).lower()
    acts.log(cast.plan, pain=5)
    clock.shift(timedelta(days=1))
    page = words_of(phone_of(cast.maya).get(reverse("today"))).lower()
    assert ACHE in page.partition("how did it settle")[2]


def test_who_is_afraid_finds_their_own_sign_in_get_help(cast: Cast) -> None:
    page = text(phone_of(cast.maya).get(reverse("get_help")))
    assert [sign for sign in SIGNS if sign not in page] == []


@pytest.mark.parametrize("name", ["chart", "assess", "place", "prescribe"])
def test_nobody_places_or_prescribes_without_the_precautions_in_sight(
    cast: Cast, name: str
) -> None:
    thin = dict.fromkeys(content.red_flags(), "no") | {"osteoporosis": "yes"}
    notes = {"osteoporosis": "Told in 2021"}
    screening_verbs.screen(patient=cast.maya, by=cast.elin, items=thin, notes=notes)
    of_plan = name in {"place", "prescribe"}
    address = reverse(name, args=[cast.plan.pk if of_plan else cast.maya.pk])
    page = text(browser(cast.elin).get(address))
    assert "Precautions:" in page
    assert f"{content.precautions()['osteoporosis'].label} (Told in 2021)" in page

"""About your ladder: what it is for, what pain and soreness mean, in every state and never with a
drill."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.urls import reverse

from accounts.models import Clinic
from curriculum.about import sections
from curriculum.models import Drill
from patients.models import Patient
from patients.verbs import pain_limits as limit_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import screening as screening_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser
from tests.patients.phone import phone_of, words_of
from tests.patients.precautions import NOTHING_NEW
from tests.patients.telling import told


def about(patient: Patient) -> str:
    return words_of(phone_of(patient).get(reverse("about_ladder")))


def _finished(cast: Cast) -> Patient:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    return cast.maya


def _not_cleared(cast: Cast) -> Patient:
    items = NOTHING_NEW | {"saddle": "yes"}
    screening_verbs.screen(
        patient=cast.maya,
        by=cast.elin,
        items=items,
        outcome="not_cleared",
        words="Sent to the emergency department.",
    )
    return cast.maya


def _stopped(cast: Cast) -> Patient:
    acts.log(cast.plan, pain=9)
    return cast.maya


def _urgent(cast: Cast) -> Patient:
    told(cast.maya, "saddle")
    return cast.maya


def _paused(cast: Cast) -> Patient:
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user, reason="ill")
    return cast.maya


STATES: dict[str, Callable[[Cast], Patient]] = {
    "practise": lambda cast: cast.maya,
    "no_plan": lambda cast: cast.tomas,
    "finished": _finished,
    "not_cleared": _not_cleared,
    "stopped": _stopped,
    "urgent": _urgent,
    "paused": _paused,
}


@pytest.mark.parametrize("state", STATES)
def test_it_can_be_read_in_every_state_and_shows_no_drill(cast: Cast, state: str) -> None:
    patient = STATES[state](cast)
    today = phone_of(patient).get(reverse("today"))
    assert today.context["today"].state.value == state
    page = about(patient)
    assert ("Bending your back is fine" in page) is (state != "no_plan")
    assert "How a rung opens" in page
    assert "Sore muscles are something else" in page
    assert "One sign is enough" in page or "One is enough" in page
    names = [name for names in Drill.objects.values_list("plain_name", "name") for name in names]
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", page)] == []
    assert "<figure" not in page


#: The patient's parts of the shipped guide.
GUIDE = ("How to start", "How to move", "Where you end", "Where you use it")
MOVES = {"practise", "paused"}


@pytest.mark.parametrize("state", STATES)
def test_how_the_movement_goes_is_read_only_while_somebody_may_do_it(
    cast: Cast, state: str
) -> None:
    page = about(STATES[state](cast))
    assert [title in page for title in GUIDE] == [state in MOVES] * len(GUIDE)
    assert ("Small children lift like this" in page) is (state in MOVES)
    assert "Choosing drills" not in page
    assert "Russell" not in page


def test_whoever_finished_reads_it_unless_something_waits(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.log(cast.plan, level=acts.level(cast.plan, 2), pain=1)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    assert GUIDE[0] in about(cast.maya)
    told(cast.maya, "saddle")
    assert GUIDE[0] not in about(cast.maya)


@pytest.mark.parametrize("state", [state for state in STATES if state != "urgent"])
def test_today_leads_to_it_in_every_state_but_the_urgent_one(cast: Cast, state: str) -> None:
    page = words_of(phone_of(STATES[state](cast)).get(reverse("today")))
    assert f'href="{reverse("about_ladder")}"' in page


def test_the_ladder_and_get_help_lead_to_it_and_it_leads_to_the_list_of_the_open_rung(
    cast: Cast,
) -> None:
    phone = phone_of(cast.maya)
    for name in ("ladder", "get_help"):
        assert f'href="{reverse("about_ladder")}"' in words_of(phone.get(reverse(name)))
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert "What Elin looks for on rung 2" in about(cast.maya)
    assert 'id="looks-for"' in words_of(phone.get(reverse("ladder")))
    acts.log(cast.plan, level=acts.level(cast.plan, 2), pain=9)
    assert "looks for on rung" not in about(cast.maya)


def test_whom_to_call_stands_above_it_in_get_help(cast: Cast) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(emergency_number="112")
    page = words_of(phone_of(cast.maya).get(reverse("get_help")))
    link = page.index(reverse("about_ladder"))
    assert page.index('href="tel:112"') < page.index("Call or go now") < link


def test_the_numbers_are_those_that_hold_for_the_reader(cast: Cast) -> None:
    assert "Pain of 0 to 3 of 10 is fine. So is your usual pain, while it is below 8." in about(
        cast.maya
    )
    Clinic.objects.filter(pk=cast.harbour.pk).update(pain_fine_to=2, pain_high=7)
    assert "Pain of 0 to 2 of 10 is fine. So is your usual pain, while it is below 7." in about(
        cast.maya
    )
    limit_verbs.set_own(patient=cast.maya, by=cast.elin, fine_to=5, stop_from=8, reason="Steady 6.")
    page = about(cast.maya)
    assert "For you, pain of 0 to 5 of 10 is fine. Elin set this with you." in page
    assert "usual pain, while" not in page


def test_the_clinic_reads_the_same_with_the_sources_and_what_is_its_own(cast: Cast) -> None:
    page = words_of(browser(cast.elin).get(reverse("about_ladder")))
    for part in sections("hip-hinge"):
        assert f"<h2>{part.title}</h2>" in page
    assert "Sources: Russell, Bodyweight tutorial, Saraceni 2020." in page
    assert "Clinic default</span> The number of days." in page
    assert "Your physio watches you and ticks the list." in page
    patient = about(cast.maya)
    assert "Saraceni" not in patient
    assert "Clinic default" not in patient


def test_the_library_leads_to_it_and_names_studies_and_references_in_full(cast: Cast) -> None:
    page = words_of(browser(cast.elin).get(reverse("library_ladder", args=["hip-hinge"])))
    assert f'href="{reverse("about_ladder")}?ladder=hip-hinge"' in page
    for words in (
        "Exploring the deadlift. Strength and Conditioning Journal 32(2), 46-51.",
        "British Journal of Sports Medicine 49(5), 291.",
        "<b>Saraceni 2020</b>, <cite>To flex or not to flex?",
        "JOSPT 50(3), 121-130 (review, 12 studies).",
    ):
        assert words in page

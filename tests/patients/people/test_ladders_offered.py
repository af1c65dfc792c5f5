"""An owner stops offering a ladder: nobody new gets it, and whoever is on it goes on."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import staff
from accounts.models import Event, Role, User
from curriculum.models import Ladder
from patients.models import NotePart, NotOffered, Patient, Plan
from patients.standing.ladders_offered import offered
from patients.verbs import gate, ladder_offers, take_up
from patients.verbs import people as people_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.people.test_first_visit import CLEAR, keep, press, shown
from tests.patients.people.test_first_visit import page as step_page

WHY_NOT = "Hip hinge is offered to nobody new: Petra P. said so on"


def hinge() -> Ladder:
    return factories.newest()


def squat() -> Ladder:
    return Ladder.objects.newest().get(slug="sit-to-stand")


def keep_back(cast: Cast, ladder: Ladder) -> Any:
    return browser(cast.petra).post(reverse("ladder_keep_back", args=[ladder.slug]), follow=True)


def assign_page(who: User, patient: Patient) -> str:
    return text(browser(who).get(reverse("assign", args=[patient.pk])))


def choice(ladder: Ladder) -> str:
    return f'name="ladder" value="{ladder.pk}"'


@pytest.fixture
def astrid(cast: Cast) -> Patient:
    """Her first visit has begun."""
    client = browser(cast.elin)
    client.post(reverse("patient_new"), {"name": "Astrid Alm", "lead": cast.elin.pk})
    return Patient.objects.get(name="Astrid Alm")


def test_one_press_takes_a_ladder_from_both_pages_and_another_brings_it_back(
    cast: Cast, astrid: Patient
) -> None:
    assert _offers_the_hinge(cast, astrid)
    page = text(keep_back(cast, hinge()))
    assert "Offered to nobody new" in page
    assert "1 patient is on it, and goes on whatever is offered." in page
    assert "offered to nobody new" in text(browser(cast.elin).get(reverse("library")))
    assert not _offers_the_hinge(cast, astrid)
    assert '<optgroup label="Hip hinge">' not in assign_page(cast.elin, cast.tomas)
    back = browser(cast.petra).post(reverse("ladder_offer", args=["hip-hinge"]), follow=True)
    assert "Hip hinge is offered again." in text(back)
    assert _offers_the_hinge(cast, astrid)
    kinds = Event.objects.filter(actor=cast.petra, kind__startswith="ladder")
    assert [event.kind for event in kinds.order_by("pk")] == ["ladder_kept_back", "ladder_offered"]


def _offers_the_hinge(cast: Cast, astrid: Patient) -> bool:
    """Whether both pages do; they agree."""
    pages = (assign_page(cast.elin, cast.tomas), shown(cast.elin, "story", astrid))
    (offers,) = {choice(hinge()) in page for page in pages}
    return offers


def test_whoever_is_on_it_goes_on(cast: Cast) -> None:
    keep_back(cast, hinge())
    acts.tick_all(cast.plan, 1, cast.elin)
    acts.decide(cast.plan, 1, cast.elin)
    assert acts.passed(cast.plan) == [1]
    newer = ladders.next_edition(cast.plan.ladder)
    client = browser(cast.elin)
    client.post(reverse("move", args=[cast.plan.pk]), {})
    assert Plan.objects.get(patient=cast.maya, ended_on=None).ladder == newer


def test_another_clinic_offers_it_all_the_same(cast: Cast) -> None:
    keep_back(cast, hinge())
    assert hinge() in offered(cast.hilltop.pk)
    assert choice(hinge()) in assign_page(cast.ines, factories.patient(cast.ines, "Nora Nord"))


def test_a_request_made_by_hand_is_refused_beside_the_field(cast: Cast) -> None:
    keep_back(cast, hinge())
    address = reverse("assign", args=[cast.tomas.pk])
    typed = {"ladder": hinge().pk, "weekdays": ["1", "4"], "goal": ""}
    answer = browser(cast.elin).post(address, typed)
    assert answer.status_code == 422
    assert WHY_NOT in text(answer)
    assert 'value="4" id="id_weekdays_4" checked' in text(answer)
    assert cast.tomas.running_plan() is None
    older = ladders.next_edition(hinge())
    with refused("not_offered"):
        gate.assign(patient=cast.tomas, ladder=older, by=cast.elin)


def test_a_first_visit_that_was_begun_before_asks_for_the_ladder_anew(
    cast: Cast, astrid: Patient
) -> None:
    """Also where one ladder is left: nobody gets another one than was meant, unsaid."""
    keep(cast.elin, "story", astrid, ladder=str(hinge().pk), reason="Bends badly.")
    keep_back(cast, hinge())
    page = shown(cast.elin, "story", astrid)
    assert WHY_NOT in page
    assert "Bends badly." in page
    assert "checked" not in page.partition(choice(squat()))[2].partition(">")[0]
    for typed, why in (
        ({"ladder": ""}, "Choose a ladder."),
        ({"ladder": hinge().pk}, WHY_NOT),
    ):
        sent = press(cast.elin, "story", astrid, **CLEAR, **typed, reason="Bends badly.")
        assert sent.status_code == 422
        assert why in text(sent)
        assert "Bends badly." in text(sent)
    assert not Plan.objects.filter(patient=astrid).exists()


def test_a_page_that_asks_for_no_ladder_names_the_one_that_is_offered_and_means_it(
    cast: Cast, astrid: Patient
) -> None:
    keep_back(cast, hinge())
    page = shown(cast.elin, "story", astrid)
    assert f"Ladder: <b>{squat()}</b>" in page
    sent = re.search(r'<input type="hidden" name="ladder" value="(\d+)">', page)
    assert sent is not None
    answer = press(cast.elin, "story", astrid, **CLEAR, ladder=sent.group(1))
    assert answer["Location"] == step_page("see", astrid)
    assert astrid.running_plan().ladder == squat()  # type: ignore[union-attr]


def test_the_one_ladder_of_a_page_does_not_become_another_when_the_offer_changes(
    cast: Cast, astrid: Patient
) -> None:
    keep_back(cast, hinge())
    meant = squat().pk
    browser(cast.petra).post(reverse("ladder_offer", args=["hip-hinge"]))
    keep_back(cast, squat())
    answer = press(cast.elin, "story", astrid, **CLEAR, ladder=meant)
    assert answer.status_code == 422
    assert "is offered to nobody new" in text(answer)
    assert astrid.running_plan() is None


@pytest.mark.parametrize("kept", [True, False])
def test_a_page_that_says_no_ladder_asks_for_one(cast: Cast, astrid: Patient, kept: bool) -> None:
    if kept:
        keep_back(cast, hinge())
    client = browser(cast.elin)
    answer = client.post(step_page("story", astrid), CLEAR | {"reason": "Bends badly."})
    assert answer.status_code == 422
    assert "Choose a ladder." in text(answer)
    assert "Bends badly." in text(answer)
    assert choice(squat()) in text(answer)
    assert astrid.running_plan() is None


def test_another_owner_offers_it_again_when_the_first_is_an_owner_no_more(cast: Cast) -> None:
    second = factories.owner(cast.harbour, "Pia Pohl", email="pia@harbour.example")
    keep_back(cast, hinge())
    staff.amend(user=cast.petra, by=second, email="petra@harbour.example", role=Role.CLINICIAN)
    answer = browser(second).post(reverse("ladder_offer", args=["hip-hinge"]), follow=True)
    assert "Hip hinge is offered again." in text(answer)
    assert hinge() in offered(cast.harbour.pk)


def test_the_last_one_stays_offered(cast: Cast) -> None:
    keep_back(cast, squat())
    answer = browser(cast.petra).post(reverse("ladder_keep_back", args=["hip-hinge"]))
    assert answer.status_code == 422
    assert "Hip hinge is the only ladder that is offered." in text(answer)
    assert [one.slug for one in offered(cast.harbour.pk)] == ["hip-hinge"]


def test_only_an_owner_decides_it_and_twice_is_once(cast: Cast) -> None:
    for nobody in (cast.elin, cast.maya.user):
        with refused("not_a_colleague"):
            ladder_offers.stop_offering(ladder=hinge(), by=nobody)
    assert "Offer it to nobody new" not in _ladder_page(browser(cast.elin))
    for _again in range(2):
        ladder_offers.stop_offering(ladder=hinge(), by=cast.petra)
    assert NotOffered.objects.count() == 1
    assert "Offer it again" not in _ladder_page(browser(cast.elin))
    for _again in range(2):
        ladder_offers.offer_again(ladder=hinge(), by=cast.petra)
    row = NotOffered.objects.get()
    assert (row.by, row.back_by) == (cast.petra, cast.petra)


def _ladder_page(client: Client) -> str:
    return text(client.get(reverse("library_ladder", args=["hip-hinge"])))


def test_who_knows_it_takes_it_up_again_with_a_word_for_the_record(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    take_up.set_aside(plan=cast.plan, by=cast.elin, reason="The knee first.")
    keep_back(cast, hinge())
    client = browser(cast.elin)
    address = reverse("take_up", args=[cast.plan.pk])
    assert f'href="{address}"' in chart(client, cast.maya)
    assert "Petra P. decided on" in text(client.get(address))
    empty = client.post(address, {"word": " "})
    assert empty.status_code == 422
    assert "Hip hinge is offered to nobody new. Write why" in text(empty)
    assert cast.maya.running_plan() is None
    assert client.post(address, {"word": "Halfway up."}).status_code == 303
    again = cast.maya.running_plan()
    assert again is not None
    assert acts.passed(again) == [1]
    note = cast.maya.record_notes.get()
    assert (note.text, note.part, note.by) == ("Halfway up.", NotePart.DECIDED, cast.elin)


def test_a_discharge_by_mistake_is_undone_without_a_word(cast: Cast) -> None:
    keep_back(cast, hinge())
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    people_verbs.take_back(patient=cast.maya, by=cast.elin)
    assert cast.maya.running_plan() is not None

"""The person in the pictures: a patient chooses who shows the drills, and sees them everywhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curriculum.figures import people
from curriculum.figures.people import Person
from law.erasing.erase import erase
from patients.forms.drawn import PRESETS
from patients.models import DrawnPerson, Patient
from patients.models import drawn as models
from patients.rules.refusals import Refused
from patients.verbs import drawn as drawn_verbs
from patients.verbs import people as people_verbs
from tests.cast import Cast
from tests.patients.phone import phone_of

SCARF = "hf-skin-4 hf-hair-black hf-top-blue"


def _choose(client: Client, **fields: Any) -> Any:
    return client.post(reverse("my_person"), fields)


def _looks(page: str) -> set[str]:
    """The colours of the people in a page's pictures."""
    return set(re.findall(r'class="hf((?: hf-[\w-]+)*)"', page))


def _page(client: Client, name: str, *args: Any) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_who_is_chosen_shows_the_drills_on_every_page_and_on_the_printed_sheet(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    assert SCARF not in _page(phone, "today")
    assert _choose(phone, preset="headscarf").status_code == 303
    for page in (_page(phone, "today"), _page(phone, "ladder")):
        assert _looks(page) == {f" {SCARF}"}
        assert 'class="sc"' in page
    clinic = Client()
    clinic.force_login(cast.elin)
    assert _looks(_page(clinic, "handout", cast.maya.pk)) == {f" {SCARF}"}


def test_the_clinic_sees_who_it_saw_before_and_another_patient_does_too(cast: Cast) -> None:
    _choose(phone_of(cast.maya), preset="headscarf")
    clinic = Client()
    clinic.force_login(cast.elin)
    assert SCARF not in _page(clinic, "chart", cast.maya.pk)
    assert SCARF not in _page(clinic, "prescribe", cast.plan.pk)
    assert not DrawnPerson.objects.exclude(patient=cast.maya).exists()


def test_part_by_part_is_kept_as_it_was_chosen_and_shown_in_the_form_again(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    parts: dict[str, Any] = {
        "build": "broad",
        "hair": "sides",
        "hair_colour": "white",
        "skin": "6",
        "clothes": "shorts",
        "top": "ochre",
    }
    assert _choose(phone, **parts, glasses="on").status_code == 303
    assert DrawnPerson.objects.get().person == Person(**parts, glasses=True)
    page = _page(phone, "my_person")
    assert page.count(" selected>") == 6
    assert "checked" in page
    assert "Only at the sides" in page


def test_different_people_show_the_drills_again_and_nothing_is_left_of_the_choice(
    cast: Cast,
) -> None:
    phone = phone_of(cast.maya)
    _choose(phone, preset="turban")
    _choose(phone, preset="different")
    assert not DrawnPerson.objects.exists()
    assert not any("hf-skin" in person for person in _looks(_page(phone, "today")))
    assert "Different people show you the drills." in _page(phone, "my_person")


@pytest.mark.parametrize("field", ["build", "hair", "hair_colour", "skin", "clothes", "top"])
@pytest.mark.both
def test_what_nobody_can_draw_is_refused_with_a_sentence(cast: Cast, field: str) -> None:
    phone = phone_of(cast.maya)
    parts = {
        "build": "slim",
        "hair": "bun",
        "hair_colour": "red",
        "skin": "1",
        "clothes": "tee",
        "top": "plum",
    }
    answer = _choose(phone, **(parts | {field: "dragon"}))
    assert answer.status_code == 422
    assert b"dragon is not one of the available choices" in answer.content
    assert not DrawnPerson.objects.exists()
    DrawnPerson.objects.create(patient=cast.maya, **parts)
    with pytest.raises(IntegrityError), transaction.atomic():
        DrawnPerson.objects.update(**{field: "dragon"[:1]})


def test_nobody_chooses_for_somebody_else(cast: Cast) -> None:
    for by in (cast.elin, cast.tomas.user):
        with pytest.raises(Refused) as refused:
            drawn_verbs.choose(patient=cast.maya, person=Person(), by=by)
        assert refused.value.code == "not_the_patient"


def test_who_has_finished_keeps_their_pictures_as_they_are(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    _choose(phone, preset="bun")
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    assert "Choose somebody" not in _page(phone, "my_person")
    assert _choose(phone, preset="curls").status_code == 422
    assert DrawnPerson.objects.get().hair == "bun"


def test_who_is_erased_leaves_no_choice_behind(cast: Cast) -> None:
    _choose(phone_of(cast.maya), preset="headscarf")
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    erase(
        patient=Patient.objects.get(pk=cast.maya.pk),
        by=None,
        typed=cast.maya.number or cast.maya.name,
        why="Asked for it.",
    )
    assert not DrawnPerson.objects.exists()


def test_today_needs_no_query_for_who_is_drawn(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    rows = Patient.objects.select_related("drawn_as")

    def asked() -> list[str]:
        phone.get(reverse("today"))
        with CaptureQueriesContext(connection) as queries:
            phone.get(reverse("today"))
        return [query["sql"] for query in queries if "FROM" in query["sql"]]

    before = asked()
    _choose(phone, preset="curls")
    assert rows.get(pk=cast.maya.pk).drawn_as.hair == "curls"
    assert len(asked()) == len(before)
    assert not [sql for sql in asked() if 'FROM "patients_drawnperson"' in sql]


def test_what_can_be_chosen_is_what_can_be_drawn() -> None:
    assert tuple(models.Build.values) == people.BUILDS
    assert tuple(models.Hair.values) == people.HAIRS
    assert tuple(models.Clothes.values) == people.CLOTHES
    assert models.Skin.values == list(people.SKINS)
    assert models.HairColour.values == list(people.HAIR_COLOURS)
    assert models.Top.values == list(people.TOPS)
    pictures = {
        Template("{% load figures %}{% person_picture one %}").render(Context({"one": one.person}))
        for one in PRESETS.values()
    }
    assert len({re.sub(r"fig-\w+", "", picture) for picture in pictures}) == len(PRESETS)

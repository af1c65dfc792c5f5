"""What staff find on the shelf of drills, and what a drill's page and a ladder's page tell them."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client

from curriculum.models import Drill, Ladder
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import text
from tests.queries import BeforeTheAnswer


@pytest.fixture
def elin(cast: Cast) -> Client:
    """The browser of a clinician who is signed in."""
    client = Client()
    client.force_login(cast.elin)
    return client


def found(page: bytes) -> list[str]:
    """Slugs of the drills on the shelf, in order."""
    return re.findall(r'<h2><a href="/drills/([a-z-]+)/">', page.decode())


def shelf(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/drills/?{query}")
    assert response.status_code == 200
    return found(response.content)


def test_the_shelf_holds_every_drill_from_the_first_rung_up_and_what_is_beside_it_last(
    elin: Client,
) -> None:
    drills = shelf(elin)
    assert len(drills) == Drill.objects.count() == 35
    assert drills[:4] == ["dowel-hinge", "butt-tap", "bench-in-front", "stool-in-front"]
    assert drills[-4:] == ["kettlebell-swing", "high-box-step", "squat", "deadlift"]


@pytest.mark.parametrize(
    ("query", "drills"),
    [
        (
            "load=band",
            [
                "tall-kneel-raise-band",
                "dowel-banded-hinge",
                "banded-hinge",
                "banded-pull-through",
            ],
        ),
        (
            "rung=hip-hinge/bench-behind",
            [
                "bench-behind",
                "plain-hinge",
                "free-hinge",
                "double-leg-bridge",
                "tall-kneel-raise",
                "lat-engagement",
            ],
        ),
        ("equipment=rolling-stool", ["stool-in-front"]),
        ("fault=over-arches", ["double-leg-bridge", "tall-kneel-raise"]),
        (
            "fault=squats-the-hinge",
            ["stool-in-front", "bench-in-front", "bench-behind", "banded-hinge"],
        ),
        ("q=suitcase", ["suitcase-deadlift"]),
        ("q=STICK+free", ["plain-hinge"]),
        ("q=deadlift&load=one-leg", []),
        ("load=weight&equipment=barbell", ["romanian-deadlift", "deadlift"]),
    ],
)
def test_staff_find_drills_by_load_rung_fault_equipment_and_words(
    elin: Client, query: str, drills: list[str]
) -> None:
    assert shelf(elin, query) == drills


def test_a_fault_says_what_is_seen_and_why_each_drill_helps_with_whose_word_that_is(
    elin: Client,
) -> None:
    page = elin.get("/drills/?fault=upper-back-rounds").content.decode()
    assert "The dowel leaves the back of the head." in page
    assert "Three places on the stick bring the upper back into line." in page
    assert re.search(r"bring the upper back into line\..{0,40}\(Miller\)", page, re.DOTALL)
    assert re.search(r"help to hold the upper back\..{0,40}\(clinic default\)", page, re.DOTALL)


def test_nothing_found_leads_back_to_every_drill(elin: Client) -> None:
    page = elin.get("/drills/?q=trampoline").content.decode()
    assert "No drill fits all of this." in page
    assert '<a href="/drills/">Show every drill</a>' in page


@pytest.mark.parametrize(
    "query",
    [
        "load=bricks",
        "rung=moon",
        "fault=none-such",
        "equipment=rope",
        "q=" + "a" * 10_000,
        "q=%00",
        "fault=%00",
    ],
)
def test_a_filter_that_does_not_exist_is_refused_with_a_sentence(elin: Client, query: str) -> None:
    response = elin.get(f"/drills/?{query}")
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert found(response.content) == []


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "🏋️ lift", "ملعقة", "100%_", "'; DROP TABLE"]
)
def test_whatever_is_typed_is_kept_and_shown_as_text(elin: Client, words: str) -> None:
    response = elin.get("/drills/", {"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert response.context["filters"]["q"].value() == words


def test_typing_brings_the_shelf_alone_and_the_same_address_the_whole_page(elin: Client) -> None:
    part = elin.get("/drills/?q=bridge", headers={"HX-Request": "true"})
    whole = elin.get("/drills/?q=bridge")
    assert found(part.content) == found(whole.content) == ["double-leg-bridge"]
    assert part.content.decode().lstrip().startswith("<section")
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()


def test_a_drills_page_says_all_that_is_known_about_it(elin: Client) -> None:
    page = elin.get("/drills/butt-tap/").content.decode()
    for words in [
        "Wall taps",
        "Cannot shift weight backward",
        "Send your hips back, and pinch your fingers if they lie in the creases.",
        "Your heels lift.",
        "15 cm (6 in) from heel to wall",
        "2&nbsp;×&nbsp;10",
        "As in the source",
        "10 taps in a row that touch without leaning: the wall takes no weight.",
        "Brooke Miller, PT, DPT, OCS",
        "Clinic default",
        "Miller starts at 1 to 2 in",
        "No weight shift",
    ]:
        assert words in page, words


@pytest.mark.parametrize("slug", ["lat-engagement", "squat", "single-arm-lift", "warrior-hinge"])
def test_helpers_and_drills_beside_the_ladder_have_their_page_too(elin: Client, slug: str) -> None:
    drill = Drill.objects.get(slug=slug)
    page = elin.get(f"/drills/{slug}/").content.decode()
    assert drill.name in page
    assert drill.when_to_use in page


@pytest.mark.parametrize(
    ("slug", "where"),
    [
        ("kettlebell-deadlift", "Hip hinge: rung 6"),
        ("lat-engagement", "Hip hinge: helper on rungs 1 to 6"),
        ("wall-touch", "Hip hinge: helper on rungs 1 and 2"),
        ("squat", "Beside the ladder"),
    ],
)
def test_a_drill_says_where_it_stands_on_the_shelf_and_on_its_page(
    elin: Client, slug: str, where: str
) -> None:
    assert f"<p>{where}</p>" in elin.get("/drills/").content.decode()
    assert f">{where}</p>" in elin.get(f"/drills/{slug}/").content.decode()


def test_a_drill_leads_to_ones_own_patients_on_its_rung_and_to_their_dose_and_handout(
    elin: Client, cast: Cast
) -> None:
    level = acts.level(cast.plan)
    page = elin.get("/drills/dowel-hinge/").content.decode()
    assert "Maya Roos" in page
    assert f"/plans/{cast.plan.pk}/prescribe/?level={level.pk}" in page
    for address in (f"/plans/{cast.plan.pk}/prescribe/", f"/patients/{cast.maya.pk}/handout/"):
        assert elin.get(address, {"level": level.pk}).status_code == 200
    assert "Noor" not in page
    assert "None of your patients is on it now." in elin.get("/drills/butt-tap/").content.decode()
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert "Maya Roos" in elin.get("/drills/butt-tap/").content.decode()


def test_a_drill_names_a_few_patients_and_leads_to_the_list_of_all(
    elin: Client, cast: Cast
) -> None:
    for number in range(9):
        factories.plan(factories.patient(cast.elin, name=f"Person {number}"))
    page = elin.get("/drills/dowel-hinge/").content.decode()
    assert page.count("/handout/?level=") == 8
    assert "/caseload/?rung=hip-hinge/dowel-hinge" in page


def test_every_drill_on_the_shelf_has_a_page(elin: Client) -> None:
    assert {elin.get(f"/drills/{slug}/").status_code for slug in shelf(elin)} == {200}


def test_a_drill_that_does_not_exist_is_not_found(elin: Client) -> None:
    assert elin.get("/drills/handstand/").status_code == 404
    assert elin.get("/ladders/handstand/").status_code == 404


def test_the_ladders_page_shows_every_gate_with_whose_word_each_criterion_is(
    elin: Client,
) -> None:
    page = text(elin.get("/ladders/hip-hinge/"))
    for rung in factories.newest().rungs.prefetch_related("criteria"):
        assert all(criterion.text in page for criterion in rung.criteria.all())
    assert "What patients read about the ladder" in page
    assert "All about the Hip Hinge" in page
    assert "Sources: Miller, Russell, St. George, Bodyweight tutorial, physio fit." in page


def test_only_the_newest_edition_is_on_the_shelf(elin: Client, curriculum: Ladder) -> None:
    newer = Ladder.objects.create(
        slug="hip-hinge",
        edition=9,
        name="Hip hinge",
        digest="-",
        published_at=curriculum.published_at,
    )
    assert "Edition 9" in elin.get("/ladders/hip-hinge/").content.decode()
    newer.delete()
    assert "Edition 2" in elin.get("/ladders/hip-hinge/").content.decode()


@pytest.mark.parametrize("address", ["/drills/", "/drills/butt-tap/", "/ladders/hip-hinge/"])
def test_a_patient_is_told_that_the_library_is_for_staff_and_a_stranger_signs_in(
    cast: Cast, address: str
) -> None:
    client = Client()
    assert client.get(address).status_code == 302
    client.force_login(cast.maya.user)
    refused = client.get(address)
    assert refused.status_code == 403
    assert "This page is for the clinic’s staff." in refused.content.decode()


@pytest.mark.parametrize("address", ["/drills/", "/drills/butt-tap/", "/ladders/hip-hinge/"])
def test_the_library_is_only_read(elin: Client, address: str) -> None:
    assert elin.post(address).status_code == 405


@pytest.mark.parametrize(
    ("address", "bound"),
    [
        ("/drills/", 12),
        ("/drills/?fault=over-arches&rung=hip-hinge/dowel-hinge", 14),
        ("/drills/butt-tap/", 14),
        ("/ladders/hip-hinge/", 9),
    ],
)
def test_pages_ask_the_database_a_bounded_number_of_times(
    elin: Client, address: str, bound: int
) -> None:
    elin.get(address)
    with BeforeTheAnswer(connection) as queries:
        elin.get(address)
    assert len(queries) <= bound, [query["sql"][:90] for query in queries]

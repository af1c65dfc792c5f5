"""Whose patients a caseload shows, while everybody is there and while a colleague is away."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from accounts import staff
from accounts.models import User
from tests import factories
from tests.cast import Cast
from tests.patients.caseloads import asked, listed
from tests.patients.clinic_pages import browser, text
from tests.queries import BeforeTheAnswer

MAYA = "Maya Roos"
OLLE = "Olle Olsson"


@pytest.fixture
def olle(cast: Cast) -> None:
    factories.patient(cast.omar, OLLE)


def cover(absent: User, by: User, days: int = 3) -> None:
    until = by.clinic.today() + timedelta(days=days)
    staff.set_cover(by=by, absent=absent, cover=by, until=until)


@pytest.mark.usefixtures("olle")
def test_the_patients_of_one_colleague_are_listed_alone(cast: Cast) -> None:
    assert listed(cast.elin, who=str(cast.omar.pk)) == [OLLE]
    assert OLLE not in listed(cast.elin)
    assert {MAYA, OLLE} <= set(listed(cast.elin, who="clinic"))


@pytest.mark.usefixtures("olle")
def test_who_stands_in_finds_those_patients_among_their_own_and_reads_whose_they_are(
    cast: Cast,
) -> None:
    cover(cast.omar, cast.elin)
    assert {MAYA, OLLE} <= set(listed(cast.elin))
    page = text(asked(cast.elin))
    assert f"You stand in for {cast.omar.name} until" in page
    assert f"Lead: {cast.omar.name}." in page
    assert OLLE not in listed(cast.petra)


@pytest.mark.usefixtures("olle")
def test_after_the_last_day_they_are_the_colleagues_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    cover(cast.omar, cast.elin)
    clock.shift(timedelta(days=3))
    assert OLLE in listed(cast.elin)
    clock.shift(timedelta(days=1))
    assert OLLE not in listed(cast.elin)
    assert "Nobody stands in for" in text(asked(cast.elin, who=str(cast.omar.pk)))


@pytest.mark.usefixtures("olle")
def test_the_others_read_who_stands_in(cast: Cast) -> None:
    cover(cast.omar, cast.elin)
    page = text(asked(cast.petra, who=str(cast.omar.pk)))
    assert f"{cast.elin.name} stands in for {cast.omar.name} until" in page


@pytest.mark.parametrize("who", ["ines", "maya", "0", "x", "99999999999999999999"])
def test_what_names_no_colleague_shows_ones_own(cast: Cast, who: str) -> None:
    key = {"ines": cast.ines.pk, "maya": cast.maya.user.pk}.get(who, who)
    page = asked(cast.elin, who=str(key))
    assert MAYA in page.content.decode()
    assert page.context["filters"].who == "mine"


def test_the_list_still_takes_eight_queries(cast: Cast) -> None:
    cover(cast.omar, cast.elin)
    client = browser(cast.elin)
    with BeforeTheAnswer(connection) as queries:
        assert "You stand in for" in text(client.get(reverse("caseload")))
    assert len(queries) <= 8


def test_mine_are_those_i_lead_and_the_clinic_is_everybody_but_another_clinics(cast: Cast) -> None:
    factories.patient(cast.omar, "Olle Own")
    assert listed(cast.omar) == ["Olle Own"]
    assert sorted(listed(cast.omar, who="clinic")) == ["Maya Roos", "Olle Own", "Tomas Tran"]
    assert listed(cast.ines, who="clinic") == ["Noor Nadim"]

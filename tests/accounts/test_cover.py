"""While a clinician is away a colleague stands in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts import staff
from accounts.models import Event, User
from accounts.refusals import Refused
from tests.cast import Cast


def say(who: User, cover: object, until: object) -> Any:
    client = Client()
    client.force_login(who)
    return client.post("/me/cover/", {"cover": cover, "until": until})


def say_for(who: User, absent: User, cover: object, until: object) -> Any:
    client = Client()
    client.force_login(who)
    return client.post(f"/staff/{absent.pk}/cover/", {"cover": cover, "until": until})


def standing(who: User) -> tuple[User | None, date | None]:
    fresh = User.objects.get(pk=who.pk)
    return fresh.cover, fresh.cover_until


def test_a_colleague_stands_in_to_the_last_day_and_not_longer(cast: Cast) -> None:
    until = cast.harbour.today() + timedelta(days=7)
    assert say(cast.elin, cast.omar.pk, until).status_code == 303
    elin = User.objects.get(pk=cast.elin.pk)
    assert elin.covered_by(until) == cast.omar
    assert elin.covered_by(until + timedelta(days=1)) is None


def test_nobody_ends_it(cast: Cast) -> None:
    say(cast.elin, cast.omar.pk, cast.harbour.today())
    assert say(cast.elin, "", "").status_code == 303
    assert standing(cast.elin) == (None, None)


def test_a_colleague_who_left_covers_nobody(cast: Cast) -> None:
    say(cast.elin, cast.omar.pk, cast.harbour.today())
    User.objects.filter(pk=cast.omar.pk).update(is_active=False)
    assert User.objects.get(pk=cast.elin.pk).covered_by(cast.harbour.today()) is None


@pytest.mark.parametrize("who", ["elin", "ines"])
def test_only_a_colleague_of_the_same_clinic_can_cover(cast: Cast, who: str) -> None:
    assert say(cast.elin, getattr(cast, who).pk, cast.harbour.today()).status_code == 422
    assert standing(cast.elin) == (None, None)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [("", "Say until when"), ("2020-01-01", "from today on"), ("soon", "Choose a day, such as")],
)
def test_the_day_must_make_sense(cast: Cast, until: str, sentence: str) -> None:
    response = say(cast.elin, cast.omar.pk, until)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert standing(cast.elin) == (None, None)


def test_a_patient_has_nobody_to_cover_for_them(cast: Cast) -> None:
    assert say(cast.maya.user, cast.elin.pk, cast.harbour.today()).status_code == 403


def test_who_is_ill_need_not_say_it(cast: Cast) -> None:
    until = cast.harbour.today() + timedelta(days=3)
    for colleague in (cast.elin, cast.petra):
        said = say_for(colleague, cast.omar, cast.elin.pk, until)
        assert said.status_code == 303
        assert standing(cast.omar) == (cast.elin, until)
        assert say_for(colleague, cast.omar, "", "").status_code == 303
        assert standing(cast.omar) == (None, None)
    kinds = Event.objects.filter(actor=cast.elin, subject=cast.omar)
    assert kinds.filter(kind="cover_set_for").count() == 2


def test_nobody_stands_in_for_themselves(cast: Cast) -> None:
    refused = say_for(cast.elin, cast.omar, cast.omar.pk, cast.harbour.today())
    assert refused.status_code == 422
    assert standing(cast.omar) == (None, None)


@pytest.mark.parametrize("absent", ["ines", "maya"])
def test_only_for_a_colleague_of_the_same_clinic(cast: Cast, absent: str) -> None:
    person = getattr(cast, absent)
    person = getattr(person, "user", person)
    said = say_for(cast.elin, person, cast.omar.pk, cast.harbour.today())
    assert said.status_code == 404
    assert standing(person) == (None, None)


def test_nobody_stands_in_for_somebody_whose_access_has_ended(cast: Cast) -> None:
    User.objects.filter(pk=cast.omar.pk).update(is_active=False)
    said = say_for(cast.elin, cast.omar, cast.elin.pk, cast.harbour.today())
    assert said.status_code == 404
    omar = User.objects.get(pk=cast.omar.pk)
    with pytest.raises(Refused):
        staff.set_cover(by=cast.elin, absent=omar, cover=cast.elin, until=cast.harbour.today())
    assert standing(cast.omar) == (None, None)

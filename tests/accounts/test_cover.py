"""While a clinician is away a colleague stands in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import Cast


def say(who: User, cover: object, until: object) -> Any:
    client = Client()
    client.force_login(who)
    return client.post("/me/cover/", {"cover": cover, "until": until})


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

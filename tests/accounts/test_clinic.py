"""The owner's page for the clinic: saved whole or not at all, and limits that make sense."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Clinic
from tests.cast import Cast

pytestmark = pytest.mark.django_db
GOOD = {
    "name": "Harbour Physio",
    "phone": "+46 8 123 45",
    "opening_hours": "Monday to Friday 8 to 17",
    "emergency_text": "Call 112.",
    "crisis_number": "90 101",
    "time_zone": "Europe/Oslo",
    "urgent_again_minutes": "90",
    "pain_fine_to": "2",
    "pain_fine_rise_to": "4",
    "pain_stop_from": "5",
    "pain_rise_stop": "4",
    "pain_high": "9",
    "pain_rise_high": "3",
}


def test_what_the_owner_saves_is_what_patients_read(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    assert client.post(reverse("clinic"), GOOD)["Location"] == reverse("clinic")
    cast.harbour.refresh_from_db()
    assert {name: str(getattr(cast.harbour, name)) for name in GOOD} == GOOD
    client.force_login(cast.maya.user)
    page = client.get(reverse("get_help")).content.decode()
    for words in ("Call 112.", "Monday to Friday 8 to 17", "tel:+46812345"):
        assert words in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x" * 10_000),
        ("phone", ""),
        ("phone", "ring us"),
        ("phone", "<b>1234</b>"),
        ("crisis_number", "ring us"),
        ("time_zone", "Mars/Base"),
        ("time_zone", "../etc/passwd"),
        ("emergency_text", "x" * 501),
        ("opening_hours", "x" * 201),
        ("urgent_again_minutes", ""),
        ("urgent_again_minutes", "14"),
        ("urgent_again_minutes", "481"),
        ("urgent_again_minutes", "99999999999999999999"),
        ("pain_fine_to", ""),
        ("pain_fine_to", "-1"),
        ("pain_fine_to", "4.5"),
        ("pain_fine_rise_to", "1"),
        ("pain_fine_rise_to", "5"),
        ("pain_stop_from", "2"),
        ("pain_stop_from", "11"),
        ("pain_rise_stop", "1"),
        ("pain_rise_stop", "6"),
        ("pain_rise_stop", "eleven"),
        ("pain_high", "4"),
        ("pain_high", "99999999999999999999"),
        ("pain_rise_high", "1"),
        ("pain_rise_high", "5"),
    ],
)
def test_nonsense_is_refused_beside_its_field_and_nothing_is_saved(
    cast: Cast, client: Client, field: str, typed: str
) -> None:
    client.force_login(cast.petra)
    answer = client.post(reverse("clinic"), GOOD | {field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert 'value="+46 8 123 45"' in page or field == "phone"
    assert Clinic.objects.get(pk=cast.harbour.pk).time_zone == "Europe/Stockholm"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"pain_fine_to": "5"}, "pain_stop_from", "Stop must begin above the numbers"),
        ({"pain_fine_to": "5"}, "pain_fine_rise_to", "cannot lie below the numbers"),
        ({"pain_fine_rise_to": "5"}, "pain_fine_rise_to", "must lie below the number where stop"),
        ({"pain_high": "4"}, "pain_high", "cannot lie below the number where stop begins"),
        ({"pain_rise_high": "5"}, "pain_rise_high", "cannot need more points above usual"),
        ({"pain_rise_stop": "6"}, "pain_rise_stop", "Choose a number from 2 to 5."),
    ],
)
def test_limits_that_make_no_sense_together_are_refused_with_a_sentence(
    cast: Cast, client: Client, typed: dict[str, str], field: str, sentence: str
) -> None:
    client.force_login(cast.petra)
    answer = client.post(reverse("clinic"), GOOD | typed)
    assert answer.status_code == 422
    assert any(sentence in error for error in answer.context["form"].errors[field])


def test_each_limit_names_its_default_and_where_it_comes_from(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    page = client.get(reverse("clinic")).content.decode()
    for words in (
        *(f"Default {number}" for number in (3, 5, 6, 8, 2, 60)),
        "Silbernagel 2007",
        "Ostelo 2008",
        "clinic default",
    ):
        assert words in page


@pytest.mark.parametrize("who", ["elin", "maya"])
def test_only_the_owner_changes_the_clinic(cast: Cast, client: Client, who: str) -> None:
    person = getattr(cast, who)
    client.force_login(getattr(person, "user", person))
    for answer in (client.get(reverse("clinic")), client.post(reverse("clinic"), GOOD)):
        assert answer.status_code == 403
        assert b"owner of the clinic" in answer.content
    assert Clinic.objects.get(pk=cast.harbour.pk).time_zone == "Europe/Stockholm"


def test_an_owner_changes_no_other_clinic(cast: Cast, client: Client) -> None:
    client.force_login(cast.ines)
    client.post(
        reverse("clinic"), GOOD | {"id": str(cast.harbour.pk), "clinic": str(cast.harbour.pk)}
    )
    assert Clinic.objects.get(pk=cast.harbour.pk).time_zone == "Europe/Stockholm"


@pytest.mark.parametrize(
    "broken",
    [
        {"pain_fine_to": 6, "pain_fine_rise_to": 6},
        {"pain_fine_to": 4, "pain_fine_rise_to": 3},
        {"pain_fine_rise_to": 6},
        {"pain_stop_from": 9},
        {"pain_high": 11},
        {"pain_rise_high": 1},
        {"pain_rise_high": 4},
        {"pain_rise_stop": 6},
    ],
)
def test_the_database_too_refuses_limits_that_make_no_sense(
    cast: Cast, broken: dict[str, int]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.filter(pk=cast.harbour.pk).update(**broken)

"""The owner's page for the clinic: saved whole or not at all, and limits that make sense."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Clinic
from tests.cast import Cast
from tests.patients.phone import phone_of

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(2026, 11, 27, 9, tzinfo=UTC)
GOOD = {
    "name": "Harbour Physio",
    "country": "SE",
    "phone": "+46 8 123 45",
    "emergency_number": "112",
    "advice_name": "Advice from a nurse",
    "advice_number": "1177",
    "opening_hours": "The door closes at 16",
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


def _save(client: Client, **changed: str) -> Any:
    return client.post(reverse("clinic"), GOOD | changed)


def _get_help(cast: Cast) -> str:
    return phone_of(cast.maya).get(reverse("get_help")).content.decode()


def test_what_the_owner_saves_is_what_patients_read(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    assert _save(client)["Location"] == reverse("clinic")
    cast.harbour.refresh_from_db()
    assert {name: str(getattr(cast.harbour, name)) for name in GOOD} == GOOD
    page = _get_help(cast)
    for words in (
        "Call 112.",
        "The door closes at 16",
        "tel:+46812345",
        'tel:112"',
        'tel:1177"',
        "Advice from a nurse",
    ):
        assert words in page


def test_a_number_is_kept_as_its_country_writes_it_and_one_that_is_not_known_is_asked_about(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.petra)
    _save(
        client,
        country="GB",
        phone="+44 (0)20 7946 0000",
        advice_number="020 7946 0001 x12",
        crisis_number="116 123",
    )
    page = client.get(reverse("clinic")).content.decode()
    assert 'value="020 7946 0000"' in page
    assert 'value="020 7946 0001 ext. 12"' in page
    assert "We know no number like" not in page
    assert 'href="tel:+442079460000"' in _get_help(cast)
    _save(client)
    page = client.get(reverse("clinic")).content.decode()
    assert "We know no number like +46 8 123 45 in this country" in page
    assert "We know no number like 90 101" not in page
    _save(client, crisis_number="988")
    page = client.get(reverse("clinic")).content.decode()
    assert "We know no number like 988 in this country" in page


def test_the_country_is_that_of_the_time_zone_unless_the_owner_says_another(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.petra)
    _save(client, country="", time_zone="Europe/London", phone="020 7946 0000")
    assert 'href="tel:+442079460000"' in _get_help(cast)
    _save(client, country="IE", time_zone="Europe/London", phone="01 234 5678")
    assert 'href="tel:+35312345678"' in _get_help(cast)


def test_hours_are_typed_a_weekday_a_line_and_patients_read_whether_somebody_answers(
    cast: Cast, client: Client
) -> None:
    weekdays = {f"open_{day}": "8-12, 13:00 to 5 pm" for day in range(5)}
    christmas = {"first_0": "2026-12-24", "last_0": "2027-01-06", "hours_0": ""}
    eve = {"first_1": "2026-12-23", "hours_1": "8-11"}
    with time_machine.travel(NOVEMBER):
        client.force_login(cast.petra)
        assert _save(client, **weekdays, **christmas, **eve, opening_hours="").status_code == 303
        page = client.get(reverse("clinic")).content.decode()
    assert page.count('value="8-12, 13-17"') == 5
    for value in ("2026-12-24", "2027-01-06", "2026-12-23", "8-11"):
        assert f'value="{value}"' in page
    for now, words in (
        ("2026-11-27T16:59+01:00", "Open now, until 17"),
        ("2026-11-27T17:00+01:00", "Closed now, opens Monday 8"),
        ("2026-12-23T11:00+01:00", "Closed now, opens on Thursday 7 January at 8"),
    ):
        with time_machine.travel(datetime.fromisoformat(now)):
            assert words in _get_help(cast)


def test_days_gone_by_are_dropped_and_an_empty_week_says_nothing(
    cast: Cast, client: Client
) -> None:
    with time_machine.travel(NOVEMBER):
        client.force_login(cast.petra)
        _save(client, open_0="8-17", first_0="2026-12-24")
    with time_machine.travel(NOVEMBER + timedelta(days=28)):
        client.force_login(cast.petra)
        assert "2026-12-24" not in client.get(reverse("clinic")).content.decode()
        _save(client, opening_hours="")
    assert Clinic.objects.get(pk=cast.harbour.pk).hours is None
    assert "losed now" not in _get_help(cast)


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
        ("country", "XX"),
        ("phone", "020 7946 0000 / 07700 900000"),
        ("emergency_number", "12"),
        ("emergency_number", "ambulance"),
        ("advice_number", ""),
        ("advice_number", "1177 or 112"),
        ("advice_name", "x" * 101),
        ("open_0", "8"),
        ("open_4", "17-8"),
        ("open_6", "x" * 100),
        ("hours_1", "8-17"),
        ("first_0", "24/12"),
        ("first_2", "0202-01-01"),
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
    where = "first_1" if field == "hours_1" else field
    assert f'id="id_{where}_error"' in page
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
@pytest.mark.both
def test_the_database_too_refuses_limits_that_make_no_sense(
    cast: Cast, broken: dict[str, int]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.filter(pk=cast.harbour.pk).update(**broken)


def test_the_last_day_of_days_that_differ_lies_not_before_the_first_nor_in_another_line(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.petra)
    page = _save(client, first_0="2026-12-24", last_0="2026-12-23").content.decode()
    assert 'id="id_last_0_error"' in page
    assert 'value="2026-12-23"' in page
    page = _save(
        client, first_0="2026-12-24", last_0="2026-12-31", first_1="2026-12-31"
    ).content.decode()
    assert "These days stand in another line, too." in page


@pytest.mark.both
def test_the_database_too_refuses_an_advice_line_without_a_number(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.filter(pk=cast.harbour.pk).update(advice_name="Nurse", advice_number="")

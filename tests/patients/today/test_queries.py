"""Today asks the database little, whatever the day is like and whoever opens it."""

from __future__ import annotations

from django.db import connection
from django.urls import reverse

from patients.models import Patient
from tests import access_world, states_of_day
from tests.patients.phone import phone_of
from tests.queries import BeforeTheAnswer

AT_MOST = 8


def _asked(patient: Patient, path: str) -> list[str]:
    phone = phone_of(patient)
    with BeforeTheAnswer(connection) as queries:
        page = phone.get(reverse("today") + path)
    assert page.status_code == 200
    return [query["sql"][:90] for query in queries.captured_queries]


def test_today_asks_at_most_eight_times_in_every_state(curriculum: object) -> None:
    world = access_world.build()
    too_many = {}
    for words, patient in states_of_day.days(world):
        for path in ("", "?drill"):
            asked = _asked(patient, path)
            if len(asked) > AT_MOST:
                too_many[words + path] = asked
    assert too_many == {}

"""Whoever reads about a patient leaves a row, on every page, whoever wrote that page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.public import PUBLIC
from curriculum.models import Ladder
from tests import access_world, factories
from tests.access_table import Row, rows
from tests.access_try import trying
from tests.cast import Cast
from tests.patients.phone import phone_of
from trail import kinds, middleware, subjects
from trail.memory import MOST_REFUSALS
from trail.models import Access, Act

# Each page and form, as in the rooms of pages.
pytestmark = pytest.mark.slow_on_postgres

ROWS = rows()
#: Pages on which many patients stand.
ABOUT_MANY = {
    "caseload",
    "todays_visits",
    "write_to_several",
    "hand_over",
    "library_drill",
    "clinic_trail",
}
#: What a browser sends with every request.
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def written() -> list[tuple[Any, ...]]:
    fields = ("actor_id", "subject_id", "act", "page", "asked")
    return list(Access.objects.order_by("pk").values_list(*fields))


def _signed_in(user: Any) -> Client:
    browser = Client(headers={"User-Agent": PHONE})
    browser.force_login(user)
    return browser


def test_every_address_has_a_kind() -> None:
    """A page without one is written down as another page, and nobody can tell which."""
    assert access_world.addresses().keys() - kinds.named() == set()


def _opened_by(who: str) -> list[Row]:
    opened = [row for row in ROWS if row.method == "GET" and row.outcomes[who] == "200"]
    return [row for row in opened if row.name not in PUBLIC]


def _is_about_maya(name: str, who: str) -> bool:
    """Whether a page is about her, also where it does not say her name."""
    if who == "patient":
        return name not in kinds.ABOUT_NOBODY
    by_id = "<id:pk>" in str(access_world.addresses()[name].pattern)
    return by_id and access_world.folder(name) in subjects.ROWS


@pytest.mark.parametrize("who", ["patient", "clinician", "colleague", "owner"])
def test_no_page_shows_a_patient_without_a_row(curriculum: Ladder, who: str) -> None:
    world = access_world.build()
    browser = world.browser(who)
    reader = world.people[who]
    maya = world.cast.maya
    assert reader is not None
    shown = []
    missing = []
    for row in _opened_by(who):
        with trying(world, browser, row) as attempt:
            response = browser.get(attempt.address())
            of_maya = maya.name in response.content.decode() or _is_about_maya(row.name, who)
            about = None if row.name in ABOUT_MANY else maya.user_id
            met = Access.objects.filter(actor=reader, subject=about, act__in=["opened", "printed"])
            shown += [row.name] * of_maya
            missing += [row.name] * (of_maya and not met.exists())
    assert missing == []
    assert len(shown) > (12 if who == "patient" else 30)


@pytest.mark.parametrize("who", ["clinician", "patient"])
def test_whatever_is_sent_about_a_patient_leaves_a_row(curriculum: Ladder, who: str) -> None:
    world = access_world.build()
    browser = world.browser(who)
    missing = []
    for row in ROWS:
        kind = kinds.of_address(row.name, by_patient=who == "patient")
        if row.method != "POST" or not row.outcomes[who].endswith("*") or not kind:
            continue
        with trying(world, browser, row, lambda: [one[2] for one in written()]) as attempt:
            observed = attempt.send().observed or []
            if not {Act.CHANGED, Act.EXPORTED}.intersection(observed):
                missing.append(row.name)
    assert missing == []


def test_the_same_page_is_written_once_an_hour(cast: Cast) -> None:
    browser = _signed_in(cast.elin)
    for _ in range(3):
        browser.get(reverse("chart", args=[cast.maya.pk]))
        browser.get(reverse("decisions", args=[cast.maya.pk]))
    browser.get(reverse("thread", args=[cast.maya.pk]))
    elin = cast.elin.pk
    maya = cast.maya.user_id
    assert written() == [
        (elin, maya, "opened", "chart", ""),
        (elin, maya, "opened", "messages", ""),
    ]
    row = Access.objects.earliest("pk")
    assert (row.address, row.device, row.status) == ("127.0.0.1", "Chrome, Android", 200)
    assert row.hour <= row.at


def test_papers_are_opened_to_print_and_a_search_is_written_without_its_words(cast: Cast) -> None:
    browser = _signed_in(cast.elin)
    browser.get(reverse("visit_note", args=[cast.maya.pk]))
    browser.post(reverse("caseload"), {"q": "maya"})
    elin = cast.elin.pk
    assert written()[0] == (elin, cast.maya.user_id, "printed", "papers", "")
    assert (elin, None, "searched", "list", "") in written()


def test_a_patients_own_phone_is_written_too(cast: Cast) -> None:
    phone_of(cast.maya).get(reverse("today"))
    maya = cast.maya.user_id
    assert (maya, maya, "opened", "today", "") in written()


def test_who_tries_the_ids_of_another_clinic_is_written_with_what_was_asked(cast: Cast) -> None:
    browser = _signed_in(cast.elin)
    for name in ("chart", "patient_edit", "chart"):
        assert browser.get(reverse(name, args=[cast.noor.pk])).status_code == 404
    assert browser.get(reverse("clinic")).status_code == 403
    asked = f"patients/{cast.noor.pk}"
    elin = cast.elin.pk
    assert written() == [
        (elin, None, "refused", "chart", asked),
        (elin, None, "refused", "patient_edit", asked),
        (elin, None, "refused", "clinic", ""),
    ]


def test_a_patient_who_asks_for_a_chart_is_written(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    assert phone.get(reverse("chart", args=[cast.tomas.pk])).status_code == 403
    assert written()[-1][2:] == ("refused", "chart", f"patients/{cast.tomas.pk}")


def test_too_many_tries_are_written_of_somebody_unknown_too(cast: Cast) -> None:
    browser = Client(headers={"User-Agent": PHONE})
    for _ in range(21):
        answer = browser.post(reverse("staff_accept", args=["x"]))
    assert answer.status_code == 429
    row = Access.objects.get()
    assert (row.actor, row.act, row.page, row.status) == (None, "refused", "staff_accept", 429)
    assert (row.address, row.device) == ("127.0.0.1", "Chrome, Android")


@pytest.mark.django_db(transaction=True)
def test_a_page_opened_again_within_the_hour_costs_no_statement(cast: Cast) -> None:
    browser = _signed_in(cast.elin)
    chart = reverse("chart", args=[cast.maya.pk])
    with CaptureQueriesContext(connection) as first:
        browser.get(chart)
    with CaptureQueriesContext(connection) as again:
        browser.get(chart)
    of_trail = [query["sql"] for query in first if "trail_access" in query["sql"]]
    assert [sql[:6] for sql in of_trail] == ["INSERT"]
    assert not [query for query in again if "trail_access" in query["sql"]]


@pytest.mark.django_db(transaction=True)
def test_who_tries_one_id_after_the_other_does_not_fill_the_disk(cast: Cast) -> None:
    middleware._written.hour = None
    browser = _signed_in(cast.elin)
    for pk in range(MOST_REFUSALS + 20):
        browser.get(reverse("written_letter", args=[10_000 + pk]))
    assert Access.objects.filter(act=Act.REFUSED).count() == MOST_REFUSALS


@pytest.mark.django_db(transaction=True)
def test_a_page_is_shown_even_if_the_row_cannot_be_written(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    browser = _signed_in(cast.elin)
    middleware._written.hour = None
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trail_access RENAME TO trail_away")
    try:
        answer = browser.get(reverse("chart", args=[cast.maya.pk]))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE trail_away RENAME TO trail_access")
    assert answer.status_code == 200
    assert "a row of the trail was not written" in caplog.text


def test_another_clinic_leaves_no_row_about_a_patient_of_this_one(cast: Cast) -> None:
    other = factories.patient(cast.ines, "Nils Nilsson")
    _signed_in(cast.elin).get(reverse("chart", args=[other.pk]))
    assert not Access.objects.filter(subject=other.user).exists()

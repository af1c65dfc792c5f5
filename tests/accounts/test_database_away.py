"""While the database is away or cannot be written to, nothing that was typed is lost, nobody reads
"saved", and the log stays short."""

from __future__ import annotations

import html
import logging
import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.database_away import is_away
from patients.models import Practice
from tests import database_away
from tests.accounts.phones import new_link, opened
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.patients.phone import phone_of, sheet

NOTE = "Pins and <needles> in the foot.\nSince Tuesday."


@pytest.fixture
def people(transactional_db: None, cast: Cast) -> Cast:
    return cast


def _asks(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def _fields(page: str) -> dict[str, str]:
    """What a browser sends that presses the button of the page."""
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in pairs}


def _unavailable(answer: Any) -> str:
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    page: str = answer.content.decode()
    return page


@pytest.mark.parametrize("gone", [database_away.away, database_away.read_only])
def test_a_log_that_could_not_be_saved_is_sent_again_by_one_button_and_counts_once(
    people: Cast,
    gone: Callable[[], AbstractContextManager[None]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    phone = _asks(phone_of(people.maya))
    path = reverse("log_day", args=[timezone.localdate()])
    typed = {**sheet(phone), "done-1": "1", "pain": "6", "note": NOTE, "new": "no"}
    caplog.clear()
    with gone():
        page = _unavailable(phone.post(path, typed))
    assert "Not saved yet" in page
    assert "Pins and &lt;needles&gt; in the foot." in page
    # Whoever is not well does not wait for a database.
    assert "Call or go now if one of these is new or worse" in page
    again = _fields(page)
    again.pop("csrfmiddlewaretoken")
    assert {name: again[name] for name in typed} == typed
    _is_told_in_a_line(caplog, f"POST {path}")
    assert Practice.objects.count() == 0
    for _press in range(2):
        assert phone.post(path, again).status_code in (302, 303)
    (entry,) = Practice.objects.all()
    assert entry.note == NOTE
    assert str(entry.client_id) == typed["client_id"]


def test_who_is_not_well_meanwhile_reads_the_numbers_of_their_clinic_and_no_other(
    people: Cast,
) -> None:
    people.hilltop.phone = "08 765 43"
    people.hilltop.save()
    known = _asks(opened(new_link(people.maya.user, people.elin)))
    other = _asks(opened(new_link(people.noor.user, people.ines)))
    for phone in (known, other):
        assert phone.get(reverse("today")).status_code == 200
    with database_away.away():
        mine = _unavailable(known.get(reverse("today")))
        theirs = _unavailable(other.get(reverse("today")))
        stranger = _unavailable(Client(raise_request_exception=False).get(reverse("get_help")))
    assert people.harbour.phone in mine
    assert people.hilltop.phone in theirs
    assert people.harbour.phone not in theirs
    assert "Its number is on the paper with your code." in stranger


def _is_told_in_a_line(caplog: pytest.LogCaptureFixture, what: str) -> None:
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    (line,) = [logging.Formatter("%(message)s").format(record) for record in told]
    assert what in line
    assert "\n" not in line
    assert len(line) < 300


@pytest.mark.only_sqlite
def test_while_somebody_writes_for_too_long_what_was_typed_is_kept_too(
    people: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    phone = _asks(phone_of(people.maya))
    path = reverse("my_messages")
    typed = {"text": NOTE, "client_id": str(uuid.uuid4())}
    caplog.clear()
    with database_away.locked():
        page = _unavailable(phone.post(path, typed))
    assert _fields(page).items() >= typed.items()
    _is_told_in_a_line(caplog, f"POST {path}")


@pytest.mark.only_sqlite
def test_a_full_disk_passes_and_a_table_that_is_missing_is_our_mistake(people: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1")
        with pytest.raises(OperationalError, match="full") as full:
            cursor.execute("CREATE TABLE large AS SELECT zeroblob(10000000)")
        with pytest.raises(OperationalError, match="no such table") as missing:
            cursor.execute("SELECT * FROM nowhere")
    connection.close()
    assert is_away(full.value)
    assert not is_away(missing.value)


def test_where_scripts_send_a_form_the_page_stays_and_gets_words(people: Cast) -> None:
    phone = _asks(phone_of(people.maya))
    path = reverse("log_day", args=[timezone.localdate()])
    typed = {**sheet(phone), "pain": "6", "new": "no"}
    with database_away.away():
        words = _unavailable(phone.post(path, typed, headers={"HX-Request": "true"}))
    assert "Not saved yet." in words
    assert "<html" not in words


def test_a_page_that_cannot_be_shown_asks_to_try_again_and_says_when_not_to_wait(
    people: Cast,
) -> None:
    phone = _asks(phone_of(people.maya))
    with database_away.away():
        for path in ("/today/", "/help/", "/account/login/"):
            page = _unavailable(phone.get(path))
            assert f'href="{path}"' in page, path
            assert "Call or go now if one of these is new or worse" in page
    assert phone.get("/today/").status_code == 200


def test_a_password_stands_in_no_page_again(people: Cast) -> None:
    browser = _asks(Client())
    typed = {"login": people.elin.email, "password": PASSWORD}
    with database_away.away():
        page = _unavailable(browser.post("/account/login/", typed))
    assert PASSWORD not in page
    assert _fields(page) == {}
    assert "enter it once more" in page


def test_a_short_code_and_its_pin_stand_in_no_page_again(people: Cast) -> None:
    phone = _asks(Client())
    with database_away.away():
        page = _unavailable(phone.post(reverse("open_code"), {"code": "48210375", "pin": "2580"}))
    assert "48210375" not in page
    assert "2580" not in page
    assert _fields(page) == {}


def test_no_button_sends_on_what_another_site_wrote(people: Cast) -> None:
    phone = Client(enforce_csrf_checks=True, raise_request_exception=False)
    phone.cookies = phone_of(people.maya).cookies
    with database_away.away():
        page = _unavailable(phone.post("/messages/", {"text": NOTE}))
    assert _fields(page) == {}


def test_while_nobody_can_write_the_staff_go_on_reading(
    people: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    staff = _asks(Client())
    staff.force_login(people.elin)
    staff.get("/caseload/")
    with database_away.read_only(), time_machine.travel(staff.session.get_expiry_date()) as clock:
        clock.shift(-11 * 3600)
        assert staff.get(f"/patients/{people.maya.pk}/").status_code == 200
    assert not [record for record in caplog.records if record.exc_info]

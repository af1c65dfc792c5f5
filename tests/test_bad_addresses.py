"""Sends addresses, headers and bodies that no page of ours made.

No page may break, and no answer may lead to another site.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from curriculum.models import Ladder
from patients.models import Patient
from tests import access_arranged, access_forms, access_world
from tests.access_table import rows
from tests.access_world import World
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.patients.acts import everything
from tests.patients.phone import phone_of
from tests.typed_kinds import DIGITS, EMOJI, LONG, MORE_DIGITS, NUL, RIGHT_TO_LEFT, SCRIPT

#: What the pages read from their query.
ASKED = {
    "caseload": ["look", "who", "show", "rung", "after", "who=clinic&after"],
    "library": ["q", "rung", "fault", "load", "equipment"],
    "history": ["all", "rung", "month"],
    "practice_history": ["all", "rung", "month"],
    "prescribe": ["level"],
    "plan_template": ["level"],
    "handout": ["level"],
    "invite": ["was"],
    "my_messages": ["page"],
    "thread": ["page"],
    "visit_note": ["day", "since"],
    "letter": ["instead"],
    "patient_new": ["look"],
    "today": ["drill"],
    "log_day": ["wrong"],
    "account_login": ["next"],
    "account_logout": ["next"],
    "account_reauthenticate": ["next"],
}
DAYS = [
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "0000-00-00",
    "2026-W01-1",
    "0001-01",
    "9999-12",
    "0000-00",
]
JUNK = [
    "",
    SCRIPT,
    EMOJI,
    RIGHT_TO_LEFT,
    NUL,
    LONG,
    DIGITS,
    MORE_DIGITS,
    "-1",
    "NaN",
    "1e400",
    "٣",
    "²",
    *DAYS,
]
CURSORS = [
    f"1_2026-01-01T00:00:00+00:00_{DIGITS}",
    f"1_2026-01-01T00:00:00+00:00_{MORE_DIGITS}",
    "1_0001-01-01T00:00:00+14:00_1",
    "1_9999-12-31T23:59:00-14:00_1",
    "1_2026-01-01T00:00:00_1",
    f"5_2026-01-01_{DIGITS}",
    "9_9999-12-31_-5",
    "8_2026-02-30_1",
    f"10__{DIGITS}",
    "99_2026-01-01_1",
    f"abc_{MORE_DIGITS}",
    f"abc_{DIGITS}",
    "abc\x00_1",
    "abc_²",
]
IDS = [DIGITS, MORE_DIGITS, "9223372036854775807", "9223372036854775808", "0"]


def _browser(world: World, outcomes: dict[str, str]) -> Client:
    who = next(
        column
        for column in ("nobody", "patient", "clinician", "owner")
        if outcomes[column].strip("*") != "in"
    )
    allowed = [
        column
        for column in (who, "patient", "clinician", "owner")
        if outcomes[column].strip("*") not in {"in", "403"}
    ]
    person = world.people[allowed[0]]
    browser = phone_of(person.patient) if person and person.is_patient else Client()
    if person and not person.is_patient:
        browser.force_login(person)
    browser.raise_request_exception = False
    return browser


@pytest.mark.parametrize("name", sorted(ASKED))
def test_no_query_breaks_a_page(curriculum: Ladder, name: str) -> None:
    world = access_world.build()
    row = next(row for row in rows() if (row.name, row.method) == (name, "GET"))
    browser = _browser(world, row.outcomes)
    access_arranged.arrange(name, "GET", world)
    address = access_world.address(name, world)
    wrong = []
    for parameter in ASKED[name]:
        for junk in [*JUNK, *(CURSORS if parameter.endswith("after") else [])]:
            answer = browser.get(f"{address}?{parameter}={quote(junk)}")
            if answer.status_code not in {200, 302, 404, 422} or SCRIPT in answer.content.decode():
                wrong.append((parameter, junk[:50], answer.status_code))
    assert wrong == []


def _refused_with(name: str) -> set[int]:
    """What changes a second step asks first who is there."""
    return {302, 404} if name.startswith("mfa_") else {404}


def test_no_id_and_no_day_in_an_address_breaks_a_page(curriculum: Ladder) -> None:
    world = access_world.build()
    wrong = []
    for row in rows():
        browser = _browser(world, row.outcomes)
        parts = access_world.address(row.name, world).split("/")
        for place, part in enumerate(parts):
            junk = (
                IDS if part.isdecimal() else DAYS if re.fullmatch(r"\d{4}-\d\d-\d\d", part) else []
            )
            for text in junk:
                address = "/".join([*parts[:place], quote(text), *parts[place + 1 :]])
                send: Any = browser.post if row.method == "POST" else browser.get
                status = send(address).status_code
                if status not in _refused_with(row.name):
                    wrong.append((row.method, address[:80], status))
    assert wrong == []


@pytest.mark.parametrize(
    "key", [NUL, SCRIPT, EMOJI, LONG, "a.b.c", "1:2:3", "zzzzzzzzzzzzz-abc", "\ud800"]
)
@pytest.mark.parametrize(
    "path", ["/p/{}/", "/join/{}/", "/account/password/reset/key/{}/", "/drills/{}/"]
)
def test_no_made_up_key_opens_or_breaks_anything(cast: Cast, path: str, key: str) -> None:
    browser = Client(raise_request_exception=False)
    before = everything()
    for send in (browser.get, browser.post):
        cache.clear()
        answer = send(path.format(quote(key.encode(errors="surrogatepass"), safe="")))
        assert answer.status_code in {200, 302, 303, 404, 410, 422}
        assert "Choose a password" not in answer.content.decode()
    assert everything() == before


def _led_by_another_site(world: World, who: str) -> Client:
    browser = Client(enforce_csrf_checks=True)
    person = world.people[who]
    if person is not None:
        browser.force_login(person)
    return browser


def test_no_other_site_makes_a_browser_press_a_button(curriculum: Ladder) -> None:
    world = access_world.build()
    browsers = {
        who: _led_by_another_site(world, who) for who in ("nobody", "patient", "clinician", "owner")
    }
    before = everything()
    posts = [row.name for row in rows() if row.method == "POST"]
    answers = {
        (name, who): browser.post(
            access_world.address(name, world), access_forms.typed(name, world)
        ).status_code
        for name in posts
        for who, browser in browsers.items()
    }
    # Whoever is in already is led on from a link, and changes nothing by it.
    assert answers.pop(("phone_link", "patient")) == 303
    assert {request: status for request, status in answers.items() if status != 403} == {}
    assert len(posts) > 50
    assert everything() == before


# ---- bodies


@pytest.fixture
def desk(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.elin)
    return client


CODES = ["raw_unicode_escape", "unicode_escape", "idna", "zlib", "rot13", "utf-7", "utf-16"]


@pytest.mark.parametrize("charset", CODES)
def test_a_body_in_another_charset_is_refused(cast: Cast, desk: Client, charset: str) -> None:
    body = '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nAnn \\ud800\r\n--b\r\n'
    body += f'Content-Disposition: form-data; name="lead"\r\n\r\n{cast.elin.pk}\r\n--b--\r\n'
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    assert desk.generic("POST", reverse("patient_new"), body, content_type=kind).status_code == 400
    assert not Patient.objects.filter(name__startswith="Ann").exists()


def test_bytes_that_are_no_text_are_taken_as_marks_for_what_was_lost(
    cast: Cast, desk: Client
) -> None:
    body = b"name=Ann+%ED%A0%80%FF&lead=" + str(cast.elin.pk).encode()
    kind = "application/x-www-form-urlencoded"
    assert desk.generic("POST", reverse("patient_new"), body, content_type=kind).status_code == 303
    assert Patient.objects.get(name__startswith="Ann").name.strip("\ufffd") == "Ann "


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"rubbish", "multipart/form-data; boundary=b", 422),
        (b"rubbish", "multipart/form-data", 400),
        (b"{}", "application/json", 422),
        (b"&".join(b"a%d=1" % n for n in range(2000)), "application/x-www-form-urlencoded", 400),
        (b"name=" + b"x" * 3_000_000, "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_body_that_no_form_sends_is_bad_input(
    desk: Client, body: bytes, kind: str, status: int
) -> None:
    assert (
        desk.generic("POST", reverse("patient_new"), body, content_type=kind).status_code == status
    )


def test_nobody_fills_the_disk_with_a_file_that_no_form_asks_for(db: None) -> None:
    part = (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
        + b"x" * 4_000_000
        + b"\r\n--b--\r\n"
    )
    answer = Client().generic(
        "POST", reverse("account_login"), part, content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code == 400
    assert "default-src" in answer["Content-Security-Policy"]


# ---- where a page leads next


NOWHERE = [
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "http://[",
    "\x00",
]


@pytest.mark.parametrize("following", NOWHERE)
def test_signing_in_and_out_leads_nowhere_but_here(cast: Cast, following: str) -> None:
    browser = Client(raise_request_exception=False)
    fields = {"login": cast.elin.email, "password": PASSWORD, "next": following}
    assert browser.post(reverse("account_login"), fields)["Location"] == reverse("home")
    assert browser.post(reverse("account_reauthenticate"), fields)["Location"] == reverse("home")
    assert browser.post(reverse("account_logout"), fields)["Location"] == reverse("account_login")


def test_a_line_break_in_the_next_address_makes_no_header(cast: Cast) -> None:
    fields = {"login": cast.elin.email, "password": PASSWORD, "next": "/caseload/\r\nX-Evil: yes"}
    assert "X-Evil" not in Client().post(reverse("account_login"), fields)


@pytest.mark.parametrize("page", [*NOWHERE, "http://testserver/caseload/"])
def test_a_click_on_a_page_signed_out_meanwhile_leads_to_sign_in_and_back_here(
    db: None, page: str
) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    answer = Client(raise_request_exception=False).get(reverse("caseload"), headers=headers)
    back = "/caseload/" if page.endswith("caseload/") else "/"
    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next={back}"

"""The style of a patient's first page comes inside it, and the policy lets nothing else in."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import Client

from accounts import style_sheets
from tests.cast import Cast

INSIDE = re.compile(r'<style data-sheet="/static/([^"]+)">(.*?)</style>', re.DOTALL)
LINKED = re.compile(r'<link rel="stylesheet" href="/static/([^"]+)"')
SHEETS = ["app.css", "figures.css", "record.css"]


def let_in(answer: HttpResponseBase) -> str:
    found = re.search(r"style-src 'self'([^;]*)", answer["Content-Security-Policy"])
    assert found
    return found[1].strip()


def hash_of(style: str) -> str:
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


@pytest.fixture
def patient(cast: Cast, client: Client) -> Client:
    client.force_login(cast.maya.user)
    return client


def test_a_first_page_holds_its_style_and_only_that_style_is_let_in(patient: Client) -> None:
    answer = patient.get("/history/")
    found = INSIDE.findall(answer.content.decode())
    assert [name for name, _ in found] == SHEETS
    assert LINKED.findall(answer.content.decode()) == []
    assert let_in(answer) == " ".join(hash_of(style) for _, style in found)


def test_a_browser_that_has_the_files_is_only_told_their_names(patient: Client) -> None:
    patient.cookies["styles"] = "app.css~figures.css~record.css"
    answer = patient.get("/history/")
    assert LINKED.findall(answer.content.decode()) == SHEETS
    assert "<style" not in answer.content.decode()
    assert let_in(answer) == ""


def test_what_goes_into_an_open_page_brings_no_style_along(patient: Client) -> None:
    answer = patient.get("/history/", headers={"HX-Request": "true"})
    assert "<style" not in answer.content.decode()
    assert let_in(answer) == ""


@pytest.mark.parametrize("cookie", ["app.old.css", "~~", '"<style>', "figures.css"])
def test_a_browser_that_has_other_files_gets_those_of_today(patient: Client, cookie: str) -> None:
    patient.cookies["styles"] = cookie
    page = patient.get("/history/").content.decode()
    assert "app.css" in [name for name, _ in INSIDE.findall(page)]


def test_staff_get_files_because_their_pages_follow_one_another(cast: Cast, client: Client) -> None:
    client.force_login(cast.elin)
    answer = client.get("/caseload/")
    assert LINKED.findall(answer.content.decode()) == [*SHEETS, "clinic.css"]
    assert let_in(answer) == ""


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_inside_a_page_means_what_it_means_as_a_file(name: str) -> None:
    file = Path("static", name).read_text(encoding="utf-8")
    assert "url(" not in file, "an address would be looked for beside the page"
    assert not re.search(r'"[^"\n]*/\*', file), "a string would be taken for a comment"
    inside = style_sheets.inside(name)
    assert inside.count("{") == re.sub(r"/\*.*?\*/", "", file, flags=re.DOTALL).count("{")
    assert "</" not in inside

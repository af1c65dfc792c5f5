"""Signed out in the middle of a form: the page is told, its person can come back to it, and nobody
else can use it."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cast import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/staff/?page=2"}


def test_a_click_after_the_session_ended_says_so_and_names_the_way_back(
    cast: Cast, client: Client
) -> None:
    answer = client.post(reverse("staff_deactivate", args=[cast.elin.pk]), headers=HTMX)
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/account/login/?next=/staff/%3Fpage%3D2"
    words = " ".join(answer.content.decode().split())
    assert "Not saved yet." in words
    assert (
        '<a href="/account/login/" target="_blank">Sign in in another tab</a>,'
        " then press Save again." in words
    )


def test_a_patient_is_told_to_open_the_link_again(cast: Cast, client: Client) -> None:
    answer = client.post(reverse("draft"), headers=HTMX)
    assert "Open your link again in another tab" in answer.content.decode()


def test_with_the_key_gone_too_the_page_is_told_the_same(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    person = {"X-Person": str(cast.maya.user.pk)}
    answer = client.post(reverse("draft"), headers=HTMX | person)
    assert "Open your link again in another tab" in answer.content.decode()
    assert client.post(reverse("draft"), headers=HTMX).status_code == 403


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/staff/invite/", "/staff/invite/?unsaved"),
        ("http://testserver/staff/?page=2", "/staff/?page=2&unsaved"),
        ("http://testserver/me/cover/", "/me/cover/?unsaved"),
        ("https://evil.example/staff/?page=2", "/?unsaved"),
        ("http://[", "/?unsaved"),
        ("", "/?unsaved"),
    ],
)
def test_a_form_without_scripts_leads_through_sign_in_back_to_its_page_and_nothing_was_saved(
    cast: Cast, client: Client, referer: str, back: str
) -> None:
    answer = client.post(
        reverse("staff_invite"), {"name": "Jonas"}, headers={"Referer": referer}, follow=True
    )
    page = answer.content.decode()
    assert "Not saved: you were signed out." in page
    assert "Jonas" not in page + answer.redirect_chain[0][0]
    typed = {
        "login": "petra@harbour.example",
        "password": PASSWORD,
        "next": answer.context["redirect_field_value"],
    }
    signed_in = client.post("/account/login/", typed)
    assert signed_in["Location"] == back
    assert "Not saved: you were signed out." in client.get(back, follow=True).content.decode()


@pytest.mark.parametrize("who", ["petra", "maya"])
def test_a_page_that_only_a_button_opens_is_left_for_the_first_page_and_nothing_was_saved(
    cast: Cast, client: Client, who: str
) -> None:
    client.force_login(cast.petra if who == "petra" else cast.maya.user)
    there = (
        reverse("staff_deactivate", args=[cast.elin.pk])
        if who == "petra"
        else reverse("ask_review")
    )
    refused = client.get(there)
    assert refused.status_code == 405
    landed = client.get(f"{there}?unsaved", follow=True)
    assert landed.status_code == 200
    assert "Not saved: you were signed out." in landed.content.decode()
    assert landed.request["PATH_INFO"] == reverse("caseload" if who == "petra" else "today")
    assert client.post(f"{reverse('home')}?unsaved").status_code == 405


def _left_open(person: User) -> tuple[Client, dict[str, str], str]:
    """A browser, what its page sends along, and the key in the page's form, before its person
    signed in anew."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    page = browser.get("/me/")
    headers = json.loads(page.content.decode().split("hx-headers='")[1].split("'")[0])
    browser.get(reverse("account_logout"))
    return browser, headers, str(page.context["csrf_token"])


def _signs_in(browser: Client, person: User) -> None:
    browser.cookies.pop("sid")
    key = str(browser.get("/account/login/").context["csrf_token"])
    typed = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": key}
    assert browser.post("/account/login/", typed).status_code == 303


def test_the_page_left_open_can_save_once_the_same_person_has_signed_in_again(cast: Cast) -> None:
    browser, headers, key = _left_open(cast.petra)
    _signs_in(browser, cast.petra)
    action = reverse("staff_deactivate", args=[cast.omar.pk])
    stale = browser.post(action, {"csrfmiddlewaretoken": key}, headers={**HTMX, **headers})
    assert stale.status_code == 403
    fresh = browser.post(
        action,
        {"csrfmiddlewaretoken": stale["X-CSRFToken"]},
        headers={**HTMX, **json.loads(stale.content)},
    )
    assert fresh.status_code == 303
    assert not User.objects.get(pk=cast.omar.pk).is_active


def test_a_page_left_open_by_one_person_gets_no_key_from_another_ones_sign_in(cast: Cast) -> None:
    browser, headers, key = _left_open(cast.petra)
    _signs_in(browser, cast.elin)
    stale = browser.post(
        reverse("cover"), {"csrfmiddlewaretoken": key}, headers={**HTMX, **headers}
    )
    assert stale.status_code == 403
    assert "X-CSRFToken" not in stale
    plain = browser.post(
        reverse("cover"), {"csrfmiddlewaretoken": key}, headers={"X-Person": str(cast.elin.pk)}
    )
    assert "X-CSRFToken" not in plain

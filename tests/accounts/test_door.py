"""The door to every page: shut unless one list says otherwise, and the same headers on whatever
comes out."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import URLPattern, get_resolver, path, reverse
from pytest_django import Settings

from accounts.public import PUBLIC
from tests.accounts.phones import new_link, signed_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db

CALENDARS = {"visit_feed_file", "practice_feed_file"}


def routes() -> list[URLPattern]:
    found: list[URLPattern] = []
    waiting = list(get_resolver().url_patterns)
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, URLPattern):
            found.append(entry)
        else:
            waiting.extend(entry.url_patterns)
    return found


def some_address(route: URLPattern) -> str:
    """An address that the route answers, whether or not what it names exists."""
    converters = route.pattern.converters
    if not converters:
        return reverse(str(route.name), args=["1"] * route.pattern.regex.groups)
    fitting = {name: sample(converter) for name, converter in converters.items()}
    return reverse(str(route.name), kwargs=fitting)


def sample(converter: Any) -> Any:
    text = next(
        text
        for text in ("1", "2026-11-20", str(UUID(int=1)))
        if re.fullmatch(converter.regex, text)
    )
    return converter.to_python(text)


def test_every_address_has_a_name_and_the_list_names_none_that_is_gone() -> None:
    names = [route.name for route in routes()]
    assert None not in names
    assert len(names) == len(set(names))
    assert set(names) >= set(PUBLIC)
    assert all(reason.strip() for reason in PUBLIC.values())


def test_a_stranger_gets_sign_in_from_every_page_that_the_list_does_not_open(
    client: Client,
) -> None:
    shut = [route for route in routes() if route.name not in PUBLIC]
    assert len(shut) > 15
    for route in shut:
        for answer in (client.get(some_address(route)), client.post(some_address(route))):
            assert answer.status_code == 302, route.name
            assert answer["Location"].startswith("/account/login/"), route.name


def test_what_the_list_opens_is_open_and_changes_nothing_when_looked_at(client: Client) -> None:
    for name in PUBLIC:
        route = next(route for route in routes() if route.name == name)
        # The calendar at an address that nobody made is not found, as a calendar understands it.
        told = {404} if name in CALENDARS else {200, 302, 410}
        assert client.get(some_address(route)).status_code in told, name


@login_not_required
def marked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


class Extra:
    """The product's addresses and two more, one marked as open and one that fails."""

    urlpatterns = [
        *get_resolver("config.urls").url_patterns,
        path("marked/", marked),
        path("broken/", broken),
    ]


@pytest.fixture
def extra(settings: Settings) -> None:
    settings.ROOT_URLCONF = Extra


def test_a_mark_on_a_view_opens_nothing(extra: None, client: Client) -> None:
    assert client.get("/marked/").status_code == 302


def test_a_failure_tells_no_detail_and_is_shown_in_the_products_own_page(
    extra: None, cast: Cast
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.elin)
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert b"Something went wrong here" in answer.content
    assert b"secret detail" not in answer.content
    check_headers(answer)


def check_headers(answer: HttpResponseBase) -> None:
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert len(answer["X-Request-ID"]) == 32


def test_every_kind_of_answer_carries_the_security_headers(cast: Cast, client: Client) -> None:
    bare = Client(enforce_csrf_checks=True)
    answers = [
        (200, client.get("/account/login/")),
        (302, client.get("/staff/")),
        (404, client.get("/nothing/")),
        (410, client.get("/p/x/")),
        (403, bare.post("/account/login/")),
        (400, client.get("/staff/", headers={"host": "evil.example"})),
    ]
    client.force_login(cast.petra)
    answers += [
        (200, client.get("/staff/")),
        (404, client.get("/nothing/")),
        (403, client.get("/today/")),
        (405, client.get(reverse("link_revoke", args=[cast.maya.user.pk]))),
        (422, client.post("/staff/invite/")),
    ]
    for expected, answer in answers:
        assert answer.status_code == expected
        check_headers(answer)


def test_refusals_are_whole_pages_that_say_where_to_go(cast: Cast, client: Client) -> None:
    client.force_login(cast.maya.user)
    wrong_role = client.get("/staff/")
    assert b"owner of the clinic" in wrong_role.content
    assert re.search(rb'href="/">\s*Go to today', wrong_role.content)
    assert b"Go to today" in client.get("/nothing/").content
    wrong_method = client.get(reverse("phone_end", args=[1]))
    assert wrong_method["Allow"] == "POST"
    assert b"This page opens another way" in wrong_method.content


def test_pages_of_somebody_signed_in_are_never_stored(cast: Cast, client: Client) -> None:
    for who in (cast.petra, cast.maya.user):
        client.force_login(who)
        for address in ("/me/", "/staff/", "/nothing/", reverse("phone_end", args=[1])):
            assert "no-store" in client.get(address)["Cache-Control"]


def test_the_cookies_are_out_of_reach_of_scripts_and_of_other_sites(
    cast: Cast, client: Client
) -> None:
    client.get("/account/login/")
    client.post(new_link(cast.maya.user, cast.elin))
    assert signed_in(client)
    for name in ("sid", "csrf", "clinic"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
        assert client.cookies[name]["path"] == "/"
    assert set(client.cookies) == {"sid", "csrf", "clinic"}


def test_everybody_sees_get_help_on_every_patient_page_in_the_same_words(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.maya.user)
    for address in ("/me/", "/me/pin/", "/help/", "/nothing/", "/staff/"):
        page = client.get(address).content.decode()
        assert '<details class="help">' in page
        assert "You cannot hold your poo or feel it come" in page
        assert f"Call the clinic, {cast.harbour.phone}" in page


def test_settings_keep_the_promises_of_https() -> None:
    assert (
        django_settings.SESSION_COOKIE_SECURE
        is django_settings.CSRF_COOKIE_SECURE
        is django_settings.HTTPS
    )

"""The way in, in a real browser: a browser checks origins, focus and colours, which a test client
does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from accounts import links, staff
from tests.browser.conftest import DESKTOP, PHONE, NewContext
from tests.browser.steps import (
    as_user,
    sign_in,
    with_scripts_and_slowly_without,
)
from tests.cast import Cast
from tests.factories import PASSWORD

TABLET = {"width": 820, "height": 1180}


def open_first(page: Page, link: str, pin: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Save PIN").click()


@pytest.mark.both
@with_scripts_and_slowly_without
def test_a_patient_gets_in_and_brings_a_second_phone_by_pin(
    cast: Cast, new_context: NewContext, scripts: bool
) -> None:
    link = links.url(links.issue(cast.maya.user, cast.elin))
    first, second = (
        new_context(viewport=PHONE, java_script_enabled=scripts).new_page() for _ in range(2)
    )
    open_first(first, link, "4711")
    expect(first).to_have_url(re.compile(reverse("today") + "$"))
    second.goto(link)
    second.get_by_label("Your PIN").fill("4712")
    second.get_by_role("button", name="Continue").click()
    wrong = second.get_by_label("Your PIN")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_accessible_description(
        "That did not work. Try again. "
        "After five tries call Harbour Physio on 08 123 45 for a new link."
    )
    wrong.fill("4711")
    second.get_by_role("button", name="Continue").click()
    second.goto("/me/")
    expect(second.get_by_role("heading", level=1)).to_have_text("Maya Roos")


def test_two_taps_on_continue_let_a_new_patient_in(cast: Cast, phone: Page) -> None:
    phone.goto(links.url(links.issue(cast.maya.user, cast.elin)))
    phone.get_by_role("button", name="Continue").dblclick()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Choose a PIN")


def test_an_answer_that_got_lost_costs_a_new_patient_nothing(cast: Cast, phone: Page) -> None:
    """The server let the phone in, and its answer with the cookie never came."""
    link = links.url(links.issue(cast.maya.user, cast.elin))
    phone.goto(link)
    lost: list[int] = []

    def lose(route: Route) -> None:
        asked = route.request
        if asked.method != "POST":
            return route.continue_()
        at = urlsplit(asked.url)
        server = HTTPConnection(at.netloc)
        headers = {k: v for k, v in asked.all_headers().items() if not k.startswith(":")}
        server.request("POST", at.path, asked.post_data, headers)
        lost.append(server.getresponse().status)
        return route.abort()

    phone.route("**/*", lose)
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("button", name="Continue")).to_have_count(0)
    assert lost == [303]
    phone.unroute_all()
    phone.goto(link)
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Choose a PIN")


@pytest.mark.both
def test_five_wrong_pins_lock_the_link_and_the_clinic_sees_it(
    cast: Cast, phone: Page, desktop: Page
) -> None:
    link = links.url(links.issue(cast.maya.user, cast.elin))
    open_first(phone, link, "4711")
    phone.context.clear_cookies()
    for pin in ("9999", "9998", "9997", "9996", "9995", "4711"):
        phone.goto(link)
        phone.get_by_label("Your PIN").fill(pin)
        phone.get_by_role("button", name="Continue").click()
        expect(phone.get_by_text("That did not work.")).to_be_visible()
    sign_in(desktop, "elin@harbour.example")
    desktop.goto(f"/people/{cast.maya.user.pk}/link/")
    expect(desktop.get_by_text("Five wrong PINs")).to_be_visible()
    desktop.get_by_role("link", name="Show or renew the link").click()
    desktop.get_by_role("button", name="New link").click()
    phone.goto(desktop.get_by_label("The same link, for a message").input_value())
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Choose a PIN")


@with_scripts_and_slowly_without
def test_the_tablet_says_that_the_phone_opened_the_link_and_has_a_pin(
    cast: Cast, new_context: NewContext, site: str, scripts: bool
) -> None:
    tablet, phone = (
        new_context(viewport=size, java_script_enabled=scripts).new_page()
        for size in (TABLET, PHONE)
    )
    as_user(tablet, cast.elin, site).goto(f"/patients/{cast.maya.pk}/invite/")
    tablet.get_by_role("button", name="Make a link").click()
    phone.goto(tablet.get_by_label("The same link, for a message").input_value())
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_label("PIN")).to_be_visible()
    if not scripts:
        tablet.get_by_role("link", name="Look again").click()
    expect(tablet.get_by_text("Opened, no PIN yet")).to_be_visible(timeout=20_000)
    expect(tablet.locator("img.qr")).to_have_count(0)
    phone.get_by_label("PIN").fill("4711")
    phone.get_by_role("button", name="Save PIN").click()
    if not scripts:
        tablet.get_by_role("link", name="Look again").click()
    expect(tablet.get_by_text("Opened, PIN set")).to_be_visible(timeout=20_000)
    tablet.get_by_role("button", name="Show or print the link").click()
    expect(tablet.locator("img.qr")).to_be_visible()


def test_an_invited_colleague_joins_by_the_link_on_the_owners_screen(
    cast: Cast, desktop: Page, phone: Page
) -> None:
    sign_in(desktop, "petra@harbour.example")
    desktop.goto("/staff/invite/")
    desktop.get_by_label("Name", exact=True).fill("Jonas Jaber")
    desktop.get_by_label("Work e-mail").fill("jonas@harbour.example")
    desktop.get_by_role("button", name="Send the invitation").click()
    phone.goto(desktop.get_by_label("The same link, to hand over yourself").input_value())
    phone.get_by_label("Choose a password").fill("seven quiet wooden stools")
    phone.get_by_role("button", name="Join").click()
    phone.goto("/me/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Jonas Jaber")


def test_sign_in_by_keyboard_alone_and_the_skip_link(cast: Cast, desktop: Page) -> None:
    desktop.goto("/account/login/")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="Skip to content")).to_be_focused()
    desktop.keyboard.press("Enter")
    address = desktop.get_by_label("Work e-mail")
    for _ in range(4):
        if address.evaluate("field => field !== document.activeElement"):
            desktop.keyboard.press("Tab")
    desktop.keyboard.type("petra@harbour.example")
    desktop.keyboard.press("Tab")
    desktop.keyboard.type(PASSWORD)
    desktop.keyboard.press("Enter")
    desktop.wait_for_url(lambda url: "login" not in url)
    desktop.goto("/staff/")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Staff")


@with_scripts_and_slowly_without
def test_get_help_opens_in_place_without_leaving_the_page(
    cast: Cast, new_context: NewContext, scripts: bool
) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=scripts).new_page()
    page.goto(links.url(links.issue(cast.maya.user, cast.elin)))
    page.get_by_role("button", name="Continue").click()
    page.goto("/me/")
    page.get_by_text("Get help").first.click()
    expect(page.get_by_text("You cannot hold your poo or feel it come")).to_be_visible()
    expect(page.get_by_role("link", name="Call the clinic")).to_be_in_viewport()
    if scripts:
        page.keyboard.press("Escape")
        expect(page.get_by_text("You cannot hold your poo or feel it come")).to_be_hidden()


def looks(new_context: NewContext) -> list[Page]:
    """The page on a phone by day, on a desktop by night, and on the narrowest phone."""
    options = [(PHONE, "light"), (DESKTOP, "dark"), ({"width": 320, "height": 640}, "light")]
    return [new_context(viewport=size, color_scheme=scheme).new_page() for size, scheme in options]


def check(pages: list[Page], addresses: list[str], axe: Callable[[Page], None]) -> None:
    for address in addresses:
        for page in pages:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        for page in pages[:2]:
            axe(page)


def test_the_doors_are_open_to_everybody(
    cast: Cast, new_context: NewContext, axe: Callable[[Page], None]
) -> None:
    jonas = staff.invite(
        clinic=cast.harbour,
        by=cast.petra,
        name="Jonas",
        email="j@harbour.example",
        role="clinician",
    )
    link = links.url(links.issue(cast.maya.user, cast.elin))
    addresses = [
        "/account/login/",
        "/account/password/reset/",
        "/nothing/",
        "/p/x/",
        link,
        staff.invitation_url(jonas),
    ]
    check(looks(new_context), addresses, axe)


def test_the_owners_pages_are_open_to_everybody(
    cast: Cast, new_context: NewContext, axe: Callable[[Page], None]
) -> None:
    pages = looks(new_context)
    link = links.url(links.issue(cast.maya.user, cast.elin))
    for page in pages:
        sign_in(page, "petra@harbour.example")
    addresses = [
        "/staff/",
        "/staff/invite/",
        "/clinic/",
        "/me/",
        f"/people/{cast.maya.user.pk}/link/",
        link,
        "/help/",
    ]
    check(pages, addresses, axe)


def test_the_patients_own_pages_are_open_to_everybody(
    cast: Cast, new_context: NewContext, axe: Callable[[Page], None]
) -> None:
    pages = looks(new_context)
    link = links.url(links.issue(cast.maya.user, cast.elin))
    open_first(pages[0], link, "4711")
    for page in pages[1:]:
        page.goto(link)
        page.get_by_label("Your PIN").fill("4711")
        page.get_by_role("button", name="Continue").click()
    check(pages, ["/me/", "/me/pin/", "/help/", "/staff/"], axe)

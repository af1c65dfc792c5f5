"""Sign-in of staff in Chromium, with a passkey of its virtual authenticator and with a code. Clicks
are counted; what the device itself asks, a finger or a face, is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.accounts import steps
from tests.browser.steps import sign_in
from tests.cast import Cast

Clicks = Callable[[], int]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def clicks(desktop: Page) -> Clicks:
    counted: list[str] = []
    desktop.expose_function("pressed", lambda pressed: counted.append(pressed))
    desktop.add_init_script(
        "addEventListener('pointerdown', event => pressed(event.target.outerHTML), true)"
    )
    return lambda: len(counted)


@pytest.fixture
def with_a_finger(desktop: Page) -> Page:
    """A computer that knows passkeys, and whose reader always knows the finger."""
    device = desktop.context.new_cdp_session(desktop)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return desktop


def test_a_passkey_is_added_in_three_clicks_and_then_signs_in_with_one(
    cast: Cast, with_a_finger: Page, clicks: Clicks
) -> None:
    page = with_a_finger
    sign_in(page, "elin@harbour.example")
    page.goto("/me/")
    before = clicks()
    page.get_by_role("link", name="Second step and passkeys").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert clicks() - before == 3
    page.goto("/me/")
    page.get_by_role("button", name="Sign out here").click()
    before = clicks()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("searchbox", name="Find a patient")).to_be_visible()
    assert clicks() - before == 1


def test_a_code_from_an_app_takes_one_click_more_than_the_password(
    cast: Cast, desktop: Page, clicks: Clicks
) -> None:
    steps.app_of(cast.elin)
    sign_in(desktop, "elin@harbour.example")
    desktop.get_by_label("Code").fill(steps.code())
    desktop.get_by_role("button", name="Continue").click()
    expect(desktop.get_by_role("searchbox", name="Find a patient")).to_be_visible()
    assert clicks() == 2

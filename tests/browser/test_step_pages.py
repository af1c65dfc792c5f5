"""The pages of the second step and of the password once more, as somebody meets them who has a
passkey, an app and recovery codes: axe finds nothing, nothing hangs over, no script complains."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests import access_world
from tests.access_world import World
from tests.accounts import steps
from tests.browser.conftest import NewContext
from tests.browser.look import Look, own_page
from tests.browser.look import world as world  # a fixture
from tests.browser.steps import sign_in
from tests.browser.test_every_page import OF_A_SECOND_STEP
from tests.factories import PASSWORD

#: What a browser is told about a passkey, and a page that no link opens.
NO_PAGES = {"mfa_login_webauthn"}
#: Before there is an app, and after the password.
APART = {"mfa_activate_totp", "mfa_authenticate"}


def _wait_until_old(page: Page) -> None:
    """As if the sign-in of this page had been an hour ago."""
    client = Client()
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    client.cookies[settings.SESSION_COOKIE_NAME] = cookies[settings.SESSION_COOKIE_NAME]
    steps.grow_old(client, timedelta(hours=1))


def test_the_pages_of_the_second_step_are_open_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    elin = world.cast.elin
    look = Look(own_page(new_context, elin, site))
    look.at(access_world.address("mfa_activate_totp", world))
    steps.app_of(elin)
    RecoveryCodes.activate(elin)
    looked_at = OF_A_SECOND_STEP - NO_PAGES - APART
    for name in [*sorted(looked_at), "mfa_index", "account_lock", "me"]:
        look.at(access_world.address(name, world))
    look.page.context.clear_cookies()
    sign_in(look.page, elin.email or "")
    expect(look.page.get_by_role("heading", name="Second step")).to_be_visible()
    look.here()
    assert look.faults == []


def test_what_was_pressed_goes_on_after_the_password_and_its_page_is_open_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    world.cast.harbour.idle_minutes = 720
    world.cast.harbour.save()
    look = Look(own_page(new_context, world.cast.petra, site))
    look.page.goto("/clinic/years/")
    look.page.get_by_label("Years after a treatment has ended").fill("12")
    _wait_until_old(look.page)
    look.page.get_by_role("button", name="Save").click()
    expect(look.page.get_by_role("heading", name="Your password, once more")).to_be_visible()
    look.here()
    look.page.get_by_label("Password").fill("wrong wrong wrong")
    look.page.get_by_role("button", name="Continue", exact=True).click()
    expect(look.page.get_by_text("This is not your password.")).to_be_visible()
    look.here()
    look.page.get_by_label("Password").fill(PASSWORD)
    look.page.get_by_role("button", name="Continue", exact=True).click()
    expect(look.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(look.page.get_by_label("Years after a treatment has ended")).to_have_value("12")
    assert look.faults == []

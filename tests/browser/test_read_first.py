"""A patient writes what can be important: the phone shows where to get help, with scripts and
without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Clinic
from patients.models import Message
from tests.browser.conftest import PHONE, NewContext
from tests.browser.look import look_at
from tests.browser.steps import answer_sheet, as_user
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("clock")
TELLING = "My foot drags since yesterday."


def _shows_the_list(page: Page) -> None:
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="Please look at this list")).to_be_in_viewport()
    expect(main.get_by_text("A leg gets weak, a foot drags")).to_be_visible()


def test_a_note_with_the_log_opens_the_page_and_leads_on_to_the_day(
    cast: Cast, phone: Page, site: str, axe: Callable[[Page], None]
) -> None:
    as_user(phone, cast.maya.user, site).goto("/today/?drill")
    answer_sheet(phone, pain=2, note=TELLING)
    phone.get_by_role("button", name="Save for").click()
    expect(phone).to_have_title("Please read this first · Hinge Ladder")
    _shows_the_list(phone)
    axe(phone)
    phone.get_by_role("link", name="I have read this").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert Message.objects.get().read_first


def test_a_refused_log_shows_the_list_on_top_and_keeps_what_was_typed(
    cast: Cast, phone: Page, site: str
) -> None:
    as_user(phone, cast.maya.user, site).goto("/today/?drill")
    answer_sheet(phone, pain=2, note=TELLING)
    phone.locator("[name=reps-1]").evaluate("box => { box.type = 'text'; box.value = 'many'; }")
    phone.get_by_role("button", name="Save for").click()
    _shows_the_list(phone)
    expect(phone.locator("[name=note]")).to_have_value(TELLING)
    look_at(phone)
    assert Message.objects.get().text == TELLING


def test_a_message_that_is_too_long_does_not_scroll_past_the_list(
    cast: Cast, phone: Page, site: str
) -> None:
    as_user(phone, cast.maya.user, site).goto("/messages/")
    phone.get_by_label("Your message").fill(f"{TELLING} " + "Long. " * 200)
    phone.get_by_role("button", name="Send").click()
    _shows_the_list(phone)
    expect(phone.get_by_text("Keep it under 1000 characters.")).to_be_visible()


def test_without_scripts_a_message_of_self_harm_shows_whom_to_call(
    cast: Cast, new_context: NewContext, site: str, axe: Callable[[Page], None]
) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(crisis_number="90 101")
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    as_user(page, cast.maya.user, site).goto("/messages/")
    page.get_by_label("Your message").fill("I do not want to live like this")
    page.get_by_role("button", name="Send").click()
    call = page.get_by_role("link", name="Talk to somebody, 90 101")
    expect(call).to_be_in_viewport()
    expect(call).to_have_attribute("href", "tel:90101")
    page.get_by_role("link", name="I have read this").click()
    expect(page.get_by_text("I do not want to live like this")).to_be_visible()

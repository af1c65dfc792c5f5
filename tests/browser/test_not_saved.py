"""A click that cannot be saved, signed out or without a connection: the page stays as it was typed,
and says so."""

from __future__ import annotations

import re

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from patients.models import Practice
from tests.browser.steps import answer_sheet, as_user, sign_in
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("clock")
NOTE = "Heavy shopping yesterday."
REASON = "Back pain since the spring."


def signed_out(page: Page) -> None:
    page.context.clear_cookies(name="sid")


def told(page: Page, words: str) -> Locator:
    note = page.get_by_role("alert").filter(has_text=words)
    expect(note).to_be_in_viewport()
    return note


@pytest.mark.both
def test_a_patient_signed_out_before_saving_loses_nothing_and_saves_after_opening_the_link_again(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str
) -> None:
    as_user(phone, cast.maya.user, site).goto("/today/?drill")
    answer_sheet(phone, pain=2, note=NOTE)
    signed_out(phone)
    save = phone.get_by_role("button", name="Save for")
    save.click()
    way_back = told(phone, "You are signed out.").get_by_role(
        "link", name="Open your link again in another tab"
    )
    expect(phone.get_by_label(re.compile("^Note for"))).to_have_value(NOTE)
    with phone.context.expect_page() as opened:
        way_back.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Sign in")
    # What signing in does to a browser: another session, another key.
    phone.context.clear_cookies()
    as_user(phone, cast.maya.user, site)
    opened.value.goto("/me/")
    save.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert Practice.objects.get().note == NOTE


def test_a_physio_signed_out_while_typing_stays_on_the_page_whatever_asks_in_the_background(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str
) -> None:
    as_user(desktop, cast.elin, site).goto(f"/patients/{cast.maya.pk}/assess/")
    words = desktop.locator("[name=words]")
    words.fill("Rounds at the end.")
    signed_out(desktop)
    desktop.get_by_role("checkbox").first.click()
    told(desktop, "You are signed out.").get_by_role(
        "link", name="Sign in in another tab"
    ).wait_for()
    expect(words).to_have_value("Rounds at the end.")


def test_a_search_of_somebody_signed_out_leads_to_sign_in_for_nothing_is_lost_there(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str
) -> None:
    as_user(desktop, cast.elin, site).goto("/caseload/")
    signed_out(desktop)
    desktop.get_by_role("searchbox", name="Find a patient").fill("roo")
    desktop.wait_for_url("**/account/login/?next=/caseload/**")


def test_without_a_connection_the_page_says_so_above_the_button_that_was_pressed(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str
) -> None:
    as_user(phone, cast.maya.user, site).goto("/today/?drill")
    answer_sheet(phone, pain=2, note=NOTE)
    phone.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    save = phone.get_by_role("button", name="Save for")
    save.click()
    note = told(phone, "Not saved yet. The connection dropped")
    expect(save).to_be_in_viewport()
    above = note.bounding_box()
    button = save.bounding_box()
    assert above
    assert button
    assert 0 < button["y"] - above["y"] - above["height"] < 40
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")


def test_the_note_goes_once_the_same_click_was_saved(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str
) -> None:
    as_user(desktop, cast.elin, site).goto(f"/patients/{cast.maya.pk}/")
    tick = desktop.locator(".tick").first
    for _ in range(2):
        desktop.context.set_offline(True)
        tick.click()
        note = told(desktop, "Not saved yet.")
        desktop.context.set_offline(False)
        before = tick.get_attribute("aria-checked")
        tick.click()
        expect(tick).not_to_have_attribute("aria-checked", str(before))
        expect(note).to_be_hidden()


def intake(page: Page, cast: Cast) -> Locator:
    """An intake that took its time, as far as the button that saves."""
    page.clock.install()
    page.goto(f"/patients/{cast.maya.pk}/intake/")
    page.locator("[name=reason]").fill(REASON)
    page.clock.run_for(60_000)
    return page.get_by_role("button", name="Save intake")


def test_a_form_that_is_sent_whole_stays_as_typed_when_signed_out_and_saves_after_sign_in(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str
) -> None:
    save = intake(as_user(desktop, cast.elin, site), cast)
    signed_out(desktop)
    save.click()
    way_back = told(desktop, "You are signed out.").get_by_role(
        "link", name="Sign in in another tab"
    )
    with desktop.context.expect_page() as opened:
        way_back.click()
    sign_in(opened.value, "elin@harbour.example")
    opened.value.wait_for_url("**/caseload/")
    save.click()
    expect(save).to_have_count(0)
    assert cast.maya.intakes.get().reason == REASON


def test_a_form_that_is_sent_whole_stays_as_typed_without_a_connection(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str
) -> None:
    save = intake(as_user(desktop, cast.elin, site), cast)
    desktop.context.set_offline(True)
    save.click()
    told(desktop, "Not saved yet. The connection dropped")
    expect(desktop.locator("[name=reason]")).to_have_value(REASON)
    desktop.context.set_offline(False)
    save.click()
    expect(save).to_have_count(0)
    assert cast.maya.intakes.get().reason == REASON


def test_a_form_left_open_by_one_person_is_not_sent_in_the_name_of_another(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str
) -> None:
    save = intake(as_user(desktop, cast.elin, site), cast)
    signed_out(desktop)
    other = desktop.context.new_page()
    sign_in(other, "omar@harbour.example")
    other.wait_for_url("**/caseload/")
    save.click()
    told(desktop, "the page is out of date")
    assert not cast.maya.intakes.exists()

"""The database is away when somebody presses the button: nothing that was typed is lost."""

from __future__ import annotations

import re

import pytest
import time_machine
from playwright.sync_api import Page, expect

from patients.models import Practice, Report
from tests import database_away
from tests.browser.conftest import PHONE, NewContext
from tests.browser.look import Look
from tests.browser.steps import answer_sheet, as_user
from tests.cast import Cast
from tests.factories import PASSWORD

NOTE = "Heavy shopping yesterday."


@pytest.mark.both
def test_the_page_stays_as_it_was_typed_and_saves_by_the_same_button_later(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str
) -> None:
    as_user(phone, cast.maya.user, site).goto("/today/?drill")
    answer_sheet(phone, pain=2, note=NOTE)
    save = phone.get_by_role("button", name="Save for")
    with database_away.away():
        save.click()
        note = phone.get_by_role("alert").filter(has_text="The record cannot be reached")
        expect(note).to_be_in_viewport()
        expect(phone.get_by_label(re.compile("^Note for"))).to_have_value(NOTE)
    save.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert Practice.objects.get().note == NOTE


def test_without_scripts_a_weak_leg_is_told_by_the_button_of_the_page(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, site: str
) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    as_user(page, cast.maya.user, site).goto("/today/how/")
    page.get_by_text("A leg is weak, or a foot drags", exact=True).click()
    page.get_by_role("group", name="A leg is weak").get_by_text("Left").click()
    with database_away.away():
        page.get_by_role("button", name="Tell Elin").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Not saved yet")
        expect(page.get_by_text("Do not wait for this page.")).to_be_visible()
    page.get_by_role("button", name="Send it once more").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Not saved yet")
    (sign,) = Report.objects.get().kinds
    assert (sign["kind"], sign["side"]) == ("weak", "left")


def test_the_pages_can_be_read_by_everybody_on_any_phone(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str
) -> None:
    as_user(phone, cast.maya.user, site).goto("/today/?drill")
    look = Look(phone)
    with database_away.away():
        # Sent by the browser itself, as where scripts do not run.
        phone.eval_on_selector("#log", "form => form.submit()")
        phone.get_by_role("button", name="Send it once more").wait_for()
        look.here()
        look.at("/today/", astray=True)
    assert look.faults == []


def test_a_page_that_is_covered_meanwhile_is_there_as_it_was_typed(
    cast: Cast, desktop: Page, site: str
) -> None:
    as_user(desktop, cast.elin, site)
    desktop.clock.install()
    desktop.goto("/me/")
    name = desktop.get_by_label("Name", exact=True)
    name.fill("Elin half typed")
    cover = desktop.locator("#cover")
    with database_away.away():
        desktop.clock.fast_forward("12:01:00")
        expect(cover.get_by_text("The record cannot be reached")).to_be_visible()
    desktop.clock.fast_forward("00:20")
    cover.get_by_label("Password").fill(PASSWORD)
    cover.get_by_role("button", name="Unlock", exact=True).click()
    expect(cover).to_have_count(0)
    expect(name).to_have_value("Elin half typed")

"""The log: what is new is ticked in it, urgent signs show whom to call at once, and a page that
stood open over midnight asks for which day it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.models import Clinic
from patients.models import Practice, Stop
from tests.browser.conftest import MONDAY, PHONE, NewContext
from tests.browser.look import look_at
from tests.browser.steps import answer_sheet, as_user, choose, count_sets
from tests.cast import Cast

CALL = "Call 112"


@pytest.fixture
def numbers(cast: Cast) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(emergency_number="112")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_signs_are_ticked_in_the_log_and_an_urgent_one_shows_whom_to_call_before_it_is_saved(
    clock: time_machine.Traveller,
    cast: Cast,
    numbers: None,
    new_context: NewContext,
    axe: Callable[[Page], None],
    site: str,
    scripts: bool,
) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=scripts).new_page()
    page = as_user(page, cast.maya.user, site)
    page.goto("/today/?drill")
    answer_sheet(page, pain=2)
    sheet = page.locator("#new")
    numb = sheet.get_by_text("Numb or tingling in a leg", exact=True)
    expect(numb).not_to_be_visible()
    choose(page, "Anything new or worse?", "Yes")
    numb.click()
    choose(page, "Numb or tingling in a leg", "Left")
    expect(sheet.locator("[data-said=soon]")).to_be_visible()
    expect(sheet.get_by_role("link", name=CALL)).not_to_be_visible()
    sheet.get_by_text("Hard to start or stop peeing", exact=False).click()
    expect(sheet.get_by_role("link", name=CALL)).to_be_visible()
    if scripts:
        axe(page)
    page.get_by_role("button", name="Save for").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Get medical care now")
    assert [stop.cause for stop in Stop.objects.all()] == ["now"]
    assert Practice.objects.get().leg == "numb"


def test_a_page_left_open_shows_the_new_day_and_asks_for_its_day_once_something_is_tapped(
    clock: time_machine.Traveller,
    cast: Cast,
    phone: Page,
    site: str,
) -> None:
    page = as_user(phone, cast.maya.user, site)
    page.goto("/today/?drill")
    answer_sheet(page, pain=2)
    clock.move_to(MONDAY.replace(hour=0, minute=12) + timedelta(days=1))
    page.get_by_role("button", name="Save for").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which day is this for?")
    look_at(page)
    page.get_by_role("button", name="Monday 7 September").click()
    expect(page.get_by_text("Saved for Monday 7 September.")).to_be_visible()
    assert Practice.objects.get().done_on == MONDAY.date()


def look_again_tomorrow(page: Page) -> None:
    """The phone's own clock goes on to the next day, and the page is looked at again."""
    page.clock.set_fixed_time(MONDAY + timedelta(days=1))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("tapped", [False, True], ids=["untouched", "with a set tapped"])
def test_a_page_looked_at_again_the_next_day_is_loaded_anew_unless_something_is_tapped(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str, tapped: bool
) -> None:
    page = as_user(phone, cast.maya.user, site)
    page.clock.set_fixed_time(MONDAY)
    page.goto("/today/?drill")
    opened = page.locator('[name="opened"]')
    expect(opened).to_have_value("2026-09-07")
    if tapped:
        count_sets(page)
        page.locator(".sets label").first.click()
    clock.move_to(MONDAY + timedelta(days=1))
    look_again_tomorrow(page)
    page.wait_for_load_state()
    expect(opened).to_have_value("2026-09-07" if tapped else "2026-09-08")

"""The main job, by two people in two browsers: taken on, practised, ticked, passed, and the next
rung is open."""

from __future__ import annotations

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, NewContext
from tests.browser.steps import (
    as_user,
    open_chart,
    open_link,
    practise,
    press_passed,
    sign_in,
    take_on,
    tick_all,
)
from tests.cast import Cast


def open_rung(phone: Page) -> Locator:
    """The rung that the patient's ladder shows as open."""
    phone.get_by_role("link", name="Ladder", exact=True).click()
    return phone.locator(".ladder > li[aria-current=step]")


@pytest.mark.both
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_new_patient_practises_passes_the_gate_and_finds_the_next_rung_open(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, scripts: bool
) -> None:
    physio = new_context(java_script_enabled=scripts).new_page()
    phone = new_context(
        viewport=PHONE, is_mobile=True, has_touch=True, java_script_enabled=scripts
    ).new_page()
    sign_in(physio, "elin@harbour.example")
    open_link(phone, take_on(physio, "Ada Ahl"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Stick hinge")
    practise(phone, pain=2, note="Easier than I thought.")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")
    expect(phone.get_by_text("2 of 2")).to_be_visible()
    expect(open_rung(phone)).to_contain_text("Stick hinge")

    open_chart(physio, "Ada Ahl")
    expect(physio.get_by_text("Easier than I thought.").first).to_be_visible()
    assert 3 <= tick_all(physio) <= 5
    press_passed(physio)
    expect(physio.get_by_role("status").filter(has_text="passed Dowel hinge")).to_be_visible()
    expect(physio.get_by_role("heading", name="Gate: Butt taps")).to_be_visible()
    expect(physio.locator('.tick[aria-checked="true"]')).to_have_count(0)

    expect(open_rung(phone)).to_contain_text("Wall taps")
    expect(open_rung(phone)).to_contain_text("by Elin")
    clock.shift(24 * 60 * 60)
    phone.goto("/today/?drill")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Wall taps")


def test_pressing_passed_early_opens_nothing_and_says_what_is_left(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, phone: Page, site: str
) -> None:
    physio = as_user(desktop, cast.elin, site)
    open_chart(physio, cast.maya)
    left = physio.locator(".tick").last.inner_text()
    for _ in range(physio.locator(".tick").count() - 1):
        physio.locator('.tick[aria-checked="false"]').first.click()
        physio.wait_for_load_state("networkidle")
    press_passed(physio)
    expect(physio.get_by_role("alert").filter(has_text=left)).to_be_visible()
    expect(physio.get_by_role("heading", name="Gate: Dowel hinge")).to_be_visible()
    patient = as_user(phone, cast.maya.user, site)
    locked = patient.goto("/ladder/2/")
    assert locked is not None
    assert locked.status == 403
    expect(patient.get_by_role("heading", level=1)).to_contain_text("Wall taps")
    patient.get_by_role("link", name="Go to today’s drill").click()
    expect(patient.get_by_role("heading", level=1)).to_have_text("Stick hinge")


def test_the_gate_by_keyboard_alone(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str
) -> None:
    page = as_user(desktop, cast.elin, site)
    keys = desktop.keyboard
    page.goto("/caseload/")
    keys.press("/")
    expect(page.get_by_role("searchbox", name="Find a patient")).to_be_focused()
    keys.type("roo")
    expect(page.get_by_role("heading", name="Found")).to_be_visible()
    keys.press("ArrowDown")
    expect(page.get_by_role("link", name="Maya Roos")).to_be_focused()
    keys.press("Enter")
    page.wait_for_url("**/patients/*/")
    ticks = page.locator(".tick")
    for number in range(ticks.count()):
        tab_to(page, ticks.nth(number))
        keys.press("Space")
        expect(ticks.nth(number)).to_be_checked()
        expect(ticks.nth(number)).to_be_focused()
    tab_to(page, page.get_by_role("button", name="passed: open"))
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Gate: Butt taps")).to_be_visible()


def test_a_list_that_comes_in_again_leaves_the_keyboard_where_it_was(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str
) -> None:
    page = as_user(desktop, cast.elin, site)
    keys = desktop.keyboard
    page.goto("/caseload/?who=clinic")
    maya = page.get_by_role("link", name="Maya Roos")
    maya.evaluate("element => { element.dataset.old = 'yes' }")
    maya.focus()
    # What a slow answer does: the rows arrive after the arrow key was pressed.
    page.evaluate(
        "document.querySelector('form.filters').dispatchEvent(new Event('change', {bubbles: true}))"
    )
    expect(page.locator("[data-old]")).to_have_count(0)
    expect(maya).to_be_focused()
    keys.press("Enter")
    page.wait_for_url("**/patients/*/")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus; the page is wrong if that takes more than 60."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"not reached by Tab: {wanted}")

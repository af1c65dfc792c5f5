"""A press at the gate, or an answer to a stop, that was a mistake: seen at once, taken back by one
press, with the keyboard and without scripts; and a criterion that does not apply."""

from __future__ import annotations

from collections.abc import Callable

import time_machine
from playwright.sync_api import Page, expect

from patients.verbs import reports as report_verbs
from tests.browser.conftest import PHONE, NewContext
from tests.browser.steps import (
    as_user,
    choose,
    open_chart,
    press_passed,
    tick_all,
    with_scripts_and_slowly_without,
)
from tests.browser.test_main_job import tab_to
from tests.cast import Cast


@with_scripts_and_slowly_without
def test_a_wrong_pass_is_taken_back_and_told_once_to_the_patient_who_saw_it(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, site: str, scripts: bool
) -> None:
    physio = as_user(new_context(java_script_enabled=scripts).new_page(), cast.elin, site)
    phone = new_context(viewport=PHONE, java_script_enabled=scripts).new_page()
    phone = as_user(phone, cast.maya.user, site)
    open_chart(physio, cast.maya)
    ticked = tick_all(physio)
    press_passed(physio)
    expect(physio.get_by_role("heading", name="Maya passed Dowel hinge")).to_be_visible()
    phone.goto("/today/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Wall taps")
    physio.get_by_role("button", name="Undo, until").click()
    expect(physio.get_by_role("heading", name="Gate: Dowel hinge")).to_be_visible()
    expect(physio.locator('.tick[aria-checked="true"]')).to_have_count(ticked)
    expect(physio.get_by_role("button", name="Undo, until")).to_have_count(0)
    phone.goto("/today/")
    expect(phone.get_by_text("Pressed by mistake.")).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Stick hinge")
    phone.reload()
    expect(phone.get_by_text("Pressed by mistake.")).to_have_count(0)


@with_scripts_and_slowly_without
def test_a_wrong_answer_is_taken_back_and_told_once_to_the_patient_who_saw_it(
    clock: time_machine.Traveller,
    cast: Cast,
    new_context: NewContext,
    site: str,
    axe: Callable[[Page], None],
    scripts: bool,
) -> None:
    report_verbs.report(
        patient=cast.maya, by=cast.maya.user, client_id="a", kinds=["bladder"], words="Cannot pee."
    )
    physio = as_user(new_context(java_script_enabled=scripts).new_page(), cast.elin, site)
    phone = new_context(viewport=PHONE, java_script_enabled=scripts).new_page()
    phone = as_user(phone, cast.maya.user, site)
    open_chart(physio, cast.maya)
    if scripts:
        axe(physio)
    choose(physio, "Contact", "Seen here")
    choose(physio, "Cleared for training?", "Cleared")
    choose(physio, "What now", "Carry on")
    physio.get_by_label("What was told or found").fill("Passes water well.")
    physio.get_by_role("button", name="Send answer").click()
    bar = physio.get_by_role("heading", name="Maya was answered at")
    expect(bar).to_be_visible()
    if scripts:
        axe(physio)
    phone.goto("/today/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Stick hinge")
    physio.get_by_role("button", name="Undo, until").click()
    expect(physio.get_by_role("heading", name="Stopped: trouble with peeing")).to_be_visible()
    expect(bar).to_have_count(0)
    phone.goto("/today/")
    expect(phone.get_by_text("Pressed by mistake.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Say this on the phone")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Pressed by mistake.")).to_have_count(0)


def test_the_keyboard_alone_undoes_and_sets_a_criterion_aside(
    clock: time_machine.Traveller,
    cast: Cast,
    desktop: Page,
    site: str,
    axe: Callable[[Page], None],
) -> None:
    page = as_user(desktop, cast.elin, site)
    open_chart(page, cast.maya)
    tick_all(page)
    tab_to(page, page.get_by_role("button", name="passed: open"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Maya passed Dowel hinge")).to_be_visible()
    axe(page)
    tab_to(page, page.get_by_role("button", name="Undo, until"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gate: Dowel hinge")).to_be_visible()
    fold = page.locator(".criterion").first
    tab_to(page, fold.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, fold.get_by_label("Repetitions"))
    page.keyboard.type("9")
    axe(page)
    page.keyboard.press("Enter")
    expect(fold.get_by_text("9 repetitions")).to_be_visible()
    tab_to(page, fold.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, fold.get_by_label("Which one, or another reason"))
    page.keyboard.type("holds a rail")
    page.keyboard.press("Enter")
    expect(fold.get_by_text("Holds a rail")).to_be_visible()
    expect(fold.locator(".tick")).to_have_attribute("aria-checked", "mixed")


def test_without_scripts_a_criterion_is_set_aside_and_a_mistyped_figure_is_said_beside_it(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, site: str
) -> None:
    page = as_user(new_context(java_script_enabled=False).new_page(), cast.elin, site)
    open_chart(page, cast.maya)
    fold = page.locator(".criterion").nth(1)
    fold.locator("summary").click()
    fold.get_by_label("Weight, kg").fill("1200")
    fold.get_by_role("button", name="Tick with this figure").click()
    expect(fold.get_by_label("Weight, kg")).to_have_value("1200")
    expect(fold.get_by_text("less than or equal to 300")).to_be_visible()
    fold.get_by_role("button", name="A variant is in use").click()
    expect(fold.get_by_text("Does not apply:", exact=True)).to_be_visible()
    expect(page.get_by_text("0 of 5 ticked. 1 does not apply.")).to_be_visible()

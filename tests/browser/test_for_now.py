"""A fault that is seen, the drill of a locked rung that helps with it, and the way back: one physio
and one patient, in the browser."""

from __future__ import annotations

from collections.abc import Callable

import time_machine
from playwright.sync_api import Page, expect

from patients.models import Practice
from patients.wording.days import day_with_weekday
from tests.browser.conftest import PHONE, NewContext
from tests.browser.steps import (
    answer_sheet,
    as_user,
    open_chart,
    with_scripts_and_slowly_without,
)
from tests.cast import Cast
from tests.patients import borrowed


@with_scripts_and_slowly_without
def test_a_drill_that_helps_is_set_practised_and_over_once_the_fault_is_gone(
    clock: time_machine.Traveller,
    cast: Cast,
    new_context: NewContext,
    site: str,
    axe: Callable[[Page], None],
    scripts: bool,
) -> None:
    physio = as_user(new_context(java_script_enabled=scripts).new_page(), cast.elin, site)
    phone = new_context(viewport=PHONE, java_script_enabled=scripts).new_page()
    phone = as_user(phone, cast.maya.user, site)
    _see_that_it_is_a_squat(physio, cast)
    _set_the_bench(physio)
    phone.goto("/today/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bench in front")
    expect(phone.get_by_text("For now, instead: Bench in front.")).to_be_visible()
    until = day_with_weekday(cast.harbour.today() + borrowed.WEEK, cast.harbour.today())
    expect(phone.locator("#for-now")).to_contain_text(f"until {until}.")
    if scripts:
        axe(physio)
        axe(phone)
    answer_sheet(phone, pain=2)
    phone.get_by_role("button", name="Save for").click()
    expect(phone.get_by_role("button", name="Save for")).to_have_count(0)
    assert Practice.objects.get().borrowed
    phone.goto("/ladder/")
    rung = phone.locator('.ladder [data-state="locked"]', has_text="Bench in front")
    expect(rung.get_by_text("Opens after rung 2.")).to_be_visible()
    _clear_the_fault(physio, cast)
    clock.shift(24 * 3600)
    phone.goto("/today/?drill")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Stick hinge")
    expect(phone.get_by_text("For now, instead")).to_have_count(0)


def _see_that_it_is_a_squat(page: Page, cast: Cast) -> None:
    open_chart(page, cast.maya)
    page.get_by_role("link", name="Note a fault").click()
    page.get_by_text("Squats the hinge").first.click()
    page.get_by_role("button", name="Note it").click()


def _set_the_bench(page: Page) -> None:
    page.get_by_text("Instead of today’s drill").click()
    page.get_by_role("link", name="Set Bench in front").first.click()
    page.get_by_role("button", name="Set it for now").click()
    expect(page.locator("#for-now")).to_contain_text("Rung 3 stays locked.")


def _clear_the_fault(page: Page, cast: Cast) -> None:
    open_chart(page, cast.maya)
    expect(page.get_by_text("“Gone” ends Bench in front")).to_be_visible()
    page.get_by_role("button", name="Gone").click()
    expect(page.locator("#for-now")).to_have_count(0)

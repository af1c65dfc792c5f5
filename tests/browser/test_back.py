"""Back shows nothing that is over: no record after signing out, no sheet after it was saved."""

from __future__ import annotations

import time_machine
from playwright.sync_api import Page, expect

from tests.browser.steps import answer_sheet, as_user, open_chart, sign_in
from tests.cast import Cast

#: A page that the browser kept whole, as phones do, tells its scripts so.
KEPT = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


def test_back_after_signing_out_shows_no_record(
    clock: time_machine.Traveller, cast: Cast, desktop: Page
) -> None:
    sign_in(desktop, "elin@harbour.example")
    open_chart(desktop, cast.maya)
    desktop.goto("/me/")
    desktop.get_by_role("button", name="Sign out here").click()
    desktop.wait_for_url("**/account/**")
    for _ in range(2):
        desktop.go_back()
        expect(desktop.get_by_label("Work e-mail")).to_be_visible()
        expect(desktop.get_by_text(str(cast.maya))).to_have_count(0)


def test_back_after_saving_shows_the_day_as_saved(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str
) -> None:
    as_user(phone, cast.maya.user, site).goto("/today/?drill")
    answer_sheet(phone, pain=2)
    phone.get_by_role("button", name="Save for").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")
    phone.goto("/history/")
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")
    phone.go_back()
    expect(phone.get_by_role("button", name="Save for")).to_have_count(0)


def test_a_page_that_the_browser_kept_is_asked_for_again(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str
) -> None:
    as_user(phone, cast.maya.user, site).goto("/today/?drill")
    answer_sheet(phone, pain=2)
    other = phone.context.new_page()
    other.goto("/today/?drill")
    answer_sheet(other, pain=2)
    other.get_by_role("button", name="Save for").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Done for today")
    with phone.expect_navigation():
        phone.evaluate(KEPT)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")

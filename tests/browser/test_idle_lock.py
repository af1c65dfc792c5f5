"""Nobody at the keyboard: the page is covered, and is there as it was typed after one click."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.steps import as_user
from tests.cast import Cast
from tests.factories import PASSWORD


def test_a_page_left_alone_is_covered_and_one_click_brings_back_what_was_typed(
    cast: Cast, desktop: Page, site: str
) -> None:
    as_user(desktop, cast.elin, site)
    desktop.clock.install()
    desktop.goto("/me/")
    name = desktop.get_by_label("Name", exact=True)
    name.fill("Elin half typed")
    desktop.clock.fast_forward("12:01:00")
    expect(desktop.get_by_role("heading", name="Locked")).to_be_visible()
    desktop.keyboard.press("Escape")
    expect(desktop.get_by_role("heading", name="Locked")).to_be_visible()
    other = desktop.context.new_page()
    other.goto("/caseload/")
    expect(other.get_by_role("heading", name="Locked")).to_be_visible()
    cover = desktop.locator("#cover")
    cover.get_by_label("Password").fill("wrong wrong wrong")
    cover.get_by_role("button", name="Unlock", exact=True).click()
    expect(cover.get_by_text("This is not your password.")).to_be_visible()
    cover.get_by_label("Password").fill(PASSWORD)
    cover.get_by_role("button", name="Unlock", exact=True).click()
    expect(cover).to_have_count(0)
    expect(name).to_have_value("Elin half typed")
    desktop.get_by_role("button", name="Save the name").click()
    expect(desktop.get_by_role("status").filter(has_text="Saved.")).to_be_visible()

"""A first visit on a tablet: kept while somebody types, and short enough for one screen."""

from __future__ import annotations

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.steps import answer_none, as_user, begin_visit, choose, make_link
from tests.cast import Cast

TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def tablet(clock: time_machine.Traveller, cast: Cast, new_context: NewContext, site: str) -> Page:
    page = as_user(new_context(viewport=TABLET).new_page(), cast.elin, site)
    page.goto("/caseload/")
    return page


def needs_no_scroll(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollHeight <= innerHeight + 12"))


def test_what_is_typed_is_kept_without_a_press_and_a_colleague_goes_on_with_it(
    tablet: Page, cast: Cast, new_context: NewContext, site: str
) -> None:
    begin_visit(tablet, "Astrid Alm")
    tablet.get_by_label("The patient’s own goal, in their words").fill("Lift a cot")
    choose(tablet, "Usual pain this week", "6")
    expect(tablet.locator("#kept")).to_contain_text("Draft kept")
    tablet.wait_for_timeout(2000)
    colleague = as_user(new_context(viewport=TABLET).new_page(), cast.omar, site)
    colleague.goto("/caseload/?who=clinic")
    colleague.get_by_role("link", name="Astrid Alm").click()
    expect(colleague.get_by_label("The patient’s own goal, in their words")).to_have_value(
        "Lift a cot"
    )
    expect(colleague.get_by_role("radio", name="6", exact=True)).to_be_checked()


def test_where_to_start_follows_the_taps_and_the_last_steps_fit_one_screen(tablet: Page) -> None:
    begin_visit(tablet, "Astrid Alm")
    answer_none(tablet)
    tablet.get_by_role("button", name="Next: see them move").click()
    choose(tablet, "Rung 1, Dowel hinge", "All met")
    expect(tablet.get_by_role("button", name="Start on rung 2")).to_be_visible()
    choose(tablet, "Rung 1, Dowel hinge", "By point")
    expect(tablet.get_by_role("button", name="Start on rung 1")).to_be_visible()
    choose(tablet, "Rung 1, Dowel hinge", "All met")
    tablet.get_by_role("button", name="Start on rung 2").click()
    tablet.wait_for_url("**/first-visit/dose/")
    assert needs_no_scroll(tablet)
    tablet.get_by_role("button", name="Next: hand over").click()
    tablet.wait_for_url("**/first-visit/hand-over/")
    assert needs_no_scroll(tablet)
    make_link(tablet, "Astrid Alm")
    assert needs_no_scroll(tablet)


def test_a_visit_that_was_left_is_taken_up_again_from_the_chart(tablet: Page) -> None:
    begin_visit(tablet, "Astrid Alm")
    answer_none(tablet)
    tablet.get_by_role("button", name="Leave, keep the draft").click()
    expect(tablet.get_by_text("Step 2 waits: story.")).to_be_visible()
    tablet.get_by_role("link", name="Astrid Alm").click()
    expect(tablet.get_by_label("None of these", exact=True)).to_be_checked()
    tablet.get_by_role("button", name="Back").click()
    tablet.get_by_role("link", name="Caseload", exact=True).click()
    expect(tablet.get_by_role("heading", name="First visit unfinished")).to_be_visible()

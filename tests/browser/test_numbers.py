"""The clinic's numbers as an owner sees them: at every size, by day and by night, on paper, and
without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from patients.verbs import findings as finding_verbs
from tests import factories
from tests.browser.conftest import NewContext
from tests.browser.steps import as_user
from tests.cast import Cast
from tests.patients import acts
from tests.patients.numbers.crowd import not_yet, passing, plans

PICTURES = 6
SIZES = ((390, 844), (820, 1180), (1280, 800), (1920, 1080))
#: Words of a picture that reach over its edge.
CUT_OFF = """() => [...document.querySelectorAll('svg.counted')].flatMap(picture =>
  [...picture.querySelectorAll('text')].filter(word => {
    const box = word.getBBox();
    const { width, height } = picture.viewBox.baseVal;
    return box.x < 0 || box.x + box.width > width || box.y + box.height > height;
  }).map(word => word.textContent))"""


@pytest.fixture
def crowd(clock: time_machine.Traveller, cast: Cast) -> None:
    """Six patients of whom every picture tells something."""
    made = plans(6, cast.elin)
    fault = factories.hip_hinge().own_faults()[0]
    for plan in made:
        finding_verbs.note(plan=plan, by=cast.elin, fault=fault)
        acts.log(plan, pain=2)
        not_yet(plan, [criterion.slug for criterion in acts.criteria(plan, 1)])
    clock.shift(timedelta(days=9))
    passing(clock, [(plan, 0) for plan in made])


def opened(page: Page, cast: Cast, site: str) -> Page:
    as_user(page, cast.petra, site).goto("/numbers/")
    expect(page.locator("svg.counted")).to_have_count(PICTURES)
    return page


@pytest.mark.usefixtures("crowd")
def test_the_pictures_are_read_at_every_size_by_day_and_by_night(
    cast: Cast, desktop: Page, site: str, axe: Callable[[Page], None]
) -> None:
    page = opened(desktop, cast, site)
    for summary in page.locator("details.numbers > summary").all():
        summary.click()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT_OFF) == []


@pytest.mark.usefixtures("crowd")
def test_on_paper_every_table_stands_beneath_its_picture(
    cast: Cast, desktop: Page, site: str
) -> None:
    page = opened(desktop, cast, site)
    page.emulate_media(media="print")
    tables = page.locator("table.data")
    assert tables.count() >= PICTURES
    assert [table.is_visible() for table in tables.all()] == [True] * tables.count()
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    expect(page.get_by_text(f"Hip hinge, {cast.harbour.name}")).to_be_visible()


@pytest.mark.usefixtures("crowd")
def test_without_scripts_an_owner_chooses_and_reads_the_same(
    cast: Cast, new_context: NewContext, site: str
) -> None:
    page = opened(new_context(java_script_enabled=False).new_page(), cast, site)
    page.get_by_label("Whose patients").select_option("My patients")
    page.get_by_label("When").select_option("Last 3 months")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Fewer than 5 people had a plan on this ladder")).to_be_visible()
    expect(page.get_by_label("When")).to_have_value("3")


def test_numbers_are_found_from_the_caseload_and_among_the_pages_of_the_clinic(
    cast: Cast, desktop: Page, site: str
) -> None:
    as_user(desktop, cast.elin, site).goto("/caseload/")
    desktop.get_by_role("link", name="Numbers of my patients").click()
    expect(desktop.get_by_role("heading", name="Numbers", exact=True)).to_be_visible()
    as_user(desktop, cast.petra, site).goto("/staff/")
    desktop.get_by_role("link", name="Numbers", exact=True).click()
    expect(desktop.get_by_label("Whose patients")).to_have_value("clinic")

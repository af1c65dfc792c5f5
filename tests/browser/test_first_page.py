"""A phone's first page on a slow network: it is seen as soon as it has come, since its style comes
with it; the pages after it come without."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import PHONE, NewContext
from tests.browser.steps import as_user
from tests.cast import Cast
from tests.processes import wait_for

PAPER = "getComputedStyle(document.body).backgroundColor"
BARE = "rgba(0, 0, 0, 0)"


@pytest.fixture
def asked(context: BrowserContext) -> list[str]:
    """The names of the files that the browser asked for, in this order."""
    names: list[str] = []
    context.on("request", lambda request: names.append(request.url.rsplit("/", 1)[-1]))
    return names


def sheets(names: list[str]) -> list[str]:
    return [name for name in names if name.endswith(".css")]


def test_a_first_page_waits_for_no_style_and_the_next_one_has_it_from_the_first_touch(
    cast: Cast, context: BrowserContext, asked: list[str], site: str
) -> None:
    page = as_user(context.new_page(), cast.maya.user, site)
    page.goto("/today/?drill")
    assert page.evaluate(PAPER) != BARE
    assert sheets(asked) == []
    assert [name for name in asked if name.endswith(".js")] == ["today.js", "app.js"]

    page.keyboard.press("Tab")
    wait_for(lambda: "styles" in [cookie["name"] for cookie in context.cookies()])
    assert sheets(asked) == ["app.css", "figures.css"]
    page.goto("/today/?drill")
    expect(page.locator("link[rel=stylesheet]")).to_have_count(2)
    assert page.evaluate(PAPER) != BARE
    page.keyboard.press("Tab")
    page.goto("/history/")
    assert page.locator("style").get_attribute("data-sheet") == "/static/record.css"


def test_a_phone_that_could_not_fetch_the_files_gets_its_style_inside_again(
    cast: Cast, context: BrowserContext, site: str
) -> None:
    page = as_user(context.new_page(), cast.maya.user, site)
    context.route("**/figures.css", lambda route: route.abort())
    page.goto("/today/?drill")
    with page.expect_request_finished(lambda request: request.url.endswith("/app.css")):
        page.keyboard.press("Tab")
    page.goto("/today/?drill")
    expect(page.locator("style")).to_have_count(2)
    assert page.evaluate(PAPER) != BARE


def test_without_scripts_every_page_brings_its_style(
    cast: Cast, new_context: NewContext, site: str
) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    as_user(page, cast.maya.user, site)
    for _ in range(2):
        page.goto("/today/?drill")
        expect(page.locator("main.today")).to_have_css("max-width", "576px")
        expect(page.locator("style")).to_have_count(2)

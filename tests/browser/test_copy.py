"""Copying a link where a clinic runs on plain http in its own network, which has no clipboard of
the newer kind."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts import links
from tests.browser.steps import as_user
from tests.cast import Cast

PLAIN_HTTP = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"


@pytest.fixture
def physio(cast: Cast, desktop: Page, site: str) -> Page:
    """On the page with Maya's link."""
    links.issue(cast.maya.user, by=cast.elin)
    desktop.add_init_script(PLAIN_HTTP)
    as_user(desktop, cast.elin, site).goto(f"/patients/{cast.maya.pk}/invite/")
    return desktop


def test_the_link_is_copied_all_the_same(physio: Page) -> None:
    link = physio.get_by_label("The same link, for a message").input_value()
    physio.get_by_role("button", name="Copy link").click()
    expect(physio.get_by_role("button", name="Copied")).to_be_visible()
    physio.goto("/caseload/")
    physio.get_by_label("Find a patient").focus()
    physio.keyboard.press("Control+V")
    assert physio.get_by_label("Find a patient").input_value() == link


def test_where_nothing_can_be_copied_the_link_is_selected_and_that_is_said(physio: Page) -> None:
    physio.evaluate("document.execCommand = () => false")
    physio.get_by_role("button", name="Copy link").click()
    expect(physio.get_by_role("button", name="It is selected: copy it by hand")).to_be_visible()
    selected = physio.evaluate(
        "document.activeElement.value.slice(0, document.activeElement.selectionEnd)"
    )
    assert selected == physio.get_by_label("The same link, for a message").input_value()

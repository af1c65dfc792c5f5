"""The search of the caseload by keyboard: Enter opens the only patient found."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import NewContext
from tests.browser.steps import as_user
from tests.cast import Cast


def _typed(page: Page, words: str) -> None:
    """Typed, and Enter pressed before any list has come."""
    page.goto("/caseload/")
    page.get_by_label("Find a patient").fill(words)
    page.keyboard.press("Enter")


def test_enter_opens_the_only_patient_and_back_leads_to_the_list(
    cast: Cast, desktop: Page, site: str
) -> None:
    page = as_user(desktop, cast.elin, site)
    _typed(page, "roos")
    expect(page).to_have_url(re.compile(rf"/patients/{cast.maya.pk}/$"))
    page.go_back()
    expect(page.get_by_role("heading", name="Caseload")).to_be_visible()


def test_enter_leaves_several_and_a_near_one_to_the_reader(
    cast: Cast, desktop: Page, site: str
) -> None:
    factories.patient(cast.elin, "Maya Berg")
    page = as_user(desktop, cast.elin, site)
    _typed(page, "maya")
    expect(page.locator(".caseload h3")).to_have_count(2)
    page.get_by_label("Find a patient").press_sequentially(" berg")
    expect(page.locator(".caseload h3")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", name="Caseload")).to_be_visible()
    _typed(page, "bergg")
    expect(page.get_by_role("heading", name="Did you mean")).to_be_visible()
    expect(page).not_to_have_url(re.compile("open="))


def test_it_does_so_without_scripts_too(cast: Cast, new_context: NewContext, site: str) -> None:
    page = as_user(new_context(java_script_enabled=False).new_page(), cast.elin, site)
    _typed(page, "roos")
    expect(page).to_have_url(re.compile(rf"/patients/{cast.maya.pk}/$"))

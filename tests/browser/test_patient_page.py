"""The patient's page under a clinician's hands: what was typed stays, and every button answers the
keyboard."""

from __future__ import annotations

import pytest
import time_machine
from playwright.sync_api import Page, expect

from patients.verbs import plan as plan_verbs
from tests import factories
from tests.browser.conftest import NewContext
from tests.browser.steps import as_user, open_chart
from tests.cast import Cast
from tests.patients import acts


@pytest.fixture
def physio(clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str) -> Page:
    return as_user(desktop, cast.elin, site)


def test_another_level_keeps_what_was_typed_and_brings_its_own_dose(
    physio: Page, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    below = acts.level(cast.plan, 1)
    here = acts.level(cast.plan, 2)
    plan_verbs.prescribe(
        plan=cast.plan,
        level=below,
        by=cast.elin,
        sets=4,
        reps=6,
        word="As before.",
        max_depth="mid thigh",
    )
    open_chart(physio, cast.maya)
    word = physio.get_by_label("Your word to the patient")
    depth = physio.get_by_label("Not deeper than")
    sets = physio.get_by_label("Sets", exact=True)
    word.fill("Slowly, and breathe out.")
    physio.get_by_role("button", name="Change drill").click()
    expect(word).to_have_value("Slowly, and breathe out.")
    physio.locator("summary", has_text="1. Dowel hinge").click()
    physio.get_by_role("button", name=str(below), exact=True).press("Enter")
    expect(sets).to_have_value("4")
    expect(word).to_have_value("Slowly, and breathe out.")
    expect(depth).to_have_value("mid thigh")
    depth.fill("to the knees")
    physio.get_by_role("button", name=str(here), exact=True).click()
    expect(sets).not_to_have_value("4")
    expect(word).to_have_value("Slowly, and breathe out.")
    expect(depth).to_have_value("to the knees")
    sets.fill("5")
    sets.press("Enter")
    saved = physio.locator("#prescription").get_by_role("status")
    expect(saved).to_contain_text(f"Prescribed: {here}, 5 ×")


def test_a_refused_dose_keeps_its_words_when_the_level_changes(physio: Page, cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    open_chart(physio, cast.maya)
    physio.get_by_label("Your word to the patient").fill("Slowly.")
    physio.locator("#prescription").get_by_label("Sets").fill("")
    physio.get_by_role("button", name="Save prescription").click()
    expect(physio.locator("[aria-invalid=true]")).to_be_focused()
    physio.wait_for_load_state("networkidle")
    physio.locator("summary", has_text="1. Dowel hinge").click()
    physio.get_by_role("button", name=str(acts.level(cast.plan, 1)), exact=True).click()
    expect(physio.locator("[aria-invalid=true]")).to_have_count(0)
    expect(physio.get_by_label("Your word to the patient")).to_have_value("Slowly.")


def test_not_yet_answers_the_space_bar(physio: Page, cast: Cast) -> None:
    open_chart(physio, cast.maya)
    physio.get_by_role("button", name="Not yet").focus()
    physio.keyboard.press("Space")
    expect(physio.get_by_role("dialog", name="Not yet: stay on Dowel hinge")).to_be_visible()


def test_not_yet_leads_to_its_page_without_javascript(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, site: str
) -> None:
    page = as_user(new_context(java_script_enabled=False).new_page(), cast.elin, site)
    open_chart(page, cast.maya)
    page.get_by_role("button", name="Not yet").press("Space")
    expect(page.get_by_role("heading", name="Not yet")).to_be_visible()

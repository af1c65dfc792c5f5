"""The guided set: it is read from two metres, ticks the sets by itself, and nobody needs it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from patients.models import Draft
from patients.verbs import plan as plan_verbs
from tests.browser.conftest import PHONE, NewContext
from tests.browser.steps import as_user
from tests.cast import Cast
from tests.patients import acts
from tests.processes import wait_for

#: Ready, a repetition without a prescribed pace (2 seconds down, 2 up, 1 between), and a rest.
READY = 5
REP = 5
REST = 45


def opened(page: Page) -> Page:
    """Today on this page, whose clock stands until ``passes``."""
    page.clock.install()
    page.goto("/today/?drill")
    stands(page)
    return page


def stands(page: Page) -> None:
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 1)


@pytest.fixture
def today(clock: time_machine.Traveller, cast: Cast, phone: Page, site: str) -> Page:
    return opened(as_user(phone, cast.maya.user, site))


def started(page: Page) -> Locator:
    """The guide, pressed on, before the first of its seconds."""
    page.locator("#start").click()
    guide = page.get_by_role("dialog")
    expect(guide).to_be_visible()
    return guide


def passes(page: Page, seconds: int) -> None:
    page.clock.run_for(seconds * 1000)


def shows(guide: Locator, phase: str, count: int) -> None:
    expect(guide.locator(".words")).to_contain_text(f"{phase}{count}")


def kept() -> list[int]:
    """The repetitions of each set that the server has kept."""
    draft = Draft.objects.first()
    return [each["reps"] for each in draft.sets] if draft else []


def test_a_day_is_counted_and_ticked_by_itself_and_leads_to_the_log(
    today: Page, axe: Callable[[Page], None]
) -> None:
    asked: list[str] = []
    today.on("request", lambda request: asked.append(request.url))
    loaded = today.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert [name for name in loaded if "guide" in name] == []
    guide = started(today)
    assert {name.rpartition(".")[2] for name in asked if "/guide." in name} == {"js", "css"}
    expect(guide).to_contain_text("A calm pace: Down 2, Up 2")
    passes(today, READY)
    shows(guide, "Down", 1)
    tall = "one => parseFloat(getComputedStyle(one).fontSize)"
    assert guide.locator("[data-count]").evaluate(tall) > 215
    passes(today, 3 * REP + 2)
    shows(guide, "Up", 4)
    today.keyboard.press("Space")
    today.clock.resume()
    axe(today)
    stands(today)
    today.keyboard.press("Space")
    passes(today, 3 + 7 * REP)
    shows(guide, "Rest", REST)
    expect(guide.locator("[data-title]")).to_have_text("Set 2 of 2")
    guide.get_by_role("button", name="Start now").click()
    shows(guide, "Down", 1)
    passes(today, 10 * REP)
    expect(guide).to_be_hidden()
    expect(today.locator("#log [name=pain]").first).to_be_focused()
    expect(today.locator("#start")).to_be_hidden()
    expect(today.get_by_role("radio", name="All 2 sets")).to_be_checked()
    wait_for(lambda: kept() == [10, 10])


def test_it_pauses_goes_back_and_stops_where_it_hurts_and_what_was_done_is_kept(
    today: Page, cast: Cast
) -> None:
    guide = started(today)
    passes(today, READY + 5 * REP)
    shows(guide, "Down", 6)
    today.keyboard.press("Space")
    expect(guide.get_by_role("button", name="Go on")).to_be_focused()
    passes(today, 60)
    guide.get_by_role("button", name="Back one").click()
    shows(guide, "Down", 5)
    today.keyboard.press("Space")
    shows(guide, "Ready", 3)
    passes(today, 3 + 2 * REP)
    shows(guide, "Down", 7)
    today.keyboard.press("Escape")
    expect(guide).to_contain_text("Set 1 of 2: 6 of 10 done. It is kept.")
    expect(guide.get_by_role("link", name="It hurts")).to_be_focused()
    today.keyboard.press("Escape")
    shows(guide, "Ready", 3)
    guide.get_by_role("button", name="Stop here").click()
    guide.get_by_role("link", name="Something new in my leg").click()
    expect(today.get_by_role("heading", level=1)).to_have_text("How is it today?")
    wait_for(lambda: kept() == [6, 0])
    today.goto("/today/?drill")
    expect(today.locator("#start")).to_have_text("Go on: Set 1 of 2")
    expect(guide).to_be_hidden()


def test_it_goes_on_when_the_page_is_loaded_anew_but_never_where_another_person_was(
    today: Page, cast: Cast, site: str
) -> None:
    started(today)
    passes(today, READY + 3 * REP + 1)
    today.reload()
    guide = today.get_by_role("dialog")
    shows(guide, "Down", 4)
    passes(today, 30)
    guide.get_by_role("button", name="Go on").click()
    passes(today, 3 + REP)
    shows(guide, "Down", 5)
    today.context.clear_cookies()
    as_user(today, cast.noor.user, site).goto("/today/?drill")
    expect(today.locator("#start")).to_have_text("Start set 1 of 2")
    expect(guide).to_be_hidden()
    started(today)
    shows(guide, "Ready", READY)


def test_each_side_has_its_set_with_the_prescribed_pace_hold_and_rest_and_nothing_moves_if_wanted(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, site: str
) -> None:
    plan_verbs.prescribe(
        plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, sets=2, reps=2, seconds=3,
        pause=2, rest=60, per_side=True,
    )  # fmt: skip
    page = new_context(viewport=PHONE, reduced_motion="reduce").new_page()
    today = opened(as_user(page, cast.maya.user, site))
    guide = started(today)
    title = guide.locator("[data-title]")
    expect(title).to_have_text("Set 1 of 2, left")
    expect(guide).to_contain_text("Down 3, Hold 2, Up 2")
    expect(guide.get_by_role("button", name="My pace")).to_be_hidden()
    passes(today, READY + 3)
    shows(guide, "Hold", 1)
    assert guide.locator(".ground").evaluate("one => getComputedStyle(one).transform") == "none"
    passes(today, 2 * 8 - 3)
    expect(title).to_have_text("Set 1 of 2, right")
    shows(guide, "Change sides", 15)
    passes(today, 15 + 2 * 8)
    expect(title).to_have_text("Set 2 of 2, left")
    shows(guide, "Rest", 60)


def test_somebody_may_count_for_themselves_and_that_switch_is_remembered(today: Page) -> None:
    guide = started(today)
    guide.get_by_role("button", name="My pace off").click()
    passes(today, READY + 30)
    shows(guide, "Your pace", 0)
    for _ in range(10):
        guide.get_by_role("button", name="Done one").click()
    shows(guide, "Rest", REST)
    today.reload()
    expect(guide.get_by_role("button", name="My pace on")).to_be_visible()
    guide.get_by_role("button", name="Stop here").click()
    guide.get_by_role("button", name="I am tired").click()
    expect(guide).to_be_hidden()
    expect(today.get_by_role("radio", name="Tired")).to_be_checked()


def test_without_scripts_there_is_no_start(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, site: str
) -> None:
    page = as_user(new_context(java_script_enabled=False).new_page(), cast.maya.user, site)
    page.goto("/today/?drill")
    expect(page.get_by_role("link", name="Log it")).to_be_visible()
    expect(page.locator("#start")).to_be_hidden()
    expect(page.locator("#guide")).to_be_hidden()

"""A phone whose owner reads at twice the size: on no page of a patient is a word cut off, torn, or
beneath another, no control lies on another, and nothing has to be pushed sideways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from playwright.sync_api import BrowserType, Page, expect

from accounts import links
from curriculum.models import Ladder
from patients.verbs import messages as message_verbs
from tests import access_world
from tests.access_world import World
from tests.browser.conftest import PHONE
from tests.browser.steps import as_user
from tests.cast import Cast
from tests.states_of_day import days, days_after_another

LEGIBLE = Path(__file__).with_name("legible.js").read_text(encoding="utf-8")
NARROWEST = {"width": 320, "height": 640}

#: Pages that no state of the day changes.
PAGES = [
    "me",
    "get_help",
    "pin",
    "own_name",
    "log_day",
    "morning",
    "my_usual_pain",
    "my_pause",
    "my_messages",
    "report",
    "about_ladder",
    "rung_page",
    "level_page",
    "who_looked",
    "rate",
    "my_person",
    "my_reminders",
    "my_carers",
]


@pytest.fixture
def large(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], site: str
) -> Iterator[Page]:
    """A phone whose owner chose letters of twice the size in the settings of the browser."""
    args = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    browser = browser_type.launch(**browser_type_launch_args | {"args": args})
    yield browser.new_page(base_url=site, reduced_motion="reduce")
    browser.close()


def unread(page: Page) -> list[str]:
    """What nobody could read or hit on the page, on a phone of usual width and on the narrowest."""
    faults = []
    for size in (PHONE, NARROWEST):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        where = f"{urlsplit(page.url).path} at {size['width']}"
        faults += [f"{where}: {fault}" for fault in page.evaluate(LEGIBLE)]
    return faults


def _way_in(world: World) -> Iterator[tuple[str, str]]:
    """Addresses that a phone without a sign-in opens, and words by which each page is known."""
    link = urlsplit(links.url(world.cast.maya.user.phone_link)).path
    yield link, "Your drill is one tap away"
    links.set_pin(world.cast.maya.user, "4711")
    yield link, "Type the PIN you chose then"
    yield "/p/x/", "This link does not open"
    yield "/account/login/", "I practise at home"


def test_every_page_of_a_patient_can_be_read_at_twice_the_size(
    curriculum: Ladder, large: Page, site: str
) -> None:
    world = access_world.build()
    faults = []
    for address, words in _way_in(world):
        large.goto(address)
        assert large.get_by_text(words).first.is_visible(), address
        faults += unread(large)
    large.get_by_text("Get help", exact=True).first.click()
    faults += unread(large)
    as_user(large, world.cast.maya.user, site)
    for name in PAGES:
        large.goto(access_world.address(name, world))
        faults += unread(large)
    for words, patient in days(world):
        as_user(large, patient.user, site)
        large.goto("/today/")
        assert large.get_by_text(words).first.is_visible(), words
        faults += unread(large)
        if words in {"Your sets", "Ease off next time.", "You have finished with Elin"}:
            for address in ("/ladder/", "/history/"):
                large.goto(address)
                faults += unread(large)
    assert faults == []


def test_a_day_that_an_earlier_one_decides_can_be_read_at_twice_the_size(
    clock: time_machine.Traveller, cast: Cast, large: Page, site: str
) -> None:
    faults = []
    for words, patient in days_after_another(clock, cast.elin):
        as_user(large, patient.user, site)
        large.goto("/today/")
        assert large.get_by_text(words).first.is_visible(), words
        faults += unread(large)
    assert faults == []


def test_how_it_is_stands_first_at_twice_the_size_where_a_message_waits(
    cast: Cast, large: Page, site: str
) -> None:
    message_verbs.write(plan=cast.plan, by=cast.elin, text="Friday at ten?")
    as_user(large, cast.maya.user, site)
    for width, height in ((390, 844), (375, 667), (360, 640), (320, 568)):
        large.set_viewport_size({"width": width, "height": height})
        large.goto("/today/?drill")
        expect(large.get_by_text("Elin wrote to you.")).to_be_visible()
        ask = large.get_by_role("main").get_by_role("link", name="How is it today?")
        box = ask.bounding_box()
        bottom = large.get_by_role("navigation", name="Main").bounding_box()
        assert box
        assert bottom
        assert box["y"] + box["height"] <= bottom["y"], (width, height)
        assert large.evaluate(LEGIBLE) == []


def test_two_taps_of_a_hand_that_shakes_choose_what_was_aimed_at(
    cast: Cast, large: Page, site: str
) -> None:
    large.set_viewport_size({"width": 390, "height": 844})
    as_user(large, cast.maya.user, site).goto("/today/?drill")
    large.get_by_role("link", name="Log it").click()
    for name, value in (("pain", "2"), ("new", "no"), ("effort", "right")):
        answer = large.locator(f"[name={name}][value='{value}']")
        tile = large.locator("#log label", has=answer)
        tile.scroll_into_view_if_needed()
        before = tile.bounding_box()
        tile.dblclick()
        assert tile.bounding_box() == before, name
        expect(answer).to_be_checked()


def test_a_page_that_cannot_be_read_would_be_found(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.set_content(
        """<!doctype html><html lang="en"><title>Bad</title><style>
        body { margin: 0; font-size: 32px; overflow-wrap: break-word }
        #cut { overflow: hidden; block-size: 20px } #torn { inline-size: 60px }
        p { margin: 0 } #over { margin-block-start: -30px }
        #far { position: absolute; inset-inline-start: 300px }
        button { inline-size: 90px; margin-inline-end: -40px }</style>
        <p id="cut">Clipped words</p><p id="torn">Practice</p><p id="over">Beneath</p>
        <button>A</button><button>B</button><p id="far">Far away</p></html>"""
    )
    told = "\n".join(page.evaluate(LEGIBLE))
    assert all(
        words in told
        for words in (
            "out of its box: Clipped",
            "torn: Practice",
            "one over the other: Practice | Beneath",
            "controls on each other",
            "over the edge: Far",
            "scrolls sideways",
        )
    ), told

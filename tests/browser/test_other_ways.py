"""A patient whose hand shakes, one who sees the page in the colours of their system, and one who
hears it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests import factories
from tests.browser.steps import as_user, choose
from tests.cast import Cast
from tests.patients import acts

#: Controls that a finger could miss: smaller than 44 px, and no link within a sentence.
SMALL = """() => [...document.querySelectorAll('a[href], button, summary, select, textarea, label.tile')]
  .filter(one => one.checkVisibility() && !one.closest('.vh'))
  .filter(one => !(getComputedStyle(one).display === 'inline' && one.parentElement.textContent.trim() !== one.textContent.trim()))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""  # noqa: E501


@pytest.fixture
def maya(clock: time_machine.Traveller, cast: Cast, phone: Page, site: str) -> Page:
    """Maya's phone. She practised on two days and stands on the second rung."""
    factories.pass_open_rung(cast.plan, by=cast.elin)
    clock.shift(timedelta(days=5))
    for ago, pain in ((1, 2), (3, 5)):
        day = cast.harbour.today() - timedelta(days=ago)
        acts.log(cast.plan, day, pain=pain, level=acts.level(cast.plan, 2))
    return as_user(phone, cast.maya.user, site)


def box_of(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


def bottom_of(part: Locator) -> float:
    box = box_of(part)
    return box["y"] + box["height"]


def test_a_hand_that_shakes_hits_what_it_aims_at(maya: Page) -> None:
    small = {}
    for address in ("/today/?later", "/ladder/", "/history/", "/me/", "/today/how/"):
        maya.goto(address)
        small[address] = maya.evaluate(SMALL)
    assert not any(small.values()), small
    row = maya.locator(".scale .tile")
    left = box_of(row.nth(0))
    assert box_of(row.nth(1))["x"] - left["x"] - left["width"] >= 7.5
    panel = maya.locator("details.help > .panel")
    for beside in (False, True):
        maya.get_by_text("Get help", exact=True).click()
        assert bottom_of(panel) < 844 * 0.75  # the page is seen beneath it
        if beside:
            maya.mouse.click(8, 700)
        else:
            maya.get_by_role("button", name="Close").click()
        expect(panel).to_be_hidden()
    maya.set_viewport_size({"width": 844, "height": 390})
    maya.goto("/today/?drill")
    assert bottom_of(maya.locator("h1")) < 390


def test_the_colours_of_the_system_show_what_is_chosen(maya: Page) -> None:
    maya.emulate_media(forced_colors="active", reduced_motion="reduce")
    maya.goto("/today/how/")
    chosen = maya.locator(".scale .tile").nth(3)
    other = maya.locator(".scale .tile").nth(4)
    chosen.click()

    def look(element: str) -> str:
        return f"one => getComputedStyle(one).{element}"

    assert chosen.evaluate(look("backgroundColor")) != other.evaluate(look("backgroundColor"))
    chosen.locator("input").focus()
    maya.keyboard.press("ArrowRight")
    assert float(other.evaluate(look("outlineWidth")).removesuffix("px")) >= 3
    maya.goto("/ladder/")
    here = maya.locator("nav [aria-current=page]")
    assert here.evaluate(look("borderBlockEndWidth")) == "3px"
    ground = maya.locator(".ladder > li > b")
    assert len({one.evaluate(look("backgroundColor")) for one in ground.all()}) == 2


def test_a_screen_reader_says_the_movement_and_what_a_tap_changes(maya: Page) -> None:
    maya.goto("/today/?later")
    moving = maya.get_by_role("img", name=re.compile("From the side: .*the buttocks tap the wall"))
    expect(moving.first).to_be_visible()
    said = maya.locator("#said")
    assert said.evaluate("one => one.isConnected && one.getAttribute('role')") == "status"
    maya.get_by_role("link", name="Log it").click()
    choose(maya, "Most back or leg pain", "8 of 10")
    expect(said).to_contain_text("Stop here for today.")

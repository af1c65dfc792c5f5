"""Today on a phone: what to do in one screen, one bar for the thumb, and four taps to log it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from patients.models import Practice
from patients.verbs import messages as message_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests.browser.conftest import PHONE, NewContext
from tests.browser.steps import as_user, choose
from tests.cast import Cast
from tests.patients import acts

WORD = "Slow down on the way up."
BOTTOM_BAR = 69
SAVE = "Save for Monday 7 September"


@pytest.fixture
def patient(clock: time_machine.Traveller, cast: Cast) -> Cast:
    """Maya, whose usual pain is low, with a word of her physio."""
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=2)
    level = acts.level(cast.plan)
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, sets=2, reps=10, word=WORD)
    return cast


def ends(part: Locator) -> float:
    expect(part).to_be_visible()
    box = part.bounding_box()
    assert box
    return box["y"] + box["height"]


def reached_by_tab(page: Page, words: str) -> int:
    """How many presses of Tab from the head of the page lead to what has these words."""
    page.locator("details.help > summary").focus()
    for presses in range(1, 40):
        page.keyboard.press("Tab")
        if page.evaluate("words => document.activeElement.textContent.includes(words)", words):
            return presses
    raise AssertionError(words)


def test_the_day_is_one_screen_and_four_taps_log_it(
    patient: Cast, phone: Page, site: str, axe: Callable[[Page], None]
) -> None:
    as_user(phone, patient.maya.user, site).goto("/today/")
    main = phone.get_by_role("main")
    bar = main.get_by_role("link", name="Log it").bounding_box()
    assert bar
    for words in ("Monday 7 September", "2 sets of 10", "You need:", WORD, "How is it today?"):
        assert ends(main.get_by_text(words).first) <= bar["y"], words
    for part in ("h1", "figure.drill", ".three li:last-child"):
        assert ends(main.locator(part)) <= bar["y"], part
    save = main.get_by_role("button", name=SAVE)
    expect(save).to_be_hidden()

    main.get_by_role("link", name="Log it").click()
    scrolled = phone.evaluate("scrollY")
    choose(phone, "Most back or leg pain", "2 of 10")
    choose(phone, "Anything new or worse?", "No")
    choose(phone, "How hard was it?", "About right")
    assert ends(save) <= PHONE["height"] - BOTTOM_BAR
    assert phone.evaluate("scrollY") == scrolled
    axe(phone)
    save.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")
    axe(phone)
    assert [one["reps"] for one in Practice.objects.get().sets] == [10, 10]


SHORT_PHONES = [(360, 640), (375, 667), (320, 568)]


@pytest.mark.parametrize("size", SHORT_PHONES, ids=lambda size: "{}x{}".format(*size))
def test_how_it_is_can_be_told_without_scrolling_on_a_short_phone_where_a_message_waits(
    patient: Cast, phone: Page, site: str, size: tuple[int, int]
) -> None:
    as_user(phone, patient.maya.user, site)
    phone.set_viewport_size({"width": size[0], "height": size[1]})
    for waiting in (False, True):
        if waiting:
            message_verbs.write(plan=patient.plan, by=patient.elin, text="Friday at ten?")
        phone.goto("/today/?drill")
        expect(phone.get_by_text("Elin wrote to you.")).to_be_visible(visible=waiting)
        ask = phone.get_by_role("main").get_by_role("link", name="How is it today?")
        bar = phone.locator(".go-bar").bounding_box()
        assert bar
        assert ends(ask) <= bar["y"]
    assert reached_by_tab(phone, "How is it today?") < reached_by_tab(phone, "Elin wrote to you.")


@pytest.mark.parametrize("words", ["Back or leg pain right now", "An easier day."])
def test_how_it_is_stands_above_a_question_and_above_an_easier_day(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str, words: str
) -> None:
    if words == "An easier day.":
        acts.log(cast.plan, pain=7)
        clock.shift(timedelta(days=1))
    as_user(phone, cast.maya.user, site).goto("/today/")
    ask = phone.get_by_role("main").get_by_role("link", name="How is it today?")
    below = phone.get_by_text(words).first.bounding_box()
    assert below
    assert ends(ask) <= below["y"]


def test_a_tapped_set_and_words_of_a_new_level_stand_open_and_a_stop_counts_what_is_ticked(
    patient: Cast, phone: Page, site: str
) -> None:
    as_user(phone, patient.maya.user, site).goto("/today/")
    how = phone.locator("details", has_text="How to do it").first
    expect(how).to_have_attribute("open", "")
    phone.get_by_role("link", name="Log it").click()
    expect(phone.get_by_role("checkbox", name="Set 1")).to_be_hidden()
    choose(phone, "How hard was it?", "Had to stop")
    with phone.expect_response("**/today/sets/"):
        phone.get_by_text("Set 1", exact=True).click()
    phone.goto("/today/")
    expect(phone.get_by_role("button", name=SAVE)).to_be_visible()
    expect(phone.get_by_role("radio", name="Not all")).to_be_checked()
    choose(phone, "How hard was it?", "Had to stop")
    phone.get_by_role("button", name=SAVE).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert [one["reps"] for one in Practice.objects.get().sets] == [10]


def test_without_scripts_the_page_is_one_open_form(
    patient: Cast, new_context: NewContext, site: str
) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    as_user(page, patient.maya.user, site).goto("/today/")
    expect(page.locator("#start")).to_be_hidden()
    expect(page.get_by_role("button", name=SAVE)).to_be_visible()
    choose(page, "Most back or leg pain", "2 of 10")
    page.get_by_role("button", name=SAVE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert len(Practice.objects.get().sets) == 2


def test_a_phone_held_sideways_shows_picture_name_and_the_button(
    patient: Cast, phone: Page, site: str
) -> None:
    as_user(phone, patient.maya.user, site).goto("/today/")
    main = phone.get_by_role("main")
    phone.set_viewport_size({"width": 844, "height": 390})
    bar = main.get_by_role("link", name="Log it").bounding_box()
    assert bar
    for part in (main.locator("h1"), main.locator("figure.drill svg").first):
        assert ends(part) <= bar["y"], part
    assert bar["y"] + bar["height"] <= 390
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

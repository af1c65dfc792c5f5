"""The sheet of a day on a phone: what is typed is never lost, and stands on the day it is for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Locator, Page, Route, expect

from patients.models import Practice
from patients.verbs import people as people_verbs
from tests.browser.conftest import MONDAY
from tests.browser.look import look_at
from tests.browser.steps import answer_sheet, as_user, choose, count_sets
from tests.cast import Cast
from tests.processes import wait_for

NOTE = "Heavy shopping yesterday."
#: What the translation of a browser does to a page: each text is put into elements of its own.
TRANSLATED = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) if (texts.currentNode.data.trim() && !texts.currentNode.parentElement.closest('script, style, svg')) found.push(texts.currentNode);
  for (const text of found) {
    const outer = document.createElement('font');
    const inner = document.createElement('font');
    inner.textContent = text.data.replace(/[aeiou]/g, 'ö');
    outer.append(inner);
    text.replaceWith(outer);
  }
  document.documentElement.lang = 'de';
}"""  # noqa: E501


@pytest.fixture
def today(clock: time_machine.Traveller, cast: Cast, phone: Page, site: str) -> Page:
    as_user(phone, cast.maya.user, site).goto("/today/?drill")
    return phone


def save_button(page: Page) -> Locator:
    return page.locator("#log button.primary")


def note_of(page: Page) -> Locator:
    return page.locator("#log [name=note]")


def open_log(page: Page) -> None:
    page.get_by_role("link", name="Log it").click()


def answer_body(page: Page) -> None:
    """Answer what is asked of the body, and write a note, without tapping a set."""
    open_log(page)
    choose(page, "Back or leg pain", "3 of 10")
    choose(page, "Anything new or worse?", "Yes")
    page.locator("#new label", has=page.locator("[value=fever]")).click()
    choose(page, "How hard was it?", "Hard")
    page.get_by_text(re.compile("^Add a note for")).click()
    note_of(page).fill(NOTE)


def test_a_refused_save_says_why_above_its_button_asks_for_the_sets_and_stays_in_place(
    today: Page, axe: Callable[[Page], None]
) -> None:
    count_sets(today)
    choose(today, "Back or leg pain", "2 of 10")
    save_button(today).click()
    refused = today.locator("#refused")
    expect(refused).to_be_focused()
    expect(refused).to_be_in_viewport()
    expect(refused).to_contain_text("Which sets did you do?")
    save = save_button(today).bounding_box()
    bar = today.get_by_role("navigation").bounding_box()
    assert save
    assert bar
    assert save["y"] + save["height"] <= bar["y"]
    assert today.evaluate("scrollY") > 0
    axe(today)
    today.get_by_role("button", name="All 2 sets").click()
    expect(today.get_by_text("Saved for Monday 7 September.")).to_be_visible()
    entry = Practice.objects.get()
    assert ([one["reps"] for one in entry.sets], entry.pain) == ([10, 10], 2)


def test_every_answer_is_there_again_after_a_reload_and_gone_once_saved_or_signed_out(
    today: Page,
) -> None:
    answer_body(today)
    today.reload()
    expect(note_of(today)).to_have_value(NOTE)
    expect(today.locator("[name=pain][value='3']")).to_be_checked()
    expect(today.locator("[name=kind][value=fever]")).to_be_checked()
    expect(today.locator("[name=effort][value=hard]")).to_be_checked()
    kept = "Object.keys(sessionStorage).filter(key => key.startsWith('log ')).length"
    assert today.evaluate(kept) == 1
    beside = today.context.new_page()
    beside.goto("/me/")
    with beside.expect_navigation():
        beside.get_by_role("button", name="Sign out here").click()
    # In the tab that was left open, too: the phone may be handed on.
    wait_for(lambda: today.evaluate(kept) == 0, seconds=5)
    assert beside.evaluate(kept) == 0


def test_a_second_tap_and_a_quiet_word_take_an_answer_back(today: Page) -> None:
    open_log(today)
    three = today.locator("[name=pain][value='3']")
    label = today.locator("label", has=three)
    label.dblclick()
    expect(three).to_be_checked()
    clear = today.locator("#pain .take-back > span").bounding_box()
    hint = today.locator("#pain > .hint").bounding_box()
    assert clear
    assert hint
    assert clear["y"] + clear["height"] <= hint["y"] + 1
    today.wait_for_timeout(700)
    label.click()
    expect(three).not_to_be_checked()
    label.click()
    expect(three).to_be_checked()
    today.locator("#log").get_by_text("Clear this answer").first.click()
    expect(three).not_to_be_checked()


def test_a_save_before_the_heavy_script_came_is_kept_and_sent_once_it_comes(
    today: Page,
) -> None:
    assert not today.evaluate("Boolean(window.htmx)")
    today.context.set_offline(True)
    answer_body(today)
    save_button(today).click()
    expect(today.get_by_role("alert").filter(has_text="It is also sent by itself")).to_be_visible()
    expect(note_of(today)).to_have_value(NOTE)
    today.context.set_offline(False)
    expect(today.get_by_role("heading", level=1)).to_have_text(re.compile("^A doctor"))
    assert Practice.objects.get().note == NOTE


def test_a_connection_that_hangs_shows_a_ring_and_after_fifteen_seconds_says_so_and_sends_again(
    today: Page,
) -> None:
    answer_sheet(today, pain=2, note=NOTE)
    today.wait_for_load_state("networkidle")
    hung: list[Route] = []

    def never_answered(route: Route) -> None:
        hung.append(route)

    today.route("**/log/**", never_answered)
    today.evaluate("htmx.config.timeout = 4000")
    save = save_button(today)
    ring = "element => getComputedStyle(element, '::after').animationName"
    save.click()
    expect(save).to_be_disabled()
    assert save.evaluate(ring) == "turn"
    told = today.get_by_role("alert").filter(has_text="No answer came for 15 seconds.")
    expect(told).to_be_in_viewport()
    expect(told).to_contain_text("It is also sent by itself")
    expect(save).to_be_enabled()
    expect(note_of(today)).to_have_value(NOTE)
    assert hung
    today.unroute("**/log/**")
    today.evaluate("dispatchEvent(new Event('online'))")
    expect(today.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert Practice.objects.get().note == NOTE


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (502, "The server cannot answer at the moment."),
        (404, "The page is out of date."),
    ],
)
def test_each_failure_says_its_own_sentence_and_keeps_the_note(
    today: Page, status: int, words: str
) -> None:
    answer_sheet(today, pain=2, note=NOTE)
    today.route("**/log/**", lambda route: route.fulfill(status=status, body="<h1>Proxy</h1>"))
    save_button(today).click()
    told = today.get_by_role("alert").filter(has_text=words)
    expect(told).to_be_in_viewport()
    expect(told).not_to_contain_text("Proxy")
    expect(note_of(today)).to_have_value(NOTE)


def test_with_all_cookies_gone_it_says_to_open_the_link_again(today: Page) -> None:
    answer_sheet(today, pain=2, note=NOTE)
    today.wait_for_load_state("networkidle")
    today.context.clear_cookies()
    save_button(today).click()
    told = today.get_by_role("alert").filter(has_text="You are signed out.")
    expect(told).to_be_in_viewport()
    expect(note_of(today)).to_have_value(NOTE)


def test_a_second_tab_shows_what_was_saved_and_replaces_it(today: Page) -> None:
    second = today.context.new_page()
    second.goto("/today/?drill")
    answer_sheet(second, pain=4, note="From the second tab.")
    answer_sheet(today, pain=2, note=NOTE)
    save_button(today).click()
    expect(today.get_by_role("heading", level=1)).to_have_text("Done for today")
    save_button(second).click()
    expect(second.get_by_role("heading", level=1)).to_have_text("This day is logged already")
    expect(second.get_by_text(NOTE)).to_be_visible()
    expect(second.get_by_role("link", name="Keep that")).to_be_visible()
    look_at(second)
    second.get_by_role("button", name="Replace it with this").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert Practice.objects.standing().get().note == "From the second tab."


def test_a_discharge_meanwhile_shows_everything_that_was_typed_and_whom_to_call(
    today: Page, cast: Cast
) -> None:
    answer_sheet(today, pain=2, note=NOTE)
    today.wait_for_load_state("networkidle")
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    save_button(today).click()
    expect(today.get_by_role("heading", level=1)).to_have_text("Your practice was not saved")
    for words in (NOTE, "2 of 10", "2 of 2: 10, 10", "About right"):
        expect(today.get_by_text(words, exact=True)).to_be_visible()
    expect(today.locator("main").get_by_role("link", name=re.compile("Call"))).to_be_visible()
    look_at(today)


def test_a_page_with_something_typed_says_after_midnight_of_which_day_it_is(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str
) -> None:
    page = as_user(phone, cast.maya.user, site)
    # The phone's own clock is a year behind: the clinic's decides.
    page.clock.set_fixed_time(MONDAY - timedelta(days=365))
    page.goto("/today/?drill")
    open_log(page)
    choose(page, "Back or leg pain", "2 of 10")
    page.clock.set_fixed_time(MONDAY - timedelta(days=365) + timedelta(hours=14))
    look = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(look)
    expect(page.locator("#old-day")).to_be_hidden()
    clock.move_to(MONDAY + timedelta(hours=16))
    page.clock.set_fixed_time(MONDAY - timedelta(days=365) + timedelta(hours=16))
    page.evaluate(look)
    expect(page.locator("#old-day")).to_contain_text("This page is for Monday 7 September")
    expect(page.locator("[name=pain][value='2']")).to_be_checked()
    look_at(page)


def test_turning_the_phone_and_a_translated_page_keep_and_save_every_answer(today: Page) -> None:
    answer_body(today)
    today.set_viewport_size({"width": 844, "height": 390})
    today.evaluate(TRANSLATED)
    today.set_viewport_size({"width": 390, "height": 844})
    expect(note_of(today)).to_have_value(NOTE)
    save_button(today).click()
    expect(today).not_to_have_url(re.compile("drill"))
    saved = Practice.objects.get()
    assert (saved.pain, saved.effort, saved.note) == (3, "hard", NOTE)

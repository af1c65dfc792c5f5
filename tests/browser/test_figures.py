"""Figures in a real browser: what moves keeps its shape, and moves only when asked."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User
from curriculum.figures import animated, read_figure, read_postures, still
from curriculum.figures.shapes import STATURE, UNIT
from curriculum.posture import SHANK, THIGH
from tests.cast import Cast
from tests.processes import wait_for

ROOT = Path(__file__).resolve().parents[2]
POSTURES = read_postures()
CYCLE = 5.0

# The drawn joints: where a leg part's own origin (its joint) lies in the picture, in its units.
JOINTS = """svg => [...svg.querySelectorAll('.move g')]
  .filter(g => g.querySelector(':scope > path.b'))
  .map(g => {
    const m = svg.getCTM().inverse().multiply(g.getCTM());
    const shape = g.querySelector(':scope > path').getAttribute('d');
    return { x: m.e, y: m.f, turn: Math.atan2(m.b, m.a), shape };
  })"""


def page_of(figures: str) -> str:
    style, script = (ROOT / "static" / name for name in ("figures.css", "app.js"))
    return (
        f"<style>{style.read_text()}</style><main>{figures}</main>"
        f"<script>{script.read_text()}</script>"
    )


def framed(svg: str, motion: str = "ready") -> str:
    button = (
        '<button type="button" class="play" hidden aria-label="Play" data-other="Pause">x</button>'
    )
    return f'<figure class="drill" data-motion="{motion}">{svg}{button}</figure>'


def moving(slug: str, uid: str = "f") -> str:
    return animated(read_figure(POSTURES.drills[slug]), uid=uid)


def legs(page: Page, seconds: float) -> list[dict[str, Any]]:
    page.evaluate(
        """t => {
          const s = document.querySelector('svg.hf');
          s.pauseAnimations();
          s.setCurrentTime(t);
        }""",
        seconds,
    )
    found: list[dict[str, Any]] = page.locator("svg.hf").evaluate(JOINTS)
    return found


def test_drawn_limbs_of_every_drill_keep_their_length_at_start_middle_and_end(page: Page) -> None:
    wrong = []
    for slug in POSTURES.drills:
        page.goto("about:blank")
        page.set_content(page_of(framed(moving(slug))))
        page.evaluate("document.querySelector('svg.hf').classList.add('playing')")
        for seconds in (0.0, CYCLE * 0.18, CYCLE * 0.27, CYCLE * 0.41, CYCLE * 0.55):
            lengths = _thighs(legs(page, seconds))
            if lengths != pytest.approx([THIGH * STATURE] * 2, abs=1):
                wrong.append((slug, seconds, lengths))
    assert wrong == []


def _thighs(parts: list[dict[str, Any]]) -> list[float]:
    """How far each knee is drawn from its hip."""
    shapes = list(dict.fromkeys(part["shape"] for part in parts))
    shanks = [part for part in parts if part["shape"] == shapes[0]]
    thighs = [part for part in parts if part["shape"] == shapes[1]]
    return [
        math.hypot(shank["x"] - thigh["x"], shank["y"] - thigh["y"]) / UNIT
        for shank, thigh in zip(shanks, thighs, strict=True)
    ]


@pytest.mark.parametrize("slug", ["dowel-hinge", "squat", "romanian-deadlift", "warrior-hinge"])
def test_the_drawn_ankle_stays_planted_between_the_samples_too(page: Page, slug: str) -> None:
    page.set_content(page_of(framed(moving(slug))))
    page.evaluate("document.querySelector('svg.hf').classList.add('playing')")
    ankles = []
    for step in range(12):
        near = legs(page, 0.6 + step * 0.13)
        shape = near[0]["shape"]
        knee = [part for part in near if part["shape"] == shape][-1]
        down = SHANK * STATURE
        ankles.append(
            (
                knee["x"] / UNIT - down * math.sin(knee["turn"]),
                knee["y"] / UNIT + down * math.cos(knee["turn"]),
            )
        )
    assert max(math.dist(ankle, ankles[0]) for ankle in ankles) < 1.2


def test_a_figure_stands_still_until_its_button_is_pressed_by_keyboard(page: Page) -> None:
    page.set_content(page_of(framed(moving("dowel-hinge"))))
    svg = page.locator("svg.hf")
    button = page.get_by_role("button")
    assert svg.locator(".still").is_visible()
    assert not svg.locator(".move").is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert svg.locator(".move").is_visible()
    assert not svg.evaluate("svg => svg.animationsPaused()")
    assert button.get_attribute("aria-label") == "Pause"
    page.keyboard.press("Space")
    assert svg.locator(".still").is_visible()
    assert svg.evaluate("svg => svg.animationsPaused()")


def test_a_figure_that_may_start_by_itself_does_so_in_view_only(page: Page) -> None:
    tall = '<div class="far"></div><style>.far{height:3000px}</style>'
    page.set_content(
        page_of(framed(moving("squat", "a"), "auto") + tall + framed(moving("squat", "b"), "auto"))
    )
    wait_for(lambda: page.evaluate("document.querySelectorAll('svg.playing').length === 1"))
    page.locator("svg.hf").nth(1).scroll_into_view_if_needed()
    wait_for(
        lambda: page.evaluate(
            "document.querySelectorAll('svg.hf')[1].classList.contains('playing')"
        )
    )
    wait_for(
        lambda: page.evaluate(
            "!document.querySelectorAll('svg.hf')[0].classList.contains('playing')"
        )
    )


def test_who_prefers_no_motion_sees_the_end_over_the_start_and_can_still_press_play(
    page: Page,
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_content(page_of(framed(moving("squat"), "auto")))
    page.wait_for_timeout(300)
    assert page.locator("svg.playing").count() == 0
    assert page.locator("svg.hf .still .hf-ghost").is_visible()
    page.get_by_role("button").click()
    assert page.locator("svg.playing .move").is_visible()


def test_opening_the_mistake_plays_it_beside_the_right_form_from_the_same_start(page: Page) -> None:
    fault = read_figure(
        POSTURES.drills["plain-hinge"], POSTURES.faults["plain-hinge", "squats-the-hinge"]
    )
    right = framed(moving("plain-hinge", "a"), "auto")
    wrong = framed(animated(fault, uid="b", ghost=False))
    page.set_content(
        page_of(f"{right}<details class='mistake'><summary>Show</summary>{wrong}</details>")
    )
    wait_for(lambda: page.evaluate("document.querySelectorAll('svg.playing').length === 1"))
    page.get_by_text("Show", exact=True).click()
    wait_for(lambda: page.evaluate("document.querySelectorAll('svg.playing').length === 2"))
    first, second = page.evaluate(
        "[...document.querySelectorAll('svg.hf')].map(s => s.getCurrentTime())"
    )
    assert abs(first - second) < 0.1
    page.get_by_text("Show", exact=True).click()
    wait_for(lambda: page.evaluate("document.querySelectorAll('svg.playing').length === 1"))


def test_without_a_script_the_end_stands_over_the_start_and_there_is_no_dead_button(
    page: Page,
) -> None:
    style = (ROOT / "static" / "figures.css").read_text()
    page.set_content(f"<style>{style}</style>{framed(moving('dowel-hinge'))}")
    assert page.locator("svg.hf .still").is_visible()
    assert not page.locator("svg.hf .move").is_visible()
    assert not page.locator("button").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_figure_is_drawn_in_the_colours_of_its_theme(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    svg = still(read_figure(POSTURES.drills["squat"]), uid="f")
    page.set_content(f"<style>:root{{color-scheme:light dark}}</style>{page_of(svg)}")
    legs_colour = page.locator("svg.hf path.b").first.evaluate(
        "path => getComputedStyle(path).fill"
    )
    assert legs_colour == {"light": "rgb(52, 64, 79)", "dark": "rgb(165, 173, 184)"}[scheme]


def signed_in(page: Page, client: Client, user: User, site: str) -> Page:
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    return page


@pytest.mark.parametrize("path", ["/drills/", "/drills/dowel-hinge/", "/drills/kickstand-hinge/"])
def test_pages_full_of_figures_keep_the_policy_and_share_no_id(
    desktop: Page, client: Client, cast: Cast, site: str, axe: Callable[[Page], None], path: str
) -> None:
    page = signed_in(desktop, client, cast.elin, site)
    page.goto(path)
    page.wait_for_selector("svg.hf")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(ids) == len(set(ids))
    axe(page)

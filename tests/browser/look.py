"""Looks at pages as a person meets them: what axe finds by day and by night, what hangs over the
edge of the narrowest phone, and links that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User
from curriculum import screening as content
from patients.verbs import activities as activity_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import screening as screening_verbs
from tests import access_world
from tests.access_world import World
from tests.browser.conftest import DESKTOP, PHONE, NewContext
from tests.browser.steps import as_user
from tests.patients import acts

NARROWEST = {"width": 320, "height": 640}
#: What the colours of a theme can break; all else is the same in both.
COLOURS: dict[str, Any] = {
    "runOnly": ["color-contrast", "link-in-text-block"],
    "resultTypes": ["violations"],
}
EVERYTHING: dict[str, Any] = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}


@dataclass
class Look:
    """Looks at one page after the other and keeps what is wrong."""

    page: Page
    axe: Axe = field(default_factory=Axe)
    faults: list[str] = field(default_factory=list)
    links: set[str] = field(default_factory=set)

    def at(self, address: str, *, phone_too: bool = False, astray: bool = False) -> None:
        answer = self.page.goto(address)
        if answer is None or (answer.status != 200 and not astray):
            self.faults.append(f"{address} answers {answer and answer.status}")
        self.here()
        if phone_too:
            self._sized(PHONE, lambda: self._axe("light", EVERYTHING))
        hrefs = self.page.eval_on_selector_all(
            "a[href^='/']", "links => links.map(link => link.getAttribute('href'))"
        )
        self.links |= {urlsplit(href)._replace(fragment="").geturl() for href in hrefs}

    def here(self) -> None:
        """The page as it stands."""
        self._axe("light", EVERYTHING)
        self._axe("dark", COLOURS)
        self._sized(NARROWEST, self._width)

    def _axe(self, theme: str, options: dict[str, Any]) -> None:
        self.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for found in self.axe.run(self.page, options=options).response["violations"]:
            where = "; ".join(
                f"{node['target'][0]} {node['html'][:120]}" for node in found["nodes"][:3]
            )
            why = found["nodes"][0]["failureSummary"].splitlines()[1].strip()
            self.faults.append(
                f"{self._address()} {theme}: {found['id']} x{len(found['nodes'])}: {where}: {why}"
            )

    def _sized(self, size: dict[str, int], then: Callable[[], None]) -> None:
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        then()
        if before:
            self.page.set_viewport_size(before)

    def _width(self) -> None:
        over = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            self.faults.append(f"{self._address()} is {over} px too wide at 320: {self._widest()}")

    def _widest(self) -> str:
        found: str = self.page.evaluate(
            """() => [...document.body.querySelectorAll('*')]
            .filter(one => one.getBoundingClientRect().right > innerWidth + 1).slice(-3)
            .map(one => one.outerHTML.slice(0, 120)).join(' | ')"""
        )
        return found

    def _address(self) -> str:
        return urlsplit(self.page.url).path


def look_at(page: Page) -> None:
    """Assert that the page, as it stands, is open to everybody."""
    look = Look(page)
    look.here()
    assert look.faults == []


def dead(links: set[str], user: User | None) -> list[str]:
    """Links of the pages that lead to an error."""
    client = Client()
    if user:
        client.force_login(user)
    answers = {link: client.get(link).status_code for link in sorted(links)}
    return [f"{link} answers {status}" for link, status in answers.items() if status >= 400]


def own_page(new_context: NewContext, user: User | None, site: str) -> Page:
    size = PHONE if user is None or user.of_patients_side else DESKTOP
    page = new_context(viewport=size, has_touch=size is PHONE, reduced_motion="reduce").new_page()
    return as_user(page, user, site) if user else page


@pytest.fixture
def world(curriculum: object) -> World:
    made = access_world.build()
    plan = made.cast.plan
    elin = made.cast.elin
    people_verbs.take_intake(patient=made.cast.maya, by=elin, usual_pain=2, reason="Back pain.")
    screening_verbs.screen(
        patient=made.cast.maya,
        by=elin,
        items=dict.fromkeys(content.red_flags(), "no") | {"pregnancy": "yes"},
        notes={"pregnancy": "Due in May."},
    )
    (lifting,) = activity_verbs.set_activities(
        patient=made.cast.maya, by=elin, words=["Lifting my grandson"]
    )
    activity_verbs.rate(patient=made.cast.maya, by=elin, scores={lifting.pk: 4})
    plan_verbs.request_review(plan=plan, by=made.cast.maya.user, words="Soon?")
    plan_verbs.prescribe(
        plan=plan, level=acts.level(plan, 2), by=elin, sets=2, reps=8, word="Slowly."
    )
    return made

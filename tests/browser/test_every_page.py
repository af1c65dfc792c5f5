"""Every page of the product as a person meets it: axe finds nothing by day and by night, nothing
hangs over the edge of the narrowest phone, no link leads nowhere, no script complains. The pages
are those of the access table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from accounts import links
from accounts.models import User
from curriculum import screening as content
from patients.models import Patient, Plan
from patients.verbs import activities as activity_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from tests import access_world, factories, ladders
from tests.access_table import rows
from tests.access_world import World
from tests.browser.conftest import DESKTOP, PHONE, NewContext
from tests.browser.steps import as_user
from tests.patients import acts, borrowed, precautions

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

#: Where a page of the table opens on another address, and pages for who took a wrong turn.
ASTRAY = {
    "nobody": ["account_reset_password_from_key", "/p/x/", "/join/x/"],
    "patient": ["/nothing/", "/staff/", "/ladder/7/"],
    "carer": ["/history/"],
    "owner": ["/nothing/", "/today/"],
}
#: Files that a browser saves and does not show, and what it is told about a passkey.
NO_PAGES = {"people_list_template", "ask_passkey", "new_passkey"}
#: Pages for whoever has a second step, which nobody of the table's people has.
OF_A_SECOND_STEP = {row.name for row in rows() if row.name.startswith("mfa_")} - {"mfa_index"}
#: Pages that staff read on a phone too, with everything that axe asks.
ON_A_PHONE = {"caseload", "chart"}


def pages_of(who: str) -> list[str]:
    """Names of the addresses that open for this kind of person, by the access table."""
    opened = [row.name for row in rows() if row.method == "GET" and row.outcomes[who] == "200"]
    return [name for name in opened if name not in NO_PAGES] + ASTRAY[who]


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


@pytest.mark.parametrize(
    ("who", "part"),
    [("nobody", 0), ("patient", 0), ("carer", 0), ("owner", 0), ("owner", 1), ("owner", 2)],
    ids=str,
)
def test_every_page_is_open_to_everybody(
    world: World, new_context: NewContext, site: str, who: str, part: int
) -> None:
    user = world.people[who]
    ladders.next_edition(world.cast.plan.ladder)
    look = Look(own_page(new_context, user, site))
    names = pages_of(who)[part::3] if who == "owner" else pages_of(who)
    assert names
    for name in names:
        address = name if name.startswith("/") else access_world.address(name, world)
        look.at(
            address, phone_too=who == "owner" and name in ON_A_PHONE, astray=name in ASTRAY[who]
        )
    assert look.faults + dead(look.links, user) == []


def test_every_page_of_the_table_is_looked_at_by_somebody() -> None:
    looked_at = {name for who in ASTRAY for name in pages_of(who)}
    # to today or the caseload; looked at below, in a state of their own
    elsewhere = {"home", "assign", "read_first"}
    elsewhere |= NO_PAGES | OF_A_SECOND_STEP
    assert {row.name for row in rows() if row.method == "GET"} - elsewhere <= looked_at


# ---- what a page shows in a certain state


def _new(world: World, name: str) -> Patient:
    return factories.patient(world.cast.elin, name)


def _plan(world: World, name: str, *, passed: int = 0, weekdays: int | None = None) -> Plan:
    return factories.plan(_new(world, name), passed=passed, weekdays=weekdays)


def _telling(world: World) -> Iterator[tuple[str, Patient]]:
    """A patient who told an urgent sign, and one who told a sign for the physio."""
    for words, name, kinds in (
        ("Get medical care now", "Ulla Urgent", ["weak", "bladder"]),
        ("You noted numbness or tingling in your left leg.", "Nina Numb", ["numb"]),
    ):
        patient = _plan(world, name).patient
        sides = dict.fromkeys(kinds, "left")
        told: dict[str, Any] = {"patient": patient, "by": patient.user, "client_id": "told"}
        report_verbs.report(kinds=kinds, sides=sides, since="week", **told)
        yield words, patient


def days(world: World) -> Iterator[tuple[str, Patient]]:
    """A patient in each state of the day, and the words by which the page is known."""
    today = world.cast.harbour.today()
    elin = world.cast.elin
    others = 127 & ~(1 << today.weekday())
    yield "No drill yet", _new(world, "Nils None")
    done = _plan(world, "Fia Finished", passed=2).patient
    people_verbs.discharge(patient=done, by=elin)
    yield "You have finished with Elin", done
    newcomer = factories.patient(elin, "Uno Unscreened", screened=False)
    yield "Your physio checks a few things with you first", newcomer
    yield "Rest day", _plan(world, "Rut Rest", weekdays=others).patient
    yield "Your ladder is complete", _plan(world, "Kim Done", passed=7, weekdays=others).patient
    yield from _telling(world)
    paused = _plan(world, "Paul Away")
    plan_verbs.pause(plan=paused, by=paused.patient.user, reason="Away.")
    yield "Practice is paused", paused.patient
    logged = _plan(world, "Lea Logged")
    acts.log(logged, pain=4, note="Heavy legs.")
    yield "Ease off next time.", logged.patient
    lower = _plan(world, "Lars Lower", passed=2)
    until = lower.clinic.today()
    plan_verbs.choose_level(
        plan=lower, level=acts.level(lower, 1), by=elin, reason="For a week.", until=until
    )
    yield "A lower level until", lower.patient
    lent = _plan(world, "Bea Bench")
    borrowed.lend(lent, by=elin)
    yield "For now, instead", lent.patient
    heavy = _plan(world, "Hedda Heavy", passed=5)
    suitcase = acts.rung(heavy, 6).levels.get(drill__slug="suitcase-deadlift")
    dose: dict[str, Any] = {"sets": 3, "reps": 8, "load": 8, "per_side": True, "seconds": 3}
    dose |= {"max_depth": "to the knee", "variant": "hug"}
    precautions.told(heavy.patient, elin, "shoulder")
    plan_verbs.prescribe(plan=heavy, level=suitcase, by=elin, word="Light is fine.", **dose)
    plan_verbs.choose_level(plan=heavy, level=suitcase, by=elin)
    yield "3 sets of 8 a side", heavy.patient


def test_every_state_of_the_day_is_open_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    look = Look(own_page(new_context, None, site))
    for words, patient in days(world):
        as_user(look.page, patient.user, site)
        look.at("/today/")
        assert look.page.get_by_text(words).first.is_visible(), words
        if words in {"No drill yet", "Your ladder is complete", "Ease off next time."}:
            look.at("/ladder/")
            look.at("/history/")
    assert look.faults == []


def test_what_was_typed_wrongly_is_shown_openly_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    """A form sent empty comes back with its reasons; the page with them is looked at like any
    other."""
    look = Look(own_page(new_context, world.cast.elin, site))
    new = _new(world, "Nils None")
    forms = [f"/patients/{new.pk}/assign/", "/patients/new/"]
    forms += [access_world.address(name, world) for name in ("withdraw", "finding", "stop_answer")]
    for address in forms:
        look.page.goto(address)
        look.page.eval_on_selector_all(
            "main :checked", "boxes => boxes.forEach(box => { box.checked = false })"
        )
        look.page.locator("main form .primary").first.click()
        look.page.locator("main .error, main [role=alert]:visible").first.wait_for()
        look.here()
    assert look.faults == []


def test_a_link_that_is_shown_again_and_a_handout_with_its_code_are_open_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    patient = _plan(world, "Pia Paper").patient
    links.issue(patient.user, by=world.cast.elin)
    look = Look(own_page(new_context, world.cast.elin, site))
    look.page.goto(f"/patients/{patient.pk}/invite/")
    look.page.get_by_text("Only on paper? Choose the PIN here").click()
    look.here()
    look.page.get_by_label("PIN").fill("4711")
    with look.page.expect_navigation():
        look.page.get_by_role("button", name="Save PIN").click()
    for address, button in (("invite", "Show or print the link"), ("handout", "Add the QR code")):
        look.page.goto(f"/patients/{patient.pk}/{address}/")
        look.here()
        look.page.get_by_role("button", name=button).click()
        look.page.locator(".qr").first.wait_for()
        look.here()
    assert look.faults == []


def test_a_search_that_finds_nearly_somebody_is_open_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    look = Look(own_page(new_context, world.cast.elin, site))
    _new(world, "Greta Nilsson")
    look.at("/caseload/")
    look.page.get_by_role("searchbox", name="Find a patient").fill("nillson")
    look.page.get_by_role("heading", name="Did you mean").wait_for()
    look.at(look.page.url, phone_too=True)
    look.page.get_by_role("heading", name="Did you mean").wait_for()
    assert look.faults == []


def test_a_days_log_that_could_not_be_saved_is_open_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    plan = _plan(world, "Lea Logged")
    look = Look(own_page(new_context, plan.patient.user, site))
    as_user(look.page, plan.patient.user, site)
    for address, button in (
        ("/today/?drill#log", "Save for"),
        ("/pause/", "Pause from today"),
        ("/messages/", "Send"),
    ):
        look.page.goto(address)
        look.page.get_by_role("button", name=button).click()
        look.page.locator("main .error, main [role=alert]:visible").first.wait_for()
        look.here()
    assert look.faults == []


def test_what_is_to_be_read_first_is_open_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    plan = _plan(world, "Vera Words")
    look = Look(own_page(new_context, plan.patient.user, site))
    look.page.goto("/messages/")
    look.page.get_by_label("Your message").fill("I do not want to live. My foot drags.")
    look.page.get_by_role("button", name="Send").click()
    look.page.wait_for_url("**/read-first/")
    look.here()
    assert look.faults == []


def test_a_bad_page_would_be_found(page: Page) -> None:
    page.set_content(
        """<!doctype html><html lang="en"><style>:root { color-scheme: light dark }
        b { color: #333; background: light-dark(#fff, #222) }</style>
        <title>Bad</title><main><h1>Bad</h1><b>dark on dark by night</b>
        <hr style="inline-size: 900px"><input></main></html>"""
    )
    look = Look(page)
    look.here()
    told = "\n".join(look.faults)
    assert all(
        words in told for words in ("light: label", "dark: color-contrast", "too wide at 320")
    ), told

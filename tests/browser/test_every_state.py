"""What a page shows in a certain state, looked at as every page is."""

from __future__ import annotations

from collections.abc import Iterator

import time_machine
from playwright.sync_api import Page

from accounts import links
from patients.verbs import carers as carer_verbs
from tests import access_world
from tests.access_world import World
from tests.browser.conftest import NewContext
from tests.browser.look import Look, own_page
from tests.browser.look import world as world  # a fixture
from tests.browser.steps import as_user, open_link
from tests.cast import Cast
from tests.states_of_day import days, days_after_another, new_patient, new_plan


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


def test_a_day_that_an_earlier_one_decides_is_open_to_everybody(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, site: str
) -> None:
    look = Look(own_page(new_context, None, site))
    for words, patient in days_after_another(clock, cast.elin):
        as_user(look.page, patient.user, site).goto("/today/")
        assert look.page.get_by_text(words).first.is_visible(), words
        # To the end: anywhere else the bar for the thumb lies on something, which moves on.
        look.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        look.here()
    assert look.faults == []


def test_what_was_typed_wrongly_is_shown_openly_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    """A form sent empty comes back with its reasons; the page with them is looked at like any
    other."""
    look = Look(own_page(new_context, world.cast.elin, site))
    new = new_patient(world, "Nils None")
    forms = [f"/patients/{new.pk}/assign/", "/patients/new/"]
    forms += [access_world.address(name, world) for name in ("withdraw", "finding", "stop_answer")]
    for address in forms:
        look.page.goto(address)
        look.page.eval_on_selector_all(
            "main :checked", "boxes => boxes.forEach(box => { box.checked = false })"
        )
        look.page.locator("main .primary").first.click()
        look.page.locator("main .error, main [role=alert]:visible").first.wait_for()
        look.here()
    assert look.faults == []


def test_a_link_that_is_shown_again_and_a_handout_with_its_code_are_open_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    patient = new_plan(world, "Pia Paper").patient
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
    new_patient(world, "Greta Nilsson")
    look.at("/caseload/")
    look.page.get_by_role("searchbox", name="Find a patient").fill("nillson")
    look.page.get_by_role("heading", name="Did you mean").wait_for()
    look.at(look.page.url, phone_too=True)
    look.page.get_by_role("heading", name="Did you mean").wait_for()
    assert look.faults == []


def test_a_days_log_that_could_not_be_saved_is_open_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    plan = new_plan(world, "Lea Logged")
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
    plan = new_plan(world, "Vera Words")
    look = Look(own_page(new_context, plan.patient.user, site))
    look.page.goto("/messages/")
    look.page.get_by_label("Your message").fill("I do not want to live. My foot drags.")
    look.page.get_by_role("button", name="Send").click()
    look.page.wait_for_url("**/read-first/")
    look.here()
    assert look.faults == []


def _turned_away(page: Page, world: World, site: str) -> Iterator[str]:
    """Brings the page to where a phone gets no further, and names words of it."""
    link = links.url(links.issue(world.cast.tomas.user, world.cast.elin))
    page.goto(link)
    page.context.clear_cookies()
    page.get_by_role("button", name="Continue").click()
    yield "This browser keeps no cookies"
    page.goto(link)
    (key,) = [one for one in page.context.cookies() if one["name"] == "csrf"]
    page.context.add_cookies([{"name": "csrf", "value": "x" * len(key["value"]), "url": site}])
    page.get_by_role("button", name="Continue").click()
    yield "This page was open for too long"
    as_user(page, world.cast.maya.user, site).goto("/today/before/")
    yield "This page opens another way"


def test_a_phone_that_is_turned_away_reads_why(
    world: World, new_context: NewContext, site: str
) -> None:
    look = Look(own_page(new_context, None, site))
    for words in _turned_away(look.page, world, site):
        assert look.page.get_by_text(words).first.is_visible(), look.page.inner_text("main")
        look.here()
    assert look.faults == []


def test_a_carer_whose_help_has_ended_reads_whom_to_call(
    world: World, new_context: NewContext, site: str
) -> None:
    carer = carer_verbs.name(patient=world.cast.maya, name="Kaj Kind", by=world.cast.maya.user)
    look = Look(own_page(new_context, None, site))
    open_link(look.page, links.url(links.issue(carer.user, by=world.cast.elin)))
    look.page.wait_for_url("**/today/")
    carer_verbs.end(carer=carer, by=world.cast.maya.user)
    look.page.goto("/today/")
    assert look.page.get_by_role("heading", name="Your access has ended").is_visible()
    look.here()
    assert look.faults == []


def test_what_a_press_shows_once_is_open_to_everybody(
    world: World, new_context: NewContext, site: str
) -> None:
    look = Look(own_page(new_context, world.cast.elin, site))
    links.set_pin(world.cast.maya.user, "4711")
    look.page.goto(f"/people/{world.cast.maya.user.pk}/link/")
    look.page.get_by_role("button", name="Make a short code").click()
    look.page.locator(".code-shown").wait_for()
    look.here()
    assert look.faults == []

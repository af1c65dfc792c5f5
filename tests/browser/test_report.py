""" "How is it today?", from the phone to the mail to the answer to the phone: in four taps, at
night, on a rest day, without practice, without scripts, without a connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from accounts import links
from accounts.models import Clinic
from patients.models import Report, Stop
from tests import factories
from tests.browser.conftest import MONDAY, PHONE, NewContext
from tests.browser.steps import as_user, choose, open_link
from tests.cast import Cast

NIGHT = MONDAY.replace(hour=2)


@dataclass
class Taps:
    """A patient's finger. It counts."""

    page: Page
    count: int = 0

    def on(self, what: Locator) -> None:
        what.click()
        self.count += 1


def numbers(cast: Cast) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(
        emergency_number="112", advice_number="1177", advice_name="Advice, day and night"
    )


def on_the_phone(new_context: NewContext, *, scripts: bool) -> Page:
    context: BrowserContext = new_context(viewport=PHONE, java_script_enabled=scripts)
    return context.new_page()


def tell_weak(page: Page) -> Taps:
    """A weak left leg, from the open page of the day."""
    taps = Taps(page)
    taps.on(page.get_by_role("main").get_by_role("link", name="How is it today?"))
    taps.on(page.get_by_text("A leg is weak, or a foot drags", exact=True))
    taps.on(page.get_by_role("group", name="A leg is weak").get_by_text("Left"))
    taps.on(page.get_by_role("button", name="Tell Elin"))
    return taps


def assert_everybody_is_mailed(cast: Cast) -> None:
    """Urgently, and without a clinical word."""
    call_command("send_notices", verbosity=0)
    assert {to for each in mail.outbox for to in each.to} == {
        cast.elin.email,
        cast.omar.email,
        cast.petra.email,
    }
    assert all("urgent" in each.subject.lower() for each in mail.outbox)
    assert not any("weak" in each.subject + str(each.body) for each in mail.outbox)


@pytest.mark.both
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_weak_leg_at_night_on_a_rest_day_reaches_everybody_and_the_answer_reaches_the_phone(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, site: str, scripts: bool
) -> None:
    numbers(cast)
    plan = factories.plan(
        factories.patient(cast.elin, "Rut Rest"), weekdays=127 & ~(1 << MONDAY.weekday())
    )
    clock.move_to(NIGHT)
    phone = as_user(on_the_phone(new_context, scripts=scripts), plan.patient.user, site)
    phone.goto("/today/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Rest day")
    assert tell_weak(phone).count <= 4
    expect(phone).to_have_url(f"{site}/today/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Get medical care now")
    call = phone.get_by_role("main").get_by_role("link", name="Call 112")
    expect(call).to_have_attribute("href", "tel:112")
    expect(call).to_be_in_viewport()
    expect(phone.get_by_text("my left leg is weak")).to_be_visible()

    assert_everybody_is_mailed(cast)
    clock.move_to(MONDAY)
    clinic = as_user(new_context().new_page(), cast.omar, site)
    clinic.goto(reverse("stop_answer", args=[Stop.objects.get().pk]))
    choose(clinic, "Contact", "Seen here")
    clinic.get_by_label("What was told or found").fill("Strength equal, reflexes equal.")
    choose(clinic, "Cleared for training?", "Cleared")
    choose(clinic, "What now", "Carry on")
    clinic.get_by_label("What the patient reads").or_(clinic.locator("[name=word]")).first.fill(
        "Your leg is strong. Go on as before."
    )
    clinic.locator("main form .primary").click()
    expect(clinic).to_have_title("Rut Rest · Hinge Ladder")
    clock.move_to(MONDAY + timedelta(days=1))
    phone.goto("/today/?drill")
    expect(phone.get_by_text("Your leg is strong. Go on as before.")).to_be_visible()
    expect(phone.get_by_role("link", name="Log it")).to_be_visible()


def test_the_numbers_to_call_stand_there_before_the_answer_of_the_server(
    cast: Cast, clock: time_machine.Traveller, phone: Page, site: str, axe: Callable[[Page], None]
) -> None:
    numbers(cast)
    held: list[Route] = []
    as_user(phone, cast.maya.user, site).goto("/today/how/")
    phone.route("**/today/how/", lambda route: held.append(route))
    phone.get_by_text("Cannot hold your poo, or cannot feel it").click()
    phone.get_by_role("button", name="Tell Elin").click()
    expect(phone.get_by_role("link", name="Call 112").first).to_be_in_viewport()
    expect(phone.get_by_text("The clinic is being told.").first).to_be_visible()
    assert not Report.objects.exists()
    axe(phone)
    held[0].continue_()
    expect(phone).to_have_url(f"{site}/today/")
    expect(phone.get_by_text("Your clinic was told on Monday")).to_be_visible()
    assert Report.objects.get().urgency == "now"


def test_without_a_connection_the_page_says_who_does_not_know_and_sends_it_once_later(
    cast: Cast, clock: time_machine.Traveller, phone: Page, site: str
) -> None:
    numbers(cast)
    as_user(phone, cast.maya.user, site).goto("/today/how/")
    phone.context.set_offline(True)
    phone.get_by_text("Fever, shivering").click()
    phone.get_by_role("button", name="Tell Elin").click()
    expect(phone.get_by_text("The clinic does not know yet.").last).to_be_visible()
    expect(phone.get_by_role("link", name="Call 1177").last).to_be_visible()
    phone.context.set_offline(False)
    expect(phone).to_have_url(f"{site}/today/")
    assert Report.objects.get().urgency == "today"


def test_what_is_not_urgent_shows_no_alarm_before_it_is_saved(
    cast: Cast, clock: time_machine.Traveller, phone: Page, site: str
) -> None:
    numbers(cast)
    as_user(phone, cast.maya.user, site).goto("/today/how/")
    phone.get_by_text("Numb or tingling in a leg", exact=True).click()
    phone.get_by_role("group", name="Numb or tingling").get_by_text("Left").click()
    phone.route("**/today/how/", lambda route: None)
    phone.get_by_role("button", name="Tell Elin").click()
    expect(phone.get_by_role("heading", level=1).first).to_have_text("How is it today?")
    assert phone.locator("[id^=at-once]:visible").count() == 0


def test_by_keyboard_alone(
    cast: Cast, clock: time_machine.Traveller, phone: Page, site: str
) -> None:
    as_user(phone, cast.maya.user, site).goto("/today/how/")
    phone.locator("[name=kind][value=bladder]").focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    expect(phone.locator("[name=kind][value=bowel]")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(f"{site}/today/")
    assert [row["kind"] for row in Report.objects.get().kinds] == ["bladder"]


def test_a_link_just_opened_leads_there_as_well(
    cast: Cast, clock: time_machine.Traveller, phone: Page, site: str
) -> None:
    numbers(cast)
    open_link(phone, links.url(links.issue(cast.maya.user, cast.elin)))
    phone.goto("/today/")
    assert tell_weak(phone).count <= 4
    expect(phone).to_have_url(f"{site}/today/")
    phone.get_by_text("What you told, and if it was a mistake").click()
    phone.get_by_role("button", name="That was a mistake").click()
    expect(phone.get_by_text("your clinic still calls you").first).to_be_visible()

"""Common steps of a person in the browser, found by the words on the page."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from accounts import sessions
from accounts.models import User
from patients.models import Patient
from tests.factories import PASSWORD

#: The main job, a day's log and a report are walked without scripts in every run; the rest by hand.
with_scripts_and_slowly_without = pytest.mark.parametrize(
    "scripts",
    [True, pytest.param(False, marks=pytest.mark.slow)],
    ids=["with JavaScript", "without"],
)


def sign_in(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Work e-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def as_user(page: Page, user: User, site: str) -> Page:
    """Sign this person in without the sign-in page, and return the page."""
    client = Client()
    client.force_login(user)
    session = client.session
    session.set_expiry(sessions.PHONE_SESSION if user.is_patient else sessions.STAFF_SESSION)
    session.save()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    return page


def take_on(page: Page, name: str) -> str:
    """Take a patient on from the caseload: the five steps of the first visit, nothing found,
    nothing met, every day, the whole ladder. Returns the link.

    The browser is then on the page with the QR code.
    """
    begin_visit(page, name)
    answer_none(page)
    page.get_by_role("button", name="Next: see them move").click()
    page.get_by_role("button", name="Start on rung 1").click()
    page.get_by_role("button", name="Next: hand over").click()
    return make_link(page, name)


def begin_visit(page: Page, name: str) -> None:
    """The first step. The Enter key stands on every keyboard, also on that of a tablet."""
    page.get_by_role("link", name="New patient").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Name", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"First visit: {name}")


def make_link(page: Page, name: str) -> str:
    """The last step. Returns the link."""
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_alt_text(f"QR code with the link for {name}")).to_be_visible()
    return page.get_by_label("The same link, for a message").input_value()


def answer_none(page: Page) -> None:
    """None of the red flags, none of the precautions."""
    page.get_by_label("None of these: every one that is left is answered no").check()
    page.get_by_label("None of these", exact=True).check()


def open_link(page: Page, link: str, pin: str = "") -> None:
    """Open the link for the first time. Choose the PIN, or press "Later" without one."""
    page.goto(link)
    page.get_by_role("button", name="Continue").click()
    if pin:
        page.get_by_label("PIN").fill(pin)
        page.get_by_role("button", name="Save PIN").click()
    else:
        page.get_by_role("link", name="Later").click()


def choose(page: Page, question: str, answer: str) -> None:
    """Choose the answer of a question: a number of the pain row, or a word."""
    page.get_by_role("group", name=question).get_by_text(answer, exact=True).first.click()


def count_sets(page: Page) -> None:
    """Open the sheet and show each set, to tick the ones that were done."""
    page.get_by_role("link", name="Log it").click()
    choose(page, "Which sets did you do?", "Not all")


def answer_sheet(page: Page, *, pain: int, effort: str = "About right", note: str = "") -> None:
    """Open the sheet, where every set counts as done, and answer every question, without saving."""
    page.get_by_role("link", name="Log it").click()
    choose(page, "Most back or leg pain", f"{pain} of 10")
    choose(page, "Anything new or worse?", "No")
    choose(page, "How hard was it?", effort)
    if note:
        page.get_by_text(re.compile("^Add a note for")).click()
        page.get_by_label(re.compile("^Note for")).fill(note)


def practise(page: Page, *, pain: int, effort: str = "About right", note: str = "") -> None:
    """Do today's drill and save it."""
    page.goto("/today/?drill")
    answer_sheet(page, pain=pain, effort=effort, note=note)
    page.get_by_role("button", name="Save for").click()


def open_chart(page: Page, patient: Patient | str) -> None:
    """Open the patient's chart from the caseload, and wait until its scripts answer.

    Before they do, a button that opens a sheet leads to the page of that sheet instead.
    """
    page.goto("/caseload/")
    page.get_by_role("link", name=str(patient)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(patient))
    page.wait_for_load_state()


def tick_all(page: Page) -> int:
    """Tick every criterion of the open gate, one after the other. Returns their number."""
    count = page.get_by_role("checkbox", checked=False).and_(page.locator(".tick")).count()
    for number in range(1, count + 1):
        page.locator('.tick[aria-checked="false"]').first.click()
        expect(page.locator('.tick[aria-checked="true"]')).to_have_count(number)
    return count


def press_passed(page: Page) -> None:
    page.get_by_role("button", name="passed: open").click()

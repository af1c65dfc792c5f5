"""One whole case in the browser, over six weeks: from what brings a patient to discharge."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from patients.models import Patient, Plan
from patients.standing.position import current_level
from patients.verbs import practice as practice_verbs
from tests.browser.conftest import NewContext
from tests.browser.steps import (
    as_user,
    choose,
    open_chart,
    open_link,
    practise,
    press_passed,
    take_on,
    tick_all,
)
from tests.browser.test_paper import PAPERS, sides
from tests.cast import Cast
from tests.patients import acts

DAY = timedelta(days=1)
NAME = "Astrid Alm"


def intake(physio: Page) -> None:
    physio.get_by_role("link", name="Details", exact=True).click()
    physio.get_by_role("link", name="Intake").click()
    physio.get_by_label("Reason for coming").fill("Back pain on lifting, four months.")
    physio.get_by_label("Usual pain this week, 0 to 10").select_option("3")
    physio.get_by_label("The patient’s own goal, in their words").fill("Lift my grandson again.")
    physio.get_by_role("button", name="Save intake").click()


def assess(physio: Page) -> None:
    """Rungs 1 and 2 are met, the knees do the work: the start is on rung 3."""
    physio.get_by_role("link", name="Details", exact=True).click()
    physio.get_by_role("link", name="Assess", exact=True).click()
    physio.get_by_role("checkbox", name="Squats the hinge").check()
    suggested = physio.locator("#suggest")
    for position in (1, 2):
        expect(suggested.get_by_text(f"Rung {position} of 7")).to_be_visible()
        rung = physio.locator("details.rung-test").nth(position - 1)
        if rung.get_attribute("open") is None:
            rung.locator("> summary").click()
        rung.get_by_role("button", name="All of these met").click()
    expect(suggested.get_by_text("Rung 3 of 7")).to_be_visible()
    expect(suggested.get_by_text("Squats the hinge").first).to_be_visible()
    physio.get_by_role("button", name="Start on rung 3").click()
    expect(physio.get_by_role("heading", name="Gate: Stool or bench in front")).to_be_visible()
    expect(physio.get_by_role("cell", name="Watch")).to_be_visible()


def prescribe(physio: Page) -> None:
    physio.get_by_role("spinbutton", name="Repetitions").fill("8")
    physio.get_by_label("Your word to the patient").fill("Slowly, three seconds down.")
    physio.get_by_role("button", name="Save prescription").click()
    expect(physio.get_by_role("status").filter(has_text="Prescribed:")).to_be_visible()


def live(plan: Plan, clock: time_machine.Traveller, days: int) -> None:
    """The patient's days from tomorrow on, without the browser: all but every fourth, with little
    pain."""
    for number in range(days):
        clock.shift(DAY.total_seconds())
        plan = Plan.objects.get(pk=plan.pk)
        before = plan.practices.standing().order_by("-done_on").first()
        if before is not None and before.done_on == plan.clinic.today() - DAY:
            practice_verbs.answer_morning(
                practice=before, by=plan.patient.user, pain_now=2, worse=False
            )
        if number % 4 != 3:
            level = current_level(plan, plan.clinic.today()).level
            acts.log(plan, level=level, pain=2, effort="right")


def flare(physio: Page, phone: Page) -> None:
    """Pain of 8 stops practice; the physio lets train lower; the patient reads it next day and
    practises that."""
    practise(phone, pain=8, effort="Had to stop", note="It came on in the garden.")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Stop here for today")
    open_chart(physio, NAME)
    choose(physio, "What now", "Train lower for a while")
    physio.get_by_role("group", name="Train lower on").get_by_role("radio").first.check()
    physio.get_by_text("Go lighter and smaller for a few days, then build up again.").click()
    physio.get_by_role("button", name="Send answer").click()
    expect(physio.get_by_text("Trains lower until")).to_be_visible()
    expect(physio.locator(".rungs [data-state=passed]")).to_have_count(2)


def pass_gate(physio: Page) -> None:
    open_chart(physio, NAME)
    expect(physio.locator("#evidence").get_by_text("planned days, last 10 days")).to_be_visible()
    physio.get_by_role("row", name="Squats the hinge").get_by_role("button").click()
    tick_all(physio)
    press_passed(physio)
    expect(physio.get_by_role("heading", name="Gate: Bench behind")).to_be_visible()


def hand_out(physio: Page) -> None:
    physio.get_by_role("link", name="Handout").click()
    physio.get_by_role("button", name="Add the QR code").click()
    expect(physio.get_by_alt_text("QR code: opens your page")).to_be_visible()
    expect(physio.get_by_text("8 to 10").or_(physio.get_by_text("6 to 10"))).to_be_visible()
    assert [sides(physio, paper) for paper in PAPERS] == [1, 1]
    physio.get_by_role("link", name=re.compile("^Back to")).click()


def copy_note(physio: Page) -> None:
    physio.get_by_role("link", name="Visit note").click()
    physio.get_by_role("button", name="Copy visit note").click()
    expect(physio.get_by_role("button", name="Copied")).to_be_visible()
    note = physio.evaluate("navigator.clipboard.readText()")
    for line in (NAME, "Passed: Stool or bench in front", "Gone: Squats the hinge"):
        assert line in note


def discharge(physio: Page) -> None:
    open_chart(physio, NAME)
    physio.get_by_role("link", name="Details", exact=True).click()
    physio.get_by_role("link", name="Discharge").click()
    expect(physio.get_by_role("heading", name="Ladder: 3 of 7 rungs passed")).to_be_visible()
    assert [sides(physio, paper) for paper in PAPERS] == [1, 1]
    physio.get_by_role("button", name="Discharge Astrid").click()
    expect(physio.get_by_role("status").filter(has_text=f"{NAME} is discharged.")).to_be_visible()
    expect(physio.get_by_role("link", name=NAME)).to_have_count(0)
    physio.get_by_role("searchbox").fill("astrid")
    physio.keyboard.press("Enter")  # the only one who is found is opened
    expect(physio.get_by_role("heading", name=NAME)).to_be_visible()
    expect(physio.get_by_role("heading", name="Discharged on")).to_be_visible()


@pytest.mark.both
def test_a_whole_case(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, phone: Page, site: str
) -> None:
    physio = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    as_user(physio, cast.elin, site).goto("/caseload/")
    link = take_on(physio, NAME)
    open_chart(physio, NAME)
    intake(physio)
    assess(physio)
    prescribe(physio)
    open_link(phone, link, pin="4711")
    expect(phone.get_by_text("Slowly, three seconds down.")).to_be_visible()
    practise(phone, pain=3)
    plan = Patient.objects.get(user__name=NAME).plans.get()

    live(plan, clock, days=20)
    clock.shift(DAY.total_seconds())
    flare(as_user(physio, cast.elin, site), phone)
    clock.shift(DAY.total_seconds())
    phone.goto("/today/?drill")
    expect(phone.get_by_text("Go lighter and smaller")).to_be_visible()
    practise(phone, pain=2)
    live(plan, clock, days=19)

    pass_gate(as_user(physio, cast.elin, site))
    hand_out(physio)
    copy_note(physio)
    clock.shift(DAY.total_seconds())
    phone.goto("/ladder/")
    expect(phone.locator(".ladder > li[aria-current=step] > b")).to_have_text("4")
    discharge(as_user(physio, cast.elin, site))
    phone.goto("/today/")
    expect(phone.get_by_role("heading", name="You have finished with Elin")).to_be_visible()
    expect(phone.get_by_role("link", name="History").last).to_be_visible()

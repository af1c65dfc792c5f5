"""Pain that stops practice, in two browsers and the mail between them: calm words, an answer, and
on again."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import PHONE, NewContext
from tests.browser.steps import (
    as_user,
    choose,
    count_sets,
    open_chart,
    practise,
    with_scripts_and_slowly_without,
)
from tests.cast import Cast

DAY = timedelta(days=1).total_seconds()

#: What a mail about a stop must not let anybody guess.
CLINICAL = [
    "pain",
    "stop",
    "7",
    "drill",
    "rung",
    "hinge at",
    "leg",
    "back",
    "Maya",
    "Roos",
    "wall",
    "exercise",
]


def written() -> list[EmailMessage]:
    call_command("send_notices", verbosity=0)
    return mail.outbox


def assert_reads_calmly(patient: Page) -> None:
    """The page after a stop: nothing to save, what to expect, and the clinic's number."""
    expect(patient.get_by_role("heading", level=1)).to_have_text("Stop here for today")
    expect(patient.get_by_text("Flare-ups are common and usually settle.")).to_be_visible()
    call = patient.get_by_role("main").get_by_role("link", name="Call the clinic, 08 123 45")
    expect(call).to_have_attribute("href", "tel:0812345")
    expect(patient.get_by_role("button", name="Save for")).to_have_count(0)


def assert_says_what_is_about_to_happen(physio: Page) -> None:
    for words in ("Answer: train lower for a while.", "Look again in 3 days."):
        expect(physio.get_by_text(words)).to_be_visible()
    expect(physio.get_by_text("Answer: carry on.")).to_be_hidden()


@pytest.mark.both
@with_scripts_and_slowly_without
def test_pain_of_7_stops_is_mailed_without_a_clinical_word_and_answered_with_a_lower_level(
    clock: time_machine.Traveller, cast: Cast, new_context: NewContext, site: str, scripts: bool
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    patient = as_user(
        new_context(viewport=PHONE, java_script_enabled=scripts).new_page(), cast.maya.user, site
    )
    physio = as_user(new_context(java_script_enabled=scripts).new_page(), cast.elin, site)

    practise(patient, pain=7, note="After the garden.")
    assert_reads_calmly(patient)
    (notice,) = written()
    assert notice.to == ["elin@harbour.example"]
    words = f"{notice.subject} {notice.body}".replace("Hinge Ladder", "").replace(site, "").lower()
    assert [word for word in CLINICAL if word.lower() in words] == []
    assert f"{site}/caseload/" in notice.body

    physio.goto("/caseload/")
    expect(
        physio.locator("main section").first.get_by_role("link", name="Maya Roos")
    ).to_be_visible()
    open_chart(physio, cast.maya)
    expect(physio.get_by_role("heading", name="Stopped: pain 7/10")).to_be_visible()
    expect(physio.get_by_text("After the garden.").first).to_be_visible()
    choose(physio, "What now", "Train lower for a while")
    physio.get_by_role("group", name="Train lower on").get_by_role("radio").first.check()
    physio.get_by_label("Your own words").first.fill("Smaller for a week, then we build up again.")
    assert_says_what_is_about_to_happen(physio)
    physio.get_by_role("button", name="Send answer").click()
    expect(physio.get_by_role("status").filter(has_text="Answered.")).to_be_visible()
    assert len(written()) == 1

    clock.shift(DAY)
    patient.goto("/today/?drill")
    expect(patient.get_by_text("Smaller for a week, then we build up again.")).to_be_visible()
    expect(patient.get_by_text("A lower level until")).to_be_visible()
    expect(patient.get_by_role("heading", level=1)).to_have_text("Stick hinge")
    practise(patient, pain=2)
    expect(patient.get_by_role("heading", level=1)).to_have_text("Done for today")


def test_a_colleague_hears_of_an_unanswered_stop_after_one_working_day(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str
) -> None:
    practise(as_user(phone, cast.maya.user, site), pain=9)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Stop here for today")
    assert [one.to for one in written()] == [["elin@harbour.example"]]
    clock.shift(DAY + 60)
    told = [address for one in written()[1:] for address in one.to]
    assert sorted(told) == ["omar@harbour.example", "petra@harbour.example"]


@pytest.mark.both
def test_a_wrong_tap_put_right_lifts_the_stop_and_the_physio_still_sees_both(
    clock: time_machine.Traveller, cast: Cast, phone: Page, desktop: Page, site: str
) -> None:
    patient = as_user(phone, cast.maya.user, site)
    physio = as_user(desktop, cast.elin, site)
    practise(patient, pain=7)
    patient.get_by_role("link", name="I tapped the wrong number").click()
    expect(patient.get_by_role("heading", level=1)).to_have_text("Tap the right number")
    choose(patient, "Most back or leg pain", "2 of 10")
    patient.get_by_role("button", name="Save").click()
    expect(patient.get_by_role("heading", level=1)).to_have_text("Done for today")
    expect(patient.get_by_text("2 of 10, fine")).to_be_visible()
    open_chart(physio, cast.maya)
    expect(physio.get_by_text("until you answer")).to_have_count(0)
    expect(physio.get_by_text("7/10, corrected to 2/10").first).to_be_visible()


def test_the_advice_comes_after_the_tap_and_nothing_is_chosen_beforehand(
    clock: time_machine.Traveller, cast: Cast, phone: Page, site: str
) -> None:
    patient = as_user(phone, cast.maya.user, site)
    patient.goto("/today/?drill#log")
    chosen = patient.get_by_role("radio", checked=True)
    expect(chosen).to_have_count(1)
    expect(chosen).to_have_accessible_name("All 2 sets")
    pain = patient.get_by_role("group", name="Most back or leg pain")
    for number, says in ((2, "Fine. Carry on."), (5, "Ease off."), (8, "Stop here for today.")):
        expect(pain.get_by_text(says)).not_to_be_visible()
        pain.get_by_text(f"{number} of 10", exact=True).click()
        expect(pain.get_by_text(says)).to_be_visible()


@pytest.mark.both
def test_sets_tapped_before_the_phone_was_put_away_are_still_tapped(
    clock: time_machine.Traveller, cast: Cast, phone: Page, new_context: NewContext, site: str
) -> None:
    patient = as_user(phone, cast.maya.user, site)
    patient.goto("/today/?drill")
    count_sets(patient)
    with patient.expect_response("**/today/sets/"):
        patient.get_by_text("Set 1", exact=True).click()
    expect(patient.locator("#sets-done")).to_have_text("1 of 2 done")
    other = as_user(new_context(viewport=PHONE).new_page(), cast.maya.user, site)
    other.goto("/today/?drill")
    expect(other.get_by_role("checkbox", name="Set 1")).to_be_checked()
    expect(other.get_by_role("checkbox", name="Set 2")).not_to_be_checked()

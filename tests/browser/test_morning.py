"""A physio's morning, row by row: how often the pointer is pressed for each, beginning at the
caseload, on the first release and now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts import links
from patients.models import Plan
from patients.verbs import gate
from patients.verbs import messages as message_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.browser.steps import as_user, press_passed, sign_in
from tests.cast import Cast
from tests.patients import acts

pytestmark = pytest.mark.slow


def open_maya(physio: Page) -> None:
    physio.get_by_role("link", name="Maya Roos").first.click()
    expect(physio.get_by_role("heading", level=1)).to_contain_text("Maya Roos")


def open_page(physio: Page, *names: str) -> None:
    open_maya(physio)
    for name in names:
        physio.get_by_role("link", name=name).first.click()


def saved(physio: Page, words: str) -> None:
    expect(physio.get_by_text(words).first).to_be_visible()


# ---- what was there before


def nothing(cast: Cast) -> None: ...


def asked_with_two_left(cast: Cast) -> None:
    for criterion in acts.criteria(cast.plan, 1)[:-2]:
        gate.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)


def all_ticked(cast: Cast) -> None:
    factories.tick_open_rung(cast.plan, by=cast.elin)


def quiet(cast: Cast) -> None:
    today = cast.harbour.today()
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=today - timedelta(days=14))
    cast.plan.refresh_from_db()
    acts.log(cast.plan, today - timedelta(days=12), by=cast.elin, paper=True)


def written_by_a_colleagues_patient(cast: Cast) -> None:
    cast.maya.lead = cast.omar
    cast.maya.save()
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="May I swim?")


def with_link(cast: Cast) -> None:
    links.issue(cast.maya.user, cast.elin)


# ---- the rows


def review(physio: Page) -> None:
    open_maya(physio)
    for left in (1, 0):
        physio.locator('.tick[aria-checked="false"]').first.click()
        expect(physio.locator('.tick[aria-checked="false"]')).to_have_count(left)
    press_passed(physio)
    expect(physio.get_by_role("heading", name="Gate: Butt taps")).to_be_visible()


def ready_by_numbers(physio: Page) -> None:
    open_maya(physio)
    press_passed(physio)
    expect(physio.get_by_role("heading", name="Gate: Butt taps")).to_be_visible()


def not_yet(physio: Page) -> None:
    open_maya(physio)
    physio.get_by_role("button", name="Not yet").or_(
        physio.get_by_role("link", name="Not yet")
    ).first.click()
    physio.get_by_role("button", name="Not yet: keep rung 1").click()
    saved(physio, "Not yet")


def next_visit(physio: Page) -> None:
    open_maya(physio)
    field = physio.locator("[name=next_visit]")
    field.click()
    field.fill("2026-09-14")
    physio.get_by_role("button", name="Save next visit").click()
    expect(physio.locator("[name=initial-next_visit]")).to_have_value("2026-09-14")


def visit_note(physio: Page) -> None:
    open_page(physio, "Visit note")
    physio.locator("[data-copy]").click()
    saved(physio, "Copied")


def message_to_the_quiet(physio: Page) -> None:
    open_page(physio, "Messages")
    physio.locator("label", has=physio.locator("[name=phrases]")).first.click()
    physio.get_by_role("button", name="Send").click()
    saved(physio, "Sent. Maya reads")


def message_of_a_colleague(physio: Page) -> None:
    physio.get_by_label("Whose").or_(physio.locator("[name=who]")).first.select_option("clinic")
    open_page(physio, "Messages")
    saved(physio, "May I swim?")
    box = physio.get_by_role("textbox")
    box.click()
    box.fill("Yes, if it does not hurt.")
    physio.get_by_role("button", name="Send").click()
    saved(physio, "Yes, if it does not hurt.")


def train_lower(physio: Page) -> None:
    open_page(physio, "Details", "Train lower")
    physio.locator("select[name=level]").select_option(index=1)
    until = physio.locator("[name=until]")
    until.click()
    until.fill("2026-09-14")
    physio.get_by_role("button", name="Save").click()
    saved(physio, "14 September")


def summary(physio: Page) -> None:
    open_page(physio, "Record", "Summary for a colleague")
    expect(physio.locator(".sheet")).to_be_visible()


def discharge(physio: Page) -> None:
    open_page(physio, "Details", "Discharge")
    physio.get_by_role("button", name="Discharge").click()
    saved(physio, "Discharged")


def hand_over(physio: Page) -> None:
    open_page(physio, "Details", "Name, lead, referral note")
    omar = physio.locator("select[name=lead] option", has_text="Omar").get_attribute("value")
    physio.locator("select[name=lead]").select_option(omar)
    physio.get_by_role("button", name="Save").click()
    physio.wait_for_url("**/patients/*/")


def half_a_name(physio: Page) -> None:
    box = physio.get_by_role("searchbox")
    box.click()
    box.fill("roo")
    expect(physio.get_by_role("link", name="Maya Roos")).to_be_visible()


def wrong_tick(physio: Page) -> None:
    open_maya(physio)
    for state in ("true", "false"):
        physio.locator(".tick").first.click()
        expect(physio.locator(".tick").first).to_have_attribute("aria-checked", state)


def wrong_pass(physio: Page) -> None:
    open_maya(physio)
    press_passed(physio)
    physio.get_by_role("button", name="Undo").first.click()
    expect(physio.get_by_role("heading", name="Gate: Dowel hinge")).to_be_visible()


#: What was there before, the row, and how often is pressed: on the first release, and now.
ROWS: dict[str, tuple[Callable[[Cast], None], Callable[[Page], None], int, int]] = {
    "one who asked, two ticks left": (asked_with_two_left, review, 4, 4),
    "ready by numbers, all ticked": (all_ticked, ready_by_numbers, 2, 2),
    "not yet": (nothing, not_yet, 3, 3),
    "next visit": (nothing, next_visit, 5, 3),
    "visit note copied": (nothing, visit_note, 3, 3),
    "gone quiet: a message": (quiet, message_to_the_quiet, 4, 4),
    "a message of a colleague's patient": (
        written_by_a_colleagues_patient,
        message_of_a_colleague,
        5,
        4,
    ),
    "flare: train lower": (all_ticked, train_lower, 6, 5),
    "summary for a colleague": (nothing, summary, 4, 3),
    "discharge": (nothing, discharge, 4, 4),
    "hand over one patient": (nothing, hand_over, 6, 4),
    "half a name": (nothing, half_a_name, 1, 1),
    "a wrong tick and back": (nothing, wrong_tick, 3, 3),
    "a wrong pass taken back": (all_ticked, wrong_pass, 5, 3),
}


@pytest.mark.parametrize("row", ROWS)
def test_no_row_of_the_morning_takes_more_presses_than_before(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str, row: str
) -> None:
    made, walk, before, now = ROWS[row]
    made(cast)
    physio = as_user(desktop, cast.elin, site)
    pressed: list[str] = []
    physio.expose_function("pressed", lambda what: pressed.append(what))
    physio.add_init_script(
        "addEventListener('pointerdown', event => pressed(event.target.outerHTML), true)"
    )
    physio.goto("/caseload/")
    walk(physio)
    assert len(pressed) == now <= before


def test_signing_in_takes_one_press(cast: Cast, desktop: Page) -> None:
    sign_in(desktop, "elin@harbour.example")
    expect(desktop.get_by_role("heading", level=1)).to_be_visible()

"""What a clinician must press between two patients, counted by the browser itself. Typing is not
counted.

A click is one press of the pointer on the page; keys are typing. Each way begins at the caseload
and nobody knows a shortcut. The figure in each test is what it takes now: it may fall, and it may
not rise above the limit.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from patients.models import Plan
from patients.verbs import reports as report_verbs
from tests import factories
from tests.browser.steps import (
    answer_none,
    as_user,
    begin_visit,
    choose,
    make_link,
    press_passed,
    take_on,
    tick_all,
)
from tests.cast import Cast
from tests.patients import acts
from tests.patients.rules import template_acts

Clicks = Callable[[], int]


@pytest.fixture
def physio(clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str) -> Page:
    return as_user(desktop, cast.elin, site)


@pytest.fixture
def clicks(physio: Page) -> Clicks:
    """How often the pointer was pressed so far, on whatever page."""
    counted: list[str] = []
    physio.expose_function("pressed", lambda pressed: counted.append(pressed))
    physio.add_init_script(
        "addEventListener('pointerdown', event => pressed(event.target.outerHTML), true)"
    )
    return lambda: len(counted)


def test_a_first_visit_in_which_nothing_is_found_takes_7_clicks_to_the_qr_code(
    physio: Page, clicks: Clicks
) -> None:
    physio.goto("/caseload/")
    take_on(physio, "Astrid Alm")
    assert clicks() == 7  # at most 12


def test_a_whole_first_visit_takes_14_clicks_with_everything(physio: Page, clicks: Clicks) -> None:
    """Who, pain, what is at home, screening, two rungs, two faults, start, dose, days, link."""
    physio.goto("/caseload/")
    begin_visit(physio, "Astrid Alm")
    answer_none(physio)
    choose(physio, "Usual pain this week", "4")
    choose(physio, "At home they have", "Bench or chair")
    physio.get_by_role("button", name="Next: see them move").click()
    choose(physio, "Rung 1, Dowel hinge", "All met")
    choose(physio, "Rung 2, Butt taps", "All met")
    choose(physio, "Faults seen", "Squats the hinge")
    choose(physio, "Faults seen", "Stutters")
    physio.get_by_role("button", name="Start on rung 3").click()
    physio.get_by_label("Repetitions").fill("12")
    physio.get_by_label("Your word to the patient").fill("Slowly on the way up.")
    choose(physio, "Days of practice", "Mon, Wed, Fri")
    physio.get_by_role("button", name="Next: hand over").click()
    make_link(physio, "Astrid Alm")
    assert clicks() == 14  # at most 14; it was 22
    plan = Plan.objects.get(patient__name="Astrid Alm")
    assert (len(plan.passed_rungs), plan.findings.count(), plan.prescriptions.get().reps) == (
        2,
        2,
        12,
    )


@pytest.mark.parametrize(
    ("with_template", "count"), [(False, 13), (True, 8)], ids=["by hand", "with a template"]
)
def test_a_template_takes_five_clicks_from_a_first_visit_with_a_dose_of_its_own(
    physio: Page, cast: Cast, clicks: Clicks, *, with_template: bool, count: int
) -> None:
    """Dose, word, two days of the week, and a goal, which is chosen by keys."""
    ladder = factories.newest()
    goal = ladder.rungs.get(position=4)
    first = ladder.rungs.get(position=1).levels.order_by("position")[0]
    template_acts.add(
        cast, level=first, goal_rung=goal, **template_acts.said(reps=12, word="Slowly.")
    )
    physio.goto("/caseload/")
    begin_visit(physio, "Astrid Alm")
    answer_none(physio)
    physio.get_by_role("button", name="Next: see them move").click()
    physio.get_by_role("button", name="Start on rung 1").click()
    if with_template:
        physio.get_by_role("button", name="Usual").click()
        expect(physio.get_by_text("Filled in from “Usual”")).to_be_visible()
    else:
        physio.get_by_label("Repetitions").fill("12")
        physio.get_by_label("Your word to the patient").fill("Slowly.")
        choose(physio, "Days of practice", "Other days")
        for day in ("Tue", "Wed", "Fri", "Sat", "Sun"):  # all are chosen at first
            choose(physio, "Days of practice", day)
        physio.get_by_label("Goal").select_option(str(goal))
    physio.get_by_role("button", name="Next: hand over").click()
    make_link(physio, "Astrid Alm")
    assert clicks() == count
    plan = Plan.objects.get(patient__name="Astrid Alm")
    dose = plan.prescriptions.get()
    assert (dose.reps, dose.word, plan.goal_rung) == (12, "Slowly.", goal)
    assert plan.schedules.order_by("pk").last().weekdays == 0b0001001  # type: ignore[union-attr]


@pytest.mark.both
def test_ticking_five_criteria_and_passing_takes_7_clicks_from_the_caseload(
    physio: Page, cast: Cast, clicks: Clicks
) -> None:
    physio.goto("/caseload/")
    physio.get_by_role("link", name="Maya Roos").click()
    assert tick_all(physio) == 5
    press_passed(physio)
    expect(physio.get_by_role("heading", name="Gate: Butt taps")).to_be_visible()
    assert clicks() == 7  # at most 7


@pytest.fixture
def three_fine_days(clock: time_machine.Traveller, cast: Cast) -> None:
    for _ in range(3):
        acts.log(cast.plan, pain=1)
        clock.shift(timedelta(days=1))


@pytest.mark.usefixtures("three_fine_days")
@pytest.mark.parametrize(
    "answer", ["Carry on", "Train lower for a while", "Pause", "Withdraw a rung"]
)
def test_answering_a_stop_takes_4_clicks_from_the_caseload(
    physio: Page, cast: Cast, clicks: Clicks, answer: str
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.log(cast.plan, level=acts.level(cast.plan, 2), pain=8)
    physio.goto("/caseload/")
    physio.get_by_role("link", name="Maya Roos").click()
    choose(physio, "What now", answer)
    physio.get_by_text("Flare-ups are common and usually settle.").click()
    physio.get_by_role("button", name="Send answer").click()
    expect(physio.get_by_role("status").filter(has_text="Answered.")).to_be_visible()
    assert clicks() == 4  # at most 4, a ready phrase to the patient among them


@pytest.mark.parametrize(
    ("presses", "count"),
    [
        ({"Contact": "Sent on"}, 4),
        ({"Contact": "Seen here", "Cleared for training?": "Cleared", "What now": "Carry on"}, 6),
    ],
)
def test_answering_something_urgent_takes_6_presses_besides_typing(
    physio: Page, cast: Cast, clicks: Clicks, presses: dict[str, str], count: int
) -> None:
    report_verbs.report(
        patient=cast.maya, by=cast.maya.user, client_id="a", kinds=["bladder"], words="Cannot pee."
    )
    physio.goto("/caseload/")
    physio.get_by_role("link", name="Maya Roos").click()
    for group, answer in presses.items():
        choose(physio, group, answer)
    physio.get_by_label("What was told or found").click()
    physio.get_by_label("What was told or found").fill("Passes water well.")
    physio.get_by_role("button", name="Send answer").click()
    expect(physio.get_by_role("status").filter(has_text="Answered.")).to_be_visible()
    assert clicks() == count  # at most 6, the press into the field for words among them


def test_a_week_of_a_paper_log_takes_15_clicks(cast: Cast, physio: Page, clicks: Clicks) -> None:
    """Seven ticks, the pain of seven days, and to save them."""
    today = cast.harbour.today()
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=today - timedelta(days=9))
    physio.goto(f"/plans/{cast.plan.pk}/paper/week/")
    for ago in range(7):
        day = today - timedelta(days=ago)
        physio.locator(f"[name='{day}-done']").click()
        pain = physio.locator(f"[name='{day}-pain']")
        pain.click()
        pain.fill("2")
    physio.get_by_role("button", name="Save these days").click()
    expect(physio.get_by_text("Entered from paper: 7 days.")).to_be_visible()
    assert clicks() == 15  # about 50 a day at a time
    assert cast.plan.practices.count() == 7

"""Where a plan stands: one answer, whichever page or verb asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from curriculum.models import Level, Rung
from patients.chart import page as chart_page
from patients.models import Patient, PatientSummary, Plan
from patients.papers.visit_note import visit_note
from patients.standing.chosen_levels import chosen_levels
from patients.standing.lower import train_lower_levels
from patients.standing.position import (
    current_level,
    ladder_steps,
    place_on,
    when_opened,
)
from patients.today.ladder import NOW, PASSED, read_ladder
from patients.today.state import read_today
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of

DAY = timedelta(days=1)
History = Callable[[Plan, time_machine.Traveller], None]


def _chart(patient: Patient) -> chart_page.Chart:
    return chart_page.read(chart_page.patients(Patient.objects.all()).get(pk=patient.pk))


def _fresh(plan: Plan, clock: time_machine.Traveller) -> None:
    """Nothing is passed."""


def _two_passed(plan: Plan, clock: time_machine.Traveller) -> None:
    for _ in range(2):
        clock.shift(DAY)
        factories.pass_open_rung(plan, by=plan.patient.lead)


def _one_lost(plan: Plan, clock: time_machine.Traveller) -> None:
    _two_passed(plan, clock)
    clock.shift(3 * DAY)
    rung = acts.rung(plan, 2)
    gate_verbs.withdraw(plan=plan, rung=rung, by=plan.patient.lead, reason="Lost.")


def _clinic_alone(plan: Plan, *slugs: str) -> None:
    """Make levels of the third rung levels for the clinic alone."""
    acts.rung(plan, 3).levels.filter(slug__in=slugs).update(home=False)


def test_after_a_pass_the_plan_starts_with_the_first_level_for_home(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    _clinic_alone(cast.plan, "against-knees")
    _two_passed(cast.plan, clock)
    level = current_level(cast.plan, cast.harbour.today()).level
    assert level is not None
    assert level.slug == "two-to-five-cm"
    offered = [one.step.slug for one in read_today(cast.maya.user).options]
    assert offered == []  # the others are for the clinic


def test_with_no_level_for_home_today_stays_below_and_says_that_the_physio_chooses(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    _clinic_alone(cast.plan, "against-knees", "two-to-five-cm")
    _two_passed(cast.plan, clock)
    now = current_level(cast.plan, cast.harbour.today())
    assert now.level is not None
    assert (now.level.slug, now.awaits_choice) == ("30-cm", True)
    page = text(phone_of(cast.maya).get(reverse("today")))
    assert "Rung 3 is open.</strong> Elin chooses your drill for it." in page
    assert "Choose a level first." in chart(browser(cast.elin), cast.maya)
    assert PatientSummary.objects.get(patient=cast.maya).weight_from == cast.harbour.today()
    chosen = acts.rung(cast.plan, 3).levels.get(slug="against-knees")
    with acts.refused("clinic_prescribe_first"):
        plan_verbs.choose_level(plan=cast.plan, level=chosen, by=cast.elin)
    dose: dict[str, Any] = {
        "plan": cast.plan,
        "level": chosen,
        "by": cast.elin,
        "sets": 2,
        "reps": 8,
    }
    plan_verbs.prescribe(**dose, at_home=True)
    plan_verbs.choose_level(plan=cast.plan, level=chosen, by=cast.elin)
    after = current_level(cast.plan, cast.harbour.today())
    assert (after.level, after.awaits_choice) == (chosen, False)
    assert PatientSummary.objects.get(patient=cast.maya).weight_from is None


def test_nobody_trains_lower_on_a_level_for_the_clinic_alone(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    lower = [level.slug for level in train_lower_levels(cast.plan, cast.harbour.today())]
    assert lower[:2] == ["two-to-five-cm", "against-knees"]


def _lost_from_the_bottom(plan: Plan, clock: time_machine.Traveller) -> None:
    _two_passed(plan, clock)
    clock.shift(3 * DAY)
    rung = acts.rung(plan, 1)
    gate_verbs.withdraw(plan=plan, rung=rung, by=plan.patient.lead, reason="Lost.")
    clock.shift(DAY)
    factories.pass_open_rung(plan, by=plan.patient.lead)


def _up_to_the_goal(plan: Plan, clock: time_machine.Traveller) -> None:
    plan_verbs.set_goal(plan=plan, goal_rung=acts.rung(plan, 2), by=plan.patient.lead)
    _two_passed(Plan.objects.get(pk=plan.pk), clock)


#: Each with the position of the open rung at its end, None = complete, and how many are passed.
HISTORIES: dict[str, tuple[History, int | None, int]] = {
    "fresh": (_fresh, 1, 0),
    "two passed": (_two_passed, 3, 2),
    "one lost": (_one_lost, 2, 1),
    "lost from the bottom": (_lost_from_the_bottom, 2, 1),
    "up to the goal": (_up_to_the_goal, None, 2),
}


def _position(rung: Rung | None) -> int | None:
    return rung.position if rung else None


@pytest.mark.parametrize("name", HISTORIES)
def test_every_page_and_verb_sees_the_same_open_rung(
    clock: time_machine.Traveller, cast: Cast, name: str
) -> None:
    live, expected, passed = HISTORIES[name]
    live(cast.plan, clock)
    plan = Plan.objects.get(pk=cast.plan.pk)
    day = cast.harbour.today()
    chart = _chart(plan.patient)
    ladder = read_ladder(plan)
    now = read_today(plan.patient.user)
    assert _position(plan.open_rung) == expected
    assert _position(chart.gate.rung if chart.gate else None) == expected
    assert [one.rung.position for one in ladder if one.state == NOW] == (
        [expected] if expected else []
    )
    assert sum(one.state == PASSED for one in ladder) == len(plan.passed_rungs) == passed
    assert now.place is not None
    assert (None if now.place.complete else now.place.rung) == expected
    summary = PatientSummary.objects.select_related("rung").get(patient=plan.patient)
    assert _position(summary.rung) == expected
    note = visit_note(plan.patient, day)
    words = f"Open rung: {plan.open_rung.name}" if plan.open_rung else "Ladder complete"
    assert words in note


@pytest.mark.parametrize("name", [name for name, told in HISTORIES.items() if told[1]])
def test_every_page_and_verb_sees_the_same_day_on_which_it_opened(
    clock: time_machine.Traveller, cast: Cast, name: str
) -> None:
    live, _expected, _passed = HISTORIES[name]
    live(cast.plan, clock)
    plan = Plan.objects.get(pk=cast.plan.pk)
    assert plan.open_rung is not None
    since = when_opened(plan, plan.open_rung)
    place = place_on(
        ladder_steps(plan),
        chosen_levels(plan),
        (),
        cast.harbour.today(),
        start=plan.assigned_at,
        goal=plan.goal_position,
    )
    assert place.opened_at == since
    evidence = _chart(plan.patient).evidence
    assert evidence is not None
    assert evidence.opened_on == cast.harbour.day_of(since)


def test_a_level_chosen_before_the_pass_was_lost_does_not_count_after_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan = cast.plan
    factories.pass_open_rung(plan, by=cast.elin)
    first, second = Level.objects.filter(rung=acts.rung(plan, 2), helper=False)[:2]
    plan_verbs.choose_level(plan=plan, level=second, by=cast.maya.user)
    factories.pass_open_rung(plan, by=cast.elin)
    clock.shift(3 * DAY)
    gate_verbs.withdraw(plan=plan, rung=second.rung, by=cast.elin, reason="Lost.")
    assert current_level(plan, cast.harbour.today()).level == first
    page = phone_of(cast.maya).get(reverse("today") + "?drill").content.decode()
    assert first.setting in page
    assert second.setting not in page.partition('id="door"')[0]


def test_a_level_chosen_after_the_loss_counts(clock: time_machine.Traveller, cast: Cast) -> None:
    _one_lost(cast.plan, clock)
    second = Level.objects.filter(rung=acts.rung(cast.plan, 2), helper=False)[1]
    clock.shift(DAY)
    plan_verbs.choose_level(plan=cast.plan, level=second, by=cast.maya.user)
    assert current_level(cast.plan, cast.harbour.today()).level == second


def test_the_chart_and_the_answer_to_a_stop_offer_the_same_lower_levels(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    _two_passed(cast.plan, clock)
    offered = _chart(cast.maya).lower
    assert [one.pk for one in offered] == [
        one.pk for one in train_lower_levels(cast.plan, cast.harbour.today())
    ]
    assert offered
    assert not any(one.helper for one in offered)

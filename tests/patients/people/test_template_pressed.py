"""A template is pressed that is in use no more, or that leads to another drill: nothing is saved,
nothing is lost, and the page says what it did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from curriculum.models import Level
from patients.models import Patient, Plan, PlanTemplate, Prescription
from patients.verbs import plan_templates
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text
from tests.patients.people.test_first_visit import press
from tests.patients.people.test_plan_templates import (
    astrid,
    checked,
    chosen,
    level_now,
    value,
    words,
)
from tests.patients.rules.template_acts import add, said

__all__ = ["astrid"]

GONE = "This template is no longer in use. Nothing is filled in, and what you typed stays."
TICKED = "“Practised from now on” is ticked"


def _put_away(cast: Cast) -> PlanTemplate:
    return plan_templates.put_away(template=add(cast, **said(sets=7)), by=cast.elin)


#: Ways to press a template that is none: by what the page sends.
NONE_OF_OURS: dict[str, Callable[[Cast], Any]] = {
    "put away": lambda cast: _put_away(cast).pk,
    "another clinic's": lambda cast: add(cast, by=cast.ines, **said(sets=7)).pk,
    "unknown": lambda cast: 99999,
    "no number": lambda cast: "x",
    "empty": lambda cast: "",
}


@pytest.fixture(params=NONE_OF_OURS)
def gone(request: pytest.FixtureRequest, cast: Cast) -> Any:
    return NONE_OF_OURS[request.param](cast)


def _sent(cast: Cast, template: Any, **typed: Any) -> str:
    """The prescription after a template was pressed."""
    usual = {"level": acts.level(cast.plan).pk, "sets": "1", "reps": "5"}
    address = reverse("prescribe", args=[cast.plan.pk])
    return text(browser(cast.elin).post(address, {"template": template, **usual, **typed}))


def test_no_plan_is_assigned_by_it(cast: Cast, gone: Any) -> None:
    goal = factories.newest().rungs.get(position=4).pk
    typed = {"ladder": factories.newest().pk, "weekdays": ["1", "4"], "goal": goal}
    address = reverse("assign", args=[cast.tomas.pk])
    answer = browser(cast.elin).post(address, {"template": gone, **typed})
    assert answer.status_code == 200
    page = text(answer)
    assert GONE in page
    assert (checked(page, "weekdays"), chosen(page, "goal")) == (["1", "4"], str(goal))
    assert not Plan.objects.filter(patient=cast.tomas).exists()


def test_a_typed_prescription_stays_on_the_page(cast: Cast, gone: Any) -> None:
    page = _sent(cast, gone, sets="4", reps="9", word="Call me.", max_depth="To mid-thigh.")
    assert GONE in page
    typed = [value(page, name) for name in ("sets", "reps", "max_depth")]
    assert typed == ["4", "9", "To mid-thigh."]
    assert words(page, "word") == "Call me."
    assert not cast.plan.prescriptions.exists()


def test_the_typed_dose_of_a_first_visit_stays_on_the_page(
    cast: Cast, astrid: Patient, gone: Any
) -> None:
    level = level_now(astrid)
    goal = level.rung.ladder.rungs.get(position=5).pk
    typed = {"level": level.pk, "sets": "4", "reps": "9", "word": "Call me.", "goal_rung": goal}
    days = {"pattern": "own", "weekdays": ["1", "4"]}
    page = text(press(cast.elin, "dose", astrid, template=gone, **typed, **days))
    assert GONE in page
    assert [value(page, name) for name in ("sets", "reps")] == ["4", "9"]
    assert words(page, "word") == "Call me."
    assert (chosen(page, "goal_rung"), checked(page, "weekdays")) == (str(goal), ["1", "4"])
    assert not Prescription.objects.filter(plan=astrid.running_plan()).exists()


def test_days_that_were_typed_for_a_chosen_drill_stay(cast: Cast) -> None:
    """Also where the template fills in the dose beside them."""
    for _rung in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    loaded = acts.level(cast.plan, 6)
    template = add(cast, level=loaded, **said(sets=4))
    for pressed in (template.pk, 99999):
        page = _sent(cast, pressed, level=loaded.pk, weekdays=["1", "5"])
        assert checked(page, "weekdays") == ["1", "5"]


def test_a_dose_for_the_drill_on_the_page_ticks_nothing(cast: Cast) -> None:
    """A clinician who looks at a second drill, or at one with a helper, decides alone."""
    factories.pass_open_rung(cast.plan, by=cast.elin)
    of_two = Level.objects.filter(rung=acts.rung(cast.plan, 2))
    now = level_now(cast.maya)
    for nth, level in enumerate(of_two.exclude(pk=now.pk)):
        template = add(cast, f"Template {nth}", level=level, **said(sets=3))
        page = _sent(cast, template.pk, level=level.pk)
        assert value(page, "sets") == "3"
        assert not checked(page, "practise")
        assert TICKED not in page
        assert checked(_sent(cast, template.pk, level=level.pk, practise="on"), "practise")


def test_a_template_that_leads_to_another_drill_says_what_it_ticked(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    other = Level.objects.filter(rung=acts.rung(cast.plan, 2), helper=False, home=True)[1]
    page = _sent(cast, add(cast, level=other).pk, level=level_now(cast.maya).pk)
    assert value(page, "level") == str(other.pk)
    assert checked(page, "practise")
    assert TICKED in page

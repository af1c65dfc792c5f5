"""Training lower after a stop proposes what went well three times, and never the hardest."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text

DAY = timedelta(days=1)
#: The clinician's two pages that offer a lower level.
PAGES = ["chart", "stop_answer"]


def chosen(cast: Cast, page: str) -> str:
    """The option of "Train lower on" that is chosen when nobody has touched it."""
    elin = browser(cast.elin)
    if page == "chart":
        shown = chart(elin, cast.maya)
    else:
        stop = cast.plan.stops.unanswered().get()
        shown = text(elin.get(reverse("stop_answer", args=[stop.pk])))
    field = shown[shown.index('id="stop_level"') :].partition("</select>")[0]
    options = re.findall(r'<option value="[^"]*" selected>([^<]*)', field)
    assert len(options) == 1
    return str(options[0])


def practise(cast: Cast, clock: time_machine.Traveller, position: int, *pains: int) -> None:
    for pain in pains:
        acts.log(cast.plan, level=acts.level(cast.plan, position), pain=pain)
        clock.shift(DAY)


@pytest.mark.parametrize("page", PAGES)
def test_the_nearest_level_with_three_fine_days_is_proposed_with_its_dose(
    clock: time_machine.Traveller, cast: Cast, page: str
) -> None:
    practise(cast, clock, 1, 1, 2, 1)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    practise(cast, clock, 2, 5, 1, 1)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    low = acts.level(cast.plan, 1)
    plan_verbs.prescribe(plan=cast.plan, level=low, by=cast.elin, sets=3, reps=6)
    acts.log(cast.plan, level=acts.level(cast.plan, 3), pain=7)
    assert chosen(cast, page) == f"{low}: 3 × 6"


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_proposed_where_nothing_went_well_three_times(
    clock: time_machine.Traveller, cast: Cast, page: str
) -> None:
    practise(cast, clock, 1, 1, 1)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.log(cast.plan, level=acts.level(cast.plan, 2), pain=7)
    assert chosen(cast, page) == "Choose a level"


def test_a_saved_dose_is_said_where_it_was_saved_and_nowhere_else(cast: Cast) -> None:
    elin = browser(cast.elin)
    level = acts.level(cast.plan)
    dose = {"level": level.pk, "sets": 3, "reps": 8}
    saved = elin.post(reverse("prescribe", args=[cast.plan.pk]), dose)
    assert saved["Location"].endswith("#prescription")
    page = chart(elin, cast.maya)
    assert page.count(f"Prescribed: {level}, 3 × 8.") == 1
    assert page.index('id="prescription"') < page.index("Prescribed:")

"""Training lower after a stop proposes what went well three times, and never the hardest."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text

DAY = timedelta(days=1)
#: The clinician's two pages that offer a lower level.
PAGES = ["chart", "stop_answer"]


def offered(page: str) -> dict[str, bool]:
    """What can be chosen to train lower on, and whether it is chosen when nobody touched it."""
    rows = re.findall(r'<input type="radio" name="level"([^>]*)> <span>([^<]*)</span>', page)
    return {label: "checked" in chosen for chosen, label in rows}


def chosen(cast: Cast, page: str) -> list[str]:
    """The level of "Train lower on" that is chosen when nobody has touched it."""
    elin = browser(cast.elin)
    if page == "chart":
        shown = chart(elin, cast.maya)
    else:
        stop = cast.plan.stops.unanswered().get()
        shown = text(elin.get(reverse("stop_answer", args=[stop.pk])))
    levels = offered(shown)
    assert levels
    return [label for label, is_chosen in levels.items() if is_chosen]


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
    assert chosen(cast, page) == [f"{low}: 3 × 6, went well three times"]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_proposed_where_nothing_went_well_three_times(
    clock: time_machine.Traveller, cast: Cast, page: str
) -> None:
    practise(cast, clock, 1, 1, 1)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.log(cast.plan, level=acts.level(cast.plan, 2), pain=7)
    assert chosen(cast, page) == []
    address = reverse("stop_answer", args=[cast.plan.stops.unanswered().get().pk])
    typed = {"action": "lower", "word": "Less.", "until": cast.harbour.today()}
    again = text(browser(cast.elin).post(address, typed))
    assert "Choose the level to train lower on." in again
    assert "Less.</textarea>" in again


def test_a_bad_morning_after_counts_against_its_day(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    practise(cast, clock, 1, 1, 2, 1)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    entry = cast.plan.practices.latest("done_on")
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=3, worse=True)
    acts.log(cast.plan, level=acts.level(cast.plan, 2), pain=9)
    assert chosen(cast, "chart") == []


def test_the_weight_stands_beside_a_level_with_one_and_where_none_is_set_that_is_said(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(6):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.prescribe_weight(cast.plan, by=cast.elin)
    acts.log(cast.plan, pain=9)
    labels = offered(chart(browser(cast.elin), cast.maya))
    of_rung = [str(level) for level in acts.rung(cast.plan, 6).levels.filter(helper=False)]
    beside = [label for label in labels if label.partition(": ")[0] in of_rung]
    with_weight = f"{acts.level(cast.plan, 6)}: 3 × 8, 8 kg"
    assert with_weight in beside
    beside.remove(with_weight)
    assert beside
    assert all("weight not set yet" in label for label in beside)


def test_a_saved_dose_is_said_where_it_was_saved_and_nowhere_else(cast: Cast) -> None:
    elin = browser(cast.elin)
    level = acts.level(cast.plan)
    dose = {"level": level.pk, "sets": 3, "reps": 8}
    saved = elin.post(reverse("prescribe", args=[cast.plan.pk]), dose)
    assert saved["Location"].endswith("#prescription")
    page = chart(elin, cast.maya)
    assert page.count(f"Prescribed: {level}, 3 × 8.") == 1
    assert page.index('id="prescription"') < page.index("Prescribed:")

"""The page on which a clinician moves a plan to a newer edition."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from curriculum.models import Criterion, Ladder
from patients.models import Plan
from patients.verbs import gate as gate_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text


@pytest.fixture
def second(cast: Cast) -> Ladder:
    return factories.newest()


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def _page(client: Client, cast: Cast, **said: Any) -> Any:
    address = reverse("move", args=[cast.plan.pk])
    return client.post(address, said) if said else client.get(address)


def _own_activity(ladder: Ladder, rung: str) -> Criterion:
    return Criterion.objects.get(rung__ladder=ladder, rung__slug=rung, slug="own-activity")


def test_the_page_asks_what_was_never_seen_and_says_what_opens_without_it(
    elin: Client, cast: Cast, second: Ladder
) -> None:
    for _ in range(6):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    page = text(_page(elin, cast))
    for rung in ("bench-behind", "kettlebell-rdl"):
        assert _own_activity(second, rung).placement_text in page
    assert "The hips travel back before" not in page
    assert "Days, pause and faults stay, and doses of levels that are the same here." in page
    assert "Without these ticks rung 4, Bench behind, is open after the move" in page


def test_one_press_moves_with_what_was_ticked(elin: Client, cast: Cast, second: Ladder) -> None:
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    seen = _own_activity(second, "bench-behind")
    answer = _page(elin, cast, criteria=[seen.pk], **{f"{seen.pk}-reps": "3"})
    assert answer.status_code == 303
    moved = Plan.objects.get(patient=cast.maya, ended_on=None)
    assert acts.passed(moved) == [1, 2, 3, 4]
    assert moved.ticks.get(criterion=seen).figure == {"reps": 3}


def test_a_wrong_figure_is_said_beside_it_and_the_tick_stays(
    elin: Client, cast: Cast, second: Ladder
) -> None:
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    seen = _own_activity(second, "bench-behind")
    answer = _page(elin, cast, criteria=[seen.pk], **{f"{seen.pk}-reps": "900"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="900"' in page
    assert f'value="{seen.pk}" id="criterion-{seen.pk}" checked' in page
    assert Plan.objects.get(patient=cast.maya).ended_on is None


def test_where_nothing_is_asked_the_page_only_says_what_goes_along(
    elin: Client, cast: Cast, second: Ladder
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    page = text(_page(elin, cast))
    assert "It goes along." in page
    assert "Without these ticks" not in page


def test_the_gate_says_how_old_the_first_tick_is_and_refuses_nothing(
    clock: time_machine.Traveller, elin: Client, cast: Cast, second: Ladder
) -> None:
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    _page(elin, cast, criteria=[])
    moved = Plan.objects.get(patient=cast.maya, ended_on=None)
    *others, own = acts.criteria(moved, 4)
    assert "Asked 48 hours after the first tick." in chart(elin, cast.maya)
    for criterion in others:
        gate_verbs.tick(plan=moved, criterion=criterion, by=cast.elin)
    clock.shift(timedelta(hours=30))
    assert "the first tick, which is 30 hours old." in chart(browser(cast.elin), cast.maya)
    gate_verbs.tick(plan=moved, criterion=own, by=cast.elin)
    acts.decide(moved, 4, cast.elin)
    assert acts.passed(moved) == [1, 2, 3, 4]


def test_a_gate_of_the_edition_asks_only_for_the_figures_that_count(
    elin: Client, cast: Cast, second: Ladder
) -> None:
    _page(elin, cast, criteria=[])
    moved = Plan.objects.get(patient=cast.maya, ended_on=None)
    page = elin.get(reverse("chart", args=[cast.maya.pk])).content.decode()
    first, *_others, lean = acts.criteria(moved, 1)
    assert f'id="mark-{first.pk}-reps"' in page
    assert f'id="mark-{first.pk}-degrees"' not in page
    assert f'id="mark-{lean.pk}-degrees"' in page
    assert lean.set_aside_when in text(elin.get(reverse("chart", args=[cast.maya.pk])))

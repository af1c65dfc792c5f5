"""Placement as a clinician does it on the page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patients.models import Review, Tick
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import HTMX, browser, chart, text


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def ids(cast: Cast, *positions: int) -> list[int]:
    return [criterion.pk for criterion in acts.criteria(cast.plan, *positions)]


def place(client: Client, cast: Cast, criteria: list[int], **said: Any) -> Any:
    headers = said.pop("headers", None)
    return client.post(
        reverse("place", args=[cast.plan.pk]), {"criteria": criteria, **said}, headers=headers
    )


def checked(page: str, pk: int) -> bool:
    return f'id="criterion-{pk}" checked' in page


def test_every_criterion_ticked_rung_by_rung_is_placed_in_one_act(elin: Client, cast: Cast) -> None:
    answer = place(elin, cast, ids(cast, 1, 2), note="Lifts at work.")
    assert answer.status_code == 303
    assert acts.passed(cast.plan) == [1, 2]
    assert {review.kind for review in Review.objects.all()} == {"placement"}
    page = chart(elin, cast.maya)
    assert "Gate: Stool or bench in front" in page
    assert "Maya was placed at" in page


def test_one_press_ticks_a_rung_and_saves_nothing(elin: Client, cast: Cast) -> None:
    kept = ids(cast, 1)[0]
    whole = acts.rung(cast.plan, 2)
    for headers in (None, HTMX):
        page = text(
            place(elin, cast, [kept], whole=whole.pk, note="So far <so good>", headers=headers)
        )
        assert checked(page, kept)
        assert all(checked(page, pk) for pk in ids(cast, 2))
        assert not any(checked(page, pk) for pk in ids(cast, 3))
        assert "So far <so good></textarea>" in page
    assert page.startswith('<form id="placement"')
    assert not Review.objects.exists()
    assert not Tick.objects.exists()


def test_a_criterion_left_is_named_and_what_was_ticked_stays_ticked(
    elin: Client, cast: Cast
) -> None:
    left, *ticked = acts.criteria(cast.plan, 2)
    sent = ids(cast, 1) + [criterion.pk for criterion in ticked]
    answer = place(elin, cast, sent)
    assert answer.status_code == 422
    page = text(answer)
    assert f"Still to tick: {left.text}" in page  # one sentence, one full stop
    assert all(checked(page, pk) for pk in sent)
    assert not checked(page, left.pk)
    assert not Review.objects.exists()


def test_a_rung_is_not_skipped(elin: Client, cast: Cast) -> None:
    answer = place(elin, cast, ids(cast, 2))
    assert answer.status_code == 422
    assert "Place from the bottom: every criterion of “Dowel hinge” comes first." in text(answer)
    assert not Review.objects.exists()


def test_a_loaded_rung_is_not_reached_past_an_unloaded_one_by_forged_criteria(
    elin: Client, cast: Cast
) -> None:
    assert place(elin, cast, ids(cast, 1, 2, 3, 5)).status_code == 422
    assert not Review.objects.exists()


@pytest.mark.parametrize("forged", ["99999999", "x", "-1", "9" * 40])
def test_a_forged_criterion_places_nothing(elin: Client, cast: Cast, forged: str) -> None:
    answer = elin.post(reverse("place", args=[cast.plan.pk]), {"criteria": [*ids(cast, 1), forged]})
    assert answer.status_code == 422
    assert all(checked(text(answer), pk) for pk in ids(cast, 1))
    assert not Review.objects.exists()


def test_a_criterion_of_another_ladder_is_refused(elin: Client, cast: Cast) -> None:
    other = ladders.another()
    foreign = other.rungs.get(position=1).criteria.first()
    assert foreign is not None
    answer = place(elin, cast, [*ids(cast, 1), foreign.pk])
    assert answer.status_code == 422
    assert "does not belong to this ladder" in text(answer)
    assert not Review.objects.exists()


def test_nothing_ticked_places_nothing(elin: Client, cast: Cast) -> None:
    answer = place(elin, cast, [])
    assert answer.status_code == 422
    assert "Nothing is ticked yet." in text(answer)


def test_the_same_page_sent_twice_is_one_placement(elin: Client, cast: Cast) -> None:
    for _ in range(2):
        assert place(elin, cast, ids(cast, 1, 2)).status_code == 303
    assert Review.objects.count() == 2


def test_a_colleague_on_an_old_page_is_told_who_passed_it(elin: Client, cast: Cast) -> None:
    place(elin, cast, ids(cast, 1))
    answer = place(browser(cast.omar), cast, ids(cast, 1, 2))
    assert answer.status_code == 422
    assert "Elin E. already passed “Dowel hinge”" in text(answer)
    assert acts.passed(cast.plan) == [1]


def test_the_page_shows_what_is_ticked_already_and_how_many_repetitions_suffice(
    elin: Client, cast: Cast
) -> None:
    first = acts.criteria(cast.plan, 1)[0]
    gate_verbs.tick(plan=cast.plan, criterion=first, by=cast.omar)
    page = text(elin.get(reverse("place", args=[cast.plan.pk])))
    assert checked(page, first.pk)
    assert f"{first.placement_reps} clean repetitions are enough here." in page


def test_an_ended_or_complete_plan_places_nobody(elin: Client, cast: Cast) -> None:
    for _ in range(7):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    assert "No gate is open on this plan." in text(elin.get(reverse("place", args=[cast.plan.pk])))
    gate_verbs.withdraw(plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost.")
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    answer = place(elin, cast, ids(cast, 1))
    assert answer.status_code == 422
    assert "This plan has ended." in text(answer)

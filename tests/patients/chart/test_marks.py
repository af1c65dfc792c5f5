"""A criterion at the gate: a figure that was seen, or the reason why it does not apply."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from curriculum.models import Criterion
from patients.models import Tick
from patients.verbs import gate as gate_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import HTMX, browser, chart, press_passed, text


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def mark(client: Client, cast: Cast, nth: int = 0, **said: Any) -> Any:
    """Send a form of a criterion's fold."""
    headers = said.pop("headers", None)
    address = reverse("tick", args=[cast.plan.pk, acts.criteria(cast.plan, 1)[nth].pk])
    return client.post(address, said, headers=headers)


@pytest.mark.parametrize("headers", [None, HTMX])
def test_what_was_seen_stands_beside_the_tick(
    elin: Client, cast: Cast, headers: dict[str, str] | None
) -> None:
    mark(elin, cast, reps="10", kg="", degrees="45", side="both", headers=headers)
    assert Tick.objects.get().figure == {"reps": 10, "degrees": 45, "side": "both"}
    page = chart(elin, cast.maya)
    assert "Seen:</b> 10 repetitions, 45°, both sides" in page
    assert "1 of 5 ticked." in page
    # It is taken back by an empty figure, not by a tick without one.
    mark(elin, cast)
    assert Tick.objects.get().figure is not None
    mark(elin, cast, reps="", kg="")
    assert Tick.objects.get().figure is None


REASONS: list[tuple[dict[str, Any], str]] = [
    ({"why": "not_prescribed"}, "The level is not prescribed"),
    ({"why": "variant", "words": "two hands"}, "A variant is in use: two hands"),
    ({"why": "other", "words": "holds a rail"}, "Holds a rail"),
]


@pytest.mark.parametrize(("said", "words"), REASONS)
def test_what_does_not_apply_says_why_and_is_no_tick(
    elin: Client, cast: Cast, said: dict[str, Any], words: str
) -> None:
    mark(elin, cast, **said)
    page = chart(elin, cast.maya)
    assert f"Does not apply:</b> {words}" in page
    assert 'aria-checked="mixed"' in page
    assert "0 of 5 ticked. 1 does not apply. 4 left." in page


@pytest.mark.parametrize("headers", [None, HTMX])
def test_another_reason_needs_words_and_what_was_typed_stays(
    elin: Client, cast: Cast, headers: dict[str, str] | None
) -> None:
    answer = mark(elin, cast, why="other", words=" ", headers=headers)
    assert answer.status_code == 422
    assert "Say why it does not apply." in text(answer)
    answer = mark(elin, cast, reps="300", kg="12,x", headers=headers)
    assert answer.status_code == 422
    page = text(answer)
    assert 'value="300"' in page
    assert 'value="12,x"' in page
    assert page.count('aria-invalid="true"') == 2
    assert page.count('<details class="more" open>') == 1
    assert not Tick.objects.exists()


def test_what_is_always_asked_cannot_be_set_aside_on_the_page(elin: Client, cast: Cast) -> None:
    Criterion.objects.filter(pk=acts.criteria(cast.plan, 1)[0].pk).update(always=True)
    assert chart(elin, cast.maya).count("This one is always asked") == 1
    answer = mark(elin, cast, why="variant")
    assert answer.status_code == 422
    assert "Always asked, and never set aside" in text(answer)


def test_a_mark_is_taken_back_by_the_same_press(elin: Client, cast: Cast) -> None:
    mark(elin, cast, why="variant")
    criterion = acts.criteria(cast.plan, 1)[0]
    address = reverse("untick", args=[cast.plan.pk, criterion.pk])
    assert f'action="{address}"' in chart(elin, cast.maya)
    elin.post(address)
    assert not Tick.objects.exists()


def test_pressed_too_early_it_says_that_two_must_be_met(elin: Client, cast: Cast) -> None:
    for nth in range(5):
        mark(elin, cast, nth, why="variant" if nth else "")
    answer = press_passed(elin, cast.plan, 1)
    assert answer.status_code == 422
    assert "At least 2 criteria must be met." in text(answer)


def test_the_gate_says_that_no_lift_was_seen_until_one_was(elin: Client, cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.tick_all(cast.plan, 6, cast.elin)
    assert "No lift is logged on this rung." in chart(elin, cast.maya)
    answer = press_passed(elin, cast.plan, 6)
    assert "Nobody has seen a lift on “" in text(answer)
    first = acts.criteria(cast.plan, 6)[0]
    elin.post(reverse("tick", args=[cast.plan.pk, first.pk]), {"reps": "8", "kg": "12.5"})
    page = chart(elin, cast.maya)
    assert "No lift is logged" not in page
    assert "Seen:</b> 8 × 12.5 kg" in page
    assert press_passed(elin, cast.plan, 6).status_code == 303


def test_a_logged_lift_says_so_too(elin: Client, cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.prescribe_weight(cast.plan, by=cast.elin)
    acts.log(cast.plan, level=acts.level(cast.plan, 6))
    assert "No lift is logged" not in chart(elin, cast.maya)
    first = acts.criteria(cast.plan, 6)[0]
    gate_verbs.tick(plan=cast.plan, criterion=first, by=cast.elin)
    address = reverse("untick", args=[cast.plan.pk, first.pk])
    assert "No lift is logged" not in text(elin.post(address, headers=HTMX))

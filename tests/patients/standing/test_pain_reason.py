"""What a patient reads names what decided: the number, its rise, the leg, or what was before."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import pytest

from patients.models import Leg
from patients.standing import pain
from patients.standing.pain import DEFAULTS, AnyLimits, OwnLimits

MAYBE = [None, *range(11)]


class Told(NamedTuple):
    pain: int | None = None
    before: int | None = None
    leg: str | None = None
    effort: str | None = None
    why_stopped: str | None = None


@pytest.mark.parametrize(
    ("told", "usual", "why"),
    [
        (Told(pain=4), None, "number"),
        (Told(pain=5), 3, "rose"),
        (Told(pain=4, before=1), 7, "rose"),
        (Told(pain=8), 8, "hard_day"),
        (Told(pain=8), 9, "hard_day"),
        (Told(pain=2, before=5), 3, "before"),
        (Told(pain=5, leg=Leg.BELOW_KNEE), 3, "leg"),
        (Told(pain=2, effort="stopped", why_stopped="tired"), 3, "stopped"),
        (Told(), 3, None),
    ],
)
def test_what_is_read_names_what_decided(told: Told, usual: int | None, why: str | None) -> None:
    assert pain.reason(told, usual, DEFAULTS) == why


@pytest.mark.parametrize("limits", [DEFAULTS, OwnLimits(6, 9)], ids=["clinic", "own"])
def test_the_reason_weighs_as_much_as_the_entry_for_every_value(
    limits: AnyLimits,
) -> None:
    legs = (None, *Leg.values)
    for number, first, usual, leg in product(MAYBE, MAYBE, MAYBE, legs):
        told = Told(pain=number, before=first, leg=leg)
        why = pain.reason(told, usual, limits)
        whole = pain.of_entry(told, usual, limits)
        assert (why is None) is (whole is None)
        if leg in {Leg.NUMB, Leg.WEAK}:
            assert why == "leg"
        if why == "before":
            assert pain.before(first, usual, limits) is whole
        if why in {"rose", "number", "hard_day"}:
            assert pain.during(number, first, usual, limits) is whole

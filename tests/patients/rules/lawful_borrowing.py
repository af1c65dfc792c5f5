"""Levels that are borrowed lawfully, each after the first one is over: see ``lawful_acts``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from curriculum.models import Fault, Level
from patients.models import Plan
from patients.verbs import borrowing as borrowing_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts, borrowed

Act = Callable[[Cast], Any]


def _on_rung_four(cast: Cast) -> dict[str, Any]:
    """A level of rung 4 without load, and the fault that it helps with."""
    level = Level.objects.filter(
        rung=acts.rung(cast.plan, 4), drill__load="none", drill__remedies__isnull=False
    )[0]
    fault = Fault.objects.filter(remedies__drill=level.drill)[0]
    return {"level": level, "finding": borrowed.seen(cast.plan, by=cast.elin, fault=fault.slug)}


def _borrow_after_the_first_was_opened(cast: Cast) -> None:
    """Below a goal, beside another ladder, of which no rung is passed."""
    ladders.another()
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 4), by=cast.elin)
    borrowed.lend(cast.noors_plan, by=cast.ines)
    borrowed.lend(cast.plan, by=cast.elin)
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    borrowed.lend(cast.plan, by=cast.elin, **_on_rung_four(cast))


def _borrow_after_the_first_was_passed(cast: Cast) -> None:
    """And the goal moved below it."""
    borrowed.lend(cast.plan, by=cast.elin)
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    Plan.objects.filter(pk=cast.plan.pk).update(goal_rung=acts.rung(cast.plan, 2))
    borrowed.lend(Plan.objects.get(pk=cast.plan.pk), by=cast.elin, **_on_rung_four(cast))


def _borrow_once_it_is_over(ends: Callable[[Cast], Any], *, days: int = 0) -> Act:
    """``ends``: what ends the first one. ``days``: how much later the next is borrowed."""

    def borrow(cast: Cast) -> None:
        borrowed.lend(cast.noors_plan, by=cast.ines)
        borrowed.lend(cast.plan, by=cast.elin)
        ends(cast)
        with time_machine.travel(timezone.now() + timedelta(days=days, minutes=1)):
            borrowed.lend(cast.plan, by=cast.elin, **_on_rung_four(cast))

    return borrow


def _clear(cast: Cast) -> None:
    """Another finding stands."""
    borrowed.seen(cast.plan, by=cast.elin, fault="stutters")
    finding = cast.plan.findings.get(fault__slug=borrowed.SQUAT)
    finding_verbs.clear(finding=finding, by=cast.elin)


def _end_early(cast: Cast) -> None:
    borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin)


def _choose_an_own_one(cast: Cast) -> None:
    plan_verbs.choose_level(plan=cast.plan, level=acts.level(cast.plan, 1), by=cast.elin)


def _open_and_lose_its_rung(cast: Cast) -> None:
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    second = acts.rung(cast.plan, 2)
    gate_verbs.withdraw(plan=cast.plan, rung=second, by=cast.elin, reason="Lost.")


def _wait(cast: Cast) -> None:
    """Until its last day is over."""


AFTER_THE_FIRST: list[Act] = [
    _borrow_after_the_first_was_opened,
    _borrow_after_the_first_was_passed,
    _borrow_once_it_is_over(_clear),
    _borrow_once_it_is_over(_end_early),
    _borrow_once_it_is_over(_choose_an_own_one),
    _borrow_once_it_is_over(_open_and_lose_its_rung),
    _borrow_once_it_is_over(_wait, days=10),
]

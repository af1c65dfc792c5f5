"""The verbs of borrowed levels for the test of failures: see ``test_fault_injection``."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from patients.verbs import borrowing as borrowing_verbs
from patients.verbs import findings as finding_verbs
from tests.cast import Cast
from tests.patients import borrowed

Act = Callable[[], Any]

MODULES: list[ModuleType] = [borrowing_verbs]


def _borrowing(cast: Cast) -> Act:
    """With the prescription that keeps the second yes."""
    finding = borrowed.seen(cast.plan, by=cast.elin)
    said: dict[str, Any] = {"level": borrowed.stool(cast.plan), "at_home": True}
    return lambda: borrowed.lend(cast.plan, by=cast.elin, finding=finding, **said)


def _ending(cast: Cast) -> Act:
    borrowed.lend(cast.plan, by=cast.elin)
    return lambda: borrowing_verbs.end_borrowed(plan=cast.plan, by=cast.elin)


def clearing(cast: Cast) -> Act:
    """A finding for which a level is borrowed."""
    finding = borrowed.lend(cast.plan, by=cast.elin).finding
    assert finding is not None
    return lambda: finding_verbs.clear(finding=finding, by=cast.elin)


ACTS: dict[str, Callable[[Cast], Act]] = {
    "borrowing.borrow": _borrowing,
    "borrowing.end_borrowed": _ending,
}

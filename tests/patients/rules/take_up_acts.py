"""The verbs with which ladders follow one another, for the test of what stays half done."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from patients.verbs import take_up
from tests import factories
from tests.cast import Cast

Act = Callable[[], Any]

MODULES: list[ModuleType] = [take_up]
WHY = "Another ladder first."


def _set_aside(cast: Cast) -> Act:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    take_up.set_aside(plan=cast.plan, by=cast.elin, reason=WHY)
    return lambda: take_up.take_up(plan=cast.plan, by=cast.elin)


ACTS: dict[str, Callable[[Cast], Act]] = {
    "take_up.set_aside": lambda cast: (
        lambda: take_up.set_aside(plan=cast.plan, by=cast.elin, reason=WHY)
    ),
    "take_up.take_up": _set_aside,
}

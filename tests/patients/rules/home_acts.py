"""The act that sets dose and drill at once, during which the disk fills up: see
``test_fault_injection``."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from patients.verbs import at_home
from tests import factories
from tests.cast import Cast
from tests.patients import acts

MODULES: list[ModuleType] = [at_home]


def _setting(cast: Cast) -> Callable[[], Any]:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    other = acts.rung(cast.plan, 2).levels.filter(helper=False).last()
    assert other is not None
    said: dict[str, Any] = {"sets": 2, "reps": 5, "practise": True}
    return lambda: at_home.set_at_home(plan=cast.plan, level=other, by=cast.elin, **said)


ACTS: dict[str, Callable[[Cast], Callable[[], Any]]] = {"at_home.set_at_home": _setting}

"""Acts about pain during which the disk fills up: see ``test_fault_injection``."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from patients.verbs import pain_limits as limit_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests.cast import Cast

MODULES: list[ModuleType] = [usual_pain_verbs, limit_verbs]


def _seeing(cast: Cast) -> Callable[[], Any]:
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=2)
    told = usual_pain_verbs.tell(patient=cast.maya, by=cast.maya.user, pain=5)
    return lambda: usual_pain_verbs.see(told=told, by=cast.elin, word="Seen.")


ACTS: dict[str, Callable[[Cast], Callable[[], Any]]] = {
    "usual_pain.set_usual_pain": lambda cast: (
        lambda: usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=4)
    ),
    "usual_pain.tell": lambda cast: (
        lambda: usual_pain_verbs.tell(patient=cast.maya, by=cast.maya.user, pain=4)
    ),
    "usual_pain.see": _seeing,
    "pain_limits.set_own": lambda cast: (
        lambda: limit_verbs.set_own(
            patient=cast.maya, by=cast.elin, fine_to=5, stop_from=8, reason="A steady pain."
        )
    ),
    "pain_limits.end_own": lambda cast: (
        lambda: limit_verbs.end_own(patient=cast.maya, by=cast.elin)
    ),
}

"""Acts on what a patient chooses for themselves, the person in the pictures and reminders, during
which the disk fills up: see ``test_fault_injection``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from types import ModuleType
from typing import Any

from curriculum.figures.people import Person
from patients.verbs import drawn as drawn_verbs
from patients.verbs import practice_feeds
from tests.cast import Cast

Act = Callable[[], Any]

MODULES: list[ModuleType] = [drawn_verbs, practice_feeds]


def _reminded(cast: Cast) -> dict[str, Any]:
    return {"patient": cast.maya, "reminds_at": time(8), "by": cast.maya.user}


def _moving(cast: Cast) -> Act:
    practice_feeds.make(**_reminded(cast))
    return lambda: practice_feeds.move(**_reminded(cast) | {"reminds_at": time(9)})


def _ending(cast: Cast) -> Act:
    practice_feeds.make(**_reminded(cast))
    return lambda: practice_feeds.end(patient=cast.maya, by=cast.maya.user)


ACTS: dict[str, Callable[[Cast], Act]] = {
    "drawn.choose": lambda cast: (
        lambda: drawn_verbs.choose(patient=cast.maya, person=Person(hair="bun"), by=cast.maya.user)
    ),
    "practice_feeds.make": lambda cast: lambda: practice_feeds.make(**_reminded(cast)),
    "practice_feeds.move": _moving,
    "practice_feeds.end": _ending,
}

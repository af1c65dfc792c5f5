"""Acts on the person in the pictures during which the disk fills up: see
``test_fault_injection``."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from curriculum.figures.people import Person
from patients.verbs import drawn as drawn_verbs
from tests.cast import Cast

MODULES: list[ModuleType] = [drawn_verbs]

ACTS: dict[str, Callable[[Cast], Callable[[], Any]]] = {
    "drawn.choose": lambda cast: (
        lambda: drawn_verbs.choose(patient=cast.maya, person=Person(hair="bun"), by=cast.maya.user)
    ),
}

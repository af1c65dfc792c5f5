"""The facts that the product encodes, in our own words, each with the place that says it.

``sources.toml`` holds those of the five sources of the hip hinge, ``safety.toml`` those of safety.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
#: Stands for a source where a fact is a clinic default.
CLINIC = "clinic"


@dataclass(frozen=True)
class Fact:
    """``by``: slugs of sources and keys of works, or ``CLINIC``; empty = it claims no source
    ``at``: addresses of places; a star in one stands for any part
    ``words``: each stands in one of the places; with ``each`` in every one. "text|10 taps" stands
    in this part of it
    ``empty``: whether the places are to say nothing
    ``cells``: the precautions of a drill, "su L s1, ss W ss1", to be exactly those of the place
    ``left``: why it is not said, "kind: reason"
    """

    file: str
    key: str
    says: str
    by: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    each: bool = False
    empty: bool = False
    cells: str = ""
    left: str = ""

    @property
    def why_left(self) -> str:
        """The kind of reason for which it is not said."""
        return self.left.partition(":")[0]


def read_facts() -> list[Fact]:
    """Every fact, in the order of file and line."""
    return [
        _fact(file.stem, row)
        for file in sorted(FOLDER.glob("*.toml"))
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["fact"]
    ]


def _fact(file: str, row: dict[str, Any]) -> Fact:
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    return Fact(file, **(row | lists))

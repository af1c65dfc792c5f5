"""The works that stand behind what the product says, beside the sources of a ladder, as content.

``works.toml`` beside this file holds them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORKS = Path(__file__).parent / "works.toml"


@dataclass(frozen=True)
class Work:
    """A study, guideline or leaflet.

    ``name``: how lines, screening items and comments cite it
    ``title``: of the text; empty = it was not read
    ``kind``: what it is, in words; ``says``: what the product takes from it, and how strong it is
    ``place``: where it was published, as far as it is known
    ``unseen``: whether it was known and not looked up again: look before it is cited elsewhere
    """

    key: str
    name: str
    kind: str
    says: str
    title: str = ""
    place: str = ""
    unseen: bool = False


@cache
def works() -> dict[str, Work]:
    """Every work, by its key, in the order of the file."""
    rows = tomllib.loads(WORKS.read_text(encoding="utf-8"))["work"]
    return {row["key"]: Work(**row) for row in rows}


__all__ = ["Work", "works"]

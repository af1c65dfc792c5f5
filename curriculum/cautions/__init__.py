"""What a precaution changes in a drill, as content. Knows no patient.

``lines.toml`` beside this file holds what is said; each ladder names the lines for its drills.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

LINES = Path(__file__).parent / "lines.toml"

AVOID = "avoid"
LIMIT = "limit"
WATCH = "watch"
#: Mildest first: the last one wins.
KINDS = (WATCH, LIMIT, AVOID)
#: The lines that follow from the figure. No ladder names them.
HIP_LINE = "hip"
KNEE_LINE = "knee"
HEAD_LOW_LINE = "b1"
FROM_THE_FIGURE = frozenset({HIP_LINE, KNEE_LINE, HEAD_LOW_LINE})
#: What a way of its own may say otherwise than the drill.
FIGURES = ("fixed", "hip", "lean", "knee")


@dataclass(frozen=True)
class Line:
    """``default``: the part that no source says. ``not_when``: what the screening notes of the
    precaution while the line says nothing; ``avoid_when``: while the drill is one to avoid."""

    key: str
    clinician: str
    patient: str
    source: str = ""
    default: str = ""
    not_when: Mapping[str, str] = field(default_factory=dict)
    avoid_when: Mapping[str, str] = field(default_factory=dict)


@cache
def lines() -> dict[str, Line]:
    """Every line, by its key."""
    rows = tomllib.loads(LINES.read_text(encoding="utf-8"))["line"]
    return {row["key"]: Line(**row) for row in rows}


@dataclass(frozen=True)
class DrillCautions:
    """What the precautions change in one drill or level.

    ``rules``: kind and key of the line, by the key of the precaution
    ``fixed``: whether the task sets how deep the hip bends
    ``hip``, ``knee``, ``lean``: how far the figure bends the two and leans the trunk; None = no
    figure
    ``ways``: what of the four is another in a way of its own, by the key of the variant
    """

    rules: Mapping[str, tuple[str, str]]
    fixed: bool = False
    hip: float | None = None
    lean: float | None = None
    knee: float | None = None
    ways: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def in_way(self, key: str) -> DrillCautions:
        """The same drill done in one of its ways; "" = as it is drawn."""
        said = self.ways.get(key, {})
        known = {name: said[name] for name in FIGURES if name in said}
        return replace(self, **known) if known else self


def read_cautions(of_drill: Any, of_level: Any = None) -> DrillCautions:
    """Read the columns ``Drill.cautions`` and ``Level.cautions``: the level's word counts first."""
    merged: dict[str, Any] = {}
    rules: dict[str, tuple[str, str]] = {}
    for column in (of_drill or {}, of_level or {}):
        merged |= column
        for key in column.get("clear", ()):
            rules.pop(key, None)
        rules |= dict(_rules(column))
    figures = {name: merged[name] for name in FIGURES if name in merged}
    return DrillCautions(rules, **figures, ways=merged.get("ways", {}))


def _rules(column: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    for kind in KINDS:
        for precaution, line in column.get(kind, {}).items():
            yield precaution, (kind, line)

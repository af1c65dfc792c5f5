"""The posture tables of a curriculum's content, sorted by what they belong to."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curriculum.figures.checks import problems

Tables = dict[str, Any]

CONTENT = Path(__file__).resolve().parent.parent / "content" / "hip_hinge"


@dataclass(slots=True)
class Postures:
    """drills by slug; levels by (rung, level); faults by (drill, fault).

    drill_of: the drill of every level of the content's rungs, those without a posture of their own
    too; empty unless read from a folder.
    """

    drills: dict[str, Tables] = field(default_factory=dict)
    levels: dict[tuple[str, str], Tables] = field(default_factory=dict)
    faults: dict[tuple[str, str], Tables] = field(default_factory=dict)
    drill_of: dict[tuple[str, str], str] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        """Everything that is wrong, each with the drill, level or fault that it is about."""
        for slug, table in self.drills.items():
            yield from (f"{slug}: {problem}" for problem in problems(table))
        for (rung, level), table in self.levels.items():
            yield from (f"{rung}/{level}: {problem}" for problem in problems(table))
        for (drill, fault), table in self.faults.items():
            if drill not in self.drills:
                yield f"{drill}: {fault}: a fault on a drill without a posture"
                continue
            yield from (
                f"{drill}: {fault}: {problem}"
                for problem in problems(self.drills[drill], fault=table)
            )


def split(tables: Mapping[str, Any]) -> Postures:
    """Sorts a parsed file: "drill", "rung/level", and [drill.faults.fault] within a drill's
    table."""
    found = Postures()
    for key, table in tables.items():
        own = {name: value for name, value in table.items() if name != "faults"}
        for fault, wrong in table.get("faults", {}).items():
            found.faults[key, fault] = wrong
        rung, slash, level = key.partition("/")
        if slash:
            found.levels[rung, level] = own
        else:
            found.drills[key] = own
    return found


def read_postures(folder: Path = CONTENT) -> Postures:
    """Every postures*.toml of a content folder, and its rungs' levels. Raises
    tomllib.TOMLDecodeError."""
    tables: Tables = {}
    drill_of: dict[tuple[str, str], str] = {}
    for file in sorted(folder.glob("*.toml")):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        if file.stem.startswith("postures"):
            tables |= content
        for rung in content.get("rung", []):
            drill_of |= {
                (rung["slug"], level["slug"]): level["drill"] for level in rung.get("level", [])
            }
    found = split(tables)
    found.drill_of = drill_of
    return found

"""Reads the posture tables of a curriculum's content, by drill, level and fault."""

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
    """The posture tables of a curriculum.

    drills: by slug
    levels: by (rung, level)
    faults: by (drill, fault)
    drill_of: the drill of every level, also of a level without a posture; only filled when the
    tables were read from a folder
    """

    drills: dict[str, Tables] = field(default_factory=dict)
    levels: dict[tuple[str, str], Tables] = field(default_factory=dict)
    faults: dict[tuple[str, str], Tables] = field(default_factory=dict)
    drill_of: dict[tuple[str, str], str] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        """Everything that is wrong. Each sentence begins with its drill, level or fault."""
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
    """Sort a parsed file by its keys: "drill", "rung/level", and [drill.faults.fault]."""
    postures = Postures()
    for key, table in tables.items():
        own = {name: value for name, value in table.items() if name != "faults"}
        for fault, wrong in table.get("faults", {}).items():
            postures.faults[key, fault] = wrong
        rung, slash, level = key.partition("/")
        if slash:
            postures.levels[rung, level] = own
        else:
            postures.drills[key] = own
    return postures


def read_postures(folder: Path = CONTENT) -> Postures:
    """Read every postures*.toml of a content folder, and the levels of its rungs.

    Raises tomllib.TOMLDecodeError.
    """
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
    postures = split(tables)
    postures.drill_of = drill_of
    return postures

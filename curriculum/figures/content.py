"""Reads the posture tables of a curriculum's content, by drill, level and fault."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from curriculum.figures.checks import fault_problems, problems
from curriculum.figures.poses import PostureError
from curriculum.figures.ways import in_this_way

Tables = dict[str, Any]

CONTENT = Path(__file__).resolve().parent.parent / "content"
#: Between the drills and the key of their variant, in the key of a table: "squat + to-chair".
WITH = " + "


@dataclass(slots=True)
class Postures:
    """The posture tables of a curriculum.

    drills: by slug
    levels: by (rung, level)
    faults: by (drill, fault)
    ways: by (drill, key of its variant): what differs from the drill, or from its level
    drill_of: the drill of every level, also of a level without a posture
    """

    drills: dict[str, Tables] = field(default_factory=dict)
    levels: dict[tuple[str, str], Tables] = field(default_factory=dict)
    faults: dict[tuple[str, str], Tables] = field(default_factory=dict)
    ways: dict[tuple[str, str], Tables] = field(default_factory=dict)
    drill_of: dict[tuple[str, str], str] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        """Everything that is wrong. Each sentence begins with its drill, level or fault."""
        for slug, table in self.drills.items():
            yield from (f"{slug}: {problem}" for problem in problems(table))
        for (rung, level), table in self.levels.items():
            yield from (f"{rung}/{level}: {problem}" for problem in problems(table))
        for drill, faults in self.by_drill().items():
            for fault, problem in self._of_faults(drill, faults):
                yield f"{drill}: {fault}: {problem}"
        yield from self._problems_of_ways()

    def of(self, name: str) -> Postures:
        """The tables that "drill", "rung/level" or "drill + variant" is drawn from, alone."""
        drill, plus, way = name.partition(WITH)
        if plus:
            over = self._alone({one for one, _ in self.stands_over(drill)})
            return replace(over, ways={(drill, way): self.ways[drill, way]})
        faults = {at: table for at, table in self.faults.items() if at[0] == name}
        return replace(self._alone({name}), faults=faults)

    def _alone(self, names: set[str]) -> Postures:
        drills = {key: table for key, table in self.drills.items() if key in names}
        levels = {key: table for key, table in self.levels.items() if "/".join(key) in names}
        return replace(self, drills=drills, levels=levels, faults={}, ways={})

    def by_drill(self) -> dict[str, dict[str, Tables]]:
        """The tables of the faults, of each drill that has any."""
        faults: dict[str, dict[str, Tables]] = {}
        for (drill, fault), table in self.faults.items():
            faults.setdefault(drill, {})[fault] = table
        return faults

    def _of_faults(self, drill: str, faults: Mapping[str, Tables]) -> Iterator[tuple[str, str]]:
        right = self.drills.get(drill)
        if right is None:
            yield from ((fault, "a fault on a drill without a posture") for fault in faults)
            return
        for fault, table in faults.items():
            yield from ((fault, problem) for problem in problems(right, fault=table))
        yield from fault_problems(right, faults)

    def _problems_of_ways(self) -> Iterator[str]:
        for (drill, way), table in self.ways.items():
            for name, own in self.stands_over(drill):
                try:
                    found = problems(in_this_way(own, table))
                except PostureError as error:
                    found = [str(error)]
                yield from (f"{drill}{WITH}{way}: {name}: {problem}" for problem in found)

    def table(self, name: str) -> Tables:
        """The whole table of "drill", "rung/level" or "drill + variant".

        Raises KeyError, and PostureError.
        """
        drill, plus, way = name.partition(WITH)
        rung, slash, level = name.partition("/")
        if plus:
            return in_this_way(self.drills[drill], self.ways[drill, way])
        return self.levels[rung, level] if slash else self.drills[name]

    def in_other_ways(self) -> Iterator[tuple[str, str, Tables]]:
        """Drill or level, variant, and the whole table, of everything done in another way."""
        for (drill, way), differs in self.ways.items():
            for name, own in self.stands_over(drill):
                yield name, way, in_this_way(own, differs)

    def stands_over(self, drill: str) -> Iterator[tuple[str, Tables]]:
        """Name and table of a drill, and of each of its levels with a table of its own."""
        if drill in self.drills:
            yield drill, self.drills[drill]
        for level, table in self.levels.items():
            if self.drill_of.get(level) == drill:
                yield "/".join(level), table


def split(
    tables: Mapping[str, Any], drill_of: Mapping[tuple[str, str], str] | None = None
) -> Postures:
    """Sort a parsed file by its keys.

    They are "drill", "rung/level", "drill, drill + variant", and [drill.faults.fault].
    ``drill_of``: the drill of every level
    """
    postures = Postures(drill_of=dict(drill_of or {}))
    for key, table in tables.items():
        drills, plus, way = key.partition(WITH)
        if plus:
            postures.ways |= {(drill, way): table for drill in drills.split(", ")}
            continue
        own = {name: value for name, value in table.items() if name != "faults"}
        for fault, wrong in table.get("faults", {}).items():
            postures.faults[key, fault] = wrong
        rung, slash, level = key.partition("/")
        if slash:
            postures.levels[rung, level] = own
        else:
            postures.drills[key] = own
    return postures


def files_of(folder: Path = CONTENT) -> list[Path]:
    """The files of every curriculum in a folder of curricula, an edition before the next one."""
    curricula = sorted(path for path in folder.iterdir() if path.is_dir())
    return [file for one in curricula for file in sorted(one.glob("*.toml"))]


def read_postures(folder: Path = CONTENT) -> Postures:
    """Read every postures*.toml of all curricula, and the levels of their rungs.

    Raises tomllib.TOMLDecodeError.
    """
    tables: Tables = {}
    drill_of: dict[tuple[str, str], str] = {}
    for file in files_of(folder):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        if file.stem.startswith("postures"):
            tables |= content
        for rung in content.get("rung", []):
            drill_of |= {
                (rung["slug"], level["slug"]): level["drill"] for level in rung.get("level", [])
            }
    return split(tables, drill_of)

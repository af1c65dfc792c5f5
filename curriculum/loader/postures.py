"""The postures of a curriculum: possible for a person, and matched to what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.figures import Postures, split
from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.reading import POSTURES, Document, Item
from curriculum.loader.rules import Known, known


@dataclass(frozen=True)
class Table:
    """One posture table with the file and the key it stands under."""

    file: str
    key: str
    item: Item


def read_postures(document: Document) -> Postures:
    """Raises ContentError with every posture that is malformed, impossible, or of nothing that is
    known."""
    tables = [
        Table(entry.file, key, item)
        for entry in document[POSTURES]
        for key, item in entry.item.items()
    ]
    problems = [*_malformed(tables)]
    if not problems:
        postures = split({table.key: table.item for table in tables})
        problems = [*_strangers(tables, document), *_impossible(tables, postures)]
    if problems:
        raise ContentError(problems)
    return postures


def _malformed(tables: list[Table]) -> Iterator[Problem]:
    seen: set[str] = set()
    for table in tables:
        if not isinstance(table.item, dict) or not isinstance(table.item.get("faults", {}), dict):
            yield Problem(
                table.file, f"posture {table.key}", "", "expected a table that describes a posture"
            )
        if table.key in seen:
            yield Problem(table.file, f"posture {table.key}", "", "expected once, found again")
        seen.add(table.key)


def _strangers(tables: list[Table], document: Document) -> Iterator[Problem]:
    refers = known(document)
    levels = {
        f"{rung.item['slug']}/{level['slug']}"
        for rung in document["rung"]
        for level in rung.item["level"]
    }
    for table in tables:
        if table.key not in refers.slugs["drill"] | levels:
            expected = "expected the slug of a known drill, or rung/level of this ladder"
            yield Problem(table.file, f"posture {table.key}", "", expected)
        yield from _unknown_faults(table, refers)


def _unknown_faults(table: Table, refers: Known) -> Iterator[Problem]:
    for fault in table.item.get("faults", {}):
        if fault not in refers.slugs["fault"]:
            yield Problem(
                table.file,
                f"posture {table.key}",
                "faults",
                f"expected a known fault, not {fault!r}",
            )


def _impossible(tables: list[Table], postures: Postures) -> Iterator[Problem]:
    files = {table.key: table.file for table in tables}
    for problem in postures.problems():
        key, _, words = problem.partition(": ")
        yield Problem(files.get(key, POSTURES), f"posture {key}", "", words)

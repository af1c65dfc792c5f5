"""Checks the postures of a curriculum, and matches each to the drill or level that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.figures import Postures, split
from curriculum.figures.content import WITH
from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.reading import POSTURES, Document, Item
from curriculum.loader.rules import KnownSlugs, find_known_slugs


@dataclass(frozen=True)
class PostureTable:
    """One posture table, with its file and its key."""

    file: str
    key: str
    item: Item


def read_postures(document: Document) -> Postures:
    """The postures of the document.

    Raises ContentError with every posture that is malformed or impossible, or that belongs to an
    unknown drill, level or fault.
    """
    tables = [
        PostureTable(entry.file, key, item)
        for entry in document[POSTURES]
        for key, item in entry.item.items()
    ]
    problems = [*_malformed(tables)]
    if not problems:
        postures = split({table.key: table.item for table in tables}, _drill_of(document))
        problems = [*_strangers(tables, document), *_impossible(tables, postures)]
    if problems:
        raise ContentError(problems)
    return postures


def _malformed(tables: list[PostureTable]) -> Iterator[Problem]:
    keys: set[str] = set()
    for table in tables:
        if not isinstance(table.item, dict) or not isinstance(table.item.get("faults", {}), dict):
            yield Problem(
                table.file, f"posture {table.key}", "", "expected a table that describes a posture"
            )
        if table.key in keys:
            yield Problem(table.file, f"posture {table.key}", "", "expected once, found again")
        keys.add(table.key)


def _drill_of(document: Document) -> dict[tuple[str, str], str]:
    return {
        (rung.item["slug"], level["slug"]): level["drill"]
        for rung in document["rung"]
        for level in rung.item["level"]
    }


def _strangers(tables: list[PostureTable], document: Document) -> Iterator[Problem]:
    known_slugs = find_known_slugs(document)
    levels = {"/".join(level) for level in _drill_of(document)}
    for table in tables:
        if WITH in table.key:
            yield from _unknown_ways(table, document)
            continue
        if table.key not in known_slugs.slugs["drill"] | levels:
            expected = "expected the slug of a known drill, or rung/level of this ladder"
            yield Problem(table.file, f"posture {table.key}", "", expected)
        yield from _unknown_faults(table, known_slugs)


def _unknown_ways(table: PostureTable, document: Document) -> Iterator[Problem]:
    known = {
        (drill, entry.item["key"])
        for entry in document["variant"]
        for drill in entry.item["drills"]
    }
    drills, _, way = table.key.partition(WITH)
    for drill in drills.split(", "):
        if (drill, way) not in known:
            expected = f"expected a variant {way!r} of a known drill, not of {drill!r}"
            yield Problem(table.file, f"posture {table.key}", "", expected)


def _unknown_faults(table: PostureTable, known_slugs: KnownSlugs) -> Iterator[Problem]:
    for fault in table.item.get("faults", {}):
        if fault not in known_slugs.slugs["fault"]:
            yield Problem(
                table.file,
                f"posture {table.key}",
                "faults",
                f"expected a known fault, not {fault!r}",
            )


def _impossible(tables: list[PostureTable], postures: Postures) -> Iterator[Problem]:
    files = {table.key: table.file for table in tables}
    for problem in postures.problems():
        key, _, words = problem.partition(": ")
        yield Problem(files.get(key, POSTURES), f"posture {key}", "", words)

"""Checks the variants of a curriculum, and makes the column of its drills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from curriculum.figures import Postures
from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.reading import Document, Item
from curriculum.screening import precautions


def check_variants(document: Document) -> None:
    """Raise ContentError with every variant of an unknown drill, or for an unknown precaution."""
    problems = list(_problems(document))
    if problems:
        raise ContentError(problems)


def _problems(document: Document) -> Iterator[Problem]:
    drills = {entry.item["slug"] for entry in document["drill"]}
    seen: Counter[tuple[str, str]] = Counter()
    for entry in document["variant"]:
        place = f"variant {entry.item['key']}"
        for drill in entry.item["drills"]:
            seen[drill, entry.item["key"]] += 1
            if drill not in drills:
                expected = f"expected the slugs of drills of this curriculum, not {drill!r}"
                yield Problem(entry.file, place, "drills", expected)
            if seen[drill, entry.item["key"]] == 2:
                yield Problem(entry.file, place, "key", f"expected once for {drill}, found again")
        for key in entry.item["helps"]:
            if key not in precautions():
                expected = f"expected the keys of known precautions, not {key!r}"
                yield Problem(entry.file, place, "helps", expected)


def variants_of(document: Document, postures: Postures) -> dict[str, list[dict[str, Any]]]:
    """The variants of each drill, by its slug, in the order of the content, with their postures."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in document["variant"]:
        for drill in entry.item["drills"]:
            posture = postures.ways.get((drill, entry.item["key"]))
            found.setdefault(drill, []).append(_column(entry.item, posture))
    return found


def _column(item: Item, posture: dict[str, Any] | None) -> dict[str, Any]:
    # How deep it bends stands among the cautions, beside what the figure says.
    words = {name: value for name, value in item.items() if name not in {"drills", "deepest"}}
    return words if posture is None else {**words, "posture": posture}

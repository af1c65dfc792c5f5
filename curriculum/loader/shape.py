"""Checks that every key is known and of the right kind, and fills in the defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.reading import POSTURES, Document, Item
from curriculum.loader.tables import TABLES, ContentTable


def shaped(document: Document, tables: Mapping[str, ContentTable] = TABLES) -> Document:
    """The same document with every default filled in.

    Raises ContentError with every missing, unknown or wrong key.
    """
    problems = [
        Problem(
            entry.file,
            "",
            name,
            f"is not known here: expected one of {', '.join([*tables, POSTURES])}",
        )
        for name in document.tables.keys() - tables.keys() - {POSTURES}
        for entry in document[name][:1]
    ]
    result = Document(document.name)
    for name, entries in document.tables.items():
        for number, entry in enumerate(entries, 1):
            if name not in tables:
                result.add(entry.file, name, entry.item, inherited=entry.inherited)
                continue
            place = _place(name, tables[name], entry.item, number)
            problems += [
                Problem(entry.file, *mistake)
                for mistake in _mistakes(tables[name], entry.item, place)
            ]
            item = _filled(tables[name], entry.item)
            result.add(entry.file, name, item, inherited=entry.inherited)
    if problems:
        raise ContentError(problems)
    return result


Mistake = tuple[str, str, str]


def _place(name: str, table: ContentTable, item: Any, number: int) -> str:
    item_name = item.get(table.name) if isinstance(item, dict) else None
    return (
        f"{name} {item_name}"
        if isinstance(item_name, str) and item_name.strip()
        else f"{name} number {number}"
    )


def _mistakes(table: ContentTable, item: Any, place: str) -> Iterator[Mistake]:
    if not isinstance(item, dict):
        yield place, "", f"expected a table of {', '.join(table.keys)}"
        return
    for name in item.keys() - table.keys.keys() - table.nested.keys():
        allowed = ", ".join([*table.keys, *table.nested])
        yield place, name, f"is not known here: expected one of {allowed}"
    yield from _wrong_values(table, item, place)
    for name, inner in table.nested.items():
        yield from _nested_mistakes(name, inner, item.get(name, []), place)


def _wrong_values(table: ContentTable, item: Item, place: str) -> Iterator[Mistake]:
    for name, key in table.keys.items():
        if name not in item:
            if key.required:
                yield place, name, f"is missing: expected {key.kind.expected}"
        elif not key.kind.fits(item[name]):
            yield place, name, f"expected {key.kind.expected}, not {_shown(item[name])}"


def _nested_mistakes(name: str, table: ContentTable, items: Any, place: str) -> Iterator[Mistake]:
    if not isinstance(items, list):
        yield place, name, f"expected a list of tables, each headed [[...{name}]]"
        return
    for number, item in enumerate(items, 1):
        yield from _mistakes(table, item, f"{place}, {_place(name, table, item, number)}")


def _shown(value: Any) -> str:
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "..."


def _filled(table: ContentTable, item: Any) -> Item:
    if not isinstance(item, dict):
        return {}
    values = {name: item.get(name, key.default) for name, key in table.keys.items()}
    for name, inner in table.nested.items():
        parts = item.get(name, [])
        values[name] = [_filled(inner, part) for part in parts] if isinstance(parts, list) else []
    return values

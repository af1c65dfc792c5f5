"""A new edition says only what it changes. The rest is taken from the folder that it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.reading import POSTURES, Document, Entry, Item, read

#: The key of ``[ladder]`` that names the folder, or the file, of the edition before.
FROM = "from"
#: The tables whose items the edition may change; to the others it may only add some.
CHANGED = ("ladder", "rung")


def read_edition(path: Path, later: tuple[Path, ...] = ()) -> Document:
    """Read a curriculum, with what it takes from the edition before.

    ``later``: the editions that go on from this one

    Raises ContentError as ``read`` does, and when the edition before is not there.
    """
    own = read(path)
    name = _named(own)
    if name is None:
        return own
    before = path.parent / name
    problem = _wrong(before, name, path, later)
    if problem:
        raise ContentError([Problem(own["ladder"][0].file, "ladder", FROM, problem)])
    return _on(read_edition(before, (*later, path)), own)


def _wrong(before: Path, name: str, path: Path, later: tuple[Path, ...]) -> str:
    if before in later:
        return f"expected an edition before, but {name!r} goes on from itself"
    if before == path or Path(name).name != name or not before.exists():
        return f"expected a folder or a file beside this one, not {name!r}"
    return ""


def _named(document: Document) -> str | None:
    """The folder that the document goes on from; None when it stands alone."""
    for entry in document["ladder"]:
        name = entry.item.get(FROM) if isinstance(entry.item, dict) else None
        return name if isinstance(name, str) else None
    return None


def _on(before: Document, own: Document) -> Document:
    """The edition before with the changes of the document.

    A ladder and a rung take over each key that the document does not give. What else the edition
    before has stands as it is, and counts as ``inherited``: but for the cautions and drawings of
    levels that this edition has no more.
    """
    merged = Document(own.name)
    for table in [*before.tables, *(name for name in own.tables if name not in before.tables)]:
        merged.tables[table] = list(_merged(before[table], own[table], table))
    gone = _levels(before) - _levels(merged)
    for table, without in ((POSTURES, _without_drawings), ("caution", _without_caution)):
        if table in merged.tables:
            merged.tables[table] = [
                kept for entry in merged[table] for kept in without(entry, gone)
            ]
    return merged


def _levels(document: Document) -> set[str]:
    """The levels as "rung/level". What has not the shape of one is left to the checks of shape."""
    rungs = [entry.item for entry in document["rung"] if isinstance(entry.item, dict)]
    return {
        f"{rung.get('slug')}/{level.get('slug')}"
        for rung in rungs
        for level in _listed(rung.get("level"))
        if isinstance(level, dict)
    }


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _without_drawings(entry: Entry, gone: set[str]) -> Iterator[Entry]:
    drawn = entry.item
    if entry.inherited and isinstance(drawn, dict):
        drawn = {key: table for key, table in drawn.items() if key not in gone}
    yield Entry(entry.file, drawn, entry.inherited)


def _without_caution(entry: Entry, gone: set[str]) -> Iterator[Entry]:
    level = entry.item.get("level") if isinstance(entry.item, dict) else None
    if not (entry.inherited and isinstance(level, str) and level in gone):
        yield entry


def _merged(before: list[Entry], own: list[Entry], table: str) -> Iterator[Entry]:
    changes = {_slug(entry): entry for entry in own} if table in CHANGED else {}
    for entry in before:
        change = changes.pop(_slug(entry), None)
        yield _over(entry, change) if change else Entry(entry.file, entry.item, inherited=True)
    yield from changes.values() if table in CHANGED else own


def _slug(entry: Entry) -> object:
    return entry.item.get("slug") if isinstance(entry.item, dict) else None


def _over(before: Entry, change: Entry) -> Entry:
    kept: Item = {key: value for key, value in before.item.items() if key not in ("draft", FROM)}
    return Entry(change.file, kept | change.item)

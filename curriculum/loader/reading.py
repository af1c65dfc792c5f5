"""Reads a curriculum, which is one TOML file or a folder of TOML files, into entries."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curriculum.loader.errors import ContentError, Problem

Item = dict[str, Any]

#: The top-level table of postures in a single file. In a folder, postures have files of this name.
POSTURES = "postures"


@dataclass(frozen=True)
class Entry:
    """One item of the content, and the name of its file.

    ``inherited``: whether it was taken over from the edition before, as it stands there
    """

    file: str
    item: Item
    inherited: bool = False


@dataclass(frozen=True)
class Document:
    """The content of one curriculum: entries by top-level table, in the order of file and line."""

    name: str
    tables: dict[str, list[Entry]] = field(default_factory=dict)

    def __getitem__(self, table: str) -> list[Entry]:
        return self.tables.get(table, [])

    def add(self, file: str, table: str, item: Any, *, inherited: bool = False) -> None:
        self.tables.setdefault(table, []).append(Entry(file, item, inherited))


def read(path: Path) -> Document:
    """Read a .toml file, or every .toml file of a folder.

    Raises ContentError when there is no file, or when a file is not TOML.
    """
    files = (
        sorted([*path.glob("*.toml"), *path.glob(f"{POSTURES}/*.toml")])
        if path.is_dir()
        else [path]
    )
    if not files:
        raise ContentError(
            [Problem(str(path), "", "", "expected at least one .toml file in this folder")]
        )
    document = Document(path.stem)
    for file in files:
        content = _parse(file)
        if path.is_dir() and (file.stem.startswith(POSTURES) or file.parent != path):
            content = {POSTURES: content}
        for table, item in _items(content):
            document.add(file.name, table, item)
    return document


def _parse(file: Path) -> Item:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(
            [Problem(str(file), "", "", f"cannot be read: {error.strerror}")]
        ) from error
    except ValueError as error:
        raise ContentError(
            [Problem(file.name, "", "", f"expected TOML in UTF-8: {error}")]
        ) from error


def _items(content: Item) -> Iterator[tuple[str, Any]]:
    for table, value in content.items():
        for item in value if isinstance(value, list) else [value]:
            yield table, item

"""Finds the line of a file on which a mistake stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from curriculum.loader.errors import Problem

_HEADER = re.compile(r"\s*\[{1,2}\s*([A-Za-z0-9_.\"/ +,-]+?)\s*\]{1,2}\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=\s*(.*)$")
#: The keys that name an item.
_NAMES = ("slug", "key", "drill", "sign", "text")


@dataclass
class _Block:
    """A table of the file: its header, the line of that, its own keys with their lines.

    ``names``: the texts by which a message can call it
    ``number``: the how manieth table with this header it is
    """

    header: str
    line: int
    number: int
    keys: dict[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


def line_of(folder: Path, problem: Problem) -> int | None:
    """The line of a mistake; that of its table where the key is missing; None = it is not found."""
    file = folder / problem.file if folder.is_dir() else folder
    if file.name != problem.file or not file.is_file():
        return None
    blocks = list(_blocks(file.read_text(encoding="utf-8")))
    block = _find(blocks, problem.place)
    if block is None:
        return None
    words = problem.key.split()
    return next((block.keys[word] for word in words if word in block.keys), block.line)


def _blocks(text: str) -> Iterator[_Block]:
    counted: dict[str, int] = {}
    block: _Block | None = None
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            if block is not None:
                yield block
            name = header[1].replace('"', "")
            counted[name] = counted.get(name, 0) + 1
            block = _Block(name, number, counted[name])
        elif block is not None and (key := _KEY.match(line)):
            block.keys.setdefault(key[1], number)
            if key[1] in _NAMES:
                block.names.add(key[2].split(" #")[0].strip().strip('"'))
    if block is not None:
        yield block


def _find(blocks: list[_Block], place: str) -> _Block | None:
    """The block of "rung butt-taps, criterion distance", of its deepest part that is found."""
    found = None
    table = ""
    rest = blocks
    for part in place.split(", "):
        kind, _space, name = part.partition(" ")
        table = f"{table}.{kind}" if table else kind
        here = [block for block in rest if block.header == table]
        block = _named(here, name)
        if block is None:
            return found
        found = block
        rest = _within(blocks, block, table)
    return found


def _named(blocks: list[_Block], name: str) -> _Block | None:
    if name.startswith("number "):
        nth = int(name.removeprefix("number "))
        return blocks[nth - 1] if nth <= len(blocks) else None
    return next((block for block in blocks if name in block.names), None)


def _within(blocks: list[_Block], block: _Block, table: str) -> list[_Block]:
    """The tables nested in a block: those after it, before the next one with its header."""
    later = [one for one in blocks if one.line > block.line]
    end = next((one.line for one in later if one.header == table), None)
    return [one for one in later if end is None or one.line < end]

"""What a patient reads about the ladder itself, as content. Knows no patient.

One TOML file for each language stands beside this file; English speaks where a language has none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from curriculum import languages

FOLDER = Path(__file__).parent

#: What a sentence can name in curly brackets: the physiotherapist, the numbers that hold, and
#: where muscles may be sore.
NAMES = frozenset({"physio", "fine_to", "high", "lighter_after", "sore"})


@dataclass(frozen=True)
class Section:
    """A part of the page.

    ``text``: sentences for a patient; ``own``: the same for somebody with pain limits of their own
    ``sources``: slugs of sources and keys of works of ``curriculum.evidence``
    ``default``: the part that no source says
    ``ladder``: the slug of the only ladder of which it is said; empty = of all
    """

    key: str
    title: str
    text: tuple[str, ...]
    own: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    default: str = ""
    ladder: str = ""

    def said(self, names: Mapping[str, object], *, own: bool = False) -> list[str]:
        """Its sentences. ``names``: a value for each of ``NAMES``; ``own``: with own limits."""
        lines = self.own if own and self.own else self.text
        return [_sentence(line.format(**names)) for line in lines]


def sections(ladder: str = "") -> tuple[Section, ...]:
    """The parts of the page in the language of the page, in their order: those of all ladders, and
    those of the one with this slug."""
    rows = read(languages.of_page(FOLDER))
    return tuple(row for row in rows if row.ladder in {"", ladder})


@cache
def read(language: str) -> tuple[Section, ...]:
    """The parts of the page in a language. Raises KeyError when a part leaves something out."""
    rows = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))["section"]
    return tuple(
        Section(
            row["key"],
            row["title"],
            tuple(row["text"]),
            tuple(row.get("own", ())),
            tuple(row.get("sources", ())),
            row.get("default", ""),
            row.get("ladder", ""),
        )
        for row in rows
    )


def _sentence(line: str) -> str:
    return line[:1].upper() + line[1:]


__all__ = ["NAMES", "Section", "read", "sections"]

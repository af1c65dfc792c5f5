"""What the product asks and says of symptoms, as content. Knows no patient.

One TOML file for each language stands beside this file; English speaks where a language has none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from curriculum import languages

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Symptom:
    """``box``: what stands beside its box
    ``aloud``: what somebody says of it on the telephone; empty = nothing
    ``of_a_side``: the same of "left", "right" or "both"
    """

    key: str
    box: str
    aloud: str = ""
    of_a_side: Mapping[str, str] = field(default_factory=dict)

    def said(self, side: str | None) -> str:
        return self.of_a_side.get(side or "", self.aloud)


@dataclass(frozen=True)
class AtOnce:
    """What a patient reads at once after telling an urgent sign.

    ``unreached``: what to do if nobody answers the telephone
    """

    title: str
    text: tuple[str, ...]
    unreached: str


@dataclass(frozen=True)
class Texts:
    """``symptoms``: by key, in the order of the boxes
    ``now``: signs of which one is enough to call or go at once; ``today``: for a doctor that day
    ``at_once``: by urgency, "now" and "today"
    ``grows``: what to do if a sign gets worse while the physio has not answered
    ``taken_back``: that somebody calls, although the patient took a sign back
    ``sources``: keys of the works of ``curriculum.evidence`` behind both lists
    """

    symptoms: Mapping[str, Symptom]
    now: tuple[str, ...]
    today: tuple[str, ...]
    at_once: Mapping[str, AtOnce]
    grows: str
    taken_back: str
    sources: tuple[str, ...]


def texts() -> Texts:
    """The texts in the language of the page."""
    return read(languages.of_page(FOLDER))


@cache
def read(language: str) -> Texts:
    """The texts of a language. Raises KeyError when a file leaves something out."""
    rows = tomllib.loads((FOLDER / f"{language}.toml").read_text())
    return Texts(
        {row["key"]: _symptom(row) for row in rows["symptom"]},
        tuple(rows["get_help"]["now"]),
        tuple(rows["get_help"]["today"]),
        {urgency: _at_once(rows["read"][urgency]) for urgency in ("now", "today")},
        rows["read"]["grows"],
        rows["read"]["taken_back"],
        tuple(rows["get_help"]["sources"]),
    )


def _at_once(row: Mapping[str, Any]) -> AtOnce:
    return AtOnce(row["title"], tuple(row["text"]), row["unreached"])


def _symptom(row: Mapping[str, str]) -> Symptom:
    sides = {side: row[side] for side in ("left", "right", "both") if side in row}
    return Symptom(row["key"], row["box"], row.get("aloud", ""), sides)


__all__ = ["AtOnce", "Symptom", "Texts", "read", "texts"]

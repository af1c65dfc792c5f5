"""What is asked before the first drill: red flags and precautions, as content. Knows no patient.

``items.toml`` beside this file holds the keys and their words.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ITEMS = Path(__file__).parent / "items.toml"


@dataclass(frozen=True)
class RedFlag:
    """``urgency`` of a yes: "now" is an emergency, "doctor" a doctor today, "week" a doctor this
    week. ``may_be_declined``: a person who will not answer it can still be cleared with limits.
    ``only_with``: asked only of people with this precaution."""

    key: str
    term: str
    question: str
    urgency: str
    source: str
    may_be_declined: bool = False
    only_with: str = ""


@dataclass(frozen=True)
class PrecautionField:
    """``kind``: "text", "day" or "number"; with ``choices`` it is one of those."""

    key: str
    label: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Precaution:
    """Something true of a person that changes drills. ``always``: what stands wherever it is
    named to a clinician."""

    key: str
    label: str
    hint: str = ""
    fields: tuple[PrecautionField, ...] = ()
    always: str = ""


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(ITEMS.read_text())


@cache
def red_flags() -> dict[str, RedFlag]:
    """Red flags by key, in the order of asking."""
    return {row["key"]: RedFlag(**row) for row in _content()["red_flag"]}


@cache
def precautions() -> dict[str, Precaution]:
    """Precautions by key, in the order of asking."""
    return {row["key"]: _precaution(row) for row in _content()["precaution"]}


def _precaution(row: dict[str, Any]) -> Precaution:
    fields = (
        PrecautionField(**{**field, "choices": tuple(field.get("choices", ()))})
        for field in row.get("fields", ())
    )
    return Precaution(
        row["key"], row["label"], row.get("hint", ""), tuple(fields), row.get("always", "")
    )

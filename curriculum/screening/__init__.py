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
#: Degrees. No joint bends further, and no limit is above.
FULL_BEND = 180


@dataclass(frozen=True)
class RedFlag:
    """``urgency`` of a yes: "now" is an emergency, "doctor" a doctor today, "week" a doctor this
    week. ``may_be_declined``: a person who will not answer it can still be cleared with limits.
    ``only_with``: asked only of people with this precaution. ``of_a_ladder``: asked of somebody
    before a ladder that names it begins, and of nobody else."""

    key: str
    term: str
    question: str
    urgency: str
    source: str
    may_be_declined: bool = False
    only_with: str = ""
    of_a_ladder: bool = False


@dataclass(frozen=True)
class PrecautionField:
    """``kind``: "text", "day", "number" or "side"; with ``choices`` it is one of those.

    ``graded``: a reason that a clinician gave in spite of the precaution holds only while this
    leaves as much: a number no smaller, a choice no further down the list, no other side.
    ``unasked``: what counts while nobody asked; "" = the mildest
    """

    key: str
    label: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    graded: bool = False
    unasked: str = ""

    def is_asked(self, noted: str) -> bool:
        """Whether a number is one."""
        return str(noted).isdecimal()

    def room(self, noted: str) -> tuple[int, ...]:
        """How much an answer leaves; less is stricter. Of a side: the left one, and the right."""
        if self.kind == "number":
            counts = str(noted) if self.is_asked(noted) else self.unasked
            return (int(counts or FULL_BEND),)
        answer = noted or self.unasked
        if self.kind == "side":
            return int(answer == "right"), int(answer == "left")
        worse = self.choices.index(answer) if answer in self.choices else 0
        return (len(self.choices) - 1 - worse,)


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

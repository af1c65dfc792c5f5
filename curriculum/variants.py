"""Other ways to do a drill, as content: which a clinician may choose for a patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Variant:
    """``helps``: the precautions that it is for. ``gate``: what a clinician judges instead.
    ``source``: who shows it; empty for a clinic default. A patient reads the rest."""

    key: str
    name: str
    helps: tuple[str, ...]
    set_up: tuple[str, ...]
    cue: str
    gate: str = ""
    source: str = ""


def read_variants(column: Any) -> dict[str, Variant]:
    """Read the column ``Drill.variants``: every variant by its key."""
    return {
        row["key"]: Variant(**{**row, "helps": tuple(row["helps"]), "set_up": tuple(row["set_up"])})
        for row in column or ()
    }


def that_help(variants: Iterable[Variant], precautions: Iterable[str]) -> list[Variant]:
    """The variants with those first that are for one of the precautions."""
    held = set(precautions)
    return sorted(variants, key=lambda variant: held.isdisjoint(variant.helps))

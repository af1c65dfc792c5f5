"""Other ways to do a drill, as content: which a clinician may choose for a patient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from curriculum.figures import in_this_way
from curriculum.models import Drill, Level


@dataclass(frozen=True)
class Variant:
    """``helps``: the precautions that it is for. ``gate``: what a clinician judges instead.
    ``leave_out``: words, in small letters; a sentence of the drill with one of them does not hold.
    ``source``: who shows it; empty for a clinic default. A patient reads the rest.
    ``posture``: how it looks, over the drill's or level's; None = as that looks"""

    key: str
    name: str
    helps: tuple[str, ...]
    set_up: tuple[str, ...]
    cue: str
    gate: str = ""
    leave_out: tuple[str, ...] = ()
    source: str = ""
    posture: dict[str, Any] | None = None


@dataclass(frozen=True)
class Lesson:
    """What a patient reads of a drill, in the way in which they do it.

    ``needs``: what it takes
    """

    needs: Sequence[str]
    set_up: Sequence[str]
    movement: Sequence[str]
    cues: Sequence[str]
    watch_for: Sequence[dict[str, Any]]
    feel: str

    @property
    def steps(self) -> list[str]:
        """How it is done, from the first step to the last."""
        return [*self.set_up, *self.movement]


def lesson(drill: Drill, way: Variant | None) -> Lesson:
    """The words of a drill without what does not hold in this way. None = as it is drawn."""
    words = way.leave_out if way is not None else ()

    def holds(sentence: str) -> bool:
        return not any(word in sentence.lower() for word in words)

    needs, set_up, movement, cues = (
        list(filter(holds, lines or ()))
        for lines in (drill.needs, drill.set_up, drill.movement, drill.cues)
    )
    watch_for = [part for part in drill.watch_for if holds(f"{part['sign']} {part['do']}")]
    return Lesson(needs, set_up, movement, cues, watch_for, drill.feel)


def read_variants(column: Any) -> dict[str, Variant]:
    """Read the column ``Drill.variants``: every variant by its key.

    What a newer release has written besides is left out, so both can run on one database.
    """
    lists = ("helps", "set_up", "leave_out")
    known = {field.name for field in fields(Variant)}
    rows = ({name: row[name] for name in row.keys() & known} for row in column or ())
    return {
        row["key"]: Variant(**row | {name: tuple(row.get(name, ())) for name in lists})
        for row in rows
    }


def posture_of(subject: Drill | Level, way: Variant | None) -> dict[str, Any] | None:
    """The posture table of a drill or a level that is done in this way; None = it has no picture.

    Raises PostureError for a way that does not fit.
    """
    drill = subject.drill if isinstance(subject, Level) else subject
    table: dict[str, Any] | None = subject.posture or drill.posture
    return in_this_way(table, way.posture) if table and way and way.posture else table


def that_help(variants: Iterable[Variant], precautions: Iterable[str]) -> list[Variant]:
    """The variants with those first that are for one of the precautions."""
    held = set(precautions)
    return sorted(variants, key=lambda variant: held.isdisjoint(variant.helps))

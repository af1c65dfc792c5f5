"""What was lifted on one day: weight times repetitions, with the pain of that day beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from patients.models import BandCode


class Felt(NamedTuple):
    """How a day with a lift felt.

    ``pain``, ``morning``: 0-10; None = not reported
    ``worse``: whether the morning was worse than usual; None = not reported
    ``band``: the band of the day's pain; None = nothing reported
    """

    pain: int | None = None
    morning: int | None = None
    worse: bool | None = None
    band: str | None = None


NOTHING_TOLD = Felt()


@dataclass(frozen=True)
class Lifted:
    """One day's entry on a level with a weight.

    ``weights``: the kilograms of its sets, each once, in the order of the sets
    ``by_side``: kilograms times repetitions by side ("left", "right"), or under "" without sides
    ``reps``: all repetitions with a weight
    """

    day: date
    drill: str
    weights: tuple[float, ...]
    by_side: Mapping[str, float]
    reps: int
    felt: Felt

    @property
    def amount(self) -> float:
        """Kilograms times repetitions of all sets."""
        return sum(self.by_side.values())

    @property
    def left(self) -> float:
        return self.by_side.get("left", 0)

    @property
    def right(self) -> float:
        return self.by_side.get("right", 0)

    @property
    def sided(self) -> bool:
        """Whether its sets were counted by side."""
        return "" not in self.by_side

    @property
    def kilograms(self) -> str:
        """'12', or '12, 10' where the sets had several weights."""
        return ", ".join(f"{weight:g}" for weight in self.weights)

    @property
    def uneasy(self) -> bool:
        """Whether its pain was more than fine."""
        return self.felt.band in {BandCode.EASE, BandCode.STOP}


def lifted_on(
    day: date, drill: str, sets: Iterable[Mapping[str, Any]], felt: Felt = NOTHING_TOLD
) -> Lifted | None:
    """What the sets of an entry lifted; None = no set had a weight and repetitions.

    ``sets``: as in ``Practice.sets``
    """
    rows = [row for row in sets if row.get("load") and row.get("reps")]
    if not rows:
        return None
    by_side: dict[str, float] = {}
    for row in rows:
        side = row.get("side") or ""
        by_side[side] = by_side.get(side, 0) + row["load"] * row["reps"]
    weights = tuple(dict.fromkeys(float(row["load"]) for row in rows))
    return Lifted(day, drill, weights, by_side, sum(row["reps"] for row in rows), felt)

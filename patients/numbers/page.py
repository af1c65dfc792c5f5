"""The page of a clinic's numbers. It reads, and nothing that it shows decides anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from patients.numbers import panels
from patients.numbers.counted import counted
from patients.numbers.names import Names, names_of
from patients.numbers.panels import Panel, Table
from patients.numbers.wanted import EVER, Wanted

_PANELS: Mapping[str, Callable[[Mapping[str, Any], Names], Panel]] = {
    "days": panels.days,
    "stops": panels.stops,
    "held": panels.held,
    "kept": panels.kept,
    "pain": panels.pain,
    "faults": panels.faults,
}


@dataclass(frozen=True)
class NumbersPage:
    """``people``: about how many had a plan that ran in the period; None = too few to show anything

    ``since``: the first day that counts; None = all
    ``at``: when it was counted
    """

    wanted: Wanted
    people: int | None
    since: date | None
    at: datetime
    panels: Mapping[str, Panel]


def numbers_page(wanted: Wanted) -> NumbersPage:
    numbers = counted(wanted)
    names = names_of(wanted.ladder, numbers)
    return NumbersPage(
        wanted,
        numbers["people"],
        None if wanted.since == EVER else wanted.since,
        datetime.fromisoformat(numbers["at"]),
        {key: panel(numbers, names) for key, panel in _PANELS.items()},
    )


def numbers_table(wanted: Wanted, key: str) -> tuple[str, Table]:
    """One table alone, with its key. What means nothing means the first."""
    key = key if key in _PANELS else "days"
    numbers = counted(wanted)
    return key, _PANELS[key](numbers, names_of(wanted.ladder, numbers)).table

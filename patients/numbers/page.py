"""The page of a clinic's numbers. It reads, and nothing that it shows decides anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from patients.numbers import panels
from patients.numbers.counted import counted
from patients.numbers.names import Names, names_of
from patients.numbers.panels import Panel
from patients.numbers.small import FEW, SMALLEST_GROUP
from patients.numbers.wanted import EVER, MINE, PERIOD_WORDS, Wanted

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


def numbers_file(wanted: Wanted, ladder: str, key: str) -> tuple[str, list[Sequence[str]]]:
    """The tables of one picture, with a name for their file: lines that say what they are of, an
    empty line, and each table. What means nothing means the first.

    ``ladder``: its name
    """
    key = key if key in _PANELS else "days"
    numbers = counted(wanted)
    panel = _PANELS[key](numbers, names_of(wanted.ladder, numbers))
    whose = _("My patients") if wanted.whose == MINE else _("Whole clinic")
    lines: list[Sequence[str]] = [
        [_("Ladder"), ladder],
        [_("When"), str(PERIOD_WORDS[wanted.period])],
        [_("Whose patients"), whose],
        [_("Counted on"), wanted.today.isoformat()],
        [_("Rounding"), _rounding()],
    ]
    for table in filter(None, (panel.table, panel.more)):
        lines += [[], table.columns, *table.rows]
    since = wanted.period if wanted.period == "all" else f"{wanted.period}-months"
    parts = ("numbers", wanted.ladder, key, since, wanted.whose, wanted.today.isoformat())
    return f"{'-'.join(parts)}.csv", lines


def _rounding() -> str:
    return _(
        "Nothing about fewer than %(fewest)s people; people to the nearest %(fewest)s; middles and "
        "means of fewer than %(few)s people to whole weeks, halves of pain, and tens of a percent"
    ) % {"fewest": SMALLEST_GROUP, "few": FEW}

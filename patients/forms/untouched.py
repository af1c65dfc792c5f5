"""A sheet on which nothing is answered yet, as plain values: what is written of it is kept, and is
the same for everybody with the same dose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from patients.forms import reports
from patients.forms.log_day import Sheet, every_set, set_in_words


@dataclass(frozen=True)
class UntouchedRow:
    """One set of one side, as in ``SetRow``. It can be ticked."""

    number: int
    of: int
    side: str
    done: bool
    reps: str
    load: str | None
    error: ClassVar[str] = ""

    @property
    def label(self) -> str:
        return set_in_words(self.of, self.side)


@dataclass(frozen=True)
class Untouched:
    """The fields are those of ``Sheet``. The others are empty."""

    rows: tuple[UntouchedRow, ...]
    did: str
    corrects: str
    loaded: bool
    pain: ClassVar[str] = ""
    new: ClassVar[str] = ""
    effort: ClassVar[str] = ""
    why: ClassVar[str] = ""
    note: ClassVar[str] = ""
    reserve: ClassVar[str] = ""
    errors: ClassVar[Mapping[str, str]] = {}
    told: ClassVar[reports.Told] = reports.Told("")
    efforts: ClassVar[list[tuple[str, Any]]] = Sheet.efforts
    whys: ClassVar[list[tuple[str, Any]]] = Sheet.whys
    reserves: ClassVar[list[tuple[str, Any]]] = Sheet.reserves

    @property
    def done(self) -> int:
        return sum(row.done for row in self.rows)

    @property
    def all_sets(self) -> str:
        return every_set(max((row.of for row in self.rows), default=0))


def untouched(sheet: Sheet | None) -> Untouched | None:
    """The sheet as plain values; None once anything on it is answered or refused."""
    if sheet is None or not sheet.untouched:
        return None
    rows = tuple(
        UntouchedRow(row.number, row.of, row.side, row.done, row.reps, row.load)
        for row in sheet.rows
    )
    return Untouched(rows, sheet.did, sheet.corrects, sheet.loaded)

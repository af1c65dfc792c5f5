"""The sheet on which a patient logs a day of practice.

It is a plain value, not a Django form. The same value is shown empty, prefilled and as typed, and
the page that patients open most stays fast.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts.parsing import row_id, two_digits
from patients.forms import reports
from patients.models import Effort, Leg, Prescription, Report, Symptom, WhyStopped
from patients.rules import guards
from patients.standing.entries import LoggedEntry
from patients.wording.dosage import kilograms
from patients.wording.effort import RESERVES

MOST_ROWS = 20


#: The part of the sheet that shows a refusal, by its code. Other refusals are shown on top.
PARTS = {"bad_pain": "pain", "bad_sets": "sets", "too_long": "note"}
#: Not sure what a set left in reserve is as good as not told.
WITH_UNSURE = [*RESERVES, ("unsure", _lazy("Not sure"))]
RESERVE_NUMBERS = frozenset(number for number, _label in RESERVES)
#: The signs of a leg that stand with the entry too, the most serious first.
OF_A_LEG = (Symptom.WEAK, Symptom.NUMB, Symptom.BELOW_KNEE)


@dataclass
class SetRow:
    """One set of one side.

    ``number``: the number of the row on the sheet.
    ``of``: the number of the set on its side.
    ``side``: left, right, or empty.
    ``done``: whether the patient ticked it.
    ``reps``, ``load``: as typed; ``load`` is None if the drill has no weight.
    """

    number: int
    of: int
    side: str
    done: bool = False
    reps: str = ""
    load: str | None = None
    error: str = ""

    @property
    def label(self) -> str:
        return set_in_words(self.of, self.side)

    def read(self) -> dict[str, Any] | None:
        """The set as the verb takes it. If it has no valid numbers: None, and a sentence in
        ``error``."""
        try:
            reps = int(self.reps)
            load = _kilograms(self.load)
            fits = 0 <= reps <= 200 and (load is None or 0 <= load <= 500)
        except (ValueError, InvalidOperation):
            fits = False
        if not fits:
            self.error = _("Repetitions are a whole number from 0 to 200.")
            if self.load:
                self.error += " " + _("The weight is 0 to 500 kg.")
            return None
        return {"side": self.side or None, "reps": reps, "seconds": None, "load": load}


def set_in_words(number: int, side: str) -> str:
    """ "Set 2, left". ``number``: of the set on its side"""
    if side == "left":
        return _("Set {number}, left").format(number=number)
    if side == "right":
        return _("Set {number}, right").format(number=number)
    return _("Set {number}").format(number=number)


def every_set(count: int) -> str:
    """The answer that every set of a side was done."""
    return ngettext("The whole set", "All {count} sets", count).format(count=count)


def _kilograms(text: str | None) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if text else None


@dataclass
class Sheet:
    """Every answer as text. An empty text means that there is no answer. It never means 0.

    ``new``: whether anything is new or worse: "yes", "no" or empty; ``told``: what it is, and as
    it was sent the number too
    ``did``: "all" sets, or "some": those that are ticked; empty = those that are ticked; "none"
    answers the question after a sheet without a set
    ``loaded``: whether its drill has a load, so that it asks what was left in reserve
    ``reserve``: 0 to 4, "unsure", or empty
    ``kept``: whether what it tells of the body is kept, although the sheet is refused
    """

    level_id: int | None
    rows: list[SetRow]
    client_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    corrects: str = ""
    did: str = ""
    pain: str = ""
    new: str = ""
    told: reports.Told = field(default_factory=lambda: reports.Told(""))
    effort: str = ""
    why: str = ""
    note: str = ""
    loaded: bool = False
    reserve: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    kept: bool = False
    efforts: ClassVar[list[tuple[str, Any]]] = Effort.choices
    whys: ClassVar[list[tuple[str, Any]]] = WhyStopped.choices
    reserves: ClassVar[list[tuple[str, Any]]] = WITH_UNSURE
    #: The parts that show an error of their own, as a form has its fields.
    fields: ClassVar[frozenset[str]] = frozenset({*PARTS.values(), "new"})

    def add_error(self, field: str | None, error: str) -> None:
        """Show an error beside a part, or on top of the sheet."""
        self.errors[field or "top"] = error

    @property
    def untouched(self) -> bool:
        """Whether there is no answer and no error yet. Sets may be ticked."""
        felt = (self.pain, self.effort, self.why, self.reserve)
        return not any((*felt, self.new, self.tells, self.note)) and not self.errors

    @property
    def begun(self) -> bool:
        """Whether a set is ticked or anything is answered, so that the page opens the sheet."""
        return not self.untouched or any(row.done for row in self.rows)

    @property
    def did_all(self) -> bool:
        """Whether every set counts as done. Whoever had to stop did what is ticked."""
        return self.did == "all" and self.effort != Effort.STOPPED

    @property
    def done(self) -> int:
        return sum(row.done for row in self.rows)

    @property
    def counted(self) -> int:
        """How many sets it says were done, ticked or not."""
        return len(self.rows) if self.did_all else self.done

    @property
    def all_sets(self) -> str:
        """The answer that every set was done."""
        return every_set(max((row.of for row in self.rows), default=0))

    @property
    def next_set(self) -> int | None:
        """The number of the first set that is not ticked, of one side; None = every set is."""
        return next((row.of for row in self.rows if not row.done), None)

    @property
    def asks_sets(self) -> bool:
        """Whether nothing else is wrong than that no set is ticked. A correction does not ask."""
        return self.errors.keys() == {"sets"} and not self.done and not self.corrects

    @property
    def none_done(self) -> bool:
        return self.did == "none" and not self.done and not self.corrects

    def answers(self) -> dict[str, Any] | None:
        """The arguments of the verb ``practice.log``. If something is wrong: None, and sentences in
        ``errors``."""
        self._check()
        sets = self._sets()
        if self.errors:
            return None
        return {
            # A patient who had to stop before the first set has a day with no repetition.
            "sets": sets or [{"side": self.rows[0].side if self.rows else None, "reps": 0}],
            "pain": int(self.pain) if self.pain else None,
            "leg": self.leg,
            "effort": self.effort,
            "why_stopped": self.why if self.effort == Effort.STOPPED else "",
            "note": self.note,
            "reserve": int(self.reserve) if self.reserve in RESERVE_NUMBERS else None,
        }

    def _check(self) -> None:
        if self.did_all and self.untouched and not self.done:
            self.errors["pain"] = _("Tap a number, or answer one of the other questions.")
        if self.pain and two_digits(self.pain) is None:
            self.errors["pain"] = _("Pain is a number from 0 to 10.")
        if self.new == "yes" and not self.tells:
            self.errors["new"] = _("Tick what is new or worse. If nothing is, choose “No”.")
        if self.new == "no" and self.tells:
            self.errors["new"] = _("You chose “No”, but something is ticked. Which is right?")

    @property
    def tells(self) -> bool:
        """Whether it tells anything that is new or worse, besides a number."""
        return bool(self.told.kinds or self.told.words.strip())

    @property
    def leg(self) -> str:
        """The most serious sign of a leg, as the entry has it; empty = no answer."""
        sign = next((kind for kind in OF_A_LEG if kind in self.told.kinds), None)
        if sign is not None:
            return sign.value
        return Leg.NONE.value if self.new == "no" and not self.tells else ""

    def _sets(self) -> list[dict[str, Any]]:
        self._tick_all()
        done = [row.read() for row in self.rows if row.done]
        sets = [values for values in done if values is not None]
        if len(sets) < len(done):
            self.errors["sets"] = _("Look at the sets again.")
        elif not sets and self.effort != Effort.STOPPED:
            self.errors["sets"] = _(
                "Tap the sets that you did. If you could not do one, choose “Had to stop”."
            )
        if "sets" in self.errors:
            self.did = "some"
        return sets

    def _tick_all(self) -> None:
        """Tick every set where every one counts as done."""
        for row in self.rows:
            row.done = row.done or self.did_all

    def drafted(self) -> list[dict[str, Any]]:
        """The sets for the draft, one for each row. A set without a tick or without valid numbers
        has 0 repetitions."""
        sets = [
            (row.read() if row.done else None) or {"side": row.side, "reps": 0} for row in self.rows
        ]
        return sets[:MOST_ROWS]


def fresh(
    dose: Prescription, level_id: int, draft: Sequence[dict[str, Any]] = (), *, loaded: bool = False
) -> Sheet:
    """An empty sheet for a dose. The sets of the draft are ticked.

    ``loaded``: whether the drill has a load
    """
    rows = _rows(dose)
    for row, tapped in zip(rows, draft, strict=False):
        _fill(row, tapped)
    return Sheet(level_id, rows, did=_did(rows), loaded=loaded)


def _did(rows: Sequence[SetRow], *, untouched: str = "all") -> str:
    """What the sheet says of its sets: all, or some where not every one is ticked.

    ``untouched``: what it says while none is ticked
    """
    ticked = sum(row.done for row in rows)
    if ticked == 0:
        return untouched
    return "all" if ticked == len(rows) else "some"


def of_entry(
    entry: LoggedEntry, dose: Prescription, report: Report | None, *, loaded: bool = False
) -> Sheet:
    """The sheet that corrects an entry. It has a ``client_id`` of its own.

    ``report``: what was told with the entry; ``loaded``: whether the drill has a load
    """
    rows = _rows(dose)
    for row, done in zip(rows, entry.sets, strict=False):
        _fill(row, done)
    for extra in entry.sets[len(rows) :]:
        row = SetRow(len(rows) + 1, len(rows) + 1, extra.get("side") or "")
        _fill(row, extra)
        rows.append(row)
    return Sheet(
        entry.level_id,
        rows,
        corrects=str(entry.pk),
        did=_did(rows, untouched="some"),
        pain="" if entry.pain is None else str(entry.pain),
        new=_new(entry, report),
        told=reports.of_report(report) if report is not None else _of_leg(entry),
        effort=entry.effort or "",
        why=entry.why_stopped or "",
        note=entry.note,
        loaded=loaded,
        reserve="" if entry.reserve is None else str(entry.reserve),
    )


def _new(entry: LoggedEntry, report: Report | None) -> str:
    if (report is not None and report.kinds) or entry.leg in Symptom.values:
        return "yes"
    return "no" if entry.leg == Leg.NONE else ""


def _of_leg(entry: LoggedEntry) -> reports.Told:
    """What an entry without a report says of the leg."""
    return reports.Told("", kinds=[entry.leg] if entry.leg in Symptom.values else [])


def typed(post: QueryDict) -> Sheet:
    """The sheet as the patient sent it."""
    return Sheet(
        row_id(post.get("level", "")),
        list(_typed_rows(post)),
        client_id=guards.form_number(post.get("client_id", "")),
        corrects=post.get("corrects", ""),
        did=post.get("did", ""),
        pain=post.get("pain", "").strip(),
        new=post.get("new", ""),
        told=reports.typed(post),
        effort=post.get("effort", ""),
        why=post.get("why_stopped", ""),
        note=post.get("note", ""),
        loaded="loaded" in post,
        reserve=post.get("reserve", ""),
    )


def _rows(dose: Prescription) -> list[SetRow]:
    sides = ("left", "right") if dose.per_side else ("",)
    places = [(nth, side) for nth in range(1, dose.sets + 1) for side in sides]
    return [
        SetRow(number, nth, side, reps=str(dose.reps), load=kilograms(dose) or None)
        for number, (nth, side) in enumerate(places, 1)
    ]


def _fill(row: SetRow, done: dict[str, Any]) -> None:
    if not done.get("reps"):
        return
    row.done = True
    row.reps = str(done["reps"])
    row.side = done.get("side") or ""
    if done.get("load") is not None:
        row.load = f"{done['load']:g}"


def _typed_rows(post: QueryDict) -> Iterable[SetRow]:
    nth = {"": 0, "left": 0, "right": 0}
    for number in range(1, MOST_ROWS + 1):
        if f"reps-{number}" not in post:
            return
        side = post.get(f"side-{number}", "")
        side = side if side in nth else ""
        nth[side] += 1
        reps = post.get(f"reps-{number}", "")
        load = post.get(f"load-{number}")
        loaded = load.strip() if load is not None else None
        yield SetRow(number, nth[side], side, f"done-{number}" in post, reps.strip(), loaded)

"""Says in words what a correction of an entry changed. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from patients.models import Leg, Practice
from patients.wording.effort import effort_in_a_line


def in_words(before: Practice, after: Practice, names: Mapping[int, str]) -> str:
    """'pain 7/10, corrected to 2/10; weakness in the leg, corrected to nothing new in the leg'.

    The words are empty when only the note differs. ``names``: the names of levels by their ids.
    """
    pair = _("{before}, corrected to {after}")
    return "; ".join(
        field.format(change=pair.format(before=was, after=now))
        for field, was, now in _fields(before, after, names)
        if was != now
    )


def _fields(
    before: Practice, after: Practice, names: Mapping[int, str]
) -> Iterator[tuple[str, str, str]]:
    yield _("pain {change}"), _pain(before.pain), _pain(after.pain)
    yield "{change}", _leg(before.leg), _leg(after.leg)
    yield _("effort {change}"), effort_in_a_line(before), effort_in_a_line(after)
    yield _("sets {change}"), _sets(before.sets), _sets(after.sets)
    yield _("drill {change}"), names.get(before.level_id, ""), names.get(after.level_id, "")


def _pain(pain: int | None) -> str:
    return _("not reported") if pain is None else f"{pain}/10"


def _leg(leg: str | None) -> str:
    return {
        Leg.NONE.value: _("nothing new in the leg"),
        Leg.BELOW_KNEE.value: _("pain below the knee"),
        Leg.NUMB.value: _("numbness or tingling in the leg"),
        Leg.WEAK.value: _("weakness in the leg"),
    }.get(leg or "", _("leg not reported"))


def _sets(sets: Sequence[dict[str, Any]]) -> str:
    """'2 (10, 10)': the number of sets, and the repetitions of each. Empty sets are left out."""
    done = [_set_in_words(row) for row in sets if row.get("reps")]
    return f"{len(done)} ({', '.join(done)})" if done else _("none")


def _set_in_words(row: Mapping[str, Any]) -> str:
    side = {"left": _("left {reps}"), "right": _("right {reps}")}.get(
        row.get("side") or "", "{reps}"
    )
    words = side.format(reps=row["reps"])
    if row.get("seconds"):
        words = _("{reps} in {seconds} s").format(reps=words, seconds=row["seconds"])
    return (
        _("{reps} with {load} kg").format(reps=words, load=f"{row['load']:g}")
        if row.get("load")
        else words
    )

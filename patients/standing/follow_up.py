"""The day on which somebody looks at a patient again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from patients.models import Answer, LookedAgain, Screening, StopAnswer


class NextLook(NamedTuple):
    """``on``: the day that was named; None = no further look. ``at``: when that was said."""

    at: datetime
    on: date | None


def next_looks(pks: Collection[int]) -> dict[int, NextLook]:
    """What the newest answer or look of each patient says, by the patient's id. One query."""
    given = StopAnswer.objects.standing().exclude(action=Answer.CORRECTED)
    answers = given.filter(stop__patient__in=pks)
    looks = LookedAgain.objects.filter(patient__in=pks)
    rows = answers.order_by().values_list("stop__patient", "at", "look_again_on")
    told = rows.union(looks.order_by().values_list("patient", "at", "look_again_on"), all=True)
    oldest_first = sorted(told, key=lambda row: row[1])
    return {patient_id: NextLook(at, on) for patient_id, at, on in oldest_first}


def follow_up_day(said: NextLook | None, latest: Screening | None) -> date | None:
    """The day on which somebody looks at the patient again; None = nobody needs to.

    Who is not cleared always has such a day, until a screening clears them.
    """
    if latest is None or latest.allows:
        return said.on if said is not None else None
    if said is not None and said.on is not None and said.at > latest.at:
        return said.on
    return latest.look_again_on

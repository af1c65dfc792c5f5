"""The day on which somebody looks at a patient again."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from patients.models import Answer, LookedAgain, Screening, StopAnswer


class NextLook(NamedTuple):
    """``on``: the day that was named; None = no further look. ``at``: when that was said."""

    at: datetime
    on: date | None


def looks_told() -> tuple[QuerySet[StopAnswer], QuerySet[LookedAgain]]:
    """What says on which day somebody looks again: answers to stops, and looks. The newest row of a
    patient counts."""
    return StopAnswer.objects.standing().exclude(action=Answer.CORRECTED), LookedAgain.objects.all()


def next_look(patient_id: int) -> NextLook | None:
    """What the newest answer or look of a patient says. One query."""
    answers, looks = looks_told()
    rows = answers.filter(stop__patient=patient_id).order_by().values_list("at", "look_again_on")
    told = looks.filter(patient=patient_id).order_by().values_list("at", "look_again_on")
    oldest_first = sorted(rows.union(told, all=True), key=lambda row: row[0])
    return NextLook(*oldest_first[-1]) if oldest_first else None


def follow_up_day(said: NextLook | None, latest: Screening | None) -> date | None:
    """The day on which somebody looks at the patient again; None = nobody needs to.

    Who is not cleared always has such a day, until a screening clears them.
    """
    if latest is None or latest.allows:
        return said.on if said is not None else None
    if said is not None and said.on is not None and said.at > latest.at:
        return said.on
    return latest.look_again_on

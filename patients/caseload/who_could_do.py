"""Finds a clinician's own patients whose open rung has a drill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from accounts.models import User
from curriculum.models import Drill, Level, Rung
from patients.models import PatientSummary
from patients.standing.cautions import is_avoided, of_level
from patients.standing.screening import precautions_column, precautions_in

MOST = 8


class Taker(NamedTuple):
    """A patient whose open rung has the drill.

    ``level_id``: the first level of the rung with the drill.
    ``rung``: the position of the rung.
    """

    patient_id: int
    plan_id: int
    name: str
    level_id: int
    rung: int


@dataclass(frozen=True)
class Takers:
    """Patients who could do a drill now.

    ``found``: at most ``MOST`` of them, by name.
    ``more``: whether there are others.
    ``rung``: the rung for the filter of the caseload that shows all of them.
    """

    found: list[Taker]
    more: bool
    rung: Rung | None


def takers(drill: Drill, lead: User) -> Takers:
    """The lead's patients who could do a drill, in at most three queries. Those whose precautions
    say to avoid it are left out."""
    levels: dict[int, Level] = {}
    for level in (
        Level.objects.filter(drill=drill)
        .select_related("rung__ladder", "drill")
        .order_by("-rung__ladder__edition", "position")
    ):
        levels.setdefault(level.rung_id, level)
    rows = PatientSummary.objects.filter(
        lead=lead, rung__in=levels, plan__isnull=False, archived=False
    )
    held = rows.annotate(held=precautions_column("patient")).order_by("sorts_as", "patient_id")
    columns = held.values_list("patient_id", "plan_id", "patient__name", "rung_id", "held")
    values = list(columns[: MOST + 1])
    shown = [
        Taker(patient, plan, name, levels[rung].pk, levels[rung].rung.position)
        for patient, plan, name, rung, told in values
        if not is_avoided(of_level(precautions_in(told), levels[rung]))
    ]
    first = next(iter(levels.values()), None)
    return Takers(shown[:MOST], len(values) > MOST, first.rung if first else None)

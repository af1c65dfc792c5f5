"""From a drill to those who could do it now: a clinician's own patients on a rung with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from accounts.models import User
from curriculum.models import Drill, Level, Rung
from patients.models import PatientSummary

MOST = 8


class Taker(NamedTuple):
    """A patient whose open rung has the drill. ``level_id``: the rung's first level with it."""

    patient_id: int
    plan_id: int
    name: str
    level_id: int
    rung: int


@dataclass(frozen=True)
class Takers:
    """By name, ``MOST`` at the most; ``more``: there are others. ``rung``: of the caseload's
    filter."""

    found: list[Taker]
    more: bool
    rung: Rung | None


def takers(drill: Drill, lead: User) -> Takers:
    """Three queries at the most, whatever the number of patients."""
    levels: dict[int, Level] = {}
    for level in (
        Level.objects.filter(drill=drill)
        .select_related("rung")
        .order_by("-rung__ladder__edition", "position")
    ):
        levels.setdefault(level.rung_id, level)
    rows = PatientSummary.objects.filter(
        lead=lead, rung__in=levels, plan__isnull=False, archived=False
    )
    columns = rows.order_by("search", "patient_id").values_list(
        "patient_id", "plan_id", "patient__name", "rung_id"
    )
    found = list(columns[: MOST + 1])
    shown = [
        Taker(patient, plan, name, levels[rung].pk, levels[rung].rung.position)
        for patient, plan, name, rung in found
    ]
    first = next(iter(levels.values()), None)
    return Takers(shown[:MOST], len(found) > MOST, first.rung if first else None)

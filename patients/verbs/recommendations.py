"""From what was seen to what to practise: findings -> drills, each with its reason and source.
Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from curriculum.models import Drill, Fault, Level, Remedy, Rung, Source
from patients.models import Pass, Plan
from patients.standing.equipment import NOTHING_NOTED, HomeEquipment, equipment_at_home


@dataclass(frozen=True)
class Recommendation:
    """A drill to emphasise. ``source`` None = clinic default. ``opens_at``: the rung that opens it;
    None = now. ``lacks``: what it needs that is not noted at the patient's home."""

    drill: Drill
    reason: str
    source: Source | None
    opens_at: Rung | None
    faults: tuple[Fault, ...] = field(default=())
    level: Level | None = None
    lacks: tuple[str, ...] = field(default=())


def recommend(faults: Iterable[Fault], *, plan: Plan | None = None) -> list[Recommendation]:
    """Drills that address the faults, most helpful first: those that help with more of them, then
    in the order of the curriculum. Without a plan every drill counts as open now. Reads, never
    writes.
    """
    return _ranked(faults, plan, _reachable(plan) if plan else frozenset())


def as_if_open(faults: Iterable[Fault], *, plan: Plan, rung: Rung) -> list[Recommendation]:
    """The same as they would stand if every gate below ``rung`` were passed: for the first
    assessment."""
    rungs = Rung.objects.filter(ladder_id=plan.ladder_id, position__lte=rung.position)
    return _ranked(faults, plan, frozenset(rungs.values_list("pk", flat=True)))


def standing(plan: Plan) -> list[Recommendation]:
    """What the plan's uncleared findings suggest."""
    faults = Fault.objects.filter(
        pk__in=plan.findings.filter(cleared_on__isnull=True).values("fault")
    )
    return recommend(faults, plan=plan)


@dataclass(frozen=True)
class _RemedyPlace:
    level: Level
    opens_at: Rung | None


def _ranked(
    faults: Iterable[Fault], plan: Plan | None, reachable: frozenset[int]
) -> list[Recommendation]:
    seen = [fault.pk for fault in faults]
    remedies = (
        Remedy.objects.filter(fault__in=seen)
        .select_related("fault", "drill", "source")
        .order_by("position", "fault__position")
    )
    by_drill: dict[int, list[Remedy]] = {}
    for remedy in remedies:
        by_drill.setdefault(remedy.drill_id, []).append(remedy)
    ranked = sorted(
        by_drill.values(),
        key=lambda found: (-len(found), found[0].position, found[0].fault.position),
    )
    places = _places(plan, list(by_drill), reachable) if plan else {}
    home = equipment_at_home(plan.patient) if plan and ranked else NOTHING_NOTED
    return [_recommendation(found, places.get(found[0].drill_id), home) for found in ranked]


def _recommendation(
    found: list[Remedy], place: _RemedyPlace | None, home: HomeEquipment
) -> Recommendation:
    first = found[0]
    return Recommendation(
        drill=first.drill,
        reason=first.reason,
        source=first.source,
        opens_at=place.opens_at if place else None,
        faults=tuple(remedy.fault for remedy in found),
        level=place.level if place else None,
        lacks=tuple(home.lacks(first)),
    )


def _reachable(plan: Plan) -> frozenset[int]:
    passed = set(Pass.objects.filter(plan=plan).values_list("rung_id", flat=True))
    open_rung = plan.open_rung
    return frozenset(passed | ({open_rung.pk} if open_rung else set()))


def _places(plan: Plan, drills: list[int], reachable: frozenset[int]) -> dict[int, _RemedyPlace]:
    """Where each drill stands on the plan's ladder: on the highest reachable rung, else on the
    first to open."""
    levels = Level.objects.filter(rung__ladder_id=plan.ladder_id, drill__in=drills).select_related(
        "rung", "drill"
    )
    places: dict[int, _RemedyPlace] = {}
    for level in levels.order_by("rung__position", "position"):
        found = places.get(level.drill_id)
        if level.rung_id in reachable:
            if found is None or found.level.rung_id != level.rung_id:
                places[level.drill_id] = _RemedyPlace(level, None)
        elif found is None:
            places[level.drill_id] = _RemedyPlace(level, level.rung)
    return places

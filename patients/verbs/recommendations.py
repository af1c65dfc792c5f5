"""Recommends drills that help with the faults of a patient, each with its reason and its source.

It reads only and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from curriculum.models import Drill, Fault, Level, Remedy, Rung, Source
from patients.models import Finding, Pass, Plan
from patients.standing.cautions import Caution, Held, held_by, is_avoided, of_drill, of_level
from patients.standing.equipment import NOTHING_NOTED, HomeEquipment, equipment_at_home


@dataclass(frozen=True)
class Recommendation:
    """A drill that helps with one or more faults.

    ``reason``, ``source``: of its most important remedy; source None = clinic default
    ``opens_at``: the rung on which the plan first meets the drill; None = the drill is open now
    ``faults``: the faults that the drill helps with
    ``level``: the drill's level on the plan's ladder; None = no plan, or no such level
    ``lacks``: the equipment that the drill needs and that is not at the patient's home
    ``cautions``: what the patient's precautions change in it, strictest first
    ``finding``: the finding for which ``level`` may be borrowed; None = it may not be
    """

    drill: Drill
    reason: str
    source: Source | None
    opens_at: Rung | None
    faults: tuple[Fault, ...] = field(default=())
    level: Level | None = None
    lacks: tuple[str, ...] = field(default=())
    cautions: tuple[Caution, ...] = field(default=())
    finding: Finding | None = None

    @property
    def avoid(self) -> bool:
        return is_avoided(self.cautions)

    @property
    def lends(self) -> bool:
        """Whether its level is locked and without load, so that it may be borrowed."""
        return self.opens_at is not None and not (self.opens_at.loaded or self.drill.loaded)

    @property
    def is_proposed(self) -> bool:
        """Whether to propose borrowing it: it is for home, and nothing says to avoid it."""
        return self.lends and self.level is not None and self.level.home and not self.avoid


def recommend(faults: Iterable[Fault], *, plan: Plan | None = None) -> list[Recommendation]:
    """The drills that help with the faults, most helpful first; those to avoid last.

    Drills that help with more of the faults come first, then the order of the curriculum decides.
    Without a plan every drill counts as open now.
    """
    return _ranked(faults, plan, _reachable(plan) if plan else frozenset())


def as_if_open(faults: Iterable[Fault], *, plan: Plan, rung: Rung) -> list[Recommendation]:
    """The recommendations as if every gate below ``rung`` were passed, for the first assessment."""
    rungs = Rung.objects.filter(ladder_id=plan.ladder_id, position__lte=rung.position)
    return _ranked(faults, plan, frozenset(rungs.values_list("pk", flat=True)))


def of_findings(plan: Plan) -> list[Recommendation]:
    """The recommendations for the plan's findings that are not cleared, each with the first of them
    for which its level may be borrowed."""
    findings = plan.findings.filter(cleared_on__isnull=True, fault__isnull=False)
    by_fault = {finding.fault_id: finding for finding in findings.select_related("fault")}
    faults = [finding.fault for finding in by_fault.values() if finding.fault is not None]
    return [_lent(one, by_fault) for one in recommend(faults, plan=plan)]


def _lent(found: Recommendation, by_fault: Mapping[int | None, Finding]) -> Recommendation:
    return replace(found, finding=by_fault[found.faults[0].pk]) if found.lends else found


@dataclass(frozen=True)
class _RemedyPlace:
    """The level of a drill on a plan's ladder. ``opens_at``: as in ``Recommendation``."""

    level: Level
    opens_at: Rung | None


def _ranked(
    faults: Iterable[Fault], plan: Plan | None, reachable: frozenset[int]
) -> list[Recommendation]:
    fault_pks = [fault.pk for fault in faults]
    remedies = (
        Remedy.objects.filter(fault__in=fault_pks)
        .select_related("fault", "drill", "source")
        .order_by("position", "fault__position")
    )
    by_drill: dict[int, list[Remedy]] = {}
    for remedy in remedies:
        by_drill.setdefault(remedy.drill_id, []).append(remedy)
    ranked = sorted(
        by_drill.values(),
        key=lambda group: (-len(group), group[0].position, group[0].fault.position),
    )
    places = _places(plan, list(by_drill), reachable) if plan else {}
    home = equipment_at_home(plan.patient) if plan and ranked else NOTHING_NOTED
    held = held_by(plan.patient) if plan and ranked else []
    found = [_recommendation(group, places.get(group[0].drill_id), home, held) for group in ranked]
    return sorted(found, key=lambda one: one.avoid)


def _recommendation(
    remedies: list[Remedy], place: _RemedyPlace | None, home: HomeEquipment, held: Sequence[Held]
) -> Recommendation:
    """The recommendation of one drill. ``remedies``: all of this drill, most important first."""
    first = remedies[0]
    cautions = of_level(held, place.level) if place else of_drill(held, first.drill)
    return Recommendation(
        drill=first.drill,
        reason=first.reason,
        source=first.source,
        opens_at=place.opens_at if place else None,
        faults=tuple(remedy.fault for remedy in remedies),
        level=place.level if place else None,
        lacks=tuple(home.lacks(first)),
        cautions=tuple(cautions),
    )


def _reachable(plan: Plan) -> frozenset[int]:
    passed = set(Pass.objects.filter(plan=plan).values_list("rung_id", flat=True))
    open_rung = plan.open_rung
    return frozenset(passed | ({open_rung.pk} if open_rung else set()))


def _places(plan: Plan, drills: list[int], reachable: frozenset[int]) -> dict[int, _RemedyPlace]:
    """The level of each drill on the plan's ladder, by the drill's id.

    It is the drill's first level on the highest reachable rung, or else on the lowest rung that
    has the drill.
    """
    levels = Level.objects.filter(rung__ladder_id=plan.ladder_id, drill__in=drills).select_related(
        "rung", "drill"
    )
    places: dict[int, _RemedyPlace] = {}
    for level in levels.order_by("rung__position", "position"):
        place = places.get(level.drill_id)
        if level.rung_id in reachable:
            if place is None or place.level.rung_id != level.rung_id:
                places[level.drill_id] = _RemedyPlace(level, None)
        elif place is None:
            places[level.drill_id] = _RemedyPlace(level, level.rung)
    return places

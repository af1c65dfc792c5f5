"""What a patient has at home, as the intake noted it, and which drills need more than that. Reads
only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Subquery
from django.db.models.functions import JSONArray

from curriculum.models import Equipment, Level, Remedy
from patients.models import Intake, Patient
from patients.models.functions import JsonRows

#: Nobody is without a wall or a counter, whether it was ticked or not.
ANYWHERE = frozenset({"wall", "support"})


@dataclass(frozen=True)
class HomeEquipment:
    """``names``: what is there; ``missing``: by drill, what it needs beside that. Both empty while
    nothing is noted."""

    names: tuple[str, ...] = ()
    missing: Mapping[int, list[str]] = field(default_factory=dict)

    def lacks(self, drilled: Level | Remedy | None) -> list[str]:
        """What the drill of a level or a remedy needs and nobody noted; as it stands in the middle
        of a sentence."""
        return self.missing.get(drilled.drill_id, []) if drilled else []


NOTHING_NOTED = HomeEquipment()


_THINGS = Equipment.objects.order_by().values(rows=JsonRows(JSONArray("slug", "name", "drills")))


def latest_intake(patient: Patient) -> Intake | None:
    """The intake that counts, with all that ``of`` needs: one query."""
    return patient.intakes.annotate(things=Subquery(_THINGS)).last()


def noted_equipment(intake: Intake | None) -> HomeEquipment:
    """``intake``: as ``latest_intake`` gives it. While nothing is noted, nothing is known to be
    missing."""
    if intake is None or not intake.equipment:
        return NOTHING_NOTED
    things = sorted(vars(intake)["things"], key=lambda thing: thing[1])
    names = dict.fromkeys(name for slug, name, _ in things if slug in intake.equipment)
    missing: dict[int, list[str]] = defaultdict(list)
    for slug, name, drill in things:
        if drill is not None and slug not in intake.equipment and slug not in ANYWHERE:
            missing[drill].append(name[:1].lower() + name[1:])
    return HomeEquipment(tuple(names), dict(missing))


def equipment_at_home(patient: Patient) -> HomeEquipment:
    return noted_equipment(latest_intake(patient))

"""Compares the equipment at the patient's home, from the intake, with what the drills need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONArray

from curriculum.models import Equipment, Level, Remedy
from patients.models import HomeWeights, Intake, Patient
from patients.models.functions import JsonRows

#: Everybody has a wall and a counter at home, so the intake need not name them.
ANYWHERE = frozenset({"wall", "support", "chair"})


@dataclass(frozen=True)
class HomeEquipment:
    """The equipment at a patient's home. Both fields are empty while the intake names none.

    ``names``: the equipment that is there
    ``missing``: by the drill's id, the equipment that the drill needs and that is not there
    """

    names: tuple[str, ...] = ()
    missing: Mapping[int, list[str]] = field(default_factory=dict)

    def lacks(self, drilled: Level | Remedy | None) -> list[str]:
        """The names of equipment that the drill needs and that is not at home.

        The names begin with a small letter, so that they fit into a sentence.
        """
        return self.missing.get(drilled.drill_id, []) if drilled else []


NOTHING_NOTED = HomeEquipment()


#: Things that anything heavy can take the place of, such as a backpack.
WEIGHTS = frozenset({"kettlebell", "barbell"})

#: Rows of [slug, name, id of a drill that needs it or None].
_THINGS = Equipment.objects.order_by().values(rows=JsonRows(JSONArray("slug", "name", "drills")))


def latest_intake(patient: Patient) -> Intake | None:
    """The patient's latest intake, with the rows that ``noted_equipment`` reads. One query."""
    return patient.intakes.annotate(things=Subquery(_THINGS), owns_weights=_owns_weights()).last()


def _owns_weights() -> Exists:
    """Whether the patient told of a weight at home, as it is now."""
    later = HomeWeights.objects.filter(
        patient=OuterRef("patient"), kind=OuterRef("kind"), pk__gt=OuterRef("pk")
    )
    told = HomeWeights.objects.filter(patient=OuterRef("patient")).exclude(kilograms=[])
    return Exists(told.filter(~Exists(later)))


def noted_equipment(intake: Intake | None) -> HomeEquipment:
    """The equipment that an intake from ``latest_intake`` names, and what each drill lacks.

    While the intake names no equipment, no drill is said to lack any. Whoever owns a weight lacks
    none for a drill that is drawn with another one.
    """
    if intake is None or not intake.equipment:
        return NOTHING_NOTED
    things = sorted(vars(intake)["things"], key=lambda thing: thing[1])
    names = dict.fromkeys(name for slug, name, _ in things if slug in intake.equipment)
    missing: dict[int, list[str]] = defaultdict(list)
    there = {*intake.equipment, *ANYWHERE, *(WEIGHTS if vars(intake)["owns_weights"] else ())}
    for slug, name, drill in things:
        if drill is not None and slug not in there:
            missing[drill].append(name[:1].lower() + name[1:])
    return HomeEquipment(tuple(names), dict(missing))


def equipment_at_home(patient: Patient) -> HomeEquipment:
    return noted_equipment(latest_intake(patient))

"""Which cautions apply to a patient in a drill: what is true of the patient, held against the
content of the drill. Every page and every verb that asks this asks here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from curriculum.cautions import (
    AVOID,
    HEAD_LOW_LINE,
    HIP_LINE,
    KINDS,
    LIMIT,
    WATCH,
    DrillCautions,
    lines,
    read_cautions,
)
from curriculum.models import Drill, Level
from curriculum.screening import precautions as known_precautions
from curriculum.variants import Variant
from patients.models import Patient, Precaution, Screening

HIP_LIMIT = "hip_limit"
BLOOD_PRESSURE = "blood_pressure"
#: People differ from the figure by so many degrees.
HIP_MARGIN = 10
#: A limit without degrees counts as this one, until somebody asks.
USUAL_HIP_LIMIT = 90
#: From this lean of the trunk on, the head comes low.
HEAD_LOW_FROM = 60


class Held(Protocol):
    """Something true of the patient, as the screening wrote it down."""

    @property
    def key(self) -> str: ...

    @property
    def fields(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Caution:
    """One caution of a drill for one patient.

    ``precaution``, ``label``: the key of what is true of the patient, and its words
    ``kind``: "avoid", "limit" or "watch"
    ``clinician``, ``patient``: what each of them reads
    ``source``: who says so; ``default``: the part that no source says
    """

    precaution: str
    label: str
    kind: str
    clinician: str
    patient: str
    source: str = ""
    default: str = field(default="")

    @property
    def avoid(self) -> bool:
        return self.kind == AVOID


@dataclass(frozen=True)
class LevelCautions:
    """The cautions of one level for one patient, strictest first."""

    level: Level
    cautions: Sequence[Caution]

    @property
    def avoid(self) -> bool:
        return is_avoided(self.cautions)

    @property
    def why(self) -> str:
        """What is true of the patient that says to avoid it: "Pregnancy, Risk of falls"."""
        return why_avoided(self.cautions)


def is_avoided(cautions: Iterable[Caution], covered: str = "") -> bool:
    """Whether one of the cautions says to avoid the drill. ``covered``: the precautions in spite
    of which a clinician prescribed it, as ``Prescription.reason_for`` has them."""
    all_the_same = covered.split()
    return any(one.avoid and one.precaution not in all_the_same for one in cautions)


def why_avoided(cautions: Iterable[Caution]) -> str:
    return ", ".join(caution.label for caution in cautions if caution.avoid)


def lines_for_patient(cautions: Iterable[Caution]) -> list[str]:
    """What the patient reads, each sentence once. Who does a drill in spite of a reason to avoid
    it was told why, and reads nothing of that."""
    return list(dict.fromkeys(caution.patient for caution in cautions if not caution.avoid))


def reasons_for_patient(cautions: Iterable[Caution], covered: str = "") -> list[str]:
    """What the patient reads beside a drill that is to be avoided, each sentence once.

    ``covered``: as in ``is_avoided``; where it covers all, the drill is the patient's
    """
    found = [caution for caution in cautions if caution.avoid]
    if not is_avoided(found, covered):
        return []
    return list(dict.fromkeys(caution.patient for caution in found))


def held_by(patient: Patient) -> list[Precaution]:
    """What the latest screening says is true of the patient. One query."""
    latest = Screening.objects.newest_of(patient).values("pk")[:1]
    return list(Precaution.objects.filter(screening__in=latest))


def held_at(patient: Patient, moment: datetime) -> list[Precaution]:
    """What was true of the patient at a moment, as the screening of then said. One query."""
    latest = Screening.objects.newest_of(patient).filter(at__lt=moment).values("pk")[:1]
    return list(Precaution.objects.filter(screening__in=latest))


def held_in(screenings: Iterable[Screening]) -> dict[int, list[Precaution]]:
    """What these screenings say is true, by the patient's id. One query."""
    held: dict[int, list[Precaution]] = defaultdict(list)
    for row in Precaution.objects.filter(screening__in=screenings).select_related("screening"):
        held[row.screening.patient_id].append(row)
    return held


def of_level(held: Sequence[Held], level: Level, way: Variant | None = None) -> list[Caution]:
    """The cautions of a level, strictest first.

    ``level``: with its drill
    ``way``: in which the patient does it; it may bend the hip further than the level is drawn
    """
    if not held:
        return []
    found = read_cautions(level.drill.cautions, level.cautions)
    return cautions(held, found.in_way(way.key if way is not None else ""))


def of_levels(held: Sequence[Held], levels: Iterable[Level]) -> list[LevelCautions]:
    """Those of several levels, each with its drill."""
    return [LevelCautions(level, of_level(held, level)) for level in levels]


def of_drill(held: Sequence[Held], drill: Drill) -> list[Caution]:
    """The cautions of a drill beside any ladder, strictest first."""
    return cautions(held, read_cautions(drill.cautions)) if held else []


def cautions(held: Iterable[Held], drill: DrillCautions) -> list[Caution]:
    """The cautions of a drill for a patient, one for each precaution, strictest first.

    Within a kind they stand in the order in which the screening asks.
    """
    order = list(known_precautions())
    found = [caution for one in held for caution in _of(one, drill)]
    return sorted(found, key=lambda one: (-KINDS.index(one.kind), order.index(one.precaution)))


def avoids(held: Iterable[Held], drill: DrillCautions) -> bool:
    """Whether the drill is one to avoid for the patient."""
    return is_avoided(cautions(held, drill))


def stricter(one: DrillCautions, other: DrillCautions) -> DrillCautions:
    """A drill with something added, such as a weight in the hand: of each precaution the stricter
    of the two counts. The figure stays that of ``one``."""
    rules = dict(one.rules)
    for key, (kind, line) in other.rules.items():
        if key not in rules or KINDS.index(kind) > KINDS.index(rules[key][0]):
            rules[key] = (kind, line)
    return DrillCautions(rules, one.fixed, one.hip, one.lean)


def _of(held: Held, drill: DrillCautions) -> Iterator[Caution]:
    """The strictest caution of one precaution, if there is any."""
    if held.key not in known_precautions():
        return
    found = [*_written(held, drill), *_from_the_figure(held, drill)]
    if found:
        yield max(found, key=lambda one: KINDS.index(one.kind))


def _written(held: Held, drill: DrillCautions) -> Iterator[Caution]:
    if held.key not in drill.rules:
        return
    kind, key = drill.rules[held.key]
    line = lines()[key]
    if _says(held, line.not_when):
        return
    yield _caution(held, AVOID if _says(held, line.avoid_when) else kind, key)


def line_keys(held: Iterable[Held], drill: DrillCautions) -> set[str]:
    """The keys of the lines of ``curriculum.cautions`` that the drill's content says."""
    found = ((one, drill.rules[one.key][1]) for one in held if one.key in drill.rules)
    return {key for one, key in found if not _says(one, lines()[key].not_when)}


def _says(held: Held, noted: Mapping[str, str]) -> bool:
    return bool(noted) and all(held.fields.get(name) == value for name, value in noted.items())


def _from_the_figure(held: Held, drill: DrillCautions) -> Iterator[Caution]:
    if held.key == HIP_LIMIT and drill.hip is not None:
        yield from _hip(held, drill.hip, fixed=drill.fixed)
    if held.key == BLOOD_PRESSURE and drill.lean is not None and drill.lean >= HEAD_LOW_FROM:
        yield _caution(held, WATCH, HEAD_LOW_LINE)


def _hip(held: Held, hip: float, *, fixed: bool) -> Iterator[Caution]:
    noted = held.fields.get("degrees", "")
    limit = int(noted) if str(noted).isdecimal() else USUAL_HIP_LIMIT
    if hip <= limit - HIP_MARGIN:
        return
    deeper = AVOID if fixed else LIMIT
    caution = _caution(
        held, deeper if hip > limit else WATCH, HIP_LINE, hip=round(hip), limit=limit
    )
    if not str(noted).isdecimal():
        asked = _("No degrees are noted, so {limit} count: ask.").format(limit=limit)
        caution = Caution(**{**vars(caution), "clinician": f"{caution.clinician} {asked}"})
    yield caution


def _caution(held: Held, kind: str, key: str, **figures: int) -> Caution:
    line = lines()[key]
    return Caution(
        precaution=held.key,
        label=known_precautions()[held.key].label,
        kind=kind,
        clinician=line.clinician.format(**figures) if figures else line.clinician,
        patient=line.patient,
        source=line.source,
        default=line.default,
    )

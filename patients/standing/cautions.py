"""Which cautions apply to a patient in a drill: what is true of the patient, held against the
content of the drill. Every page and every verb that asks this asks here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from curriculum.cautions import (
    AVOID,
    HEAD_LOW_LINE,
    HIP_LINE,
    KINDS,
    KNEE_LINE,
    LIMIT,
    WATCH,
    DrillCautions,
    lines,
    read_cautions,
)
from curriculum.models import Drill, Level
from curriculum.screening import FULL_BEND, PrecautionField
from curriculum.screening import precautions as known_precautions
from curriculum.variants import Variant
from patients.models import Patient, Precaution, Screening

HIP_LIMIT = "hip_limit"
KNEES = "knees"
BLOOD_PRESSURE = "blood_pressure"
#: People differ from the figure by so many degrees.
MARGIN = 10
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
    ``beyond``: whether the figure bends further than the limit that was noted
    ``room``: how much the precaution leaves, as ``_room`` measures it
    """

    precaution: str
    label: str
    kind: str
    clinician: str
    patient: str
    source: str = ""
    default: str = field(default="")
    beyond: bool = False
    room: tuple[int, ...] = ()

    @property
    def avoid(self) -> bool:
        return self.kind == AVOID

    @property
    def as_covered(self) -> str:
        """How ``Prescription.reason_for`` keeps it: "pregnancy", or "hip_limit:90"."""
        room = ",".join(str(left) for left in self.room)
        return f"{self.precaution}:{room}" if room else self.precaution

    def is_covered(self, covered: str) -> bool:
        """Whether a reason that was given holds: the precaution leaves as much room as then.

        ``covered``: as in ``is_avoided``
        """
        return any(self._holds(*written.partition(":")) for written in covered.split())

    def _holds(self, precaution: str, _colon: str, room: str) -> bool:
        then = [int(left) for left in room.split(",") if left]
        return (
            precaution == self.precaution
            and len(then) == len(self.room)
            and all(before <= now for before, now in zip(then, self.room, strict=True))
        )


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
    return any(one.avoid and not one.is_covered(covered) for one in cautions)


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
    return replace(one, rules=rules, ways={})


def _of(held: Held, drill: DrillCautions) -> Iterator[Caution]:
    """The strictest caution of one precaution, if there is any."""
    if held.key not in known_precautions():
        return
    measured = list(_from_the_figure(held, drill))
    found = [*_written(held, drill), *measured]
    if not found:
        return
    strictest = max(found, key=lambda one: KINDS.index(one.kind))
    beyond = next((one for one in measured if one.beyond and one is not strictest), None)
    if beyond is not None:
        words = f"{strictest.clinician} {beyond.clinician}"
        strictest = replace(strictest, clinician=words, beyond=True)
    yield replace(strictest, room=_room(held))


def _room(held: Held) -> tuple[int, ...]:
    """How much a precaution leaves, one number for each answer that is graded: less is stricter."""
    fields = known_precautions()[held.key].fields
    graded = [field for field in fields if field.graded]
    return tuple(left for one in graded for left in one.room(held.fields.get(one.key, "")))


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
    if held.key == KNEES and drill.knee is not None:
        yield from _knee(held, drill.knee, fixed=drill.fixed)
    if held.key == BLOOD_PRESSURE and drill.lean is not None and drill.lean >= HEAD_LOW_FROM:
        yield _caution(held, WATCH, HEAD_LOW_LINE)


def _hip(held: Held, hip: float, *, fixed: bool) -> Iterator[Caution]:
    noted = held.fields.get("degrees", "")
    degrees = _field(held, "degrees")
    (limit,) = degrees.room(noted)
    for caution in _bent(held, HIP_LINE, hip, limit, fixed=fixed):
        if degrees.is_asked(noted):
            yield caution
        else:
            asked = _("No degrees are noted, so {limit} count: ask.").format(limit=limit)
            yield replace(caution, clinician=f"{caution.clinician} {asked}")


def _knee(held: Held, knee: float, *, fixed: bool) -> Iterator[Caution]:
    """Nothing follows while nobody said how far the knee bends."""
    (limit,) = _field(held, "bend").room(held.fields.get("bend", ""))
    if limit < FULL_BEND:
        yield from _bent(held, KNEE_LINE, knee, limit, fixed=fixed)


def _field(held: Held, name: str) -> PrecautionField:
    return next(field for field in known_precautions()[held.key].fields if field.key == name)


def _bent(held: Held, line: str, bent: float, limit: int, *, fixed: bool) -> Iterator[Caution]:
    """What follows from how far the figure bends a joint that has a limit."""
    if bent <= limit - MARGIN:
        return
    beyond = bent > limit
    deeper = AVOID if fixed else LIMIT
    kind = deeper if beyond else WATCH
    caution = _caution(held, kind, line, bent=round(bent), limit=limit)
    yield replace(caution, beyond=beyond)


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

"""What somebody reads who has finished with the clinic: what was reached, and how to keep it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from curriculum.models import Level, Rung
from curriculum.variants import Variant
from patients.models import Patient, Practice, Prescription
from patients.rules.periods import LIGHTER_AFTER_DAYS, MAINTENANCE_DAYS
from patients.standing.cautions import Held, is_avoided, of_level
from patients.standing.dose import dose_of_level
from patients.standing.ways import way_of
from patients.wording.dosage import dosage_in_words


@dataclass(frozen=True)
class KeptDrill:
    """The drill with which somebody keeps what was reached, its dose in words, and its variant.

    ``lighter_after``: after more days off than this a lift begins lighter
    """

    level: Level
    dose: str
    way: Variant | None = None
    days_a_week: int = MAINTENANCE_DAYS
    lighter_after: int = LIGHTER_AFTER_DAYS


@dataclass(frozen=True)
class Finished:
    """How far somebody came with the last plan.

    ``on``: the day of the discharge
    ``rungs``, ``passed``: how many rungs the plan had, and how many of them are passed
    ``first``, ``last``: the first and the last day of practice; None without any
    ``drill``: None where none can be named, for somebody who was not cleared for training, and
    while a stop waits for an answer
    ``closed``: the clinic has ended reading with the discharge, so nothing else is told here
    """

    on: date
    rungs: int = 0
    passed: int = 0
    first: date | None = None
    last: date | None = None
    drill: KeptDrill | None = None
    closed: bool = False

    @property
    def complete(self) -> bool:
        return self.passed == self.rungs > 0


def read_finished(
    patient: Patient, day: date, held: Sequence[Held] = (), *, names_a_drill: bool
) -> Finished:
    """Read how far somebody came, in at most three queries. ``day``: the day of the page.
    ``held``: what is true of the patient and changes drills."""
    on = patient.clinic.day_of(patient.archived_at) if patient.archived_at else day
    if not patient.clinic.read_after_discharge:
        return Finished(on, closed=True)
    logged = Practice.objects.standing().filter(plan=OuterRef("pk")).order_by("done_on")
    rungs = Rung.objects.filter(ladder=OuterRef("ladder")).order_by("-position")
    row = patient.plans.values_list(
        "pk",
        Coalesce("goal_rung__position", Subquery(rungs.values("position")[:1])),
        Count("passes"),
        Subquery(logged.values("done_on")[:1]),
        Subquery(logged.reverse().values("done_on")[:1]),
    ).first()
    if row is None:
        return Finished(on)
    plan_id, top, passed, first, last = row
    drill = _drill(plan_id, held) if names_a_drill else None
    return Finished(on, top, passed, first, last, drill)


def _drill(plan_id: int, held: Sequence[Held]) -> KeptDrill | None:
    """The level that was prescribed last and can be done at home; without one, the level that was
    practised last. None if that is one to avoid for this person."""
    at_home = Q(level__home=True, level__helper=False)
    prescribed = Prescription.objects.filter(at_home, plan=plan_id)
    dose = prescribed.select_related("level__drill").last()
    if dose is not None:
        way = way_of(dose.level.drill, dose)
        avoided = is_avoided(of_level(held, dose.level, way), dose.reason_for)
        return None if avoided else KeptDrill(dose.level, dosage_in_words(dose), way)
    logged = Practice.objects.standing().filter(at_home, plan=plan_id).order_by("done_on")
    last = logged.select_related("plan", "level__drill").last()
    if last is None or is_avoided(of_level(held, last.level)):
        return None
    return KeptDrill(last.level, dosage_in_words(dose_of_level(last.plan, last.level, {})))

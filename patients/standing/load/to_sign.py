"""Finds the plans for whose load a change is proposed that waits for a signature.

Reads many plans at once. A lighter start after days away is left out: it runs by itself, and who
is away for so long has gone quiet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from curriculum.models import Load
from patients.models import Band, HomeWeights, Plan, Prescription
from patients.rules.periods import WEIGHT_EVERY_DAYS
from patients.standing.calendar import Calendar
from patients.standing.cautions import Held
from patients.standing.entries import entries_of
from patients.standing.load.at_home import kilograms_in
from patients.standing.load.case import Case
from patients.standing.load.proposal import propose
from patients.standing.load.read import Course, load_on, loaded_levels
from patients.standing.load.scales import steps_for


@dataclass(frozen=True)
class ToSign:
    """``kind``: what is proposed; ``since``: the day from which on it waits."""

    kind: str
    since: date


def to_sign(
    plans: Mapping[int, Plan],
    levels: Mapping[int, int],
    calendars: Mapping[int, Calendar],
    held: Mapping[int, Sequence[Held]],
) -> dict[int, ToSign]:
    """What waits for a signature, by the plan's id.

    ``plans``: by their ids, each with its clinic; ``levels``: by plan, the level that is practised
    ``held``: by patient, what is true of them
    One query, and four more where a level with load was prescribed.
    """
    doses = _doses(levels)
    if not doses:
        return {}
    entries = entries_of(doses)
    loaded = loaded_levels({plans[pk].ladder_id for pk in doses})
    owned = _owned({plans[pk].patient_id for pk in doses})
    bands = _bands({plans[pk].clinic_id for pk in doses})
    found: dict[int, ToSign] = {}
    for pk, written in doses.items():
        plan = plans[pk]
        latest = written[-1]
        steps = steps_for(latest, owned.get(plan.patient_id, ()), bands.get(plan.clinic_id, ()))
        course = Course(entries.get(pk, ()), loaded)
        if all(entry.level_id != latest.level_id for entry in course.entries):
            # Nothing is proposed to sign, but for a lighter start, which is left out.
            continue
        last = _last_day(plan, latest, course)
        mine = held.get(plan.patient_id, ())
        load = load_on(plan, latest.level, written, mine, last, steps=steps, course=course)
        waits = _waits(load.case, calendars[pk])
        if waits is not None:
            found[pk] = waits
    return found


def _last_day(plan: Plan, latest: Prescription, course: Course) -> date:
    """The day of the latest session or dose. What waits then waits until the next of them."""
    days = [entry.done_on for entry in course.entries if entry.level_id == latest.level_id]
    return max([plan.clinic.day_of(latest.at), *days])


def _waits(case: Case, calendar: Calendar) -> ToSign | None:
    here = replace(case, base=None)
    for day in _days(case):
        proposal = propose(replace(here, today=day))
        if proposal.to_sign:
            since = _not_away(calendar, day)
            return None if since is None else ToSign(proposal.kind, since)
    return None


def _days(case: Case) -> Iterator[date]:
    """The days on which a proposal may change while nothing happens."""
    yield case.today
    if case.raised is not None:
        yield max(case.today, case.raised + timedelta(days=WEIGHT_EVERY_DAYS))


def _not_away(calendar: Calendar, day: date) -> date | None:
    """The first day from one on that no time away comes after; None = away without an end."""
    for _first, last in calendar.away:
        if last is None:
            return None
        if last >= day:
            day = last + timedelta(days=1)
    return day


def _doses(levels: Mapping[int, int]) -> dict[int, list[Prescription]]:
    """By plan, the prescriptions of the level that is practised, oldest first, if it has a load."""
    rows = Prescription.objects.filter(plan__in=levels, level__in=set(levels.values()))
    loaded = rows.exclude(level__drill__load=Load.NONE)
    doses: dict[int, list[Prescription]] = defaultdict(list)
    for row in loaded.select_related("band", "level__drill").order_by("pk"):
        if levels[row.plan_id] == row.level_id:
            doses[row.plan_id].append(row)
    return dict(doses)


def _owned(patients: Collection[int]) -> dict[int, list[Decimal]]:
    rows: dict[int, list[HomeWeights]] = defaultdict(list)
    for row in HomeWeights.objects.filter(patient__in=patients):
        rows[row.patient_id].append(row)
    return {patient: kilograms_in(told) for patient, told in rows.items()}


def _bands(clinics: Collection[int]) -> dict[int, list[Band]]:
    bands: dict[int, list[Band]] = defaultdict(list)
    for band in Band.objects.filter(clinic__in=clinics).order_by("position", "pk"):
        bands[band.clinic_id].append(band)
    return bands

"""The usual pain: which of the numbers told counts, and whether one waits for a clinician's look.

A number counts for 28 days. One that lies well above the lowest of late counts once a clinician has
seen it: asked every two weeks, pain that creeps up would otherwise always be as usual.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import JSONArray

from accounts.models import Clinic
from patients.models import Patient, Plan, Practice, UsualPain
from patients.models.functions import JsonRows
from patients.rules.periods import (
    USUAL_EVERY_DAYS,
    USUAL_KNOWN_DAYS,
    USUAL_LOWEST_DAYS,
    USUAL_RISE,
)


class Told(NamedTuple):
    """A row of ``UsualPain`` as the rules read it.

    ``by_patient``: whether the patient told it
    ``anew``: whether the rows before it are of another pain
    """

    pk: int
    pain: int | None
    day: date
    accepted: bool
    accepts_id: int | None
    by_patient: bool
    anew: bool = False


def counts_at_once(pain: int, day: date, before: Sequence[Told]) -> bool:
    """Whether a number that a patient tells counts without a clinician's look.

    ``before``: what was told until then, oldest first
    """
    recent = [row for row in _of_late(day, before) if row.pain is not None]
    seen = [row.pain for row in recent if row.accepts_id is not None and row.pain is not None]
    low = lowest(day, before)
    return low is None or pain < low + USUAL_RISE or pain <= max(seen, default=-1)


def lowest(day: date, before: Sequence[Told]) -> int | None:
    """The lowest accepted number of late; None = there is none."""
    return min((row.pain for row in _of_late(day, before) if row.pain is not None), default=None)


def _of_this_pain(before: Sequence[Told]) -> Sequence[Told]:
    """What was told since the ladder changed to one that asks for another pain."""
    begins = max((nth for nth, row in enumerate(before) if row.anew), default=0)
    return before[begins:]


def _of_late(day: date, before: Sequence[Told]) -> list[Told]:
    """The accepted numbers of the days before, of the same pain. A patient who tells another one on
    the same day corrects the first."""
    before = _of_this_pain(before)
    last_of_a_day = {row.day: row for row in before if row.by_patient}
    last_of_a_day.pop(day, None)
    first_day = day - timedelta(days=USUAL_LOWEST_DAYS)
    standing = (row for row in before if not row.by_patient or last_of_a_day.get(row.day) is row)
    return [row for row in standing if row.accepted and row.day >= first_day]


def is_known(told_on: date, day: date) -> bool:
    """Whether a number told on ``told_on`` still counts on ``day``."""
    return day <= told_on + timedelta(days=USUAL_KNOWN_DAYS)


def is_due(told_on: date | None, day: date) -> bool:
    """Whether the usual pain is asked on ``day``. ``told_on``: when last; None = never."""
    return told_on is None or told_on + timedelta(days=USUAL_EVERY_DAYS) <= day


def usual_now(patient: Patient) -> int | None:
    """The usual pain that counts now, 0-10; None = unknown."""
    return _in_force(UsualPain.objects.filter(patient=patient), patient.clinic.today())


class Accepted(NamedTuple):
    """An accepted number, with the moment and the day of its telling."""

    at: datetime
    day: date
    pain: int | None


def accepted_of(patient: Patient) -> list[Accepted]:
    """Every accepted number of a patient, oldest first. One query."""
    rows = UsualPain.objects.filter(patient=patient, accepted=True).order_by("pk")
    return [Accepted(*row) for row in rows.values_list("at", "day", "pain")]


def used_on(
    accepted: Sequence[Accepted], clinic: Clinic, day: date, first_at: datetime | None
) -> int | None:
    """The usual pain with which the numbers of a day are compared; None = unknown then.

    ``first_at``: when the day was first logged; None = not yet
    """
    _begins, ends = clinic.day_span(day)
    moment = min(first_at or ends, ends)
    latest = next((row for row in reversed(accepted) if row.at < moment), None)
    return latest.pain if latest is not None and is_known(latest.day, day) else None


def usual_before(plan: Plan, day: date) -> int | None:
    """The usual pain told before the practice of a day, which its numbers are compared with.

    Practice on the ladder of before, on the day of the change, is another day's here.
    """
    logged = Practice.objects.filter(plan=plan, done_on=day).order_by("pk")
    first_at = logged.values_list("at", flat=True).first()
    return used_on(accepted_of(plan.patient), plan.patient.clinic, day, first_at)


def _in_force(rows: QuerySet[UsualPain], day: date) -> int | None:
    latest = rows.filter(accepted=True).order_by("-pk").first()
    return latest.pain if latest is not None and is_known(latest.day, day) else None


def in_force_of(patient: OuterRef, known_from: date) -> Subquery:
    """The number that counts, as a column. ``known_from``: the first day from which one counts."""
    latest = UsualPain.objects.filter(patient=patient, accepted=True).order_by("-pk")
    known = Case(When(day__gte=known_from, then="pain"))
    return Subquery(latest.annotate(known=known).values("known")[:1])


def told_on_of(patient: OuterRef) -> Subquery:
    """The day on which a number was last told, as a column."""
    latest = UsualPain.objects.filter(patient=patient).order_by("-pk")
    told = Case(When(pain__isnull=False, then="day"))
    return Subquery(latest.annotate(told=told).values("told")[:1])


def waiting() -> QuerySet[UsualPain]:
    """The numbers that wait for a clinician's look: the last of their patients."""
    later = UsualPain.objects.filter(patient=OuterRef("patient"), pk__gt=OuterRef("pk"))
    return UsualPain.objects.filter(~Exists(later), accepted=False).order_by()


@dataclass(frozen=True)
class UsualInSight:
    """The usual pain as pages of the clinic show it.

    ``pain``: the number that counts today; None = unknown
    ``was``: the last accepted number, however old
    ``waits``: the number that a clinician has not seen yet
    ``low``: the lowest of late, with which it is compared
    """

    pain: int | None = None
    was: Told | None = None
    waits: Told | None = None
    low: int | None = None

    @property
    def told_on(self) -> date | None:
        return self.was.day if self.was is not None else None


NOTHING_TOLD = UsualInSight()


def with_usual(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """Patients with what ``usual_in_sight`` reads: no further query."""
    own = Case(When(by=OuterRef("user"), then=1), default=0)
    counts = Case(When(accepted=True, then=1), default=0)
    anew = Case(When(anew=True, then=1), default=0)
    columns = JSONArray("pk", "pain", "day", counts, "accepts", own, anew)
    rows = UsualPain.objects.filter(patient=OuterRef("pk")).order_by().values("patient")
    return patients.annotate(usual_rows=Subquery(rows.values(rows=JsonRows(columns))))


def usual_in_sight(patient: Patient) -> UsualInSight:
    """``patient``: as ``with_usual`` reads them."""
    told = sorted(map(_read, vars(patient)["usual_rows"] or []))
    return _in_sight(told, patient.clinic.today())


def _read(row: Sequence[Any]) -> Told:
    pk, pain, day, accepted, accepts, own, anew = row
    return Told(pk, pain, date.fromisoformat(day), bool(accepted), accepts, bool(own), bool(anew))


def _in_sight(told: Sequence[Told], today: date) -> UsualInSight:
    accepted = [row for row in told if row.accepted]
    was = accepted[-1] if accepted else None
    pain = was.pain if was is not None and is_known(was.day, today) else None
    if not told or told[-1].accepted:
        return UsualInSight(pain, was)
    last = told[-1]
    return UsualInSight(pain, was, waits=last, low=lowest(last.day, told[:-1]))


def read_usual(patient: Patient) -> UsualInSight:
    """What ``usual_in_sight`` gives, in a query of its own."""
    return _in_sight(told_by(patient), patient.clinic.today())


def told_by(patient: Patient) -> list[Told]:
    """Everything told of a patient's usual pain, oldest first."""
    rows = UsualPain.objects.filter(patient=patient).order_by("pk")
    return list(_of_rows(rows, patient.user_id))


def _of_rows(rows: Iterable[UsualPain], user: int) -> Iterable[Told]:
    for row in rows:
        own = row.by_id == user
        yield Told(row.pk, row.pain, row.day, row.accepted, row.accepts_id, own, row.anew)

"""The pain limits that hold for a patient: their own while they are in force, else the clinic's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import JSONArray

from accounts import names
from accounts.models import Clinic
from patients.models import PainLimits, Patient
from patients.models.functions import JsonRows
from patients.rules.periods import OWN_LIMITS_FROM
from patients.standing.pain import AnyLimits, OwnLimits, limits_of
from patients.standing.usual_pain import usual_in_sight, with_usual


def limits_for(patient: Patient, day: date | None = None) -> AnyLimits:
    """The limits of a day; None = today. One query."""
    own = in_force(patient, day or patient.clinic.today())
    fine_to, stop_from = (own.fine_to, own.stop_from) if own is not None else (None, None)
    return choose(patient.clinic, fine_to, stop_from)


def choose(clinic: Clinic, fine_to: int | None, stop_from: int | None) -> AnyLimits:
    """The limits made of a patient's own figures; without these, the clinic's."""
    if fine_to is None or stop_from is None:
        return limits_of(clinic)
    return OwnLimits(fine_to, stop_from, clinic.pain_high)


def in_force(patient: Patient, day: date) -> PainLimits | None:
    """The patient's own limits on a day; None = the clinic's hold."""
    rows = PainLimits.objects.filter(patient=patient).select_related("by")
    latest = _latest(rows, day).first()
    own = latest is not None and latest.fine_to is not None and latest.until >= day
    return latest if own else None


def _latest(rows: QuerySet[PainLimits], day: date) -> QuerySet[PainLimits]:
    return rows.filter(day__lte=day).order_by("-pk")


def own_figure_of(patient: OuterRef, figure: str, day: date) -> Subquery:
    """A figure of the patient's own limits on a day, as a column; null = the clinic's hold.

    ``figure``: "fine_to" or "stop_from"
    """
    latest = _latest(PainLimits.objects.filter(patient=patient), day)
    held = Case(When(until__gte=day, then=figure))
    return Subquery(latest.annotate(held=held).values("held")[:1])


class OwnInSight(NamedTuple):
    """A patient's own limits in force, as a page shows them. ``by``: the short name."""

    fine_to: int
    stop_from: int
    until: date
    reason: str
    by: str
    second: str


@dataclass(frozen=True)
class LimitsInSight:
    """What pages of the clinic show of a patient's own limits.

    ``own``: those in force; None = the clinic's rule holds
    ``offered``: whether the usual pain is so high that own limits are offered
    """

    own: OwnInSight | None
    offered: bool


def with_pain(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """Patients with what ``usual_in_sight`` and ``limits_in_sight`` read: no further query."""
    columns = ("pk", "fine_to", "stop_from", "until", "reason", "by__name", "second")
    rows = PainLimits.objects.filter(patient=OuterRef("pk")).order_by().values("patient")
    own = Subquery(rows.values(rows=JsonRows(JSONArray(*columns))))
    return with_usual(patients.annotate(own_limits=own))


def limits_in_sight(patient: Patient) -> LimitsInSight:
    """``patient``: as ``with_pain`` reads them."""
    rows = sorted(vars(patient)["own_limits"] or [], key=lambda row: row[0])
    own = _in_sight(rows[-1], patient.clinic.today()) if rows else None
    usual = usual_in_sight(patient).pain
    return LimitsInSight(own, own is None and usual is not None and usual >= OWN_LIMITS_FROM)


def _in_sight(row: Sequence[Any], today: date) -> OwnInSight | None:
    _pk, fine_to, stop_from, last, reason, by, second = row
    until = date.fromisoformat(last)
    if fine_to is None or until < today:
        return None
    return OwnInSight(fine_to, stop_from, until, reason, names.short_name(by), second)

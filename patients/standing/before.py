"""The pain before practice: what was told on a day, and when it is asked."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from patients.models import Asked, BandCode, Patient, Plan, Practice, Report, Stop
from patients.rules.periods import BEFORE_FROM
from patients.standing.readiness import with_mornings


def _told(rows: QuerySet[Report]) -> QuerySet[Report]:
    """The numbers before practice that were not taken back, the highest first.

    Whoever tells another number corrects their own. That of a carer and that of the patient stand
    beside each other, and neither makes the other's day a harder one.
    """
    asked = rows.filter(asked=Asked.BEFORE, pain__isnull=False, taken_back_by__isnull=True)
    return asked.order_by("-pain", "-pk")


def told_before(plan: Plan, day: date) -> int | None:
    """The pain told before the practice of a day; None = not told.

    What was told before the plan began was told on another ladder, perhaps of another pain.
    """
    rows = Report.objects.filter(patient=plan.patient_id, day=day, at__gte=plan.assigned_at)
    return _told(rows).values_list("pain", flat=True).first()


def told_before_of(patient: OuterRef, day: date) -> Subquery:
    """What ``told_before`` gives, as a column of plans."""
    rows = Report.objects.filter(patient=patient, day=day, at__gte=OuterRef("assigned_at"))
    return Subquery(_told(rows).values("pain")[:1])


def stopped_before(patient: Patient, day: date) -> bool:
    """Whether the number before practice has made a stop on that day already."""
    made = Stop.objects.filter(patient=patient, report__day=day, report__asked=Asked.BEFORE)
    return made.exists()


def last_band_of(plan: OuterRef, day: date) -> Subquery:
    """The band of the last entry before a day, its morning included, as a column."""
    rows = Practice.objects.standing().filter(plan=plan, done_on__lt=day)
    whole = with_mornings(rows).annotate(whole=Coalesce("morning_band", "band"))
    return Subquery(whole.order_by("-done_on").values("whole")[:1])


def is_asked(last_band: str | None, usual: int | None) -> bool:
    """Whether the pain before practice is asked: after an entry that was not fine, and where the
    usual pain is unknown or not low."""
    return last_band in {BandCode.EASE, BandCode.STOP} or usual is None or usual >= BEFORE_FROM

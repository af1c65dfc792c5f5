"""What a patient told of pain and symptoms: today, and what still waits. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from accounts.models import User
from patients.models import Patient, Report, ReportUrgency, Stop, Urgency
from patients.standing.reports import signs_since
from patients.wording.carers import carer_of
from patients.wording.symptoms import aloud, report_in_words


@dataclass(frozen=True)
class ToldReport:
    """A report in words. ``lines``: each thing that it tells; ``words``: the patient's own.

    ``by``: who told it; ``carer``: their name, if it was a carer of the patient
    """

    pk: int
    at: datetime
    lines: Sequence[str]
    words: str
    since: str
    by: int
    carer: str


@dataclass(frozen=True)
class UrgentDay:
    """What somebody reads who told an urgent sign.

    ``now``: whether it is an emergency, or a doctor looks today
    ``at``: when the worst of it was told
    ``aloud``: what to say on the telephone; empty after everything was taken back
    ``told``: the reports of today, which can be taken back
    ``taken_back``: whether nothing of it is told any more
    """

    now: bool
    at: datetime
    aloud: str
    told: Sequence[ToldReport]

    @property
    def urgency(self) -> str:
        return ReportUrgency.NOW if self.now else ReportUrgency.TODAY

    @property
    def taken_back(self) -> bool:
        return not self.aloud


def told_on(patient: Patient, day: date) -> list[ToldReport]:
    """What a patient told on a day and did not take back, the newest first. One query."""
    starts, ends = patient.clinic.day_span(day)
    rows = Report.objects.filter(patient=patient, at__gte=starts, at__lt=ends)
    rows = rows.filter(taken_back_by=None).exclude(Q(pain=None) & Q(kinds=[]) & Q(words=""))
    return [_told(row) for row in rows.select_related("by").order_by("-pk")]


def _told(row: Report) -> ToldReport:
    carer = carer_of(row.by)
    return ToldReport(row.pk, row.at, report_in_words(row), row.words, row.since, row.by_id, carer)


def shown_to(user: User, told: Sequence[ToldReport]) -> list[ToldReport]:
    """What of it somebody sees: a carer who may not read only what they told themselves."""
    return [report for report in told if user.may_read or report.by == user.pk]


def read_urgent(patient: Patient, waiting: Sequence[Stop], day: date) -> UrgentDay | None:
    """What the page of an urgent day says; None = nothing urgent waits. One query.

    ``waiting``: the stops that wait for an answer, the worst first
    """
    stop = next(iter(waiting), None)
    if stop is None or not stop.is_urgent:
        return None
    return UrgentDay(
        now=stop.urgency == Urgency.NOW,
        at=stop.at,
        aloud=aloud(signs_since(waiting)),
        told=told_on(patient, day),
    )

"""What reports say, read from their rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray

from accounts.models import Role
from patients.models import Patient, Report, Stop
from patients.models.functions import JsonRows, moment_of
from patients.models.reports import Sign
from patients.rules.periods import HISTORY_WEEKS


def waiting_signs(patient: Patient, apart_from: Report | None = None) -> list[Sign]:
    """What the patient told before, of which a stop still waits for an answer.

    ``apart_from``: the report in whose place something else is told now
    """
    waiting = Stop.objects.unanswered().filter(patient=patient)
    return signs_of(waiting.select_related("practice", "report__taken_back_by"), apart_from)


def signs_of(stops: Iterable[Stop], apart_from: Report | None = None) -> list[Sign]:
    """What was told that made these stops. What was taken back does not count.

    A leg that an older entry told of has no side.
    """
    return [sign for signs, _since in signs_since(stops, apart_from) for sign in signs]


def signs_since(
    stops: Iterable[Stop], apart_from: Report | None = None
) -> list[tuple[list[Sign], str]]:
    """The same, of each report its own signs and since when; empty = not told."""
    made = list(stops)
    told = {stop.report.newest.pk: stop.report.newest for stop in made if stop.report is not None}
    said = [(report.signs, report.since) for report in told.values() if report != apart_from]
    legs = [Sign(leg) for stop in made if (leg := _leg_of(stop))]
    return [*said, (legs, "")]


def _leg_of(stop: Stop) -> str | None:
    if stop.practice is None or not stop.needs_contact or stop.taken_back:
        return None
    return stop.practice.leg


class ReportRow(NamedTuple):
    """A report as pages of the clinic read it. ``told``: an unsaved copy of its columns.

    ``takes_back``: the report in whose place it stands
    ``with_entry``: whether an entry of practice was logged with it
    ``carer``: the name of who told it, if a carer of the patient did
    """

    pk: int
    at: datetime
    told: Report
    takes_back: int | None
    with_entry: bool
    carer: str = ""


_COLUMNS = (
    "pk",
    "at",
    "day",
    "asked",
    "pain",
    "kinds",
    "since",
    "words",
    "takes_back",
    "entry__pk",
    "by__role",
    "by__name",
)


def with_reports(patients: QuerySet[Patient], since: date) -> QuerySet[Patient]:
    """Patients with what ``reports_in_sight`` reads: no further query."""
    rows = Report.objects.filter(patient=OuterRef("pk"), day__gte=since).order_by()
    columns = rows.values("patient").values(rows=JsonRows(JSONArray(*_COLUMNS)))
    return patients.annotate(report_rows=Subquery(columns))


def reports_from(today: date) -> date:
    """The first day of the reports that a chart reads."""
    return today - timedelta(weeks=HISTORY_WEEKS)


def reports_in_sight(patient: Patient) -> list[ReportRow]:
    """The reports of late, oldest first. ``patient``: as ``with_reports`` reads them."""
    return sorted(map(_read, vars(patient)["report_rows"] or []), key=lambda row: row.pk)


def read_reports(patient: Patient, since: date | None = None) -> list[ReportRow]:
    """The reports since a day, oldest first; None = all. One query."""
    rows = Report.objects.filter(patient=patient).order_by("pk")
    if since is not None:
        rows = rows.filter(day__gte=since)
    return [_read(row) for row in rows.values_list(*_COLUMNS)]


def _read(row: Sequence[Any]) -> ReportRow:
    """``row``: of the columns, as they are or as JSON has them."""
    pk, at, day, asked, pain, kinds, since, words, takes_back, entry, role, name = row
    told = Report(pk=pk, asked=asked, pain=pain, since=since, words=words)
    told.day = date.fromisoformat(day) if isinstance(day, str) else day
    # SQLite gives a column of JSON inside a list as text.
    told.kinds = json.loads(kinds) if isinstance(kinds, str) else kinds
    told.at = moment_of(at)
    carer = name if role == Role.CARER else ""
    return ReportRow(pk, told.at, told, takes_back, entry is not None, carer)

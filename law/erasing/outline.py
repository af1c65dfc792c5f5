"""What an erasure takes and what it leaves, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from law import reach
from law.erasing.words import APART, GONE, blanked, erased_as, with_words
from law.models import keeping_of
from patients.models import Patient

#: Children's records are kept until they have grown up and the years have passed.
GROWN_UP = 18


@dataclass(frozen=True)
class Line:
    """One table. ``goes``: rows that lose words, or go as a whole; ``stays``: rows that stay."""

    title: str
    goes: int
    stays: int


def outline(patient: Patient) -> list[Line]:
    """Every table with rows about the patient."""
    lines = [_line(patient, model) for model in reach.tables()]
    return [line for line in lines if line.goes or line.stays]


def _line(patient: Patient, model: type) -> Line:
    rows = reach.rows_of(patient, model).order_by()
    count = rows.count()
    title = str(model._meta.verbose_name_plural).capitalize()  # type: ignore[attr-defined]
    if model in GONE:
        return Line(title, count, 0)
    if model in blanked():
        worded = Q()
        for name in erased_as(model):
            worded |= Q(pk__in=with_words(patient, model, name).values("pk"))
        return Line(title, rows.filter(worded).count(), count)
    return Line(title, count if model in APART and title != "Events" else 0, count)


def kept_until(patient: Patient) -> date | None:
    """The last day on which the law may ask for the record; None before the discharge."""
    if patient.archived_at is None:
        return None
    years = keeping_of(patient.clinic).years
    ended = patient.clinic.day_of(patient.archived_at)
    if patient.born_on is not None:
        ended = max(ended, later(patient.born_on, GROWN_UP))
    return later(ended, years)


def later(day: date, years: int) -> date:
    """The same day so many years later; the day before, where there is no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

"""The notes for the clinic that pages show: the newest on the chart, all of them on their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray

from accounts.names import short_name
from patients.models import NotePart, Patient, RecordNote
from patients.models.functions import JsonRows, moment_of
from patients.record.notes import notes_of, put_right_in_words

#: How many notes the chart shows.
NOTES = 3
_COLUMNS = ("pk", "at", "part", "text", "by__name")


@dataclass(frozen=True)
class NoteInSight:
    """A note as a page shows it. ``fate``: that it was put right, by whom and when."""

    pk: int
    at: datetime
    part: str
    text: str
    by: str
    fate: str = ""

    @property
    def by_short(self) -> str:
        return short_name(self.by)

    @property
    def part_words(self) -> str:
        return str(NotePart(self.part).label)


def every_note(patient: Patient) -> list[NoteInSight]:
    """Every note of a patient, newest first. One query."""
    return [
        NoteInSight(note.pk, note.at, note.part, note.text, note.by.name, put_right_in_words(note))
        for note in notes_of(patient)
    ]


def read_newest_notes(patient: Patient) -> list[NoteInSight]:
    """The newest notes that stand, newest first. One query."""
    rows = RecordNote.objects.standing().filter(patient=patient).order_by("-pk")
    return [_in_sight(row) for row in rows.values_list(*_COLUMNS)[:NOTES]]


def with_newest_notes(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """Patients with what ``newest_notes`` reads: no further query."""
    standing = RecordNote.objects.standing().filter(patient=OuterRef(OuterRef("pk")))
    newest = standing.order_by("-pk").values("pk")[:NOTES]
    rows = RecordNote.objects.filter(pk__in=newest).order_by().values("patient")
    of_patient = rows.values(rows=JsonRows(JSONArray(*_COLUMNS)))
    return patients.annotate(note_rows=Subquery(of_patient))


def newest_notes(patient: Patient) -> list[NoteInSight]:
    """The same as ``read_newest_notes``. ``patient``: as ``with_newest_notes`` reads them."""
    notes = [_in_sight(row) for row in vars(patient)["note_rows"] or []]
    return sorted(notes, key=lambda note: -note.pk)


def _in_sight(row: Sequence[Any]) -> NoteInSight:
    """``row``: of the columns, as they are or as JSON has them."""
    pk, at, part, text, by = row
    return NoteInSight(pk, moment_of(at), part, text, by)

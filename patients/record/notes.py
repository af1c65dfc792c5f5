"""Notes for the clinic's record: which ones stand, and how a list names each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from patients.models import Patient, Plan, RecordNote
from patients.models.record_note import RecordNoteQuerySet
from patients.record.decision import Decision
from patients.wording.days import short_day


def notes_of(patient: Patient) -> RecordNoteQuerySet:
    """Every note of a patient, newest first, each with what came of it."""
    named = RecordNote.objects.filter(patient=patient).select_related(
        "by", "takes_back", "taken_back_by__by", "patient__clinic"
    )
    return named.order_by("-pk")


def notes_of_plan(plan: Plan) -> list[RecordNote]:
    """The notes written while a plan was the patient's newest, oldest first."""
    return list(while_newest(plan, notes_of(plan.patient)).order_by("pk"))


def while_newest(plan: Plan, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of a patient written while a plan was the newest.

    The first plan has those from before it as well, such as those of the first talk.
    """
    plans = Plan.objects.filter(patient=plan.patient_id)
    later = plans.filter(assigned_at__gt=plan.assigned_at, assigned_at__lte=OuterRef("at"))
    earlier = Exists(plans.filter(assigned_at__lt=plan.assigned_at))
    return rows.exclude(Exists(later)).filter(~earlier | Q(at__gte=plan.assigned_at))


def note_lines(plan: Plan, notes: Iterable[RecordNote]) -> Iterator[Decision]:
    for note in notes:
        day = plan.clinic.day_of(note.at)
        fate = put_right_in_words(note)
        yield Decision(note.at, day, _title(note), fate, note.text, note.by.name, part=note.part)


def _title(note: RecordNote) -> str:
    if note.takes_back is None:
        return _("Note for the clinic")
    return _("Note put right") if note.text else _("Note taken back")


def put_right_in_words(note: RecordNote, until: datetime | None = None) -> str:
    """'Put right 3 March by Omar O.'; empty for a note that stands.

    ``until``: what came later is not told; None = everything is
    """
    later: RecordNote | None = getattr(note, "taken_back_by", None)
    if later is None or (until is not None and later.at >= until):
        return ""
    words = _("Put right {day} by {name}") if later.text else _("Taken back {day} by {name}")
    day = short_day(note.patient.clinic.day_of(later.at))
    return words.format(day=day, name=later.by.short_name)

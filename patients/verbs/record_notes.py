"""The verbs of notes for the clinic's record: write one, and put one right."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from patients.models import NotePart, Patient, RecordNote
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.verbs.record_rows import keep_once

LIMIT = 4000
#: What makes a note the same note when its form arrives again.
SAID = ("by_id", "part", "text", "takes_back_id")


@transaction.atomic
def write(
    *, patient: Patient, by: User, text: str, part: str = NotePart.JUDGED, client_id: str = ""
) -> RecordNote:
    """Write a note for the clinic. The patient never reads it. The same form writes one note.

    ``part``: the part of the visit note in which it stands
    ``client_id``: made once for each form

    Raises ``Refused``: not_yours, bad_choice, nothing_written, too_long.
    """
    patient = guards.lock_patient(patient)
    note = _checked(patient, by, text, part)
    if not note.text:
        raise Refused("nothing_written")
    return keep_once(note, client_id, SAID, "note_put_right")


@transaction.atomic
def put_right(
    *, note: RecordNote, by: User, text: str, part: str = "", client_id: str = ""
) -> RecordNote:
    """Write a note in the place of another one. Both stay in the record.

    ``text``: empty = the old note holds no more, and nothing stands in its place
    ``part``: empty = as before

    Raises ``Refused``: not_yours, bad_choice, too_long, note_put_right.
    """
    patient = guards.lock_patient(note.patient)
    later = _checked(patient, by, text, part or note.part)
    later.takes_back = note
    return keep_once(later, client_id, SAID, "note_put_right")


def _checked(patient: Patient, by: User, text: str, part: str) -> RecordNote:
    guards.own_clinician(by, patient.clinic_id)
    if part not in NotePart.values:
        raise Refused("bad_choice")
    return RecordNote(patient=patient, by=by, part=part, text=guards.words(text, LIMIT))

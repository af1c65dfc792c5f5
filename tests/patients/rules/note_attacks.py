"""Ways to write into the clinic's record for somebody else: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import User
from patients.models import Letter, Patient, RecordNote
from tests.cast import Cast


def note(patient: Patient, by: User, **said: Any) -> RecordNote:
    return RecordNote.objects.create(
        patient=patient, by=by, **{"text": "Limps.", "part": "seen"} | said
    )


def letter(patient: Patient, by: User, **said: Any) -> Letter:
    return Letter.objects.create(
        patient=patient, by=by, **{"addressee": "Dr Berg", "text": "Hello."} | said
    )


def _letter_of_somebody_else(cast: Cast) -> Callable[[], Any]:
    letter(cast.maya, cast.elin)
    sent = letter(cast.tomas, cast.elin)
    return lambda: letter(cast.maya, cast.elin, takes_back=sent)


def _of_somebody_else(cast: Cast) -> Callable[[], Any]:
    note(cast.maya, cast.elin)
    limps = note(cast.tomas, cast.elin)
    return lambda: note(cast.maya, cast.elin, takes_back=limps)


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Callable[[Cast], Callable[[], Any]]]] = {
    "note_by_our_clinician": [
        lambda cast: lambda: note(cast.maya, cast.maya.user),
        lambda cast: lambda: note(cast.maya, cast.ines),
    ],
    "note_takes_back_one_of_its_patient": [_of_somebody_else],
    "letter_by_our_clinician": [
        lambda cast: lambda: letter(cast.maya, cast.maya.user),
        lambda cast: lambda: letter(cast.maya, cast.ines),
    ],
    "letter_takes_back_one_of_its_patient": [_letter_of_somebody_else],
    "letter_to_somebody": [
        lambda cast: lambda: letter(cast.maya, cast.elin, addressee=""),
        lambda cast: lambda: letter(cast.maya, cast.elin, text=""),
    ],
    "note_says_something": [lambda cast: lambda: note(cast.maya, cast.elin, text="")],
}

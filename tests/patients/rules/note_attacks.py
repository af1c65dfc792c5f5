"""Ways to write into the clinic's record for somebody else: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import User
from patients.models import Patient, RecordNote
from tests.cast import Cast


def note(patient: Patient, by: User, **said: Any) -> RecordNote:
    return RecordNote.objects.create(
        patient=patient, by=by, **{"text": "Limps.", "part": "seen"} | said
    )


def _of_somebody_else(cast: Cast) -> Callable[[], Any]:
    limps = note(cast.tomas, cast.elin)
    return lambda: note(cast.maya, cast.elin, takes_back=limps)


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Callable[[Cast], Callable[[], Any]]]] = {
    "note_by_our_clinician": [
        lambda cast: lambda: note(cast.maya, cast.maya.user),
        lambda cast: lambda: note(cast.maya, cast.ines),
    ],
    "note_takes_back_one_of_its_patient": [_of_somebody_else],
    "note_says_something": [lambda cast: lambda: note(cast.maya, cast.elin, text="")],
}

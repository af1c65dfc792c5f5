"""Acts on the clinic's own record during which the disk fills up: see ``test_fault_injection``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

from patients.verbs import letters as letter_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import paper_log
from patients.verbs import record_notes as record_note_verbs
from tests.cast import Cast
from tests.patients import acts

MODULES: list[ModuleType] = [record_note_verbs, letter_verbs, paper_log]


def _putting_right(cast: Cast) -> Callable[[], Any]:
    note = record_note_verbs.write(patient=cast.maya, by=cast.elin, text="Limps.")
    return lambda: record_note_verbs.put_right(note=note, by=cast.omar, text="Walks well.")


def _from_paper(cast: Cast) -> dict[str, Any]:
    return {"plan": cast.plan, "level": acts.level(cast.plan), "by": cast.elin, "reps": 10}


def _day(cast: Cast) -> dict[str, Any]:
    """A day that stops, and the morning after it."""
    said = {"sets": 2, "pain": 9, "morning_pain": 8, "worse": True}
    return {"client_id": "a", "done_on": cast.harbour.today() - timedelta(days=1), **said}


ACTS: dict[str, Callable[[Cast], Callable[[], Any]]] = {
    "messages.write_to_several": lambda cast: (
        lambda: message_verbs.write_to_several(plans=[cast.plan], by=cast.elin, text="Well done.")
    ),
    "record_notes.write": lambda cast: (
        lambda: record_note_verbs.write(
            patient=cast.maya, by=cast.elin, text="Limps.", client_id="note"
        )
    ),
    "record_notes.put_right": _putting_right,
    "letters.write": lambda cast: (
        lambda: letter_verbs.write(
            patient=cast.maya, by=cast.elin, addressee="Dr Berg", text="Hello.", client_id="a"
        )
    ),
    "paper_log.enter": lambda cast: lambda: paper_log.enter(**_from_paper(cast), **_day(cast)),
    "paper_log.enter_week": lambda cast: (
        lambda: paper_log.enter_week(**_from_paper(cast), days=[_day(cast)])
    ),
}

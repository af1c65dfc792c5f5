"""Ways to plan or keep a visit for somebody else: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from django.utils import timezone

from accounts.models import User
from patients.models import Patient, Visit
from tests.cast import Cast

Attack = Callable[[Cast], Callable[[], Any]]


def visit(patient: Patient, by: User | None, **said: Any) -> Visit:
    usual = {"day": patient.clinic.today(), "clinician": patient.lead}
    return Visit.objects.create(patient=patient, by=by, **usual | said)


def _change(cast: Cast, **columns: Any) -> Callable[[], Any]:
    visit(cast.tomas, cast.elin)
    planned = visit(cast.maya, cast.elin)
    return lambda: Visit.objects.filter(pk=planned.pk).update(**columns)


def _said(by: User) -> dict[str, Any]:
    return {"state": "kept", "said_by": by, "said_at": timezone.now()}


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Attack]] = {
    "visit_with_our_clinician": [
        lambda cast: lambda: visit(cast.maya, cast.elin, clinician=cast.ines),
        lambda cast: lambda: visit(cast.maya, cast.elin, clinician=cast.maya.user),
        lambda cast: _change(cast, clinician=cast.ines),
    ],
    "visit_planned_by_our_clinician": [
        lambda cast: lambda: visit(cast.maya, cast.ines),
        lambda cast: lambda: visit(cast.maya, cast.maya.user),
        lambda cast: _change(cast, by=cast.maya.user),
    ],
    "visit_marked_by_our_clinician": [
        lambda cast: lambda: visit(cast.maya, cast.elin, **_said(cast.ines)),
        lambda cast: _change(cast, **_said(cast.maya.user)),
        lambda cast: _change(cast, **_said(cast.ines)),
    ],
    "visit_stays_with_its_patient": [
        lambda cast: _change(cast, patient=cast.tomas, time=time(9)),
    ],
}


def _mark_and_take_back(cast: Cast) -> None:
    planned = visit(cast.maya, None, clinician=cast.omar)
    Visit.objects.filter(pk=planned.pk).update(**_said(cast.petra))
    Visit.objects.filter(pk=planned.pk).update(state="planned", said_by=None, said_at=None)
    Visit.objects.filter(pk=planned.pk).update(time=time(9, 20), by=cast.elin)


LAWFUL: dict[str, list[Callable[[Cast], None]]] = {name: [_mark_and_take_back] for name in ATTACKS}

"""Ways to tell a usual pain for somebody else, or to let one count by itself: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import User
from patients.models import PainLimits, Patient, UsualPain
from tests.cast import Cast


def usual(patient: Patient, by: User, **said: Any) -> UsualPain:
    day = patient.clinic.today()
    shared = {"patient": patient, "by": by, "day": day}
    return UsualPain.objects.create(**shared, **{"pain": 5, "accepted": True} | said)


def limits(patient: Patient, by: User, **said: Any) -> PainLimits:
    day = patient.clinic.today()
    shared = {"patient": patient, "by": by, "day": day, "until": day}
    return PainLimits.objects.create(**shared, **{"fine_to": 5, "stop_from": 8} | said)


def _waiting(cast: Cast) -> UsualPain:
    return usual(cast.maya, cast.maya.user, accepted=False)


def _seen_by_the_patient(cast: Cast) -> Callable[[], Any]:
    told = _waiting(cast)
    return lambda: usual(cast.maya, cast.maya.user, accepts=told)


def _seen_as_another_number(cast: Cast) -> Callable[[], Any]:
    told = _waiting(cast)
    return lambda: usual(cast.maya, cast.elin, accepts=told, pain=6)


def _seen_of_somebody_else(cast: Cast) -> Callable[[], Any]:
    told = _waiting(cast)
    return lambda: usual(cast.tomas, cast.elin, accepts=told)


def _seen_of_somebody_else_who_tells_the_same(cast: Cast) -> Callable[[], Any]:
    _waiting(cast)
    theirs = usual(cast.tomas, cast.tomas.user, accepted=False)
    return lambda: usual(cast.maya, cast.elin, accepts=theirs)


def _seen_though_it_counts_already(cast: Cast) -> Callable[[], Any]:
    counts = usual(cast.maya, cast.elin)
    return lambda: usual(cast.maya, cast.elin, accepts=counts)


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Callable[[Cast], Callable[[], Any]]]] = {
    "usual_pain_by_the_patient_or_our_clinician": [
        lambda cast: lambda: usual(cast.maya, cast.ines),
        lambda cast: lambda: usual(cast.maya, cast.tomas.user),
        lambda cast: lambda: usual(cast.maya, cast.maya.user, pain=None),
    ],
    "pain_limits_by_our_clinician": [
        lambda cast: lambda: limits(cast.maya, cast.maya.user),
        lambda cast: lambda: limits(cast.maya, cast.ines),
    ],
    "usual_pain_of_the_clinic_counts": [
        lambda cast: lambda: usual(cast.maya, cast.elin, accepted=False),
    ],
    "usual_pain_seen_by_our_clinician": [
        _seen_by_the_patient,
        _seen_as_another_number,
        _seen_of_somebody_else,
        _seen_of_somebody_else_who_tells_the_same,
        _seen_though_it_counts_already,
    ],
}

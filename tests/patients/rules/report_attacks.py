"""Ways to mix up what different patients told, or to let somebody go over it: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import User
from patients.models import Message, Patient, Report, Stop, StopCause
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.rules.attacks import entry_of


def report_of(patient: Patient, by: User | None = None, **said: Any) -> Report:
    shared = {"patient": patient, "by": by or patient.user, "client_id": acts.new_id()}
    return Report.objects.create(
        **shared, day=patient.clinic.today(), asked="now", **{"urgency": "none"} | said
    )


def _leaving_while_stopped(cast: Cast) -> Callable[[], Any]:
    """A patient without a plan, too."""
    answered = acts.log(cast.noors_plan, pain=8).stops.get()
    stop_verbs.answer(stop=answered, by=cast.ines, action="carry_on", word="Fine.")
    told = report_of(cast.tomas)
    Stop.objects.create(patient=cast.tomas, report=told, cause=StopCause.BELOW_KNEE)
    left = Patient.objects.filter(pk=cast.tomas.pk)
    return lambda: left.update(archived_at=timezone.now(), archived_by=cast.elin)


def _stop(cast: Cast, **origin: Any) -> Callable[[], Any]:
    said = {"patient": cast.maya, "cause": StopCause.PAIN}
    return lambda: Stop.objects.create(**said, **origin)


def _stop_on_another_plan(cast: Cast) -> Callable[[], Any]:
    return _stop(cast, report=report_of(cast.maya), plan=cast.noors_plan)


def _reopened_from_another_patient(cast: Cast) -> Callable[[], Any]:
    stop = acts.log(cast.noors_plan, pain=8).stops.get()
    answer = stop_verbs.answer(stop=stop, by=cast.ines, action="carry_on", word="Fine.")
    return _stop(cast, report=report_of(cast.maya), reopens=answer)


def _taken_back_by_somebody_else(cast: Cast) -> Callable[[], Any]:
    told = report_of(cast.noor)
    return lambda: report_of(cast.maya, takes_back=told)


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Callable[[Cast], Callable[[], Any]]]] = {
    "patient_leaves_with_every_stop_answered": [_leaving_while_stopped],
    "stop_of_its_patient": [
        _stop_on_another_plan,
        _reopened_from_another_patient,
        lambda cast: _stop(cast, practice=acts.log(cast.noors_plan)),
        lambda cast: _stop(cast, report=report_of(cast.noor)),
    ],
    "report_of_its_patient": [
        _taken_back_by_somebody_else,
        lambda cast: lambda: report_of(cast.maya, practice=acts.log(cast.noors_plan)),
    ],
    "report_by_the_patient_or_our_clinician": [
        lambda cast: lambda: report_of(cast.maya, cast.ines),
        lambda cast: lambda: report_of(cast.maya, cast.tomas.user),
    ],
    "practice_names_its_patients_report": [
        lambda cast: entry_of(cast, report=report_of(cast.noor)),
    ],
    "message_of_its_patient": [
        lambda cast: (
            lambda: Message.objects.create(
                patient=cast.maya,
                plan=cast.noors_plan,
                by=cast.maya.user,
                from_patient=True,
                text="Hello",
            )
        ),
    ],
}

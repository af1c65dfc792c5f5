"""Ways to mix up what different patients told, or to let somebody go over it: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from patients.models import (
    Message,
    Morning,
    Patient,
    Plan,
    Report,
    Screening,
    Stop,
    StopAnswer,
    StopCause,
)
from patients.verbs import plan as plan_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
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


def _stop_of_anothers(cast: Cast, **origin: Any) -> Callable[[], Any]:
    """Beside an entry and a report of the patient's own."""
    acts.log(cast.plan)
    report_of(cast.maya)
    return _stop(cast, **origin)


def _stop_on_another_plan(cast: Cast) -> Callable[[], Any]:
    return _stop(cast, report=report_of(cast.maya), plan=cast.noors_plan)


def _reopened_from_another_patient(cast: Cast) -> Callable[[], Any]:
    stop = acts.log(cast.noors_plan, pain=8).stops.get()
    answer = stop_verbs.answer(stop=stop, by=cast.ines, action="carry_on", word="Fine.")
    return _stop(cast, report=report_of(cast.maya), reopens=answer, reopened_at=timezone.now())


def _waits_again(cast: Cast, action: str = "carry_on", **other: Any) -> Callable[[], Any]:
    """A stop that waits again, but for ``other`` as it was."""
    factories.pass_open_rung(cast.plan, by=cast.elin)
    stop = acts.log(cast.plan, pain=8, level=acts.level(cast.plan)).stops.get()
    level = acts.level(cast.plan)
    given = stop_verbs.answer(stop=stop, by=cast.elin, action=action, word="Fine.", level=level)
    return _again(stop, given, **other)


def _again(stop: Stop, given: StopAnswer, **other: Any) -> Callable[[], Any]:
    names = ("patient", "plan", "practice", "morning", "report", "cause", "high", "at")
    same = {name: getattr(stop, name) for name in names}
    undone = {"reopens": given, "reopened_at": timezone.now()}
    return lambda: Stop.objects.create(**same | undone | other)


def _of_another_answer(cast: Cast) -> Callable[[], Any]:
    yesterday = cast.harbour.today() - timedelta(days=1)
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=yesterday)
    other = acts.log(cast.plan, yesterday, pain=8).stops.get()
    said: dict[str, Any] = {"by": cast.elin, "action": "carry_on", "word": "Fine."}
    return _waits_again(cast, reopens=stop_verbs.answer(stop=other, **said))


def _of_another_entry(cast: Cast) -> Callable[[], Any]:
    yesterday = cast.harbour.today() - timedelta(days=1)
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=yesterday)
    return _waits_again(cast, practice=acts.log(cast.plan, yesterday))


def _from_a_report(cast: Cast, **other: Any) -> Callable[[], Any]:
    told = report_of(cast.maya)
    stop = Stop.objects.create(patient=cast.maya, report=told, cause=StopCause.NUMB)
    said: dict[str, Any] = {"by": cast.elin, "action": "carry_on", "word": "Fine."}
    return _again(stop, stop_verbs.answer(stop=stop, **said, **acts.SEEN), **other)


def _without_its_morning(cast: Cast) -> Callable[[], Any]:
    entry = acts.log(cast.plan)
    morning = Morning.objects.create(practice=entry, by=cast.maya.user, pain=9, band="stop")
    said = {"patient": cast.maya, "plan": cast.plan, "practice": entry, "morning": morning}
    stop = Stop.objects.create(**said, cause=StopCause.MORNING)
    given = stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Fine.")
    return _again(stop, given, morning=None)


def _of_another_report(cast: Cast) -> Callable[[], Any]:
    return _waits_again(cast, practice=None, report=report_of(cast.maya))


def _on_a_plan_that_has_ended(cast: Cast) -> Callable[[], Any]:
    wait_again = _waits_again(cast)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    return wait_again


def _answered(cast: Cast, by: str = "elin") -> StopAnswer:
    """An answer about Noor, or by another clinician about Maya."""
    plan = cast.noors_plan if by == "ines" else cast.plan
    stop = acts.log(plan, pain=8).stops.get()
    clinician = getattr(cast, by)
    return stop_verbs.answer(stop=stop, by=clinician, action="carry_on", word="Fine.")


def _screened_by_an_answer(cast: Cast, by: str) -> Callable[[], Any]:
    answer = _answered(cast, by)
    return lambda: Screening.objects.create(
        patient=cast.maya, by=cast.elin, outcome="cleared", answer=answer
    )


def _screened_by_what_was_said_of_another(cast: Cast) -> Callable[[], Any]:
    told = report_of(cast.tomas)
    stop = Stop.objects.create(patient=cast.tomas, report=told, cause=StopCause.PAIN)
    answer = stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Fine.")
    said = {"patient": cast.maya, "by": cast.elin, "outcome": "cleared", "answer": answer}
    return lambda: Screening.objects.create(**said)


def _screened_by_anothers_answer_beside_an_own(cast: Cast) -> Callable[[], Any]:
    _answered(cast, "elin")
    return _screened_by_an_answer(cast, "ines")


def _in_an_act(cast: Cast, by: str, **other: Any) -> Callable[[], Any]:
    """Beside an answer that could be its act."""
    said = {"patient": cast.maya, "cause": StopCause.PAIN, "report": report_of(cast.maya)}
    beside: dict[str, Any] = {"by": cast.elin, "action": other.get("action", "carry_on")}
    stop_verbs.answer(stop=Stop.objects.create(**said), **beside)
    act = _answered(cast, by)
    told = report_of(cast.maya)
    stop = Stop.objects.create(patient=cast.maya, report=told, cause=StopCause.PAIN)
    said = {"stop": stop, "by": cast.elin, "action": "carry_on", "act": act}
    return lambda: StopAnswer.objects.create(**said | other)


def _in_an_act_about_another_patient(cast: Cast) -> Callable[[], Any]:
    stops = [
        Stop.objects.create(patient=patient, report=report_of(patient), cause=StopCause.PAIN)
        for patient in (cast.tomas, cast.maya)
    ]
    act = stop_verbs.answer(stop=stops[0], by=cast.elin, action="carry_on", word="Fine.")
    said = {"by": cast.elin, "action": "carry_on", "act": act}
    return lambda: StopAnswer.objects.create(stop=stops[1], **said)


def _in_the_act_of_another_act(cast: Cast) -> Callable[[], Any]:
    said = {"patient": cast.maya, "cause": StopCause.PAIN}
    stops = [Stop.objects.create(**said, report=report_of(cast.maya)) for _ in range(3)]
    shared = {"by": cast.elin, "action": "carry_on"}
    first = StopAnswer.objects.create(stop=stops[0], **shared)
    second = StopAnswer.objects.create(stop=stops[1], act=first, **shared)
    return lambda: StopAnswer.objects.create(stop=stops[2], act=second, **shared)


def _taken_back_by_somebody_else(cast: Cast) -> Callable[[], Any]:
    report_of(cast.maya)
    told = report_of(cast.noor)
    return lambda: report_of(cast.maya, takes_back=told)


def _about_anothers_entry(cast: Cast) -> Callable[[], Any]:
    acts.log(cast.plan)
    entry = acts.log(cast.noors_plan)
    return lambda: report_of(cast.maya, practice=entry)


def _with_anothers_report(cast: Cast) -> Callable[[], Any]:
    report_of(cast.maya)
    return entry_of(cast, report=report_of(cast.noor))


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Callable[[Cast], Callable[[], Any]]]] = {
    "patient_leaves_with_every_stop_answered": [_leaving_while_stopped],
    "stop_of_its_patient": [
        _stop_on_another_plan,
        lambda cast: _stop_of_anothers(cast, practice=acts.log(cast.noors_plan)),
        lambda cast: _stop_of_anothers(cast, report=report_of(cast.noor)),
    ],
    "stop_waits_again_as_it_was": [
        _reopened_from_another_patient,
        lambda cast: _waits_again(cast, cause=StopCause.FLARE, high=False),
        lambda cast: _waits_again(cast, high=False),
        lambda cast: _waits_again(cast, at=timezone.now()),
        lambda cast: _waits_again(cast, plan=None),
        lambda cast: _waits_again(cast, reopened_at=timezone.now() - timedelta(hours=1)),
        _of_another_report,
        _of_another_answer,
        _of_another_entry,
        lambda cast: _from_a_report(cast, report=report_of(cast.maya)),
        lambda cast: _from_a_report(cast, cause=StopCause.FALL),
        _without_its_morning,
        lambda cast: _waits_again(cast, "withdraw"),
    ],
    "stop_waits_again_on_a_running_plan": [_on_a_plan_that_has_ended],
    "screening_of_its_own_answer": [
        _screened_by_anothers_answer_beside_an_own,
        _screened_by_what_was_said_of_another,
        lambda cast: _screened_by_an_answer(cast, "omar"),
    ],
    "answer_of_one_act": [
        lambda cast: _in_an_act(cast, "ines"),
        lambda cast: _in_an_act(cast, "omar"),
        lambda cast: _in_an_act(cast, "elin", action="pause"),
        _in_an_act_about_another_patient,
        _in_the_act_of_another_act,
    ],
    "report_of_its_patient": [
        _taken_back_by_somebody_else,
        _about_anothers_entry,
    ],
    "report_by_the_patient_or_our_clinician": [
        lambda cast: lambda: report_of(cast.maya, cast.ines),
        lambda cast: lambda: report_of(cast.maya, cast.tomas.user),
    ],
    "practice_names_its_patients_report": [
        _with_anothers_report,
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

"""The verbs of stops: make a stop, and lift it after a correction.

A clinician answers it by ``answers.answer``, or notes that the patient could not be reached.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from accounts.models import User
from patients.models import (
    Answer,
    Morning,
    Plan,
    Practice,
    Report,
    Stop,
    StopAnswer,
    StopCause,
)
from patients.models.stops import CONTACT_CAUSES, PAIN_CAUSES
from patients.standing import pain
from patients.standing.pain_limits import limits_for
from patients.verbs import outbox as outbox_verbs
from patients.verbs.answer_undo import undo_answer as undo_answer
from patients.verbs.answers import answer as answer
from patients.verbs.tries import could_not_reach as could_not_reach


def lift_stop_of(correction: Practice) -> None:
    """Lift the stop of a corrected entry, if it is corrected on the day on which it was saved.

    Later only a clinician can answer the stop; a sign in a leg nobody else answers at all.
    """
    clinic = correction.plan.clinic
    corrected = correction.corrects
    if corrected is None or clinic.day_of(corrected.at) != clinic.today():
        return
    waiting = Stop.objects.unanswered().filter(practice=corrected)
    _lift(waiting.exclude(cause__in=CONTACT_CAUSES), correction.by)


def lift_morning_stop_of(practice: Practice, by: User) -> None:
    """Lift the stop of a morning, if the answer is changed on the day of the stop."""
    clinic = practice.plan.clinic
    stops = Stop.objects.unanswered().filter(
        practice__plan=practice.plan, practice__done_on=practice.done_on
    )
    of_mornings = stops.filter(cause=StopCause.MORNING)
    _lift([stop for stop in of_mornings if clinic.day_of(stop.at) == clinic.today()], by)


def _lift(stops: Iterable[Stop], by: User) -> None:
    for stop in stops:
        StopAnswer.objects.create(stop=stop, by=by, action=Answer.CORRECTED)
        outbox_verbs.call_off(stop.patient)


def make_stop(entry: Practice, cause: str, morning: Morning | None = None) -> None:
    """Make a stop after an entry. A plan that has ended gets none.

    ``morning``: the answer about the morning that caused the stop. Each answer can stop once, so a
    bad morning that is changed to a good one and back to a bad one stops again.
    """
    # A plan that has ended has no drill to stop. A paper log of its last days still has its band.
    if entry.plan.ended_on is None and not _waits_already(entry, cause):
        number = morning.pain if morning is not None else entry.pain
        Stop.objects.create(
            patient=entry.plan.patient,
            plan=entry.plan,
            practice=entry,
            cause=cause,
            morning=morning,
            high=cause in PAIN_CAUSES and pain.is_high(number, limits_for(entry.plan.patient)),
        )
        outbox_verbs.post(entry.plan.patient)


def make_stops_of_report(
    told: Report, plan: Plan | None, causes: Collection[StopCause], *, high: bool
) -> None:
    """Make the stops of a report, also without a plan, and write the mails about them."""
    for cause in causes:
        Stop.objects.create(
            patient=told.patient,
            plan=plan,
            report=told,
            cause=cause,
            high=high and cause in PAIN_CAUSES,
            at=told.at,
        )
    if causes:
        outbox_verbs.post(told.patient)


def lift_stops_of_report(
    told: Report, by: User, causes: Collection[StopCause], *, high: bool = False
) -> list[StopCause]:
    """Lift the stops of a report that is taken back or corrected, and that need no contact.

    ``causes``, ``high``: of what is told in its place. A stop that this makes again waits on as it
    is. Returns the causes that still need a stop. What was told on another day is not lifted.
    """
    left = list(causes)
    today = told.patient.clinic.day_of(told.at) == told.patient.clinic.today()
    for stop in Stop.objects.unanswered().filter(report=told):
        cause = StopCause(stop.cause)
        if cause in left and (stop.high or not high or cause not in PAIN_CAUSES):
            left.remove(cause)
        elif today and not stop.needs_contact:
            _lift([stop], by)
    return left


def _waits_already(entry: Practice, cause: str) -> bool:
    """Whether a corrected entry of the day told of the same sign, and its stop still waits."""
    same = Stop.objects.unanswered().needing_contact().filter(plan=entry.plan, cause=cause)
    return same.filter(practice__done_on=entry.done_on).exists()

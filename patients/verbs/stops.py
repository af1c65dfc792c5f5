"""The verbs of stops: make a stop, lift it after a correction, and answer it as a clinician."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Level
from patients.models import (
    Answer,
    Contact,
    Morning,
    Patient,
    Plan,
    Practice,
    Report,
    Stop,
    StopAnswer,
    StopCause,
)
from patients.models.stops import CONTACT_CAUSES, PAIN_CAUSES
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing import pain
from patients.standing.pain_limits import limits_for
from patients.summaries import refresh as summaries
from patients.verbs import gate as gate_verbs
from patients.verbs import outbox as outbox_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs.follow_up import look_again_day

BY_A_CLINICIAN = {Answer.CARRY_ON, Answer.LOWER, Answer.PAUSE, Answer.WITHDRAW}
#: What makes an answer the same answer when it arrives again.
SAID = ("by_id", "action", "word", "contact", "finding", "look_again_on")


@transaction.atomic
def answer(
    *,
    stop: Stop,
    by: User,
    action: str,
    word: str = "",
    contact: str = "",
    at: datetime | None = None,
    finding: str = "",
    look_again_on: date | None = None,
    level: Level | None = None,
    until: date | None = None,
    covers: Collection[Stop] = (),
) -> StopAnswer:
    """Answer a stop, and carry out the answer. The same answer again changes nothing.

    ``action``: carry_on, lower, pause or withdraw; ``contact``: spoken, seen or sent_on
    ``word``: words to the patient; also the reason of a lower level, a pause or a withdrawal
    ``level``: for "lower" the level to train; for "withdraw" a level of the rung to withdraw
    ``finding``: needed after a sign in a leg, as is ``contact``; ``at``: of the contact, None = now
    ``look_again_on``: the day on which somebody looks again; None = nobody needs to
    ``until``: for "lower" and "pause" the last day
    ``covers``: other stops that the page showed; those no worse get the same answer

    Raises ``Refused``: not_yours, bad_choice, contact_missing, finding_missing, sent_on,
    day_in_future, look_again_in_past, stop_answered, goal_level, until_missing, too_long, and the
    refusals of ``plan.pause``, ``plan.choose_level`` and ``gate.withdraw``.
    """
    patient, plan = guards.lock_with_plan(stop.patient)
    guards.own_clinician(by, patient.clinic_id)
    said = StopAnswer(by=by, action=action, contact=contact, contact_at=at)
    _say(said, patient, word, finding, look_again_on)
    if (given := _given_before(stop, said)) is not None:
        return given
    _check(stop, said)
    _act(plan, by, action, said.word, level, until)
    _save(said, [stop, *_covered(stop, covers)])
    outbox_verbs.call_off(patient)
    summaries.refresh(patient)
    return StopAnswer.objects.get(stop=stop)


def _say(
    said: StopAnswer, patient: Patient, word: str, finding: str, look_again_on: date | None
) -> None:
    said.word = guards.words(word, 500)
    said.finding = guards.words(finding)
    said.look_again_on = look_again_day(patient, look_again_on)


def _save(said: StopAnswer, stops: Iterable[Stop]) -> None:
    """The same answer to several stops."""
    for stop in stops:
        said.pk = None
        said.stop = stop
        said.save(force_insert=True)


def _given_before(stop: Stop, said: StopAnswer) -> StopAnswer | None:
    """The same answer, if it was given before. Raises ``Refused``: stop_answered."""
    given = StopAnswer.objects.filter(stop=stop).select_related("by").first()
    if given is None or all(getattr(given, name) == getattr(said, name) for name in SAID):
        return given
    at = given.at.astimezone(stop.patient.clinic.zone)
    raise Refused("stop_answered", name=given.by.short_name, at=at)


def _check(stop: Stop, said: StopAnswer) -> None:
    if said.action not in BY_A_CLINICIAN or said.contact not in {"", *Contact.values}:
        raise Refused("bad_choice")
    if stop.needs_contact:
        _check_contact(stop, said)
    _check_moment(said)


def _check_contact(stop: Stop, said: StopAnswer) -> None:
    """A sign in a leg is answered by who reached the patient, and says what was found."""
    if not said.contact:
        raise Refused("contact_missing", patient=stop.patient.short_name)
    if not said.finding:
        raise Refused("finding_missing")
    if said.contact == Contact.SENT_ON and said.action != Answer.PAUSE:
        raise Refused("sent_on")


def _check_moment(said: StopAnswer) -> None:
    now = timezone.now()
    if not said.contact:
        said.contact_at = None
    elif said.contact_at is None:
        said.contact_at = now
    elif said.contact_at > now:
        raise Refused("day_in_future")


def _covered(stop: Stop, covers: Collection[Stop]) -> list[Stop]:
    others = Stop.objects.unanswered().filter(patient=stop.patient_id).exclude(pk=stop.pk)
    shown = others.filter(pk__in=[other.pk for other in covers])
    return [other for other in shown if other.severity >= stop.severity]


def _act(
    plan: Plan | None, by: User, action: str, word: str, level: Level | None, until: date | None
) -> None:
    if action == Answer.CARRY_ON:
        return
    if plan is None:
        raise Refused("plan_ended")
    if action == Answer.PAUSE:
        plan_verbs.pause(plan=plan, by=by, until=until, reason=word)
        return
    if level is None:
        raise Refused("goal_level")
    if action == Answer.LOWER:
        if until is None:
            raise Refused("until_missing")
        plan_verbs.choose_level(plan=plan, level=level, by=by, reason=word, until=until)
    else:
        gate_verbs.withdraw(plan=plan, rung=level.rung, by=by, reason=word, to_patient=word)


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

"""The verb of an answer to a stop: what a clinician found, and what the patient does now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from curriculum.models import Level
from patients.models import Answer, Patient, Plan, Stop, StopAnswer
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries
from patients.verbs import gate as gate_verbs
from patients.verbs import outbox as outbox_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs.answer_checks import check, given_before
from patients.verbs.answer_screening import Beside, outcome_of, write_screening
from patients.verbs.follow_up import look_again_day
from patients.verbs.screening import Examined


@transaction.atomic
def answer(
    *,
    stop: Stop,
    by: User,
    action: str,
    word: str = "",
    contact: str | None = None,
    at: datetime | None = None,
    finding: str = "",
    outcome: str | None = None,
    examined: Examined | None = None,
    travels: str = "",
    look_again_on: date | None = None,
    level: Level | None = None,
    until: date | None = None,
    covers: Collection[Stop] = (),
) -> StopAnswer:
    """Answer a stop, and carry out the answer. The same answer again changes nothing.

    ``action``: carry_on, lower, pause or withdraw; ``until``: of lower and pause, the last day
    ``word``: to the patient; also the reason of a lower level, a pause or a withdrawal
    ``level``: of lower, what is trained; of withdraw, a level of that rung
    ``contact``: spoken, seen, sent_on or letter; ``at``: when, None = now; ``finding``: the record
    ``outcome``: cleared, cleared_with_limits, not_cleared; needed of an urgent one unless sent on
    ``examined``: by whom and when, if not by whoever answers; ``travels``: of who is sent on
    ``look_again_on``: None = nobody needs to; ``covers``: others shown; those no worse get it too

    Raises ``Refused``: see ``answer_checks``, and of plan.pause, plan.choose_level, gate.withdraw.
    """
    patient, plan = guards.lock_with_plan(stop.patient)
    guards.own_clinician(by, patient.clinic_id)
    said = StopAnswer(by=by, action=action, contact=contact or "", contact_at=at)
    said.outcome = outcome_of(stop, said) or outcome or ""
    _say(said, patient, word, finding, look_again_on)
    if (given := given_before(stop, said, examined, travels)) is not None:
        return given
    answered = [stop, *_covered(stop, covers)]
    found = check(said, answered, examined)
    _act(plan, said, level, until)
    return _write(said, patient, answered, Beside(found, travels))


def _say(
    said: StopAnswer, patient: Patient, word: str, finding: str, look_again_on: date | None
) -> None:
    said.word = guards.words(word, 500)
    said.finding = guards.words(finding)
    said.look_again_on = look_again_day(patient, look_again_on)


def _covered(stop: Stop, covers: Collection[Stop]) -> list[Stop]:
    others = Stop.objects.unanswered().filter(patient=stop.patient_id).exclude(pk=stop.pk)
    shown = others.filter(pk__in=[other.pk for other in covers])
    return [other for other in shown if other.severity >= stop.severity]


def _write(
    said: StopAnswer, patient: Patient, answered: Sequence[Stop], beside: Beside
) -> StopAnswer:
    """The same answer to several stops, and what it brings with it: a screening, fewer mails,
    another place in the list. Returns that to the first."""
    first: StopAnswer | None = None
    for stop in answered:
        said.pk = None
        said.stop = stop
        said.act = first
        said.save(force_insert=True)
        first = first or StopAnswer.objects.get(stop=stop)
    assert first is not None  # noqa: S101
    write_screening(first, patient, answered, beside)
    outbox_verbs.call_off(patient)
    summaries.refresh(patient)
    return first


def _act(plan: Plan | None, said: StopAnswer, level: Level | None, until: date | None) -> None:
    if said.action == Answer.CARRY_ON or (plan is None and said.action == Answer.PAUSE):
        return
    if plan is None:
        raise Refused("plan_ended")
    if said.action == Answer.PAUSE:
        _pause(plan, said, until)
        return
    if level is None:
        raise Refused("goal_level")
    if said.action == Answer.LOWER:
        if until is None:
            raise Refused("until_missing")
        plan_verbs.choose_level(plan=plan, level=level, by=said.by, reason=said.word, until=until)
    else:
        gate_verbs.withdraw(
            plan=plan, rung=level.rung, by=said.by, reason=said.word, to_patient=said.word
        )


def _pause(plan: Plan, said: StopAnswer, until: date | None) -> None:
    """Pause by the clinic. It takes the place of a pause that the patient could end."""
    running = plan.pauses.filter(resumed_on__isnull=True).select_related("by").first()
    if running is not None and plan.clinic.today() <= (running.until or date.max):
        last = running.until or date.max
        if running.by.is_clinician and (until or date.max) <= last:
            return
        plan_verbs.resume(plan=plan, by=said.by)
    plan_verbs.pause(plan=plan, by=said.by, until=until, reason=said.word)

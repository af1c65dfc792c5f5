"""What the database lets through, rule by rule: acts that a rule with a mistake would refuse.

Each act is what its rule speaks of, done as it should be: see ``test_database_refusals``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from curriculum.models import Fault, Level
from patients.models import Finding, Patient, Plan, Review, ReviewTick, Stop
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts, borrowed
from tests.patients.rules.attacks import make_pass
from tests.patients.rules.mark_attacks import lift_of
from tests.patients.rules.report_attacks import report_of

Act = Callable[[Cast], Any]


def _tell(patient: Patient, *kinds: str) -> None:
    report_verbs.report(
        patient=patient, by=patient.user, client_id=acts.new_id(), kinds=list(kinds)
    )


def _answer(plan: Plan, cast: Cast) -> None:
    for stop in Stop.objects.unanswered().filter(patient=plan.patient):
        said: dict[str, Any] = {"action": "carry_on", "word": "Go on.", **acts.SEEN}
        stop_verbs.answer(stop=stop, by=cast.elin, **said)


def _choose_with_load(cast: Cast) -> None:
    """In reach, with a weight."""
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.prescribe_weight(cast.plan, by=cast.elin)
    plan_verbs.choose_level(plan=cast.plan, level=acts.level(cast.plan, 6), by=cast.elin)


def _on_rung_four(cast: Cast) -> dict[str, Any]:
    """A level of rung 4 without load, and the fault that it helps with."""
    level = Level.objects.filter(
        rung=acts.rung(cast.plan, 4), drill__load="none", drill__remedies__isnull=False
    )[0]
    fault = Fault.objects.filter(remedies__drill=level.drill)[0]
    return {"level": level, "finding": borrowed.seen(cast.plan, by=cast.elin, fault=fault.slug)}


def _borrow_after_the_first_was_opened(cast: Cast) -> None:
    """Below a goal, beside another ladder, of which no rung is passed."""
    ladders.another()
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 4), by=cast.elin)
    borrowed.lend(cast.noors_plan, by=cast.ines)
    borrowed.lend(cast.plan, by=cast.elin)
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    borrowed.lend(cast.plan, by=cast.elin, **_on_rung_four(cast))


def _borrow_after_the_first_was_passed(cast: Cast) -> None:
    """And the goal moved below it."""
    borrowed.lend(cast.plan, by=cast.elin)
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    Plan.objects.filter(pk=cast.plan.pk).update(goal_rung=acts.rung(cast.plan, 2))
    borrowed.lend(Plan.objects.get(pk=cast.plan.pk), by=cast.elin, **_on_rung_four(cast))


def _keep_a_finding_cleared(cast: Cast) -> None:
    finding = borrowed.seen(cast.plan, by=cast.elin)
    said = {"cleared_on": cast.harbour.today(), "cleared_by": cast.elin}
    for _ in range(2):
        Finding.objects.filter(pk=finding.pk).update(**said)


def _tick_after_an_urgent_stop_was_answered(cast: Cast) -> None:
    _tell(cast.maya, "saddle")
    _answer(cast.plan, cast)
    acts.tick_all(cast.plan, 1, cast.elin)


def _tick_while_pain_waits(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)
    acts.tick_all(cast.plan, 1, cast.elin)


def _move_the_goal_while_a_stop_waits(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 3), by=cast.elin)


def _correct_an_ended_plan_while_a_stop_waits(cast: Cast) -> None:
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    _tell(cast.maya, "saddle")
    Plan.objects.filter(pk=cast.plan.pk).update(goal_rung=acts.rung(cast.plan, 3))


def _amend(patient: Patient, cast: Cast) -> None:
    Patient.objects.filter(pk=patient.pk).update(lead=cast.omar)


def _hand_over_while_a_stop_waits(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)
    _amend(cast.maya, cast)


def _hand_over_who_left_while_a_stop_waits(cast: Cast) -> None:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    _tell(cast.maya, "saddle")
    _amend(cast.maya, cast)


def _carry_a_lift_along(cast: Cast) -> None:
    """Logged on an earlier plan, and carried over to the next."""
    lift_of(cast.plan, cast)
    Plan.objects.filter(pk=cast.plan.pk).update(ended_on=cast.harbour.today(), ended_by=cast.elin)
    plan = factories.plan(cast.maya, passed=5)
    review = Review.objects.create(
        plan=plan, rung=acts.rung(plan, 6), kind="carried", outcome="passed", by=cast.elin
    )
    shared = {"review": review, "by": cast.elin, "at": timezone.now()}
    ReviewTick.objects.bulk_create(
        ReviewTick(criterion=criterion, **shared) for criterion in acts.criteria(plan, 6)
    )
    make_pass(review)


def _tell_of_an_entry(cast: Cast) -> None:
    report_of(cast.maya, practice=acts.log(cast.plan))


def _tell_without_a_plan(cast: Cast) -> None:
    _tell(cast.tomas, "saddle")
    assert Stop.objects.filter(patient=cast.tomas, plan=None).exists()


#: By the name of the trigger.
LAWFUL: dict[str, list[Act]] = {
    "borrowed_without_load": [_choose_with_load],
    "borrowed_one_at_a_time": [
        _borrow_after_the_first_was_opened,
        _borrow_after_the_first_was_passed,
    ],
    "finding_stays_as_it_was_seen": [_keep_a_finding_cleared],
    "pass_with_a_lift": [_carry_a_lift_along],
    "tick_while_nothing_urgent_waits": [
        _tick_after_an_urgent_stop_was_answered,
        _tick_while_pain_waits,
    ],
    "plan_ends_with_every_stop_answered": [
        _move_the_goal_while_a_stop_waits,
        _correct_an_ended_plan_while_a_stop_waits,
    ],
    "patient_leaves_with_every_stop_answered": [
        _hand_over_while_a_stop_waits,
        _hand_over_who_left_while_a_stop_waits,
    ],
    "stop_of_its_patient": [_tell_without_a_plan],
    "report_of_its_patient": [_tell_of_an_entry],
}

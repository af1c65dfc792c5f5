"""Ways to break each rule that the database keeps by itself: rows that walk past the verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from curriculum.models import Criterion, Ladder, Rung
from patients.models import (
    GoalChange,
    Morning,
    Pass,
    Plan,
    Practice,
    Prescription,
    Review,
    ReviewTick,
    Stop,
    StopAnswer,
    StopCause,
    Tick,
    Withdrawal,
)
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import stops as stop_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts


def _review(plan: Plan, rung: Rung, by: User, outcome: str = "passed") -> Review:
    return Review.objects.create(plan=plan, rung=rung, kind="gate", outcome=outcome, by=by)


def _ticked(review: Review, criteria: Iterable[Criterion], by: User) -> Review:
    now = timezone.now()
    ReviewTick.objects.bulk_create(
        ReviewTick(review=review, criterion=one, by=by, at=now) for one in criteria
    )
    return review


def sound_review(cast: Cast, position: int, by: User | None = None) -> Review:
    """A review with every tick of its rung: all that a pass needs, short of the rung being open."""
    review = _review(cast.plan, acts.rung(cast.plan, position), cast.elin)
    return _ticked(review, acts.criteria(cast.plan, position), by or cast.elin)


def make_pass(review: Review, **other: Any) -> None:
    Pass.objects.create(**{"plan": review.plan, "rung": review.rung, "review": review, **other})


def _out_of_order(cast: Cast) -> Callable[[], Any]:
    review = sound_review(cast, 5)
    return lambda: make_pass(review)


def _out_of_order_unlike_another_plan(cast: Cast) -> Callable[[], Any]:
    factories.plan(cast.tomas, passed=4)
    return _out_of_order(cast)


def _over_one_rung(cast: Cast) -> Callable[[], Any]:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    review = sound_review(cast, 3)
    return lambda: make_pass(review)


def _with_a_not_yet(cast: Cast) -> Callable[[], Any]:
    """Beside a review that says passed."""
    sound_review(cast, 1)
    rung = acts.rung(cast.plan, 1)
    review = _ticked(
        _review(cast.plan, rung, cast.elin, "not_yet"), acts.criteria(cast.plan, 1), cast.elin
    )
    return lambda: make_pass(review)


def _with_a_withdrawn_review(cast: Cast) -> Callable[[], Any]:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.withdraw(plan=cast.plan, rung=review.rung, by=cast.elin, reason="Lost.")
    return lambda: make_pass(review)


def _with_another_rungs_review(cast: Cast) -> Callable[[], Any]:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    review = sound_review(cast, 1)
    second = acts.rung(cast.plan, 2)
    # So that no criterion is left to be ticked.
    second.criteria.update(rung=acts.rung(cast.plan, 7), position=F("position") + 50)
    return lambda: make_pass(review, rung=second)


def _with_another_plans_review(cast: Cast) -> Callable[[], Any]:
    review = factories.pass_open_rung(cast.noors_plan, by=cast.ines)
    return lambda: make_pass(review, plan=cast.plan)


def _without_a_tick(cast: Cast) -> Callable[[], Any]:
    review = _review(cast.plan, acts.rung(cast.plan, 1), cast.elin)
    _ticked(review, acts.criteria(cast.plan, 1)[1:], cast.elin)
    return lambda: make_pass(review)


def _with_ticks_of_another_review(cast: Cast) -> Callable[[], Any]:
    sound_review(cast, 1)
    review = _review(cast.plan, acts.rung(cast.plan, 1), cast.elin)
    return lambda: make_pass(review)


def _above_the_goal(cast: Cast) -> Callable[[], Any]:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    review = sound_review(cast, 2)
    Plan.objects.filter(pk=cast.plan.pk).update(goal_rung=acts.rung(cast.plan, 1))
    return lambda: make_pass(review)


def _moved_to_another_rung(cast: Cast) -> Callable[[], Any]:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    return lambda: Pass.objects.filter(plan=cast.plan).update(rung=acts.rung(cast.plan, 2))


def _taken_from_the_middle(cast: Cast) -> Callable[[], Any]:
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    return lambda: Pass.objects.filter(plan=cast.plan, rung__position=2).delete()


def _foreign_rung(cast: Cast) -> Rung:
    """Of a ladder on which another plan of the clinic stands."""
    ladder = ladders.another()
    gate_verbs.assign(patient=cast.tomas, ladder=ladder, by=cast.elin)
    return ladder.rungs.get(position=1)


def _reviewed_on_another_ladder(cast: Cast) -> Callable[[], Any]:
    rung = _foreign_rung(cast)
    return lambda: _review(cast.plan, rung, cast.elin)


def _tick(cast: Cast, criterion: Criterion, by: User) -> Callable[[], Any]:
    return lambda: Tick.objects.create(plan=cast.plan, criterion=criterion, by=by)


def _tick_of_another_ladder(cast: Cast) -> Callable[[], Any]:
    return _tick(cast, _foreign_rung(cast).criteria.all()[0], cast.elin)


def _tick_moved_to_another_ladder(cast: Cast) -> Callable[[], Any]:
    gate_verbs.tick(plan=cast.plan, criterion=acts.criteria(cast.plan, 1)[0], by=cast.elin)
    criterion = _foreign_rung(cast).criteria.all()[0]
    return lambda: Tick.objects.filter(plan=cast.plan).update(criterion=criterion)


def _tick_handed_to_another_clinic(cast: Cast) -> Callable[[], Any]:
    gate_verbs.tick(plan=cast.plan, criterion=acts.criteria(cast.plan, 1)[0], by=cast.elin)
    return lambda: Tick.objects.filter(plan=cast.plan).update(by=cast.ines)


def _review_ticks(cast: Cast, position: int, by: User) -> Callable[[], Any]:
    """Beside reviews of another clinic and of the rung that is not reviewed."""
    _review(cast.noors_plan, acts.rung(cast.noors_plan, 1), cast.ines)
    _review(cast.plan, acts.rung(cast.plan, 2), cast.elin)
    review = _review(cast.plan, acts.rung(cast.plan, 1), cast.elin)
    return lambda: _ticked(review, acts.criteria(cast.plan, position), by)


def _withdrawal_of_a_not_yet(cast: Cast) -> Callable[[], Any]:
    factories.pass_open_rung(cast.noors_plan, by=cast.ines)
    review = _review(cast.plan, acts.rung(cast.plan, 1), cast.elin, "not_yet")
    return lambda: Withdrawal.objects.create(review=review, by=cast.elin, reason="Lost.")


def _withdrawal_while_the_pass_stands(cast: Cast) -> Callable[[], Any]:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    return lambda: Withdrawal.objects.create(review=review, by=cast.elin, reason="Lost.")


def _withdrawal_by(cast: Cast, by: User) -> Callable[[], Any]:
    """Of a review of the other clinic, where ``by`` is a clinician."""
    ours = factories.pass_open_rung(cast.plan, by=cast.elin)
    theirs = factories.pass_open_rung(cast.noors_plan, by=cast.ines)
    review = theirs if by == cast.elin else ours
    Pass.objects.filter(plan=cast.plan).delete()
    return lambda: Withdrawal.objects.create(review=review, by=by, reason="Lost.")


def plan_change(cast: Cast, **change: Any) -> Callable[[], Any]:
    return lambda: Plan.objects.filter(pk=cast.plan.pk).update(**change)


def _end_change(cast: Cast, **change: Any) -> Callable[[], Any]:
    reason = "The knee first." if "end_reason" in change else None
    plan_verbs.end(plan=cast.plan, by=cast.elin, reason=reason)
    return plan_change(cast, **change)


def _discharge_taken_back(cast: Cast) -> Callable[[], Any]:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    return plan_change(cast, discharged=False)


def _ended_while_stopped(cast: Cast) -> Callable[[], Any]:
    answered = acts.log(cast.noors_plan, pain=8).stops.get()
    stop_verbs.answer(stop=answered, by=cast.ines, action="carry_on", word="Fine.")
    acts.log(cast.plan, pain=8)
    return plan_change(cast, ended_on=cast.harbour.today())


def _stopped_by_the_morning_of_another_entry(cast: Cast) -> Callable[[], Any]:
    ours = acts.log(cast.plan)
    theirs = acts.log(cast.noors_plan)
    Morning.objects.create(practice=ours, by=cast.maya.user, pain=9, band="stop")
    morning = Morning.objects.create(practice=theirs, by=cast.noor.user, pain=9, band="stop")
    said = {"patient": cast.maya, "plan": cast.plan, "practice": ours}
    return lambda: Stop.objects.create(**said, cause=StopCause.MORNING, morning=morning)


def _plan_in_another_clinic(cast: Cast) -> Callable[[], Any]:
    said = {
        "ladder": cast.plan.ladder,
        "assigned_by": cast.ines,
        "started_on": cast.plan.started_on,
    }
    return lambda: Plan.objects.create(patient=cast.tomas, clinic=cast.hilltop, **said)


def _plan_of_tomas(cast: Cast, ladder: Ladder, **more: Any) -> Callable[[], Any]:
    said = {"patient": cast.tomas, "clinic": cast.harbour, "assigned_by": cast.elin, **more}
    return lambda: Plan.objects.create(**said, ladder=ladder, started_on=cast.plan.started_on)


def _goal(cast: Cast, rung: Rung, by: User) -> Callable[[], Any]:
    return lambda: GoalChange.objects.create(plan=cast.plan, rung=rung, by=by)


def prescription_of(cast: Cast, **other: Any) -> Callable[[], Any]:
    said = {
        "plan": cast.plan,
        "level": acts.level(cast.plan),
        "by": cast.elin,
        "sets": 2,
        "reps": 5,
        **other,
    }
    return lambda: Prescription.objects.create(**said)


def entry_of(cast: Cast, **other: Any) -> Callable[[], Any]:
    said = {
        "plan": cast.plan,
        "level": acts.level(cast.plan),
        "by": cast.maya.user,
        "client_id": "raw",
        **other,
    }
    return lambda: Practice.objects.create(**{"done_on": cast.harbour.today(), **said})


def _correction_of_another_day(cast: Cast) -> Callable[[], Any]:
    entry = acts.log(cast.plan)
    tomorrow = entry.done_on + timedelta(days=1)
    entry_of(cast, done_on=tomorrow, client_id="tomorrow's own")()
    return entry_of(cast, corrects=entry, done_on=tomorrow)


def _answer_by(cast: Cast, by: User) -> Callable[[], Any]:
    """To a stop of the other clinic, where ``by`` is a clinician."""
    ours, theirs = (acts.log(plan, pain=9) for plan in (cast.plan, cast.noors_plan))
    stop = (theirs if by == cast.elin else ours).stops.get()
    return lambda: StopAnswer.objects.create(stop=stop, by=by, action="carry_on", word="Fine.")


#: By the name of the trigger: ways to break its rule. Each makes what is allowed first and returns
#: the attack.
ATTACKS: dict[str, list[Callable[[Cast], Callable[[], Any]]]] = {
    "pass_in_order": [_out_of_order, _out_of_order_unlike_another_plan, _over_one_rung],
    "pass_has_review": [
        _with_a_not_yet,
        _with_a_withdrawn_review,
        _with_another_plans_review,
        _with_another_rungs_review,
    ],
    "pass_has_every_tick": [_without_a_tick, _with_ticks_of_another_review],
    "pass_up_to_the_goal": [_above_the_goal],
    "pass_never_changes": [_moved_to_another_rung],
    "pass_from_the_top": [_taken_from_the_middle],
    "review_of_this_ladder": [_reviewed_on_another_ladder],
    "review_by_our_clinician": [
        lambda cast: lambda: _review(cast.plan, acts.rung(cast.plan, 1), cast.ines),
        lambda cast: lambda: _review(cast.plan, acts.rung(cast.plan, 1), cast.maya.user),
    ],
    "goal_by_our_clinician": [
        lambda cast: _goal(cast, acts.rung(cast.plan, 5), cast.ines),
        lambda cast: _goal(cast, acts.rung(cast.plan, 5), cast.maya.user),
    ],
    "goal_of_this_ladder": [lambda cast: _goal(cast, _foreign_rung(cast), cast.elin)],
    "tick_by_our_clinician": [
        lambda cast: _tick(cast, acts.criteria(cast.plan, 1)[0], cast.ines),
        lambda cast: _tick(cast, acts.criteria(cast.plan, 1)[0], cast.maya.user),
        _tick_handed_to_another_clinic,
    ],
    "tick_of_this_ladder": [_tick_of_another_ladder, _tick_moved_to_another_ladder],
    "review_tick_of_its_rung": [lambda cast: _review_ticks(cast, 2, cast.elin)],
    "review_tick_by_our_clinician": [
        lambda cast: _review_ticks(cast, 1, cast.ines),
        lambda cast: _review_ticks(cast, 1, cast.maya.user),
    ],
    "withdrawal_of_a_pass": [_withdrawal_of_a_not_yet, _withdrawal_while_the_pass_stands],
    "withdrawal_by_our_clinician": [
        lambda cast: _withdrawal_by(cast, cast.ines),
        lambda cast: _withdrawal_by(cast, cast.elin),
        lambda cast: _withdrawal_by(cast, cast.maya.user),
    ],
    "plan_keeps_its_edition": [
        lambda cast: plan_change(cast, ladder=ladders.next_edition(cast.plan.ladder)),
        lambda cast: plan_change(cast, clinic=cast.hilltop),
        lambda cast: plan_change(cast, patient=cast.tomas),
    ],
    "plan_ends_with_every_stop_answered": [_ended_while_stopped],
    "plan_end_stays": [
        lambda cast: _end_change(cast, ended_on=None),
        lambda cast: _end_change(cast, ended_on=cast.harbour.today() + timedelta(days=1)),
        lambda cast: _end_change(cast, ended_by=cast.omar),
        lambda cast: _end_change(cast, ended_by=None),
        lambda cast: _end_change(cast, end_reason=None),
        lambda cast: _end_change(cast, end_reason="Another one."),
        _discharge_taken_back,
    ],
    "stop_of_its_own_morning": [_stopped_by_the_morning_of_another_entry],
    "plan_reason_of_its_end": [
        lambda cast: plan_change(cast, end_reason="The knee first."),
        lambda cast: _plan_of_tomas(cast, cast.plan.ladder, end_reason="The knee first."),
    ],
    "plan_of_a_published_edition": [
        lambda cast: _plan_of_tomas(cast, ladders.next_edition(cast.plan.ladder, draft=True)),
    ],
    "plan_in_the_patients_clinic": [_plan_in_another_clinic],
    "prescription_by_our_clinician": [
        lambda cast: prescription_of(cast, by=cast.ines),
        lambda cast: prescription_of(cast, by=cast.maya.user),
    ],
    "prescription_of_this_ladder": [
        lambda cast: prescription_of(cast, level=_foreign_rung(cast).levels.all()[0])
    ],
    "prescription_weight_has_load": [
        lambda cast: prescription_of(
            cast, level=acts.rung(cast.plan, 6).levels.filter(drill__load="weight")[0]
        )
    ],
    "practice_of_this_ladder": [
        lambda cast: entry_of(cast, level=_foreign_rung(cast).levels.all()[0])
    ],
    "practice_correction_keeps_its_day": [
        _correction_of_another_day,
        lambda cast: entry_of(cast, corrects=acts.log(cast.noors_plan)),
    ],
    "stop_answered_by_our_clinician": [
        lambda cast: _answer_by(cast, cast.ines),
        lambda cast: _answer_by(cast, cast.elin),
        lambda cast: _answer_by(cast, cast.maya.user),
    ],
}

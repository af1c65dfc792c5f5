"""What no verb would have written, each with the sentence by which ``verify`` names it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F

from curriculum.models import Criterion, Drill, Ladder, Rung
from patients.models import (
    Morning,
    Outbox,
    Pass,
    Patient,
    PatientSummary,
    Plan,
    Practice,
    Report,
    Review,
    ReviewTick,
    Stop,
    StopAnswer,
    Tick,
    Withdrawal,
)
from patients.verbs import gate as gate_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.conftest import MONDAY


def theirs(cast: Cast) -> Plan:
    return Plan.objects.get(patient=cast.tomas)


def _pass_without_review(cast: Cast) -> None:
    theirs(cast).passes.filter(rung__position=3).update(
        review=Review.objects.filter(outcome="not_yet")[0]
    )


def _review_without_pass(cast: Cast) -> None:
    theirs(cast).passes.filter(rung__position=3).delete()


def gap(cast: Cast) -> None:
    theirs(cast).passes.filter(rung__position=2).delete()


def _pass_of_a_withdrawn_review(cast: Cast) -> None:
    one = theirs(cast).passes.get(rung__position=3)
    Withdrawal.objects.create(review=one.review, by=cast.elin, reason="By hand.")


def _above_the_goal(cast: Cast) -> None:
    plan = theirs(cast)
    Plan.objects.filter(pk=plan.pk).update(goal_rung=acts.rung(plan, 2))


def _criterion_left(cast: Cast) -> None:
    # Raw, since the application itself has no way to delete these.
    with connection.cursor() as cursor:
        one = ReviewTick.objects.filter(review__plan=theirs(cast))[0]
        cursor.execute("DELETE FROM patients_reviewtick WHERE id = %s", [one.pk])


def _one_criterion_met(cast: Cast) -> None:
    ReviewTick.objects.filter(review__plan=theirs(cast)).update(applies=False, why="variant")


def _always_asked(cast: Cast) -> None:
    tick = ReviewTick.objects.filter(review__plan=theirs(cast))[0]
    ReviewTick.objects.filter(pk=tick.pk).update(applies=False, why="variant")
    Criterion.objects.filter(pk=tick.criterion_id).update(always=True)


def _without_a_lift(cast: Cast) -> None:
    MigrationRecorder.Migration.objects.update(applied=MONDAY)
    plan = theirs(cast)
    rung = acts.rung(plan, 4)
    rung.levels.update(drill=Drill.objects.filter(load="weight")[0])
    factories.pass_open_rung(plan, by=cast.elin)
    ReviewTick.objects.update(figure=None)


def _decided_elsewhere(cast: Cast) -> None:
    theirs(cast).reviews.filter(rung__position=1).update(by=cast.ines)


def _decided_by_the_patient(cast: Cast) -> None:
    theirs(cast).reviews.filter(rung__position=1).update(by=cast.tomas.user)


def _ticked_by_a_patient(cast: Cast) -> None:
    Tick.objects.filter(plan=theirs(cast)).update(by=cast.tomas.user)


def _moved_to_another_clinic(cast: Cast) -> None:
    Plan.objects.filter(pk=cast.plan.pk).update(clinic=cast.hilltop)


def _led_from_another_clinic(cast: Cast) -> None:
    Patient.objects.filter(pk=cast.maya.pk).update(lead=cast.ines)


def _practised_a_locked_rung(cast: Cast) -> None:
    Practice.objects.filter(plan=cast.plan).update(level=acts.level(cast.plan, 6))


def _practised_before_the_plan(cast: Cast) -> None:
    Practice.objects.filter(plan=theirs(cast)).update(done_on="2026-01-01")


def _stop_lost(cast: Cast) -> None:
    Practice.objects.filter(plan=theirs(cast)).update(band="stop")


def _stop_of_a_morning_lost(cast: Cast) -> None:
    entry = theirs(cast).practices.get()
    Morning.objects.create(practice=entry, by=cast.tomas.user, pain=9, band="stop")


def _stop_of_a_morning_lifted_by_hand(cast: Cast) -> None:
    _stop_of_a_morning_lost(cast)
    morning = Morning.objects.latest("pk")
    plan = theirs(cast)
    stop = Stop.objects.create(
        patient=plan.patient, plan=plan, practice=morning.practice, cause="morning", morning=morning
    )
    StopAnswer.objects.create(stop=stop, by=cast.tomas.user, action="corrected")


def _on_a_draft(cast: Cast) -> None:
    Ladder.objects.update(published_at=None)


def _report_without_a_stop(cast: Cast) -> None:
    told = {"patient": cast.maya, "by": cast.maya.user, "day": cast.harbour.today()}
    Report.objects.create(**told, client_id="a", asked="now", urgency="soon")


def _report_from_before_the_mistake(cast: Cast) -> None:
    told = {"patient": cast.maya, "by": cast.maya.user, "asked": "now", "urgency": "none"}
    today = cast.harbour.today()
    mistake = Report.objects.create(**told, client_id="a", day=today)
    yesterday = today - timedelta(days=1)
    Report.objects.create(**told, client_id="b", day=yesterday, takes_back=mistake)


def _loaded_rung_below(cast: Cast) -> None:
    Rung.objects.filter(position=2).update(loaded=True)


def _cause_above(cast: Cast) -> None:
    plan = theirs(cast)
    first = gate_verbs.withdraw(plan=plan, rung=acts.rung(plan, 2), by=cast.elin, reason="Lost.")
    above = Withdrawal.objects.get(cause=first)
    Withdrawal.objects.filter(pk=above.pk).update(cause=None)
    Withdrawal.objects.filter(pk=first.pk).update(cause=above)


def _stopped(cast: Cast) -> None:
    acts.log(theirs(cast), pain=9, corrects=theirs(cast).practices.get())


def _mail_lost(cast: Cast) -> None:
    _stopped(cast)
    Outbox.objects.all().delete()


def _mail_in_another_hour(cast: Cast) -> None:
    _stopped(cast)
    Outbox.objects.filter(to=cast.elin).update(hour=F("hour") + 1)


def _late_slip(cast: Cast) -> None:
    review = theirs(cast).passes.get(rung__position=3).review
    Pass.objects.filter(review=review).delete()
    at = review.at + timedelta(minutes=11)
    Withdrawal.objects.create(review=review, by=cast.elin, kind="slip", at=at)


def _half_a_slip(cast: Cast) -> None:
    lower, upper = theirs(cast).reviews.filter(rung__position__in=(2, 3)).order_by("pk")
    Review.objects.filter(pk=lower.pk).update(act=upper)
    Pass.objects.filter(review=upper).delete()
    Withdrawal.objects.create(review=upper, by=cast.elin, kind="slip", at=upper.at)


def _late_undo(cast: Cast) -> None:
    again = Stop.objects.filter(reopens__isnull=False)
    again.update(reopened_at=F("reopened_at") + timedelta(minutes=11))


def _waits_again_as_something_else(cast: Cast) -> None:
    Stop.objects.filter(reopens__isnull=False).update(high=True)


def _half_an_undo(cast: Cast) -> None:
    given = StopAnswer.objects.filter(reopened_by__isnull=False)[0]
    stop = Stop.objects.create(
        patient=cast.maya, report=Report.objects.latest("pk"), cause="pain", at=given.at
    )
    StopAnswer.objects.create(stop=stop, by=cast.elin, action=given.action, act=given)


def _a_correction_undone(cast: Cast) -> None:
    StopAnswer.objects.filter(reopened_by__isnull=False).update(action="corrected")


def _screened_by_another_answer(cast: Cast) -> None:
    cast.tomas.screenings.update(answer=StopAnswer.objects.latest("pk"))


def summary_changed(cast: Cast) -> None:
    PatientSummary.objects.filter(patient=cast.maya).update(last_pain=0)


def _summary_missing(cast: Cast) -> None:
    PatientSummary.objects.filter(patient=cast.maya).delete()


CORRUPTIONS: list[tuple[Callable[[Cast], None], str]] = [
    (_pass_without_review, "has no standing passed review"),
    (_review_without_pass, "passed and not withdrawn"),
    (gap, "has none of the rung below"),
    (_pass_of_a_withdrawn_review, "has no standing passed review"),
    (_above_the_goal, "has passed above its goal"),
    (_criterion_left, "passed without"),
    (_one_criterion_met, "with 0 criteria met"),
    (_always_asked, "set aside"),
    (_without_a_lift, "passed without a lift"),
    (_decided_elsewhere, "is no clinician of the clinic"),
    (_decided_by_the_patient, "is no clinician of the clinic"),
    (_ticked_by_a_patient, "is no clinician of the clinic"),
    (_moved_to_another_clinic, "of another clinic than its patient"),
    (_led_from_another_clinic, "the lead is of another clinic"),
    (_practised_a_locked_rung, "was locked on"),
    (_practised_before_the_plan, "outside the time of its plan"),
    (_stop_lost, "in the stop band without a stop"),
    (_stop_of_a_morning_lost, "in the stop band without a stop"),
    (_stop_of_a_morning_lifted_by_hand, "in the stop band without a stop"),
    (_on_a_draft, "on a draft of its ladder"),
    (_report_without_a_stop, "soon, without a stop"),
    (_report_from_before_the_mistake, "takes back one of a later day"),
    (_loaded_rung_below, "loaded, below one that is not"),
    (_cause_above, "its cause is not the first"),
    (_mail_lost, "nobody is mailed about it"),
    (_mail_in_another_hour, "due in another hour than it says"),
    (_late_slip, "too late for one"),
    (_half_a_slip, "its act was taken back as a slip"),
    (_late_undo, "taken back too late"),
    (_waits_again_as_something_else, "waits again, and is not as stop"),
    (_half_an_undo, "stands, though its act was taken back"),
    (_a_correction_undone, "takes back “corrected”, which stays"),
    (_screened_by_another_answer, "its answer is of somebody else"),
    (summary_changed, "differs in last_pain"),
    (_summary_missing, "differs in missing"),
]

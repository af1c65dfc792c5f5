"""The rules held against the whole database. Reads only; each difference is said in a sentence for
an engineer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Role
from curriculum.models import Criterion, Rung
from patients.models import (
    Answer,
    BandCode,
    GoalChange,
    Morning,
    Outcome,
    Pass,
    Patient,
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
from patients.summaries import refresh as summaries

CHUNK = 500


def differences() -> Iterator[str]:
    """Everything that breaks a rule, as it is found."""
    for check in CHECKS:
        yield from check()


def _passes_without_review() -> Iterator[str]:
    """Rule 2: a pass exists exactly while its passed review is not withdrawn."""
    sound = Review.objects.filter(
        pk=OuterRef("review"),
        plan=OuterRef("plan"),
        rung=OuterRef("rung"),
        outcome=Outcome.PASSED,
        withdrawal=None,
    )
    for one in Pass.objects.filter(~Exists(sound)):
        yield f"pass {one.pk}: plan {one.plan_id}, rung {one.rung_id} has no standing passed review"


def _reviews_without_pass() -> Iterator[str]:
    standing = Pass.objects.filter(review=OuterRef("pk"))
    lost = Review.objects.filter(~Exists(standing), outcome=Outcome.PASSED, withdrawal=None)
    for one in lost:
        yield (
            f"review {one.pk}: passed and not withdrawn, "
            f"yet plan {one.plan_id} has no pass of rung {one.rung_id}"
        )


def _broken_runs() -> Iterator[str]:
    """Rule 1: passes form an unbroken run from rung 1."""
    below = Pass.objects.filter(
        plan=OuterRef("plan"), rung__position=OuterRef("rung__position") - 1
    )
    for one in Pass.objects.filter(~Exists(below), rung__position__gt=1):
        yield f"pass {one.pk}: plan {one.plan_id} has none of the rung below"


def _passes_above_the_goal() -> Iterator[str]:
    above = Pass.objects.filter(rung__position__gt=F("plan__goal_rung__position"))
    for one in above:
        yield f"pass {one.pk}: plan {one.plan_id} has passed above its goal"


def _criteria_left() -> Iterator[str]:
    """Rule 2: every criterion of a passed rung was ticked when it was decided."""
    ticked = ReviewTick.objects.filter(review=OuterRef("pk"))
    for criterion in Criterion.objects.all():
        passed = Review.objects.filter(outcome=Outcome.PASSED, rung=criterion.rung_id)
        for one in passed.filter(~Exists(ticked.filter(criterion=criterion))):
            yield f"review {one.pk}: passed without “{criterion.slug}”"


def _wrong_hands() -> Iterator[str]:
    """Rules 2 and 9: who decides, ticks, prescribes or answers is staff of the patient's clinic."""
    acts: tuple[tuple[QuerySet[Any], str], ...] = (
        (Review.objects.all(), "plan"),
        (Withdrawal.objects.all(), "review__plan"),
        (ReviewTick.objects.all(), "review__plan"),
        (Tick.objects.all(), "plan"),
        (GoalChange.objects.all(), "plan"),
        (Prescription.objects.all(), "plan"),
        (StopAnswer.objects.exclude(action="corrected"), "stop__plan"),
    )
    for rows, plan in acts:
        for one in rows.filter(Q(by__role=Role.PATIENT) | ~Q(by__clinic=F(f"{plan}__clinic"))):
            yield f"{_named(one)}: made by {one.by_id}, who is no clinician of the clinic"
    elsewhere = Plan.objects.exclude(clinic=F("patient__clinic"))
    for plan_row in elsewhere:
        yield f"plan {plan_row.pk}: of another clinic than its patient"
    for patient in Patient.objects.exclude(clinic=F("user__clinic"), lead__clinic=F("clinic")):
        yield f"patient {patient.pk}: the user or the lead is of another clinic"


def _named(row: Model) -> str:
    return f"{row._meta.verbose_name} {row.pk}"


def _other_ladders() -> Iterator[str]:
    """Rule 8: everything on a plan is of its edition."""
    kinds: tuple[tuple[type[Model], str, str], ...] = (
        (Review, "rung__ladder", "plan"),
        (Tick, "criterion__rung__ladder", "plan"),
        (Prescription, "level__rung__ladder", "plan"),
        (Practice, "level__rung__ladder", "plan"),
    )
    for model, ladder, plan in kinds:
        for one in model._default_manager.exclude(**{ladder: F(f"{plan}__ladder")}):
            yield f"{_named(one)}: of another ladder than its plan"


def _loaded_below() -> Iterator[str]:
    """Rule 3: in every edition all unloaded rungs come first."""
    above = Rung.objects.filter(
        ladder=OuterRef("ladder"), position__gt=OuterRef("position"), loaded=False
    )
    for rung in Rung.objects.filter(Exists(above), loaded=True):
        yield f"rung {rung.pk}: loaded, below one that is not"


def _withdrawals() -> Iterator[str]:
    """Rule 4: a withdrawal takes the rungs above along, and those name it."""
    for one in Withdrawal.objects.exclude(review__outcome=Outcome.PASSED):
        yield f"withdrawal {one.pk}: of a review that passed nothing"
    caused = Withdrawal.objects.filter(cause__isnull=False)
    first = Q(cause__cause__isnull=True, cause__review__plan=F("review__plan"))
    for one in caused.exclude(first, cause__review__rung__position__lt=F("review__rung__position")):
        yield f"withdrawal {one.pk}: its cause is not the first, lower withdrawal of the same plan"


def _practice() -> Iterator[str]:
    """Rule 7: an entry is of a rung that was reachable on its day; one entry stands for a day."""
    plans = (
        Plan.objects.filter(practices__level__rung__position__gt=1)
        .distinct()
        .select_related("clinic")
    )
    for chunk in _chunks(plans.order_by("pk").iterator(CHUNK)):
        yield from _locked_that_day({plan.pk: plan for plan in chunk})
    outside = Q(done_on__lt=F("plan__started_on")) | Q(done_on__gt=F("plan__ended_on"))
    for one in Practice.objects.filter(outside):
        yield f"practice {one.pk}: outside the time of its plan"
    # What paper says of a plan that has ended is on record; no drill is left to stop.
    on_record = Q(paper=True, plan__ended_on__isnull=False)
    stopped = Practice.objects.filter(~on_record, band=BandCode.STOP)
    for one in stopped.filter(~Exists(Stop.objects.filter(practice=OuterRef("pk")))):
        yield f"practice {one.pk}: in the stop band without a stop"


def _mornings() -> Iterator[str]:
    """A morning in the stop band, as it stands, has stopped its plan, unless the day's own number
    did."""
    later = Morning.objects.filter(practice=OuterRef("practice"), pk__gt=OuterRef("pk"))
    stops = Stop.objects.filter(
        plan=OuterRef("practice__plan"),
        practice__done_on=OuterRef("practice__done_on"),
        cause=StopCause.MORNING,
    ).exclude(answer__action=Answer.CORRECTED)
    of_running = Q(practice__plan__ended_on__isnull=True, practice__corrected_by__isnull=True)
    standing = Morning.objects.filter(~Exists(later), of_running, band=BandCode.STOP)
    for one in standing.exclude(practice__band=BandCode.STOP).filter(~Exists(stops)):
        yield f"morning {one.pk}: in the stop band without a stop"


def _locked_that_day(plans: dict[int, Plan]) -> Iterator[str]:
    open_from: dict[tuple[int, int], list[tuple[datetime, datetime | None]]] = defaultdict(list)
    passed = Review.objects.filter(plan__in=plans, outcome=Outcome.PASSED)
    for plan_id, position, at, until in passed.values_list(
        "plan", "rung__position", "at", "withdrawal__at"
    ):
        open_from[plan_id, position + 1].append((at, until))
    rows = Practice.objects.filter(plan__in=plans, level__rung__position__gt=1)
    for pk, plan_id, position, day in rows.values_list(
        "pk", "plan", "level__rung__position", "done_on"
    ):
        zone = plans[plan_id].clinic.zone
        begins = timezone.make_aware(datetime.combine(day, time.min), zone)
        ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min), zone)
        spans = open_from[plan_id, position]
        if not any(at < ends and (until is None or until >= begins) for at, until in spans):
            yield f"practice {pk}: rung {position} of plan {plan_id} was locked on {day}"


def _summaries() -> Iterator[str]:
    """What lists read is what the tables say."""
    for chunk in _chunks(
        Patient.objects.order_by("pk").values_list("pk", flat=True).iterator(CHUNK)
    ):
        for pk, columns in summaries.differing(chunk).items():
            yield f"summary of patient {pk}: differs in {', '.join(columns)}"


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


CHECKS: Collection[Callable[[], Iterator[str]]] = (
    _passes_without_review,
    _reviews_without_pass,
    _broken_runs,
    _passes_above_the_goal,
    _criteria_left,
    _wrong_hands,
    _other_ladders,
    _loaded_below,
    _withdrawals,
    _practice,
    _mornings,
    _summaries,
)

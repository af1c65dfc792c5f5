"""Checks the rules against the whole database. It reads only.

Each difference is one sentence for an engineer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import PATIENTS_SIDE, User
from curriculum.models import Criterion, Level, Load, Rung
from patients.models import (
    Answer,
    BandCode,
    GoalChange,
    Morning,
    Outbox,
    Outcome,
    Pass,
    Patient,
    Plan,
    Practice,
    Prescription,
    Report,
    ReportUrgency,
    Review,
    ReviewKind,
    ReviewTick,
    Screening,
    ScreeningOutcome,
    Stop,
    StopAnswer,
    StopCause,
    Tick,
    Withdrawal,
    WithdrawalKind,
)
from patients.models.outbox import hour_of
from patients.rules.periods import UNDO
from patients.standing.lift import lift_was_logged
from patients.summaries import (
    verify_borrowed,
    verify_pain,
    verify_people,
    verify_stops,
    verify_summaries,
)

CHUNK = 500
#: The migration with which gates began to ask for a lift. Older decisions stay as they were.
LIFTS_SINCE = "0018_marks_on_criteria"
NEEDING_SOMEBODY = (ReportUrgency.NOW, ReportUrgency.TODAY, ReportUrgency.SOON)


def differences() -> Iterator[str]:
    """Yield a sentence for each row that breaks a rule."""
    for check in CHECKS:
        yield from check()


def parts() -> list[tuple[str, Callable[[], Iterator[str]]]]:
    """The checks in their order, each with a name that can be typed: "passes-without-review"."""
    return [(_name(check), check) for check in CHECKS]


def _name(check: Callable[[], Iterator[str]]) -> str:
    module = check.__module__.rpartition(".")[2].removeprefix("verify").strip("_")
    name = check.__name__.removeprefix("check").strip("_")
    return (name if module in ("", name) else f"{module}-{name}").replace("_", "-")


def _passes_without_review() -> Iterator[str]:
    """Rule 2: a pass exists exactly while its passed review is not withdrawn."""
    sound = Review.objects.filter(
        pk=OuterRef("review"),
        plan=OuterRef("plan"),
        rung=OuterRef("rung"),
        outcome=Outcome.PASSED,
        withdrawal=None,
    )
    for lone in Pass.objects.filter(~Exists(sound)):
        where = f"plan {lone.plan_id}, rung {lone.rung_id}"
        yield f"pass {lone.pk}: {where} has no standing passed review"


def _reviews_without_pass() -> Iterator[str]:
    its_pass = Pass.objects.filter(review=OuterRef("pk"))
    for review in Review.objects.filter(~Exists(its_pass), outcome=Outcome.PASSED, withdrawal=None):
        yield (
            f"review {review.pk}: passed and not withdrawn, "
            f"yet plan {review.plan_id} has no pass of rung {review.rung_id}"
        )


def _broken_runs() -> Iterator[str]:
    """Rule 1: passes form an unbroken run from rung 1."""
    below = Pass.objects.filter(
        plan=OuterRef("plan"), rung__position=OuterRef("rung__position") - 1
    )
    for above in Pass.objects.filter(~Exists(below), rung__position__gt=1):
        yield f"pass {above.pk}: plan {above.plan_id} has none of the rung below"


def _passes_above_the_goal() -> Iterator[str]:
    for above in Pass.objects.filter(rung__position__gt=F("plan__goal_rung__position")):
        yield f"pass {above.pk}: plan {above.plan_id} has passed above its goal"


def _criteria_left() -> Iterator[str]:
    """Rule 2: every criterion of a passed rung was marked when it was decided."""
    ticked = ReviewTick.objects.filter(review=OuterRef("pk"))
    for criterion in Criterion.objects.all():
        passed = Review.objects.filter(outcome=Outcome.PASSED, rung=criterion.rung_id)
        for review in passed.filter(~Exists(ticked.filter(criterion=criterion))):
            yield f"review {review.pk}: passed without “{criterion.slug}”"


def _seen_too_little() -> Iterator[str]:
    """Rule 2: at least two criteria were met, and those that are always asked among them."""
    passed = Review.objects.filter(outcome=Outcome.PASSED)
    met = Count("ticks", filter=Q(ticks__applies=True))
    for review in passed.annotate(met=met).filter(met__lt=2):
        yield f"review {review.pk}: passed with {review.met} criteria met"
    for tick in ReviewTick.objects.filter(
        review__outcome=Outcome.PASSED, applies=False, criterion__always=True
    ).select_related("criterion"):
        yield f"review {tick.review_id}: passed with “{tick.criterion.slug}” set aside"


def _lifts() -> Iterator[str]:
    """Rule 2: since gates ask for a lift, none was passed without one."""
    since = MigrationRecorder.Migration.objects.filter(app="patients", name=LIFTS_SINCE)
    asking = Level.objects.filter(rung=OuterRef("rung"), helper=False, drill__load=Load.WEIGHT)
    witnessed = ReviewTick.objects.filter(
        review=OuterRef("pk"), applies=True, figure__has_keys=["kg", "reps"]
    )
    passed = Review.objects.filter(
        Exists(asking),
        ~Exists(witnessed),
        outcome=Outcome.PASSED,
        withdrawal=None,
        at__gte=Subquery(since.values("applied")[:1]),
    )
    for review in passed.select_related("plan", "rung").iterator(CHUNK):
        earlier = review.kind == ReviewKind.CARRIED
        if not lift_was_logged(review.plan, review.rung, earlier=earlier):
            yield f"review {review.pk}: passed without a lift"


def _wrong_hands() -> Iterator[str]:
    """Rules 2 and 9: only staff of the patient's clinic decide, tick, prescribe or answer."""
    acts: tuple[tuple[QuerySet[Any], str], ...] = (
        (Review.objects.all(), "plan"),
        (Withdrawal.objects.all(), "review__plan"),
        (ReviewTick.objects.all(), "review__plan"),
        (Tick.objects.all(), "plan"),
        (GoalChange.objects.all(), "plan"),
        (Prescription.objects.all(), "plan"),
        (StopAnswer.objects.exclude(action="corrected"), "stop__patient"),
    )
    for rows, plan in acts:
        for row in rows.filter(Q(by__role__in=PATIENTS_SIDE) | ~Q(by__clinic=F(f"{plan}__clinic"))):
            yield f"{_named(row)}: made by {row.by_id}, who is no clinician of the clinic"
    for elsewhere in Plan.objects.exclude(clinic=F("patient__clinic")):
        yield f"plan {elsewhere.pk}: of another clinic than its patient"
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
        for row in model._default_manager.exclude(**{ladder: F(f"{plan}__ladder")}):
            yield f"{_named(row)}: of another ladder than its plan"


def _drafts() -> Iterator[str]:
    """A plan is on a published edition."""
    for plan in Plan.objects.filter(ladder__published_at__isnull=True):
        yield f"plan {plan.pk}: on a draft of its ladder"


def _loaded_below() -> Iterator[str]:
    """Rule 3: in every edition all unloaded rungs come first."""
    above = Rung.objects.filter(
        ladder=OuterRef("ladder"), position__gt=OuterRef("position"), loaded=False
    )
    for rung in Rung.objects.filter(Exists(above), loaded=True):
        yield f"rung {rung.pk}: loaded, below one that is not"


def _withdrawals() -> Iterator[str]:
    """Rule 4: a withdrawal also withdraws the rungs above, whose withdrawals name it as cause."""
    for empty in Withdrawal.objects.exclude(review__outcome=Outcome.PASSED):
        yield f"withdrawal {empty.pk}: of a review that passed nothing"
    caused = Withdrawal.objects.filter(cause__isnull=False)
    by_first = Q(cause__cause__isnull=True, cause__review__plan=F("review__plan"))
    by_lower = Q(cause__review__rung__position__lt=F("review__rung__position"))
    for withdrawal in caused.exclude(by_first, by_lower):
        yield (
            f"withdrawal {withdrawal.pk}: "
            "its cause is not the first, lower withdrawal of the same plan"
        )


def _slips() -> Iterator[str]:
    """A slip is taken back by whoever pressed it, within its time, and its whole act with it."""
    slips = Withdrawal.objects.slips()
    late = Q(at__gt=F("review__at") + UNDO) | Q(at__lt=F("review__at"))
    for slip in slips.filter(late | ~Q(by=F("review__by"))):
        yield f"withdrawal {slip.pk}: no slip of the one who pressed, or too late for one"
    left = Review.objects.filter(act__withdrawal__kind=WithdrawalKind.SLIP).exclude(
        withdrawal__kind=WithdrawalKind.SLIP
    )
    for review in left:
        yield f"review {review.pk}: stands, though its act was taken back as a slip"


def _practice() -> Iterator[str]:
    """Rule 7: an entry that is not of a borrowed level is of a rung that was reachable on its day.

    Also: it lies within the time of its plan, and it has a stop if it is in the stop band.
    """
    plans = (
        Plan.objects.filter(practices__level__rung__position__gt=1)
        .distinct()
        .select_related("clinic")
    )
    for chunk in _chunks(plans.order_by("pk").iterator(CHUNK)):
        yield from _locked_that_day({plan.pk: plan for plan in chunk})
    outside = Q(done_on__lt=F("plan__started_on")) | Q(done_on__gt=F("plan__ended_on"))
    for entry in Practice.objects.filter(outside):
        yield f"practice {entry.pk}: outside the time of its plan"
    # A paper log may still be entered once its plan has ended; then no drill is left to stop.
    after_the_end = Q(paper=True, plan__ended_on__isnull=False)
    stopped = Practice.objects.filter(~after_the_end, band=BandCode.STOP)
    own = Stop.objects.filter(practice=OuterRef("pk"))
    of_the_day = Stop.objects.filter(
        patient=OuterRef("plan__patient"), report__day=OuterRef("done_on")
    )
    for entry in stopped.filter(~Exists(own), ~Exists(of_the_day)):
        yield f"practice {entry.pk}: in the stop band without a stop"


def _reports() -> Iterator[str]:
    """A report for which somebody is needed has a stop, or took the place of one that has."""
    own = Stop.objects.filter(report=OuterRef("pk"))
    for told in Report.objects.filter(~Exists(own), urgency__in=NEEDING_SOMEBODY):
        if not any(before.stops.exists() for before in told.before()):
            yield f"report {told.pk}: {told.urgency}, without a stop"
    for told in Report.objects.filter(takes_back__day__gt=F("day")):
        yield f"report {told.pk}: takes back one of a later day"


def _mornings() -> Iterator[str]:
    """A day's latest morning in the stop band has made a stop.

    It needs none when the entry itself is in the stop band.
    """
    later = Morning.objects.filter(practice=OuterRef("practice"), pk__gt=OuterRef("pk"))
    stops = Stop.objects.filter(
        plan=OuterRef("practice__plan"),
        practice__done_on=OuterRef("practice__done_on"),
        cause=StopCause.MORNING,
    ).exclude(answer__action=Answer.CORRECTED)
    of_running = Q(practice__plan__ended_on__isnull=True, practice__corrected_by__isnull=True)
    latest = Morning.objects.filter(~Exists(later), of_running, band=BandCode.STOP)
    for morning in latest.exclude(practice__band=BandCode.STOP).filter(~Exists(stops)):
        yield f"morning {morning.pk}: in the stop band without a stop"


def _locked_that_day(plans: dict[int, Plan]) -> Iterator[str]:
    open_from: dict[tuple[int, int], list[tuple[datetime, datetime | None]]] = defaultdict(list)
    passed = Review.objects.filter(plan__in=plans, outcome=Outcome.PASSED)
    passed = passed.exclude(withdrawal__kind=WithdrawalKind.SLIP)
    for plan_id, position, at, until in passed.values_list(
        "plan", "rung__position", "at", "withdrawal__at"
    ):
        open_from[plan_id, position + 1].append((at, until))
    rows = Practice.objects.filter(plan__in=plans, level__rung__position__gt=1, borrowed=False)
    for pk, plan_id, position, day in rows.values_list(
        "pk", "plan", "level__rung__position", "done_on"
    ):
        zone = plans[plan_id].clinic.zone
        begins = timezone.make_aware(datetime.combine(day, time.min), zone)
        ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min), zone)
        spans = open_from[plan_id, position]
        if not any(at < ends and (until is None or until >= begins) for at, until in spans):
            yield f"practice {pk}: rung {position} of plan {plan_id} was locked on {day}"


def _mails() -> Iterator[str]:
    """Every stop that waits is told of by a mail, where there is somebody to mail to."""
    # A mail from before that has not left, or that nobody has opened, tells of it too.
    mails = Outbox.objects.filter(patient=OuterRef("patient")).filter(
        Q(due__gte=OuterRef("at") - timedelta(hours=1))
        | Q(sent=None, over=None)
        | Q(sent__isnull=False, opened=None)
    )
    staff = User.objects.filter(
        clinic=OuterRef("patient__clinic"), is_active=True, email__isnull=False
    )
    for stop in Stop.objects.unanswered().filter(~Exists(mails), Exists(staff)):
        yield f"stop {stop.pk}: nobody is mailed about it"
    for mail in Outbox.objects.all().iterator(CHUNK):
        if mail.hour != hour_of(mail.due):
            yield f"mail {mail.pk}: due in another hour than it says"


def _not_cleared() -> Iterator[str]:
    """A tick or a pass is made only for somebody whom the screening of that moment cleared."""
    latest = Screening.objects.standing().filter(patient=OuterRef("plan__patient"))
    for model, moment in ((Tick, "at"), (Pass, "review__at")):
        before = latest.filter(at__lte=OuterRef(moment)).order_by("-pk").values("outcome")[:1]
        rows = model._default_manager.annotate(screened=Subquery(before))
        for row in rows.filter(screened=ScreeningOutcome.NOT_CLEARED):
            yield f"{_named(row)}: made while the patient was not cleared"


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


CHECKS: Collection[Callable[[], Iterator[str]]] = (
    _passes_without_review,
    _reviews_without_pass,
    _broken_runs,
    _passes_above_the_goal,
    _criteria_left,
    _seen_too_little,
    _lifts,
    _wrong_hands,
    _other_ladders,
    _drafts,
    _loaded_below,
    _withdrawals,
    _slips,
    _practice,
    _reports,
    _mornings,
    _mails,
    _not_cleared,
    *verify_borrowed.CHECKS,
    *verify_people.CHECKS,
    *verify_pain.CHECKS,
    *verify_stops.CHECKS,
    verify_summaries.check_summaries,
)

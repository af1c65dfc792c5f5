"""The verb that passes several lower gates at the first assessment, in one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from curriculum.models import Criterion, Rung
from patients.models import Outcome, Plan, Review, ReviewKind, Tick
from patients.rules import guards
from patients.rules.marks import clean_figure
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries
from patients.verbs import decisions, practice_days
from patients.verbs import gate_checks as checks


@transaction.atomic
def place(
    *,
    plan: Plan,
    criteria: Iterable[Criterion],
    by: User,
    note: str = "",
    not_applying: Mapping[Criterion, str] | None = None,
    figures: Mapping[Criterion, Mapping[str, Any]] | None = None,
    weekdays: int | None = None,
    keep_running: bool = False,
) -> list[Review]:
    """Pass lower gates at the first assessment, from the open rung upwards: all of them or none.

    ``criteria``: those that are met; with ``not_applying`` they are of one or more whole rungs
    ``not_applying``: why each of the others does not apply, as ``Tick.why``
    ``figures``: what was seen, as ``Tick.figure``
    ``weekdays``, ``keep_running``: as in ``practice_days.if_asked``

    Raises ``Refused``: not_yours, met_and_not, nothing_ticked, other_ladder, why_missing,
    bad_figure, out_of_range, plan_ended, not_screened, not_cleared, stop_unanswered,
    already_passed, locked, not_from_the_bottom, criteria_left, always_met, too_few_met,
    lift_missing, too_long, and those of ``practice_days.as_part_of``. Returns one review for each
    rung, lowest first.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    marks = placed_marks(plan, by, criteria, not_applying or {}, figures or {})
    rungs = _rungs_of(marks)
    before = Review.objects.filter(active_pass__rung__in=rungs, plan=plan, by=by)
    if len(existing := list(before.filter(kind=ReviewKind.PLACEMENT))) == len(rungs):
        return existing
    guards.running(plan)
    guards.screened(plan.patient)
    guards.not_stopped(plan.patient)
    note = guards.words(note)
    lowest = plan.open_rung
    reviews = _place_all(plan, rungs, marks, by, note)
    practice_days.if_asked(reviews[-1], lowest, weekdays, keep_running=keep_running)
    summaries.refresh(plan.patient)
    return reviews


def _rungs_of(marks: Mapping[int, Tick]) -> list[Rung]:
    rungs = Rung.objects.filter(criteria__in=marks).distinct().order_by("position")
    if not rungs:
        raise Refused("nothing_ticked")
    return list(rungs)


def placed_marks(
    plan: Plan,
    by: User,
    criteria: Iterable[Criterion],
    not_applying: Mapping[Criterion, str],
    figures: Mapping[Criterion, Mapping[str, Any]],
) -> dict[int, Tick]:
    """Unsaved ticks for what was seen at the first assessment, by the criterion's id.

    Raises ``Refused``: met_and_not, why_missing, too_long, bad_figure, out_of_range.
    """
    met = dict.fromkeys(criteria, "")
    both = [criterion.text for criterion in met if criterion in not_applying]
    if both:
        raise Refused("met_and_not", both=both)
    now = _moment(plan)
    reasons = {criterion: checks.clean_why(why) for criterion, why in not_applying.items()}
    return {
        criterion.pk: Tick(
            plan=plan,
            criterion=criterion,
            by=by,
            at=now,
            applies=not why,
            why=why,
            figure=clean_figure(figures.get(criterion)),
        )
        for criterion, why in {**met, **reasons}.items()
    }


def _place_all(
    plan: Plan, rungs: Sequence[Rung], marks: dict[int, Tick], by: User, note: str
) -> list[Review]:
    lowest = _place_one(plan, rungs[0], marks, by, note, None)
    return [lowest, *(_place_one(plan, rung, marks, by, note, lowest) for rung in rungs[1:])]


def _moment(plan: Plan) -> datetime:
    """Now, but later than every tick of the plan, so that the act's own ticks are known by it."""
    last = Tick.objects.filter(plan=plan).aggregate(at=Max("at"))["at"]
    now = timezone.now()
    return now if last is None or last < now else last + timedelta(microseconds=1)


def _place_one(
    plan: Plan, rung: Rung, marks: dict[int, Tick], by: User, note: str, act: Review | None
) -> Review:
    lowest = plan.open_rung
    if lowest is not None and rung != lowest and rung.position > lowest.position:
        raise Refused("not_from_the_bottom", rung=lowest.name)
    checks.must_be_open(plan, rung)
    ticked = Tick.objects.filter(plan=plan, criterion__rung=rung)
    wanted = _with_those_of_colleagues(
        {criterion.pk: marks[criterion.pk] for criterion in rung.criteria.filter(pk__in=marks)},
        ticked,
    )
    checks.may_pass(plan, rung, wanted)
    kept = [tick.pk for tick in wanted.values() if tick.pk]
    ticked.exclude(pk__in=kept).delete()
    Tick.objects.bulk_create(tick for tick in wanted.values() if tick.pk not in kept)
    kind = ReviewKind.PLACEMENT
    made = list(wanted.values())
    at = max(mark.at for mark in marks.values())
    return decisions.record(plan, rung, kind, Outcome.PASSED, by, note, made, at=at, act=act)


def _with_those_of_colleagues(wanted: dict[int, Tick], ticked: Iterable[Tick]) -> dict[int, Tick]:
    """The wanted ticks. One that stands already stays when the placement says the same."""
    same = {
        tick.criterion_id: tick
        for tick in ticked
        if tick.applies and (new := wanted.get(tick.criterion_id)) is not None
        if new.applies and new.figure is None
    }
    return wanted | same

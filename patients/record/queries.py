"""Queries of the chart and of the timeline. They read each table once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch, Q, Subquery

from curriculum.models import Level
from patients.models import Finding, Patient, Plan, Review, Stop, StopTry
from patients.models.plan import seen_key
from patients.models.stops import StopQuerySet
from patients.record import arrangements, timeline
from patients.record.letters import letters_of_plan
from patients.record.marks import with_marks
from patients.record.notes import notes_of_plan
from patients.record.reports import reported
from patients.standing.borrow_offers import Remedies
from patients.standing.entries import name_of_carer
from patients.standing.lifted import Felt, Lifted, lifted_on
from patients.standing.position import LadderStep
from patients.standing.readiness import (
    EvidenceEntry,
    evidence_entry_of,
    latest_mornings,
    with_mornings,
)
from patients.standing.reports import read_reports
from patients.wording.carers import hand_of, written_by

if TYPE_CHECKING:
    from patients.standing.readiness import PracticeWithMorning

#: How many of the newest entries a page reads.
ENTRIES = 60


def step_of_level(level: Level, passed_at: datetime | None, lost_at: datetime | None) -> LadderStep:
    """The ladder step of a ``Level``, which has its rung and drill read already."""
    return LadderStep(
        level_id=level.pk,
        drill_id=level.drill_id,
        position=level.position,
        slug=level.slug,
        helper=level.helper,
        home=level.home,
        setting=level.setting,
        move_on=level.move_on,
        sets=level.sets,
        reps=level.reps,
        reps_to=level.reps_to,
        seconds=level.seconds,
        rest=level.rest,
        drill=level.drill.plain_name,
        load=level.drill.load,
        one_sided=level.drill.one_sided,
        rung=level.rung.position,
        rung_name=level.rung.plain_name,
        rung_loaded=level.rung.loaded,
        drill_cautions=level.drill.cautions,
        cautions=level.cautions,
        passed_at=passed_at,
        lost_at=lost_at,
    )


def reviews_of(plan: Plan) -> list[Review]:
    """Every review of a plan, oldest first, with its withdrawal, active pass and marks."""
    named = plan.reviews.select_related("rung", "by", "active_pass", "withdrawal__by")
    return list(with_marks(named).order_by("pk"))


def passed_and_lost(
    reviews: Sequence[Review],
) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """When each rung was passed, and when its pass was last lost, from ``reviews_of``."""
    withdrawn = [review for review in reviews if hasattr(review, "withdrawal")]
    lost = [review for review in withdrawn if not review.withdrawal.is_slip]
    return (
        {review.rung_id: review.at for review in reviews if hasattr(review, "active_pass")},
        {review.rung_id: review.withdrawal.at for review in lost},
    )


def seen_of(reviews: Sequence[Review]) -> str:
    """``Plan.seen`` from ``reviews_of``."""
    withdrawn = [review.withdrawal.pk for review in reviews if hasattr(review, "withdrawal")]
    newest = max((review.pk for review in reviews), default=None)
    return seen_key(newest, max(withdrawn, default=None))


def stops_of(plan: Plan, since: date | None = None) -> list[Stop]:
    """The stops of a plan, and those of its patient that no plan had or that wait.

    ``since``: also those of every report since that day
    """
    mine = Q(plan=plan) | Q(plan__isnull=True) | Q(answer__isnull=True)
    if since is not None:
        mine |= Q(report__day__gte=since)
    return _with_origin(Stop.objects.filter(mine), plan.patient)


def of_timeline(plan: Plan, stops: Sequence[Stop]) -> list[Stop]:
    """What ``stops_of`` gives without a day."""
    mine = {plan.pk, None}
    return [stop for stop in stops if stop.plan_id in mine or not hasattr(stop, "answer")]


def stops_in_sight(patient: Patient, since: date | None) -> list[Stop]:
    """What waits at a patient, and the stops of every report since a day; None = ever."""
    told = Q(report__isnull=False) if since is None else Q(report__day__gte=since)
    return _with_origin(Stop.objects.filter(Q(answer__isnull=True) | told), patient)


def worst_first(stops: Sequence[Stop]) -> list[Stop]:
    """Those that wait, and of equal ones the oldest first."""
    waiting = [stop for stop in stops if not hasattr(stop, "answer")]
    return sorted(waiting, key=lambda stop: (stop.severity, stop.pk))


def _with_origin(rows: StopQuerySet, patient: Patient) -> list[Stop]:
    stops = list(
        rows.filter(patient=patient)
        .select_related(
            "practice__level__drill",
            "practice__by",
            "practice__corrected_by",
            "morning__by",
            "report__by",
            "report__taken_back_by__by",
            "answer__by",
            "answer__screening",
            "reopens__by",
        )
        .prefetch_related(Prefetch("tries", StopTry.objects.select_related("by")))
        .order_by("pk")
    )
    for stop in stops:
        stop.patient = patient
    return stops


def findings_of(plan: Plan) -> list[Finding]:
    return list(
        plan.findings.select_related("fault", "by", "cleared_by").order_by("-seen_on", "-pk")
    )


def findings_and_remedies(plan: Plan) -> tuple[list[Finding], Remedies]:
    """The findings of ``findings_of``, and what the library names against their faults. One
    query."""
    named = plan.findings.select_related("fault", "by", "cleared_by")
    rows = named.annotate(helps=F("fault__remedies__drill"))
    ranked = list(rows.order_by("-seen_on", "-pk", "fault__remedies__position"))
    remedies = [(row.fault_id or 0, row.helps) for row in ranked if row.helps is not None]
    return list({row.pk: row for row in ranked}.values()), remedies


def newest_practice(plan: Plan, limit: int | None = ENTRIES) -> list[PracticeWithMorning]:
    """The newest entries with their latest morning, newest first.

    Corrected entries are among them. ``limit``: None = every entry.
    """
    rows = with_mornings(plan.practices.select_related("level__drill", "corrects", "by"))
    told = latest_mornings().annotate(carer=name_of_carer("by"))
    rows = rows.annotate(morning_carer=Subquery(told.values("carer")[:1]))
    return list(rows.order_by("-done_on", "-pk")[:limit])


def entries_of(practices: Sequence[PracticeWithMorning]) -> list[EvidenceEntry]:
    """The standing entries among these, oldest first; ``practices`` is newest first."""
    return [_evidence_entry(entry) for entry in _standing(practices)]


def _standing(practices: Sequence[PracticeWithMorning]) -> list[PracticeWithMorning]:
    """The entries that no other one among these corrects, oldest first."""
    corrected = {entry.corrects_id for entry in practices}
    return [entry for entry in reversed(practices) if entry.pk not in corrected]


def _evidence_entry(row: PracticeWithMorning) -> EvidenceEntry:
    """The entry, with whoever wrote it or told of its morning, if a carer did."""
    hands = (hand_of(row.by), written_by(vars(row)["morning_carer"] or ""))
    return replace(evidence_entry_of(row), hands=tuple(dict.fromkeys(filter(None, hands))))


def lifts_among(practices: Sequence[PracticeWithMorning]) -> list[Lifted]:
    """What the standing entries among these lifted, oldest first; ``practices`` is newest
    first."""
    lifted = (_lifted(entry) for entry in _standing(practices))
    return [one for one in lifted if one is not None]


def _lifted(entry: PracticeWithMorning) -> Lifted | None:
    felt = Felt(entry.pain, entry.morning_pain, entry.morning_worse, entry.band)
    return lifted_on(entry.done_on, entry.level.drill.name, entry.sets, felt)


def all_rows(plan: Plan) -> timeline.Rows:
    """The rows of a plan's whole timeline."""
    corrections = plan.practices.filter(corrects__isnull=False).select_related("corrects", "by")
    names = Level.objects.filter(rung__ladder_id=plan.ladder_id).select_related("drill")
    stops = stops_of(plan, plan.started_on)
    return timeline.Rows(
        reviews=reviews_of(plan),
        prescriptions=list(
            plan.prescriptions.select_related("level__drill", "by", "band").order_by("pk")
        ),
        made=arrangements.of_plan(plan),
        stops=of_timeline(plan, stops),
        reported=reported(read_reports(plan.patient, plan.started_on), stops, plan.clinic),
        findings=findings_of(plan),
        corrections=list(corrections),
        notes=notes_of_plan(plan),
        letters=letters_of_plan(plan),
        names={level.pk: str(level) for level in names},
    )

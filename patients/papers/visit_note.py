"""The visit note: plain text for the clinic's own record system.

It says what the clinic saw, decided and prescribed, and what it told the patient.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from patients.models import (
    Finding,
    Outcome,
    Pass,
    Patient,
    Plan,
    Practice,
    Prescription,
    Review,
    ReviewKind,
    Tick,
    Withdrawal,
    WithdrawalKind,
)
from patients.models.open_rung import open_position
from patients.record import timeline
from patients.record.queries import all_rows, stops_in_sight
from patients.record.reports import reported
from patients.standing import identity
from patients.standing.reports import read_reports
from patients.wording.days import full_day
from patients.wording.dosage import dosage_in_words
from patients.wording.marks import figure_in_words, placement_words, why_in_words

#: The lines of each part, by its title.
_Parts = dict[str, list[str]]


@dataclass(frozen=True)
class _Visit:
    plan: Plan
    day: date
    begins: datetime
    ends: datetime

    def of_day(self, rows: QuerySet[Any], column: str = "at") -> QuerySet[Any]:
        return rows.filter(**{f"{column}__gte": self.begins, f"{column}__lt": self.ends})


def plans_on(patient: Patient, day: date) -> list[Plan]:
    """The plans that ran on a day, older first. There are two if one followed the other."""
    plans = (
        patient.plans.filter(started_on__lte=day)
        .filter(Q(ended_on=None) | Q(ended_on__gte=day))
        .order_by("pk")
    )
    return list(
        plans.select_related("patient", "clinic", "ladder", "goal_rung", "assigned_by", "ended_by")
    )


def visit_note(plans: Sequence[Plan], day: date) -> str:
    """The note for one calendar day of the clinic, as things were at the end of that day.

    Each plan of the day has its own text. A part with nothing to say is left out. ``plans``: at
    least one plan of the same patient, older first.
    """
    lines: list[str] = []
    before: _Parts = {}
    for plan in plans:
        visit = _Visit(plan, day, *plan.clinic.day_span(day))
        parts = _parts(visit, last=plan is plans[-1])
        # A move copies rows with their day. What the older plan's text says is not repeated.
        older = before if plan.moved_from_id is not None else {}
        lines += ["", _head(visit), _place(visit)] if lines else [_head(visit), _place(visit)]
        for title, part in parts.items():
            new = [line for line in part if line not in older.get(title, [])]
            if new:
                lines += ["", f"{title}:", *(f"- {line}" for line in new)]
        before = parts
    if day == plans[-1].clinic.today():
        lines += _next_visit(plans[-1].patient)
    return "\n".join(lines) + "\n"


def _parts(visit: _Visit, *, last: bool) -> _Parts:
    """``last``: whether it is the last plan of the day, which tells of the patient as a whole."""
    told = list(_told(visit))
    return {
        _("Reported"): list(_reported(visit)) if last else [],
        _("Seen"): list(_seen(visit)),
        _("Ticked"): list(_ticked(visit)),
        _("Does not apply"): list(_set_aside(visit)),
        _("Decided and changed"): list(_decided(visit, told)),
        _("Prescribed"): list(_prescribed(visit)),
        _("Told the patient"): told,
    }


def _head(visit: _Visit) -> str:
    plan = visit.plan
    patient = plan.patient
    name = patient.formal_name or patient.name
    who = ", ".join(part for part in (name, identity.in_words(patient, visit.day)) if part)
    return _("Visit {day}: {patient}, {ladder}").format(
        day=full_day(visit.day), patient=who, ladder=plan.ladder.name
    )


def _place(visit: _Visit) -> str:
    goal = _goal(visit)
    rungs = {rung.position: rung for rung in visit.plan.ladder.rungs.order_by("position")}
    stood = Q(withdrawal=None) | Q(withdrawal__at__gte=visit.ends)
    reviews = Review.objects.filter(
        stood, plan=visit.plan, outcome=Outcome.PASSED, at__lt=visit.ends
    )
    passed = set(reviews.values_list("rung__position", flat=True))
    position = open_position(rungs, passed, goal)
    count = sum(goal is None or place <= goal for place in rungs)
    rung = rungs[position] if position is not None else None
    if rung is None:
        return _("Ladder complete up to the goal.")
    return _("Open rung: {rung}. Passed: {count} of {all}.").format(
        rung=rung.name, count=len(passed), all=count
    )


def _goal(visit: _Visit) -> int | None:
    """The position of the goal at the end of the day; None for the top."""
    later = visit.plan.goal_changes.filter(at__gte=visit.ends).select_related("before").first()
    goal = later.before if later else visit.plan.goal_rung
    return goal.position if goal else None


def _reported(visit: _Visit) -> Iterator[str]:
    """What the patient reported on that day, and what had come of it by its end."""
    patient = visit.plan.patient
    rows = read_reports(patient, visit.day)
    stops = stops_in_sight(patient, visit.day)
    logged = Practice.objects.filter(plan__patient=patient, done_on=visit.day).exists()
    practised = {visit.day} if logged else set()
    told = reported(rows, stops, visit.plan.clinic, practised=practised, until=visit.ends)
    for one in reversed(told):
        if one.day == visit.day:
            yield one.line.removesuffix(".")


def _seen(visit: _Visit) -> Iterator[str]:
    findings = visit.of_day(Finding.objects.filter(plan=visit.plan).select_related("fault"))
    for finding in findings:
        yield finding.fault.name if finding.fault else finding.words
    for finding in Finding.objects.filter(plan=visit.plan, cleared_on=visit.day).select_related(
        "fault"
    ):
        yield _("Gone: {fault}").format(
            fault=finding.fault.name if finding.fault else finding.words
        )


def _marked(visit: _Visit, *, applies: bool) -> QuerySet[Any]:
    """The marks of the day, each with whether its rung was passed by placement."""
    placed = Pass.objects.filter(
        plan=visit.plan, rung=OuterRef("criterion__rung"), review__kind=ReviewKind.PLACEMENT
    )
    ticks = Tick.objects.filter(plan=visit.plan, applies=applies).annotate(placed=Exists(placed))
    return visit.of_day(ticks.select_related("criterion__rung"))


def _ticked(visit: _Visit) -> Iterator[str]:
    """What was seen, as it was asked: a placement has words of its own."""
    for tick in _marked(visit, applies=True):
        asked = placement_words(tick.criterion) if tick.placed else tick.criterion.text
        seen = figure_in_words(tick.figure)
        words = f"{asked.removesuffix('.')}: {seen}" if seen else asked
        yield f"{tick.criterion.rung.name}: {words}"


def _set_aside(visit: _Visit) -> Iterator[str]:
    for tick in _marked(visit, applies=False):
        criterion = tick.criterion.text.removesuffix(".")
        yield f"{tick.criterion.rung.name}: {criterion}. {why_in_words(tick.why)}"


def _decided(visit: _Visit, told: Sequence[str]) -> Iterator[str]:
    """Every decision with its author, and with its reason unless the patient was told it."""
    for decision in timeline.of_day(visit.plan, all_rows(visit.plan), visit.day):
        title = f"{decision.title} ({decision.by})" if decision.by else decision.title
        reason = decision.words if decision.words not in told else ""
        yield ". ".join([title, *filter(None, [decision.detail, reason])])


def _prescribed(visit: _Visit) -> Iterator[str]:
    rows = Prescription.objects.filter(plan=visit.plan).select_related(
        "level__drill", "level__rung"
    )
    for prescription in visit.of_day(rows):
        yield f"{prescription.level}: {dosage_in_words(prescription)}"


def _told(visit: _Visit) -> Iterator[str]:
    """Everything written on that day that the patient reads."""
    standing = visit.plan.reviews.exclude(withdrawal__kind=WithdrawalKind.SLIP)
    for review in visit.of_day(standing.exclude(note="")):
        yield review.note
    withdrawn = Withdrawal.objects.filter(review__plan=visit.plan, cause=None)
    for withdrawal in visit.of_day(withdrawn.exclude(to_patient="")):
        yield withdrawal.to_patient
    for prescription in visit.of_day(visit.plan.prescriptions.exclude(word="")):
        yield prescription.word
    answered = visit.plan.stops.filter(answer__reopened_by=None).exclude(answer__word="")
    stops = visit.of_day(answered.select_related("answer"), "answer__at")
    # One press may answer several stops: its word is said once.
    words = {stop.answer.act_id or stop.answer.pk: stop.answer.word for stop in stops}
    yield from words.values()
    for message in visit.of_day(visit.plan.messages.filter(from_patient=False)):
        yield message.text


def _next_visit(patient: Patient) -> list[str]:
    if patient.next_visit is None:
        return []
    return ["", _("Next visit: {day}").format(day=full_day(patient.next_visit))]

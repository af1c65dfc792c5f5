"""The visit as plain text, for the clinic's own record system: what was seen, decided, prescribed
and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from patients.models import Finding, Outcome, Patient, Plan, Prescription, Review, Tick
from patients.models.open_rung import open_position
from patients.record import timeline
from patients.record.queries import all_rows
from patients.wording.days import full_day
from patients.wording.dosage import dosage_in_words

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
    """The plans that ran on a day, older first; two, when one followed the other on that day."""
    began = (
        patient.plans.filter(started_on__lte=day)
        .filter(Q(ended_on=None) | Q(ended_on__gte=day))
        .order_by("pk")
    )
    return list(
        began.select_related("patient", "clinic", "ladder", "goal_rung", "assigned_by", "ended_by")
    )


def visit_note(plans: Sequence[Plan], day: date) -> str:
    """Plain text of one calendar day of the clinic, as things stood at its end, each plan of the
    day by itself; a part without anything to say is left out. ``plans``: of one patient, older
    first, at least one."""
    lines: list[str] = []
    before: _Parts = {}
    for plan in plans:
        visit = _Visit(plan, day, *plan.clinic.day_span(day))
        parts = _parts(visit)
        # A move takes rows along with their day: what the older plan's part says is not said twice.
        said = before if plan.moved_from_id is not None else {}
        lines += ["", _head(visit), _standing(visit)] if lines else [_head(visit), _standing(visit)]
        for title, told in parts.items():
            found = [line for line in told if line not in said.get(title, [])]
            if found:
                lines += ["", f"{title}:", *(f"- {line}" for line in found)]
        before = parts
    if day == plans[-1].clinic.today():
        lines += _next_visit(plans[-1].patient)
    return "\n".join(lines) + "\n"


def _parts(visit: _Visit) -> _Parts:
    told = list(_told(visit))
    return {
        _("Seen"): list(_seen(visit)),
        _("Ticked"): list(_ticked(visit)),
        _("Decided and changed"): list(_decided(visit, told)),
        _("Prescribed"): list(_prescribed(visit)),
        _("Told the patient"): told,
    }


def _head(visit: _Visit) -> str:
    plan, day = visit.plan, full_day(visit.day)
    return _("Visit {day}: {patient}, {ladder}").format(
        day=day, patient=plan.patient.name, ladder=plan.ladder.name
    )


def _standing(visit: _Visit) -> str:
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
    """Position of the goal at the end of the day; None = the top."""
    later = visit.plan.goal_changes.filter(at__gte=visit.ends).select_related("before").first()
    goal = later.before if later else visit.plan.goal_rung
    return goal.position if goal else None


def _seen(visit: _Visit) -> Iterator[str]:
    noted = visit.of_day(Finding.objects.filter(plan=visit.plan).select_related("fault"))
    for finding in noted:
        yield finding.fault.name if finding.fault else finding.words
    for finding in Finding.objects.filter(plan=visit.plan, cleared_on=visit.day).select_related(
        "fault"
    ):
        yield _("Gone: {fault}").format(
            fault=finding.fault.name if finding.fault else finding.words
        )


def _ticked(visit: _Visit) -> Iterator[str]:
    ticks = visit.of_day(
        Tick.objects.filter(plan=visit.plan).select_related("criterion", "criterion__rung", "by")
    )
    for tick in ticks:
        yield f"{tick.criterion.rung.name}: {tick.criterion.text}"


def _decided(visit: _Visit, told: Sequence[str]) -> Iterator[str]:
    """Every decision with who made it, and its reason unless the patient was told that."""
    for one in timeline.of_day(visit.plan, all_rows(visit.plan), visit.day):
        title = f"{one.title} ({one.by})" if one.by else one.title
        yield ". ".join(
            [title, *filter(None, [one.detail, one.words if one.words not in told else ""])]
        )


def _prescribed(visit: _Visit) -> Iterator[str]:
    rows = Prescription.objects.filter(plan=visit.plan).select_related(
        "level__drill", "level__rung"
    )
    for one in visit.of_day(rows):
        yield f"{one.level}: {dosage_in_words(one)}"


def _told(visit: _Visit) -> Iterator[str]:
    """Every word of that day that the patient reads."""
    for review in visit.of_day(visit.plan.reviews.exclude(note="")):
        yield review.note
    for one in visit.of_day(visit.plan.prescriptions.exclude(word="")):
        yield one.word
    for stop in visit.of_day(
        visit.plan.stops.exclude(answer__word="").select_related("answer"), "answer__at"
    ):
        yield stop.answer.word
    for message in visit.of_day(visit.plan.messages.filter(from_patient=False)):
        yield message.text


def _next_visit(patient: Patient) -> list[str]:
    if patient.next_visit is None:
        return []
    return ["", _("Next visit: {day}").format(day=full_day(patient.next_visit))]

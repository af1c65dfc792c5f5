"""The visit as plain text, for the clinic's own record system: what was seen, decided, prescribed and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from patients import dosage, entries
from patients.models import Finding, Outcome, Patient, Plan, Prescription, Review, Tick


@dataclass(frozen=True)
class _Visit:
    plan: Plan
    day: date
    begins: datetime
    ends: datetime

    def of_day(self, rows: QuerySet[Any], column: str = "at") -> QuerySet[Any]:
        return rows.filter(**{f"{column}__gte": self.begins, f"{column}__lt": self.ends})


def visit_note(plan: Plan, day: date) -> str:
    """Plain text of one calendar day of the clinic; a part without anything to say is left out."""
    visit = _Visit(plan, day, *entries.day_span(plan, day))
    parts = [
        (_("Seen"), _seen(visit)),
        (_("Ticked"), _ticked(visit)),
        (_("Decided"), _decided(visit)),
        (_("Prescribed"), _prescribed(visit)),
        (_("Told the patient"), _told(visit)),
    ]
    lines = [_head(plan, day), *_standing(plan)]
    for title, said in parts:
        found = list(said)
        if found:
            lines += ["", f"{title}:", *(f"- {line}" for line in found)]
    lines += _next_visit(plan.patient)
    return "\n".join(lines) + "\n"


def _head(plan: Plan, day: date) -> str:
    return _("Visit {day}: {patient}, {ladder}").format(
        day=formats.date_format(day, "j F Y"), patient=plan.patient.name, ladder=plan.ladder.name
    )


def _standing(plan: Plan) -> Iterator[str]:
    rung = plan.open_rung
    passed = len(plan.passed_rungs)
    yield (
        _("Open rung: {rung}. Passed: {count} of {all}.").format(rung=rung.name, count=passed, all=plan.rungs().count())
        if rung
        else _("Ladder complete up to the goal.")
    )


def _seen(visit: _Visit) -> Iterator[str]:
    noted = visit.of_day(Finding.objects.filter(plan=visit.plan).select_related("fault"))
    for finding in noted:
        yield finding.fault.name if finding.fault else finding.words
    for finding in Finding.objects.filter(plan=visit.plan, cleared_on=visit.day).select_related("fault"):
        yield _("Gone: {fault}").format(fault=finding.fault.name if finding.fault else finding.words)


def _ticked(visit: _Visit) -> Iterator[str]:
    ticks = visit.of_day(Tick.objects.filter(plan=visit.plan).select_related("criterion", "criterion__rung", "by"))
    for tick in ticks:
        yield f"{tick.criterion.rung.name}: {tick.criterion.text}"


def _decided(visit: _Visit) -> Iterator[str]:
    for review in visit.of_day(Review.objects.filter(plan=visit.plan).select_related("rung", "by")):
        said = _("Passed: {rung}") if review.outcome == Outcome.PASSED else _("Not yet: {rung}")
        yield f"{said.format(rung=review.rung.name)} ({review.by.name})"
    withdrawn = visit.of_day(
        Review.objects.filter(plan=visit.plan, withdrawal__isnull=False).select_related("rung", "withdrawal"),
        "withdrawal__at",
    )
    for review in withdrawn:
        yield _("Withdrawn: {rung}. {reason}").format(rung=review.rung.name, reason=review.withdrawal.reason)


def _prescribed(visit: _Visit) -> Iterator[str]:
    rows = Prescription.objects.filter(plan=visit.plan).select_related("level__drill", "level__rung")
    for one in visit.of_day(rows):
        yield f"{one.level}: {dosage.in_words(one)}"


def _told(visit: _Visit) -> Iterator[str]:
    """Every word of that day that the patient reads."""
    for review in visit.of_day(visit.plan.reviews.exclude(note="")):
        yield review.note
    for one in visit.of_day(visit.plan.prescriptions.exclude(word="")):
        yield one.word
    for stop in visit.of_day(visit.plan.stops.exclude(answer__word="").select_related("answer"), "answer__at"):
        yield stop.answer.word
    for message in visit.of_day(visit.plan.messages.filter(from_patient=False)):
        yield message.text


def _next_visit(patient: Patient) -> list[str]:
    if patient.next_visit is None:
        return []
    return ["", _("Next visit: {day}").format(day=formats.date_format(patient.next_visit, "j F Y"))]

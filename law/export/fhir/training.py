"""Plans, doses, practice and gates as FHIR R4 resources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from law import reach
from law.export.fhir.parts import PAIN, Resource, at, key, notes, our_code, refer, who
from patients.models import (
    Activity,
    Finding,
    Morning,
    Patient,
    Plan,
    Practice,
    Prescription,
    Rating,
    Review,
    UsualPain,
)
from patients.wording.dosage import whole_dose
from patients.wording.stops import fault_in_words

Maker = Callable[[Any], Resource]


def training(patient: Patient) -> Iterator[Resource]:
    about = {"subject": refer("Patient", patient)}
    for model, make, joined in _MAKERS:
        for row in reach.rows_of(patient, model).select_related(*joined):
            yield from (one | about for one in _all(make(row)))


def _all(made: Resource | list[Resource]) -> list[Resource]:
    return made if isinstance(made, list) else [made]


def _plan(plan: Plan) -> Resource:
    ended = plan.ended_on.isoformat() if plan.ended_on else None
    return {
        "resourceType": "CarePlan",
        "id": key(plan),
        "status": "completed" if ended else "active",
        "intent": "plan",
        "title": str(plan.ladder),
        "period": {"start": plan.started_on.isoformat(), "end": ended},
        "author": who(plan.assigned_by),
    }


def _prescription(dose: Prescription) -> Resource:
    return {
        "resourceType": "ServiceRequest",
        "id": key(dose),
        "status": "active",
        "intent": "order",
        "code": {"text": str(dose.level)},
        "basedOn": [refer("CarePlan", dose.plan)],
        "authoredOn": at(dose.at),
        "requester": who(dose.by),
        "patientInstruction": whole_dose(dose),
        "note": notes(dose.word, dose.max_depth, dose.reason, dose.why_more),
    }


def _practice(entry: Practice) -> list[Resource]:
    replaced = hasattr(entry, "corrected_by")
    done: Resource = {
        "resourceType": "Procedure",
        "id": key(entry),
        "status": "entered-in-error" if replaced else "completed",
        "code": {"text": str(entry.level)},
        "basedOn": [refer("CarePlan", entry.plan)],
        "performedDateTime": entry.done_on.isoformat(),
        "recorder": who(entry.by),
        "note": notes(_sets(entry.sets), entry.note),
    }
    told = (("during", entry.pain), ("before", entry.before))
    return [done, *(_pain(entry, when, number, replaced) for when, number in told)]


def _sets(sets: list[dict[str, Any]]) -> str:
    return "; ".join(
        ", ".join(f"{name} {value}" for name, value in one.items() if value is not None)
        for one in sets
    )


def _pain(row: Any, when: str, number: int | None, replaced: bool = False) -> Resource:
    """One number of pain. A number that nobody told is said to be unknown: it is never zero."""
    day = row.done_on.isoformat() if isinstance(row, Practice) else at(row.at)
    value: Resource = {"valueInteger": number}
    if number is None:
        absent = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
        value = {"dataAbsentReason": {"coding": [{"system": absent, "code": "unknown"}]}}
    return {
        "resourceType": "Observation",
        "id": f"{key(row)}-{when}",
        "status": "entered-in-error" if replaced else "final",
        "code": {"coding": [PAIN], "text": f"Pain, {when}"},
        "effectiveDateTime": day,
        "performer": [who(row.by)],
        **value,
    }


def _morning(row: Morning) -> Resource:
    return _pain(row, "morning", row.pain)


def _usual(row: UsualPain) -> Resource:
    return _pain(row, "usual", row.pain) | {"note": notes(row.word)}


def _review(review: Review) -> Resource:
    withdrawn = hasattr(review, "withdrawal")
    words = f"{review.rung}: {review.get_outcome_display()}, {review.get_kind_display()}"
    return {
        "resourceType": "ClinicalImpression",
        "id": key(review),
        "status": "entered-in-error" if withdrawn and review.withdrawal.is_slip else "completed",
        "code": our_code("gate", "Decision at a gate"),
        "date": at(review.at),
        "assessor": who(review.by),
        "summary": words,
        "note": notes(
            review.note,
            f"Withdrawn: {review.withdrawal.get_kind_display()}" if withdrawn else "",
        ),
    }


def _finding(finding: Finding) -> Resource:
    return {
        "resourceType": "Observation",
        "id": key(finding),
        "status": "final",
        "code": our_code("fault", fault_in_words(finding) or "Fault"),
        "effectivePeriod": {
            "start": finding.seen_on.isoformat(),
            "end": finding.cleared_on.isoformat() if finding.cleared_on else None,
        },
        "performer": [who(finding.by)],
        "valueBoolean": True,
    }


def _activity(activity: Activity) -> Resource:
    return {
        "resourceType": "Goal",
        "id": key(activity),
        "lifecycleStatus": "completed" if activity.ended_at else "active",
        "description": {"text": activity.words or "Activity"},
        "startDate": activity.at.date().isoformat(),
    }


def _rating(rating: Rating) -> Resource:
    words = rating.activity.words or "Activity"
    return {
        "resourceType": "Observation",
        "id": key(rating),
        "status": "final",
        "code": our_code("activity", f"How it goes, 0 to 10: {words}"),
        "focus": [refer("Goal", rating.activity)],
        "effectiveDateTime": rating.day.isoformat(),
        "performer": [who(rating.by)],
        "valueInteger": rating.score,
    }


_MAKERS: tuple[tuple[type[models.Model], Callable[[Any], Any], tuple[str, ...]], ...] = (
    (Plan, _plan, ("ladder", "assigned_by")),
    (Prescription, _prescription, ("level__drill", "by", "plan", "band")),
    (Practice, _practice, ("level__drill", "by__patient", "plan", "corrected_by")),
    (Morning, _morning, ("by__patient",)),
    (UsualPain, _usual, ("by__patient",)),
    (Review, _review, ("rung", "by", "withdrawal")),
    (Finding, _finding, ("fault", "by")),
    (Activity, _activity, ()),
    (Rating, _rating, ("activity", "by__patient")),
)

"""Reads which faults were seen, which of them went, and what was practised meanwhile. Two queries.

It counts and compares nothing: that a fault went after a drill does not say that it went by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from patients.models import Finding, Practice
from patients.numbers.small import DAYS, Spread, middle, people
from patients.numbers.wanted import Wanted


class _Seen(NamedTuple):
    """The newest finding of a fault in one patient."""

    pk: int
    fault: str
    seen_on: date
    cleared_on: date | None


def faults(wanted: Wanted) -> tuple[list[list[Any]], dict[str, Spread]]:
    """Of each fault: its slug, in how many people it was seen, in how many not any more, and the
    drills that help with it; as they may be shown, most people first. And the spread of days until
    it was not seen any more, by slug.

    A drill: its slug, how many of these people practised it while the fault stood, and in how many
    of them it is not seen any more.
    """
    findings = _findings(wanted)
    columns = ("plan__patient_id", "pk", "fault__slug", "seen_on", "cleared_on")
    newest = {
        (patient, seen.fault): seen
        for patient, seen in (
            (patient, _Seen(*row))
            for patient, *row in findings.order_by("seen_on", "pk").values_list(*columns)
        )
    }
    by_fault: dict[str, list[_Seen]] = defaultdict(list)
    for seen in newest.values():
        by_fault[seen.fault].append(seen)
    drills = _practised(findings, wanted.today)
    rows = [
        [fault, people(len(seen)), people(len(_gone(seen))), _drills(seen, drills)]
        for fault, seen in by_fault.items()
    ]
    shown = [row for row in rows if row[1] is not None]
    spreads = {fault: middle(_gone(seen), DAYS) for fault, seen in by_fault.items()}
    return (
        sorted(shown, key=lambda row: (-row[1], row[0])),
        {fault: spread for fault, spread in spreads.items() if spread is not None},
    )


def _gone(seen: Iterable[_Seen]) -> list[int]:
    """The days until it was not seen any more, of those in whom it is not."""
    return [(one.cleared_on - one.seen_on).days for one in seen if one.cleared_on is not None]


def _drills(seen: Iterable[_Seen], drills: Mapping[int, list[str]]) -> list[list[Any]]:
    did: dict[str, list[_Seen]] = defaultdict(list)
    for one in seen:
        for drill in drills.get(one.pk, ()):
            did[drill].append(one)
    counted = [
        (people(len(by)), drill, people(sum(one.cleared_on is not None for one in by)))
        for drill, by in did.items()
    ]
    shown = [row for row in counted if row[0] is not None]
    ordered = sorted(shown, key=lambda row: (-(row[0] or 0), row[1]))
    return [[drill, count, gone] for count, drill, gone in ordered]


def _findings(wanted: Wanted) -> QuerySet[Finding]:
    """The faults of the library that were seen in the period. What a clinic wrote in words is not
    counted. One that stands goes along to the plan that follows as a newer row."""
    in_period = {"fault__isnull": False, "seen_on__gte": wanted.since}
    return Finding.objects.filter(wanted.of_plan("plan"), **in_period).order_by()


def _practised(findings: QuerySet[Finding], today: date) -> dict[int, list[str]]:
    """Of each finding the drills that are recommended for its fault, and that the patient practised
    from the day on which it was seen until it was cleared."""
    entries = Practice.objects.filter(
        plan__patient=OuterRef("plan__patient"),
        level__drill=OuterRef("drill"),
        done_on__gte=OuterRef("seen_on"),
        done_on__lte=Coalesce(OuterRef("cleared_on"), today),
        corrected_by__isnull=True,
    )
    recommended = findings.annotate(
        drill=F("fault__remedies__drill"), slug=F("fault__remedies__drill__slug")
    )
    found: dict[int, list[str]] = defaultdict(list)
    for finding, slug in recommended.filter(Exists(entries)).values_list("pk", "slug"):
        found[finding].append(slug)
    return found

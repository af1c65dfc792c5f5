"""What waits at many patients, and which rungs their plans have passed. One query.

Each of these is a row or two of a patient, in a table of its own. Asked one by one they would be
most of the queries of a refresh.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any, NamedTuple

from django.db.models import Case, CharField, DateField, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast

from accounts.models import PhoneLink
from accounts.prepared import Prepared
from patients.models import (
    CaseloadPlace,
    Message,
    Pass,
    ReviewRequest,
    Stop,
    Withdrawal,
)
from patients.models.stops import severity_of
from patients.standing.follow_up import NextLook, looks_told
from patients.standing.usual_pain import waiting

#: The class of the caseload in which a stop of this severity stands.
STOP_PLACES = (
    CaseloadPlace.STOP_NOW,
    CaseloadPlace.STOP_URGENT,
    CaseloadPlace.STOP_LEG,
    CaseloadPlace.STOP_HIGH,
    CaseloadPlace.STOP,
    CaseloadPlace.BELOW_KNEE,
)
#: By plan and position of the rung.
Moments = dict[int, dict[int, datetime]]


@dataclass
class Waiting:
    """``unread``: by patient, when the oldest unread message was written
    ``read_first``: by patient, when the oldest unread message to read first was written
    ``links``: by user, when an unopened link was issued
    ``asked``: by plan, when the patient asked for the review that is still open
    ``stops``: by patient, the class of the worst unanswered stop, and when the oldest of it was
    made
    ``looks``: by patient, what was said last of looking again
    ``usual_up``: by patient, when a usual pain was told that nobody has seen
    ``passed``: by plan and position of the rung, when the rung was passed
    ``lost``: by plan and position of the rung, when its pass was last withdrawn
    """

    unread: dict[int, datetime] = field(default_factory=dict)
    read_first: dict[int, datetime] = field(default_factory=dict)
    links: dict[int, datetime] = field(default_factory=dict)
    asked: dict[int, datetime] = field(default_factory=dict)
    stops: dict[int, tuple[CaseloadPlace, datetime]] = field(default_factory=dict)
    looks: dict[int, NextLook] = field(default_factory=dict)
    usual_up: dict[int, datetime] = field(default_factory=dict)
    passed: Moments = field(default_factory=dict)
    lost: Moments = field(default_factory=dict)


class _Kind(IntEnum):
    MESSAGE = 1
    LINK = 2
    ASKED = 3
    STOP = 4
    LOOK = 5
    USUAL_UP = 6
    PASSED = 7
    LOST = 8


class _Row(NamedTuple):
    """A row of the union.

    ``whose``: the id of the patient, the user or the plan
    ``cause``: of a stop
    ``number``: of a message, 1 when it is read first; of a stop, 1 when the pain was high; the
    position of a rung
    ``day``: the day that was named for looking again
    """

    kind: int
    whose: int
    at: datetime
    cause: str
    number: int
    day: date | None


def waiting_at(
    patients: Collection[int], users: Collection[int], plans: Collection[int]
) -> Waiting:
    """``users``: the accounts of the patients; ``plans``: their running plans."""
    found = Waiting()
    # The oldest first: of two moments the later one is kept where the last one counts.
    rows = map(_Row._make, _ROWS(patients=patients, users=users, plans=plans))
    for row in sorted(rows, key=lambda row: row.at):
        _keep(found, row)
    return found


def _keep(found: Waiting, row: _Row) -> None:
    if row.kind == _Kind.MESSAGE:
        found.unread.setdefault(row.whose, row.at)
        if row.number:
            found.read_first.setdefault(row.whose, row.at)
    elif row.kind == _Kind.STOP:
        stop = (STOP_PLACES[severity_of(row.cause, high=bool(row.number))], row.at)
        found.stops[row.whose] = min(found.stops.get(row.whose, stop), stop)
    elif row.kind == _Kind.LOOK:
        found.looks[row.whose] = NextLook(row.at, row.day)
    elif row.kind in (_Kind.PASSED, _Kind.LOST):
        moments = found.passed if row.kind == _Kind.PASSED else found.lost
        moments.setdefault(row.whose, {})[row.number] = row.at
    elif row.kind == _Kind.ASKED:
        found.asked.setdefault(row.whose, row.at)
    else:
        by = found.links if row.kind == _Kind.LINK else found.usual_up
        by[row.whose] = row.at


def _rows(patients: list[int], users: list[int], plans: list[int]) -> QuerySet[Any, Any]:
    first, *others = _kinds(patients, users, plans)
    return first.union(*others, all=True)


def _kinds(patients: list[int], users: list[int], plans: list[int]) -> Iterator[QuerySet[Any, Any]]:
    unread = Message.objects.filter(patient__in=patients, from_patient=True, read_at__isnull=True)
    yield _of(_Kind.MESSAGE, unread, "patient", number=_flag("read_first"))
    alive = PhoneLink.objects.filter(user__in=users, revoked_at=None)
    unopened = alive.filter(first_used_at=None, pin_hash="")
    yield _of(_Kind.LINK, unopened, "user", "issued_at")
    asked = ReviewRequest.objects.filter(plan__in=plans, closed_at__isnull=True)
    yield _of(_Kind.ASKED, asked, "plan")
    stops = Stop.objects.unanswered().filter(patient__in=patients)
    cause = Cast("cause", CharField(max_length=10))
    yield _of(_Kind.STOP, stops, "patient", number=_flag("high"), cause=cause)
    answers, looks = looks_told()
    answered = answers.filter(stop__patient__in=patients)
    yield _of(_Kind.LOOK, answered, "stop__patient", day="look_again_on")
    yield _of(_Kind.LOOK, looks.filter(patient__in=patients), "patient", day="look_again_on")
    yield _of(_Kind.USUAL_UP, waiting().filter(patient__in=patients), "patient")
    passes = Pass.objects.filter(plan__in=plans)
    position = Cast("rung__position", IntegerField())
    yield _of(_Kind.PASSED, passes, "plan", "review__at", number=position)
    lost = Withdrawal.objects.lost().filter(review__plan__in=plans)
    position = Cast("review__rung__position", IntegerField())
    yield _of(_Kind.LOST, lost, "review__plan", number=position)


def _of(
    kind: _Kind,
    rows: QuerySet[Any],
    whose: str,
    at: str = "at",
    *,
    cause: Cast | None = None,
    number: Case | Cast | None = None,
    day: str | None = None,
) -> QuerySet[Any, Any]:
    """The columns of ``_Row``, in its order. A union takes the types of its first part."""
    return rows.order_by().values_list(
        Cast(Value(kind.value), IntegerField()),
        whose,
        at,
        cause or Cast(Value(""), CharField(max_length=10)),
        number or Cast(Value(0), IntegerField()),
        day or Cast(Value(None), DateField()),
    )


def _flag(column: str) -> Case:
    return Case(
        When(**{column: True}, then=Value(1)), default=Value(0), output_field=IntegerField()
    )


_ROWS: Prepared[Any, Any] = Prepared(_rows, patients=list, users=list, plans=list)

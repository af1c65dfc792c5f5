"""What waits at the patients of a caseload: the stop, the message or the request that is quoted;
and when the clinic wrote last to those to whom it may write together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact

from accounts.prepared import Prepared
from patients.caseload.reasons import OpenMatter
from patients.models import (
    CaseloadPlace,
    Message,
    Morning,
    Practice,
    Report,
    ReviewRequest,
    Screening,
    ScreeningOutcome,
    Stop,
    StopCause,
    StopTry,
    UsualPain,
)
from patients.models.stops import CONTACT_CAUSES, HIGH_PAIN, SEVERITY
from patients.standing.usual_pain import waiting

if TYPE_CHECKING:
    from patients.caseload.summary_row import SummaryRow

#: The classes whose reason quotes another row, and which.
SPEAKING: dict[CaseloadPlace, type[Stop | Message | ReviewRequest | UsualPain]] = {
    CaseloadPlace.STOP_NOW: Stop,
    CaseloadPlace.STOP_URGENT: Stop,
    CaseloadPlace.STOP_LEG: Stop,
    CaseloadPlace.STOP_HIGH: Stop,
    CaseloadPlace.STOP: Stop,
    CaseloadPlace.BELOW_KNEE: Stop,
    CaseloadPlace.USUAL_UP: UsualPain,
    CaseloadPlace.READ_FIRST: Message,
    CaseloadPlace.UNREAD: Message,
    CaseloadPlace.ASKED: ReviewRequest,
}
#: The classes whose patients may be written to together, each by a message of their own, by the key
#: in the address.
TOGETHER = {"quiet": CaseloadPlace.QUIET, "ready": CaseloadPlace.READY}


def of_rows(
    summaries: Sequence[SummaryRow], places: Mapping[int, CaseloadPlace | None]
) -> Mapping[int, OpenMatter]:
    """The matter of each patient whose reason quotes one, by the patient's id."""
    written = [row.patient_id for row in summaries if places[row.patient_id] in TOGETHER.values()]
    return _words(_speaking(summaries, places), written)


def _speaking(
    summaries: Sequence[SummaryRow], places: Mapping[int, CaseloadPlace | None]
) -> dict[type, list[int]]:
    """The patients whose reason quotes another row, by what that row is."""
    patients: dict[type, list[int]] = {quoted: [] for quoted in SPEAKING.values()}
    for row in summaries:
        place = places[row.patient_id]
        if place in SPEAKING:
            patients[SPEAKING[place]].append(row.patient_id)
    return patients


def _words(
    patients: Mapping[type, Sequence[int]], written: Sequence[int]
) -> Mapping[int, OpenMatter]:
    """The worst matter of each patient, or else the oldest, in one query."""
    if not written and not any(patients.values()):
        return {}
    rows = _MATTERS(
        stopped=patients[Stop],
        wrote=patients[Message],
        asked=patients[ReviewRequest],
        told=patients[UsualPain],
        written=written,
    )
    matters: dict[int, OpenMatter] = {}
    for row in sorted(map(_Row._make, rows), key=_worst_then_oldest):
        matters.setdefault(row.patient_id, _matter(row))
    return matters


def _union(
    stopped: list[int], wrote: list[int], asked: list[int], told: list[int], written: list[int]
) -> QuerySet[Any, Any]:
    """What is quoted of these patients. It filters by patient, which has an index."""
    unread = Message.objects.filter(from_patient=True, read_at__isnull=True)
    marked = unread.filter(patient=OuterRef("patient"), read_first=True)
    messages = unread.filter(Q(read_first=True) | ~Exists(marked), patient__in=wrote)
    requests = ReviewRequest.objects.filter(plan__patient__in=asked, closed_at__isnull=True)
    usual = waiting().filter(patient__in=told)
    no_pain = Cast(Value(None), IntegerField())
    return _stops(stopped).union(
        _matters(messages, "patient", "text", no_pain, barred=_barred()),
        _matters(requests, "plan__patient", "words", no_pain),
        _matters(usual, "patient", "word", Cast("pain", IntegerField())),
        _matters(_newest_of_ours(written), "patient", "text", no_pain),
        all=True,
    )


def _newest_of_ours(patients: list[int]) -> QuerySet[Message]:
    """The newest message of the clinic to each of these patients."""
    ours = Message.objects.filter(from_patient=False)
    later = ours.filter(patient=OuterRef("patient"), pk__gt=OuterRef("pk"))
    return ours.filter(~Exists(later), patient__in=patients)


_MATTERS: Prepared[Any, Any] = Prepared(
    _union, stopped=list, wrote=list, asked=list, told=list, written=list
)


class _Row(NamedTuple):
    """A row of the union. Only of a stop: ``high``, ``kinds`` as JSON, ``back`` and ``tried``; of a
    stop and of a message: ``barred``.

    ``high``: 1 where it comes before others of its cause
    """

    patient_id: int
    at: datetime
    text: str
    pain: int | None
    high: int
    kinds: str | None
    back: int
    tried: int
    barred: int


def _worst_then_oldest(row: _Row) -> tuple[int, int, datetime]:
    return row.patient_id, HIGH_PAIN if row.high else SEVERITY.get(row.text, 0), row.at


def _matter(row: _Row) -> OpenMatter:
    kinds = json.loads(row.kinds or "[]")
    return OpenMatter(row.text, row.pain, row.at, kinds, *map(bool, row[6:]))


def _stops(patients: Sequence[int]) -> QuerySet[Any, Any]:
    """What waits at these patients, with its signs, and whether it was taken back or tried."""
    morning = (
        Morning.objects.filter(practice=OuterRef("practice")).order_by("-pk").values("pain")[:1]
    )
    of_morning = When(cause=StopCause.MORNING, then=Subquery(morning))
    told = Case(of_morning, default=Coalesce(F("report__pain"), F("practice__pain")))
    entries = Practice.objects.standing().filter(
        plan=OuterRef("practice__plan"), done_on=OuterRef("practice__done_on")
    )
    another = Exists(entries.exclude(leg=OuterRef("practice__leg")))
    back = another | Exists(Report.objects.filter(takes_back=OuterRef("report")))
    tries = StopTry.objects.filter(
        Q(stop__answer__isnull=True) | Q(stop__cause=OuterRef("cause"), stop__at=OuterRef("at")),
        stop__patient=OuterRef("patient"),
    )
    return _matters(
        Stop.objects.unanswered().filter(patient__in=patients),
        "patient",
        "cause",
        Cast(told, IntegerField()),
        Cast("high", IntegerField()),
        Cast("report__kinds", CharField(max_length=1000)),
        _flag(Q(back, cause__in=CONTACT_CAUSES)),
        _flag(Q(Exists(tries))),
        barred=_barred(),
    )


def _barred() -> Case:
    """Whether the latest screening does not clear the patient."""
    outcome = Screening.objects.newest_of(OuterRef("patient")).values("outcome")[:1]
    return _flag(Q(Exact(Subquery(outcome), Value(ScreeningOutcome.NOT_CLEARED))))


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _matters(
    rows: QuerySet[Any],
    whose: str,
    column: str,
    pain: Cast,
    *of_a_stop: Any,
    barred: Case | None = None,
) -> QuerySet[Any, Any]:
    """``of_a_stop``: the columns that only a stop has."""
    text = Cast(column, CharField(max_length=1000))
    nothing = Cast(Value(0), IntegerField())
    no_text = Cast(Value(None), CharField(max_length=1000))
    rest = of_a_stop or (nothing, no_text, nothing, nothing)
    return rows.order_by().values_list(whose, "at", text, pain, *rest, barred or nothing)

"""What waits at the patients of a caseload: the stop, the message or the request that is quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

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

from patients.caseload.reasons import OpenMatter
from patients.models import (
    CaseloadPlace,
    Message,
    Morning,
    ReviewRequest,
    Stop,
    StopCause,
    UsualPain,
)
from patients.models.stops import HIGH_PAIN, SEVERITY
from patients.standing.usual_pain import waiting

if TYPE_CHECKING:
    from patients.caseload.order import SummaryRow

#: The classes whose reason quotes another row, and which.
SPEAKING: dict[CaseloadPlace, type[Stop | Message | ReviewRequest | UsualPain]] = {
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


def of_rows(
    summaries: Sequence[SummaryRow], places: Mapping[int, CaseloadPlace | None]
) -> Mapping[int, OpenMatter]:
    """The matter of each patient whose reason quotes one, by the patient's id."""
    return _words(_speaking(summaries, places))


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


def _words(patients: Mapping[type, Sequence[int]]) -> Mapping[int, OpenMatter]:
    """The worst matter of each patient, or else the oldest, in one query.

    It filters by patient, which has an index.
    """
    stops = Stop.objects.unanswered().filter(patient__in=patients[Stop])
    unread = Message.objects.filter(from_patient=True, read_at__isnull=True)
    marked = unread.filter(patient=OuterRef("patient"), read_first=True)
    messages = unread.filter(Q(read_first=True) | ~Exists(marked), patient__in=patients[Message])
    requests = ReviewRequest.objects.filter(
        plan__patient__in=patients[ReviewRequest], closed_at__isnull=True
    )
    usual = waiting().filter(patient__in=patients[UsualPain])
    no_pain = Cast(Value(None), IntegerField())
    morning = (
        Morning.objects.filter(practice=OuterRef("practice")).order_by("-pk").values("pain")[:1]
    )
    of_morning = When(cause=StopCause.MORNING, then=Subquery(morning))
    told = Case(of_morning, default=Coalesce(F("report__pain"), F("practice__pain")))
    pain = Cast(told, IntegerField())
    high = Cast("high", IntegerField())
    union = _matters(stops, "patient", "cause", pain, high).union(
        _matters(messages, "patient", "text", no_pain),
        _matters(requests, "plan__patient", "words", no_pain),
        _matters(usual, "patient", "word", Cast("pain", IntegerField())),
        all=True,
    )
    matters: dict[int, OpenMatter] = {}
    for patient_id, _at, text, pain, _high in sorted(union, key=_worst_then_oldest):
        matters.setdefault(patient_id, OpenMatter(text, pain))
    return matters


def _worst_then_oldest(
    row: tuple[int, datetime, str, int | None, int],
) -> tuple[int, int, datetime]:
    patient_id, at, text, _pain, high = row
    return patient_id, HIGH_PAIN if high else SEVERITY.get(text, 0), at


def _matters(
    rows: QuerySet[Any], whose: str, column: str, pain: Cast, high: Cast | None = None
) -> QuerySet[Any, Any]:
    """``high``: 1 where a stop comes before others of its cause."""
    text = Cast(column, CharField(max_length=1000))
    high = high or Cast(Value(0), IntegerField())
    return rows.order_by().values_list(whose, "at", text, pain, high)

"""A page of the caseload as the clinician sees it: rows with their reason, rung, practice and pain.
Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.safestring import SafeString

from accounts.models import Clinic
from accounts.parsing import row_id
from curriculum.models import Rung
from patients.caseload import last_two_weeks, namesakes, order
from patients.caseload.order import PAGE, CaseloadPlace, Cursor, Wanted
from patients.caseload.reasons import HEADINGS, Heading, KnownMatters, OpenMatter, Reason, reason_of
from patients.models import (
    BandCode,
    Effort,
    Message,
    Morning,
    PatientSummary,
    Pause,
    ReviewRequest,
    Schedule,
    Stop,
    StopCause,
)
from patients.models.names import search_words
from patients.pictures.marks import DID, MISS, PART, Mark, empty_mark
from patients.pictures.sparkline import sparkline
from patients.rules.periods import CASELOAD_DAYS
from patients.standing.calendar import Calendar, Paused, Scheduled, make_calendar
from patients.wording.days import day_words

if TYPE_CHECKING:
    from patients.caseload.order import SummaryRow

#: How much of the dose an entry that had to stop stands for in a picture.
STOPPED_EARLY = 0.55
#: Places whose reason is in the words, or the number, of a row of its own.
SPEAKING = (CaseloadPlace.STOP, CaseloadPlace.UNREAD, CaseloadPlace.ASKED)
TONES = {BandCode.FINE.value: "ok", BandCode.EASE.value: "warn", BandCode.STOP.value: "stop"}


@dataclass(frozen=True)
class CaseloadRow:
    """``spark``: the last 14 days as a picture; ``did`` of ``planned`` days; ``pain`` empty = not
    reported. Numbers are text already: there are hundreds on a page. ``apart``: what tells it
    from another of the same name."""

    patient_id: int
    name: str
    lead_name: str
    place: CaseloadPlace | None
    reason: Reason
    rung: Rung | None
    top: int
    complete: bool
    spark: SafeString | None
    did: str
    planned: str
    pain: str
    pain_tone: str
    practised: str
    apart: str = ""


class Group(NamedTuple):
    """``complete``: every patient of the class is on this page."""

    place: CaseloadPlace
    heading: Heading
    rows: list[CaseloadRow]
    complete: bool


@dataclass(frozen=True)
class Found:
    """Rows found by name, on track or discharged alike; ``after``: the last name and patient, if
    there are more."""

    rows: list[CaseloadRow]
    after: str = ""


def every_rung() -> list[Rung]:
    """Every rung of every edition: few rows, for names and for the filter."""
    return list(
        Rung.objects.order_by("-ladder__edition", "ladder_id", "position").select_related("ladder")
    )


def caseload_groups(
    wanted: Wanted, clinic: Clinic, all_rungs: Sequence[Rung], after: Cursor | None
) -> tuple[list[Group], str]:
    """Groups in order, and the address of the next page, empty at the end."""
    read = order.page(wanted, after)
    rows = _rows(read.rows, clinic, wanted.today, all_rungs)
    groups = [(place, list(some)) for place, some in groupby(rows, key=_shown_place)]
    made = []
    for number, (place, some) in enumerate(groups):
        goes_on = (after is not None and number == 0) or (
            read.after is not None and number == len(groups) - 1
        )
        made.append(Group(place, HEADINGS[place], some, not goes_on))
    return made, str(read.after or "")


def _shown_place(row: CaseloadRow) -> CaseloadPlace:
    return (
        CaseloadPlace.ON_TRACK
        if row.place in {None, CaseloadPlace.AWAY}
        else CaseloadPlace(row.place or CaseloadPlace.ON_TRACK)
    )


def search_patients(
    text: str, clinic: Clinic, today: date, all_rungs: Sequence[Rung], after: str = ""
) -> Found:
    """Everybody of the clinic with a word of the name that begins so, the discharged too, by
    name."""
    found = PatientSummary.objects.filter(clinic=clinic)
    for word in search_words(text[:200]).split()[:5]:
        found = found.filter(search__contains=f" {word}")
    name, _, number = after.rpartition("_")
    last_id = row_id(number)
    if last_id is not None:
        found = found.filter(Q(search__gt=name) | Q(search=name, patient_id__gt=last_id))
    found = found.annotate(
        name=F("patient__name"),
        lead_name=F("lead__name"),
        goal_id=F("plan__goal_rung"),
        started_on=F("plan__started_on"),
        came_at=F("patient__created_at"),
    )
    rows = cast("list[SummaryRow]", list(found.order_by("search", "patient_id")[: PAGE + 1]))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    words = namesakes.apart(rows, clinic, before=name)
    shown = [
        replace(row, apart=words.get(row.patient_id, ""))
        for row in _rows(rows[:PAGE], clinic, today, all_rungs)
    ]
    return Found(shown, f"{last.search}_{last.patient_id}" if last is not None else "")


def _rows(
    found: Sequence[SummaryRow], clinic: Clinic, today: date, all_rungs: Sequence[Rung]
) -> list[CaseloadRow]:
    places = {row.patient_id: order.place_of(row, today) for row in found}
    read = _Read(
        clinic,
        today,
        places,
        _practice(found, places, today),
        _calendars(found),
        _words(_speaking(found, places)),
        {rung.pk: rung for rung in all_rungs},
        {rung.ladder_id: rung.position for rung in sorted(all_rungs, key=lambda one: one.position)},
    )
    return [_row(row, read) for row in found]


def _practice(
    found: Sequence[SummaryRow], places: Mapping[int, CaseloadPlace | None], today: date
) -> Mapping[int, Mapping[date, last_two_weeks.PractisedDay]]:
    easing = [
        row.plan_id
        for row in found
        if row.plan_id and places[row.patient_id] == CaseloadPlace.AMBER
    ]
    return last_two_weeks.last_two_weeks_of(
        [row.plan_id for row in found if row.plan_id], easing, today
    )


def _speaking(
    found: Sequence[SummaryRow], places: Mapping[int, CaseloadPlace | None]
) -> dict[CaseloadPlace, list[int]]:
    """Plans whose place has words of its own to show."""
    plans: dict[CaseloadPlace, list[int]] = {place: [] for place in SPEAKING}
    for row in found:
        place = places[row.patient_id]
        if row.plan_id and place in SPEAKING:
            plans[place].append(row.plan_id)
    return plans


@dataclass(frozen=True)
class _Read:
    """What a page of rows needs beside their summaries, each read once. ``tops``: a ladder's last
    position."""

    clinic: Clinic
    today: date
    places: Mapping[int, CaseloadPlace | None]
    practice: Mapping[int, Mapping[date, last_two_weeks.PractisedDay]]
    calendars: Mapping[int, Calendar]
    words: Mapping[int, OpenMatter]
    rungs: Mapping[int, Rung]
    tops: Mapping[int, int]

    def top(self, rung: Rung | None, goal_id: int | None) -> int:
        goal = self.rungs.get(goal_id or 0)
        return goal.position if goal else self.tops[rung.ladder_id] if rung else 0


def _row(row: SummaryRow, read: _Read) -> CaseloadRow:
    place = read.places[row.patient_id]
    rung = read.rungs.get(row.rung_id or 0)
    calendar = read.calendars.get(row.plan_id or 0)
    practised = read.practice.get(row.plan_id or 0, {})
    marks = _marks(calendar, practised, read.today)
    kinds = [mark.kind for mark in marks]
    did = kinds.count(DID) + kinds.count(PART)
    return CaseloadRow(
        patient_id=row.patient_id,
        name=row.name,
        lead_name=row.lead_name,
        place=place,
        reason=_reason(row, place, read, calendar),
        rung=rung,
        top=read.top(rung, row.goal_id),
        complete=row.plan_id is not None and rung is None,
        spark=sparkline(marks) if marks else None,
        did=str(did),
        planned=str(did + kinds.count(MISS)),
        pain="" if row.last_pain is None else str(row.last_pain),
        pain_tone=_pain_tone(row.last_practice, practised),
        practised=day_words(row.last_practice, read.today, "j M"),
    )


def _pain_tone(day: date | None, practised: Mapping[date, last_two_weeks.PractisedDay]) -> str:
    last = practised.get(day) if day else None
    return TONES.get(last.band or "", "plain") if last else "plain"


def _reason(
    row: SummaryRow, place: CaseloadPlace | None, read: _Read, calendar: Calendar | None
) -> Reason:
    if place is None:
        return Reason("")
    away_until = calendar.away_until(read.today) if calendar else None
    since = read.today - timedelta(days=CASELOAD_DAYS)
    if place == CaseloadPlace.AMBER and row.amber_since is not None:
        since = row.amber_since
    told = last_two_weeks.numbers(read.practice.get(row.plan_id or 0, {}), since)
    word = read.words.get(row.plan_id or 0, OpenMatter(""))
    return reason_of(row, place, read.clinic, read.today, KnownMatters(word, told, away_until))


def _calendars(found: Iterable[SummaryRow]) -> dict[int, Calendar]:
    """The calendar of each plan, in one query for schedules and pauses together."""
    started = {row.plan_id: row.started_on for row in found if row.plan_id and row.started_on}
    no_day, no_number = Cast(Value(None), DateField()), Cast(Value(None), IntegerField())
    scheduled = Schedule.objects.filter(plan__in=started).order_by()
    paused = Pause.objects.filter(plan__in=started).order_by()
    both = scheduled.values_list("plan_id", "from_day", "pk", "weekdays", no_day, no_day).union(
        paused.values_list("plan_id", "from_day", "pk", no_number, "until", "resumed_on"), all=True
    )
    schedules: dict[int, list[Scheduled]] = defaultdict(list)
    pauses: dict[int, list[Paused]] = defaultdict(list)
    for plan_id, from_day, _pk, weekdays, until, resumed_on in sorted(
        both, key=lambda row: row[:3]
    ):
        if weekdays is None:
            pauses[plan_id].append(Paused(from_day, until, resumed_on))
        else:
            schedules[plan_id].append(Scheduled(from_day, weekdays))
    return {
        plan_id: make_calendar(day, schedules[plan_id], pauses[plan_id])
        for plan_id, day in started.items()
    }


def _marks(
    calendar: Calendar | None, practised: Mapping[date, last_two_weeks.PractisedDay], today: date
) -> list[Mark]:
    if calendar is None:
        return []
    last = [today - timedelta(days=ago) for ago in range(CASELOAD_DAYS - 1, -1, -1)]
    return [Mark(day, *_mark(calendar, practised.get(day), day, today)) for day in last]


def _mark(
    calendar: Calendar, entry: last_two_weeks.PractisedDay | None, day: date, today: date
) -> tuple[str, float]:
    if entry is not None:
        return (PART, STOPPED_EARLY) if entry.effort == Effort.STOPPED else (DID, 1.0)
    return empty_mark(calendar, day, today), 0.0


def _words(plans: Mapping[CaseloadPlace, Sequence[int]]) -> Mapping[int, OpenMatter]:
    """What the matter of each plan's place says, the longest waiting first: one query. By plan, for
    that is indexed."""
    stops = Stop.objects.unanswered().filter(plan__in=plans[CaseloadPlace.STOP])
    messages = Message.objects.filter(
        plan__in=plans[CaseloadPlace.UNREAD], from_patient=True, read_at__isnull=True
    )
    requests = ReviewRequest.objects.filter(
        plan__in=plans[CaseloadPlace.ASKED], closed_at__isnull=True
    )
    no_pain = Cast(Value(None), IntegerField())
    morning = (
        Morning.objects.filter(practice=OuterRef("practice")).order_by("-pk").values("pain")[:1]
    )
    of_morning = When(cause=StopCause.MORNING, then=Subquery(morning))
    pain = Cast(Case(of_morning, default=F("practice__pain")), IntegerField())
    union = _said(stops, "cause", pain).union(
        _said(messages, "text", no_pain), _said(requests, "words", no_pain), all=True
    )
    found: dict[int, OpenMatter] = {}
    for plan_id, _at, text, pain in sorted(union, key=lambda row: row[:2]):
        found.setdefault(plan_id, OpenMatter(text, pain))
    return found


def _said(rows: QuerySet[Any], column: str, pain: Cast) -> QuerySet[Any, Any]:
    return rows.order_by().values_list("plan", "at", Cast(column, CharField(max_length=1000)), pain)

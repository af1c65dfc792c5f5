"""A page of the caseload: rows with their reason, rung, practice and pain. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.safestring import SafeString

from accounts.models import Clinic
from accounts.names import first_name
from accounts.parsing import row_id
from accounts.prepared import Prepared
from curriculum.models import Rung
from patients.caseload import by_words, last_two_weeks, namesakes, open_matters, order
from patients.caseload.day_list import DayList, day_list
from patients.caseload.day_query import DayWanted
from patients.caseload.order import PAGE, Cursor, Wanted
from patients.caseload.reasons import (
    HEADINGS,
    Heading,
    KnownMatters,
    OpenMatter,
    Reason,
    reason_of,
    written_on,
)
from patients.models import (
    BandCode,
    CaseloadPlace,
    Effort,
    PatientSummary,
)
from patients.pictures.marks import DID, MISS, PART, Mark, empty_mark
from patients.pictures.sparkline import sparkline
from patients.rules.periods import CASELOAD_DAYS
from patients.standing.calendar import Calendar
from patients.standing.calendars import calendars_of
from patients.wording.days import day_words

if TYPE_CHECKING:
    from patients.caseload.summary_row import SummaryRow

#: The most patients of nearly the name that was typed.
NEAR = 10
#: How much of the dose the picture shows for an entry that had to stop.
STOPPED_EARLY = 0.55
TONES = {BandCode.FINE.value: "ok", BandCode.EASE.value: "warn", BandCode.STOP.value: "stop"}


@dataclass(frozen=True)
class CaseloadRow:
    """A row of the caseload. Its numbers are text, because a page has hundreds of them.

    ``top``: the position of the goal rung.
    ``complete``: whether the patient has passed every rung up to the goal.
    ``spark``: the last 14 days as a picture.
    ``did``, ``planned``: days with practice, and planned days.
    ``pain``: the last pain; empty if it was not reported.
    ``pain_tone``: the colour of its band.
    ``practised``: the day of the last practice, in words.
    ``apart``: the words that tell the patient from another one of the same name.
    ``plan_id``: the running plan.
    ``written``: the day on which the clinic wrote because of the reason; None if it did not.
    """

    patient_id: int
    name: str
    lead_name: str
    place: CaseloadPlace | None
    reason: Reason
    rung: Rung | None
    top: int
    complete: bool
    spark: SafeString
    did: str
    planned: str
    pain: str
    pain_tone: str
    practised: str
    apart: str = ""
    plan_id: int | None = None
    written: date | None = None

    @property
    def heading(self) -> Heading:
        return HEADINGS[self.place or CaseloadPlace.ON_TRACK]


class Group(NamedTuple):
    """Rows under one heading. ``complete``: whether every patient of it is on this page."""

    number: int
    heading: Heading
    rows: list[CaseloadRow]
    complete: bool

    @property
    def size(self) -> str:
        """How many there are; "9+" where the next page has more of them."""
        return f"{len(self.rows)}" if self.complete else f"{len(self.rows)}+"

    @property
    def together(self) -> str:
        """The key under which all of them can be written to; "" where they cannot."""
        place = self.rows[0].place
        return next((key for key, one in open_matters.TOGETHER.items() if one == place), "")


@dataclass(frozen=True)
class Found:
    """Rows found by name. ``after``: the id of the last patient, if there are more rows.

    near: nobody was found, and these are called nearly so
    """

    rows: list[CaseloadRow]
    after: str = ""
    near: bool = False


def every_rung() -> list[Rung]:
    """Every rung of every edition, for names and for the filter. These are few rows."""
    return list(_RUNGS())


def _rungs() -> QuerySet[Rung]:
    rungs = Rung.objects.order_by("-ladder__edition", "ladder_id", "position")
    named = rungs.select_related("ladder")
    return named.only("slug", "position", "name", "ladder__slug", "ladder__name")


_RUNGS: Prepared[Rung, Rung] = Prepared(_rungs)


@dataclass(frozen=True)
class CaseloadInGroups:
    """``after``: the cursor of the next page; empty on the last one. ``visits``: those of today."""

    groups: list[Group]
    after: str
    visits: DayList


def caseload_groups(
    wanted: Wanted,
    clinic: Clinic,
    all_rungs: Sequence[Rung],
    after: Cursor | None,
    visits: DayWanted | None = None,
) -> CaseloadInGroups:
    """Read the groups in order. ``visits``: which visits of the day are read with them."""
    page = order.page(wanted, after, visits=visits)
    read = [*page.visits, *page.rows]
    shown = _rows(read, clinic, wanted.today, all_rungs, _born(read))
    rows = shown[len(page.visits) :]
    of_day = day_list(zip(page.visits, shown, strict=False), wanted.today)
    by_heading = [list(found) for _heading, found in groupby(rows, key=lambda row: id(row.heading))]
    groups = []
    for number, found in enumerate(by_heading):
        goes_on = (after is not None and number == 0) or (
            page.after is not None and number == len(by_heading) - 1
        )
        groups.append(Group(number, found[0].heading, found, not goes_on))
    return CaseloadInGroups(groups, str(page.after or ""), of_day)


def _born(rows: Sequence[SummaryRow]) -> dict[int, str]:
    """What tells patients from namesakes of the list."""
    return {row.patient_id: namesakes.born(row) for row in rows if row.has_namesake}


def visits_of_day(wanted: DayWanted, clinic: Clinic, all_rungs: Sequence[Rung]) -> DayList:
    """Read the visits of a day alone."""
    found = order.rows_of_visits(wanted)
    shown = _rows(found, clinic, wanted.day, all_rungs, _born(found))
    return day_list(zip(found, shown, strict=True), wanted.day)


def search_patients(
    text: str, clinic: Clinic, today: date, all_rungs: Sequence[Rung], after: str = ""
) -> Found:
    """Find patients of the clinic, ordered by name: by the beginnings of parts of their names, by
    the clinic's own number, and by birth date. Discharged patients are included. If nobody is
    found, those whose names differ by a slip are."""
    rows = _found(by_words.meant(text, clinic), clinic, after, PAGE + 1)
    near = [] if rows or after else _found(by_words.nearly_meant(text, clinic), clinic, "", NEAR)
    words = namesakes.apart([*rows, *near], clinic)
    shown = _rows(near or rows[:PAGE], clinic, today, all_rungs, words)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Found(shown, str(last.patient_id) if last else "", bool(near))


def _found(meant: Q, clinic: Clinic, after: str, limit: int) -> list[SummaryRow]:
    """The first summaries that are meant, after the patient with an id, ordered by name."""
    summaries = PatientSummary.objects.filter(meant, clinic=clinic)
    # An address holds no name, so the id says where the last page ended.
    here = PatientSummary.objects.filter(clinic=clinic, patient=row_id(after))
    last = here.first() if after else None
    if last is not None:
        same = Q(sorts_as=last.sorts_as, patient_id__gt=last.patient_id)
        summaries = summaries.filter(Q(sorts_as__gt=last.sorts_as) | same)
    namesakes_of = PatientSummary.objects.filter(clinic=clinic, same_as=OuterRef("same_as"))
    summaries = summaries.annotate(
        name=F("patient__name"),
        lead_name=F("lead__name"),
        goal_id=F("plan__goal_rung"),
        started_on=F("plan__started_on"),
        came_at=F("patient__created_at"),
        born_on=F("patient__born_on"),
        has_namesake=Exists(namesakes_of.exclude(patient=OuterRef("patient"))),
    )
    return cast("list[SummaryRow]", list(summaries.order_by("sorts_as", "patient_id")[:limit]))


def _rows(
    summaries: Sequence[SummaryRow],
    clinic: Clinic,
    today: date,
    all_rungs: Sequence[Rung],
    apart: Mapping[int, str],
) -> list[CaseloadRow]:
    """``apart``: by patient, the words that tell the patient from namesakes."""
    places = {row.patient_id: order.place_of(row, today) for row in summaries}
    started = {row.plan_id: row.started_on for row in summaries if row.plan_id and row.started_on}
    upwards = sorted(all_rungs, key=lambda rung: rung.position)
    read = _Read(
        clinic,
        today,
        [today - timedelta(days=ago) for ago in range(CASELOAD_DAYS - 1, -1, -1)],
        places,
        apart,
        _practice(summaries, places, today),
        *calendars_of(started),
        open_matters.of_rows(summaries, places),
        {rung.pk: rung for rung in all_rungs},
        {rung.ladder_id: rung.position for rung in upwards},
    )
    return [_row(row, read) for row in summaries]


def _practice(
    summaries: Sequence[SummaryRow], places: Mapping[int, CaseloadPlace | None], today: date
) -> Mapping[int, Mapping[date, last_two_weeks.PractisedDay]]:
    easing = [
        row.plan_id
        for row in summaries
        if row.plan_id and places[row.patient_id] == CaseloadPlace.AMBER
    ]
    return last_two_weeks.last_two_weeks_of(
        [row.plan_id for row in summaries if row.plan_id], easing, today
    )


@dataclass(frozen=True)
class _Read:
    """What the rows of a page need in addition to their summaries. Each is read once.

    ``days``: the last 14 days, the oldest first.
    ``places``: the class of each patient.
    ``apart``: the words that tell a patient from namesakes.
    ``practice``: the days with practice of each plan.
    ``calendars``: the calendar of each plan.
    ``paused_by``: the clinician who set the open pause of a plan; "" for the patient's own.
    ``words``: the open matter of each patient.
    ``rungs``: every rung, by its id.
    ``tops``: the position of the top rung of each ladder.
    """

    clinic: Clinic
    today: date
    days: Sequence[date]
    places: Mapping[int, CaseloadPlace | None]
    apart: Mapping[int, str]
    practice: Mapping[int, Mapping[date, last_two_weeks.PractisedDay]]
    calendars: Mapping[int, Calendar]
    paused_by: Mapping[int, str]
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
    marks = _marks(calendar, practised, read)
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
        spark=sparkline(marks) if marks else SafeString(""),
        did=str(did),
        planned=str(did + kinds.count(MISS)),
        pain="" if row.last_pain is None else str(row.last_pain),
        pain_tone=_pain_tone(row.last_practice, practised),
        practised=day_words(row.last_practice, read.today, "j M"),
        apart=read.apart.get(row.patient_id, ""),
        plan_id=row.plan_id,
        written=written_on(row, place, read.clinic, read.words.get(row.patient_id)),
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
    numbers = last_two_weeks.numbers(read.practice.get(row.plan_id or 0, {}), since)
    word = read.words.get(row.patient_id, OpenMatter(""))
    paused_by = first_name(read.paused_by.get(row.plan_id or 0, ""))
    known = KnownMatters(word, numbers, away_until, paused_by)
    return reason_of(row, place, read.clinic, read.today, known)


def _marks(
    calendar: Calendar | None,
    practised: Mapping[date, last_two_weeks.PractisedDay],
    read: _Read,
) -> list[Mark]:
    if calendar is None:
        return []
    return [Mark(day, *_mark(calendar, practised.get(day), day, read.today)) for day in read.days]


def _mark(
    calendar: Calendar, entry: last_two_weeks.PractisedDay | None, day: date, today: date
) -> tuple[str, float]:
    if entry is not None:
        return (PART, STOPPED_EARLY) if entry.effort == Effort.STOPPED else (DID, 1.0)
    return empty_mark(calendar, day, today), 0.0

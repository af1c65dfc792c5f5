"""Evidence and readiness: what practice suggests about a gate. It suggests; it never unlocks."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import OuterRef, QuerySet, Subquery

from curriculum.models import Rung
from patients.models import BandCode, Effort, Morning, Plan, Practice
from patients.rules.periods import LAST_ENTRIES, LEAST_RESERVE, LOADED_RULE, UNLOADED_RULE
from patients.standing.calendar import Calendar, calendar_of
from patients.standing.position import when_opened
from patients.standing.prescribed import DONE_COLUMNS, NOTHING_KNOWN, Done, with_prescribed

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _MorningColumns(TypedDict):
        morning_pain: int | None
        morning_worse: bool | None
        morning_band: str | None
        dose_then: list[Any] | None
        usual_dose: list[Any]
        hardest: int | None

    PracticeWithMorning = WithAnnotations[Practice, _MorningColumns]


@dataclass(frozen=True)
class EvidenceEntry:
    """One day's standing entry with its latest morning, as evidence for a gate.

    ``band``: the band of the entry alone
    ``worse``: whether the morning was worse than usual; None = not reported
    ``morning_band``: the band of entry and morning together; None = no morning
    ``easier``: whether it was an easier day, which counts for nothing
    ``before``: the pain before practice; None = not reported
    ``borrowed``: whether its level was borrowed from a locked rung
    ``reserve``: repetitions that the last set left, 0-4; None = not told, or not asked
    ``done``: what was done of what was prescribed
    ``hands``: whose hand wrote it or told the morning, in words, where a carer did
    """

    done_on: date
    rung_id: int
    helper: bool
    pain: int | None
    effort: str | None
    band: str | None
    morning_pain: int | None
    worse: bool | None
    morning_band: str | None
    practice_id: int = 0
    easier: bool = False
    before: int | None = None
    borrowed: bool = False
    reserve: int | None = None
    done: Done = NOTHING_KNOWN
    hands: tuple[str, ...] = ()

    @property
    def whole(self) -> str | None:
        """The band of the day, morning included; None = nothing was reported."""
        return self.morning_band or self.band


#: The columns of ``with_mornings`` in the order of the fields of ``EvidenceEntry``.
ENTRY_COLUMNS = (
    *("done_on", "level__rung_id", "level__helper", "pain", "effort", "band"),
    *("morning_pain", "morning_worse", "morning_band", "pk", "easier", "before", "borrowed"),
    "reserve",
    *DONE_COLUMNS,
)


def entry_of_columns(row: Sequence[Any]) -> EvidenceEntry:
    """The ``EvidenceEntry`` of the values of ``ENTRY_COLUMNS``."""
    told = len(ENTRY_COLUMNS) - len(DONE_COLUMNS)
    return replace(EvidenceEntry(*row[:told]), done=Done(*row[told:]))


def evidence_entries(plan: Plan, since: date | None = None) -> list[EvidenceEntry]:
    """The plan's standing entries with their latest mornings, oldest first. One query."""
    rows = Practice.objects.standing().filter(plan=plan)
    if since is not None:
        rows = rows.filter(done_on__gte=since)
    return [
        entry_of_columns(row)
        for row in with_mornings(rows).order_by("done_on").values_list(*ENTRY_COLUMNS)
    ]


def with_mornings(rows: QuerySet[Practice]) -> QuerySet[PracticeWithMorning]:
    """Entries with their day's latest morning as ``morning_pain``, ``morning_worse``,
    ``morning_band``, and with what was prescribed then.

    The morning belongs to the day, so a correction of the entry keeps it.
    """
    latest = latest_mornings()
    prescribed = with_prescribed()
    return rows.annotate(
        morning_pain=Subquery(latest.values("pain")[:1]),
        morning_worse=Subquery(latest.values("worse")[:1]),
        morning_band=Subquery(latest.values("band")[:1]),
        dose_then=prescribed["dose_then"],
        usual_dose=prescribed["usual_dose"],
        hardest=prescribed["hardest"],
    )


def latest_mornings() -> QuerySet[Morning]:
    """The mornings of the day of an outer query's entry, the newest first."""
    of_the_day = {"practice__plan": OuterRef("plan"), "practice__done_on": OuterRef("done_on")}
    return Morning.objects.filter(**of_the_day).order_by("-pk")


def evidence_entry_of(row: PracticeWithMorning) -> EvidenceEntry:
    """The ``EvidenceEntry`` of a row that ``with_mornings`` read together with its level."""
    morning = (row.morning_pain, row.morning_worse, row.morning_band)
    level = row.level
    told = (row.pain, row.effort, row.band)
    own = (row.pk, row.easier, row.before)
    entry = EvidenceEntry(row.done_on, level.rung_id, level.helper, *told, *morning, *own)
    done = Done(row.sets, row.dose_then, row.usual_dose, level.position, row.hardest)
    return replace(entry, borrowed=row.borrowed, reserve=row.reserve, done=done)


@dataclass(frozen=True)
class Readiness:
    """Ready by numbers from ``since`` to ``until``, both included; both None = not ready."""

    since: date | None = None
    until: date | None = None


NOT_READY = Readiness()


def readiness_by_numbers(
    calendar: Calendar, rung: Rung, opened_on: date, practised: Sequence[EvidenceEntry]
) -> Readiness:
    """Whether the numbers suggest that a rung is ready for its gate, and for how long they will.

    Enough planned days must have been practised on the hardest of the rung's own levels that is
    prescribed, as much as was prescribed and with the weight, and the last three entries must have
    gone well, whatever was practised. "Not reported" never counts as well. What
    went well on a borrowed level says nothing; what did not go well there counts as anywhere.

    ``opened_on``: since when the rung is open; earlier entries do not count
    ``practised``: entries, oldest first
    """
    needed, within = LOADED_RULE if rung.loaded else UNLOADED_RULE
    planned: list[date] = []
    went_well: deque[bool] = deque(maxlen=LAST_ENTRIES)
    state = NOT_READY
    for entry in _counted(practised, opened_on):
        went_well.append(_went_well(entry))
        if counts_for(rung, entry) and calendar.is_planned(entry.done_on):
            planned.append(entry.done_on)
        enough = len(planned) >= needed and len(went_well) == LAST_ENTRIES and all(went_well)
        state = (
            _go_on(state, entry.done_on, planned[-needed] + timedelta(days=within - 1))
            if enough
            else NOT_READY
        )
    return state


def _counted(practised: Sequence[EvidenceEntry], opened_on: date) -> list[EvidenceEntry]:
    """The entries since the rung opened, without easier days, and without borrowed levels that
    went well."""
    return [
        entry
        for entry in practised
        if entry.done_on >= opened_on
        and not entry.easier
        and not (entry.borrowed and _went_well(entry))
    ]


def is_session_on(rung: Rung, entry: EvidenceEntry) -> bool:
    """Whether the entry counts as a session on the rung's own levels."""
    return entry.rung_id == rung.pk and not entry.helper and not entry.borrowed


def counts_for(rung: Rung, entry: EvidenceEntry) -> bool:
    """Whether the entry is a session that counts towards the rung's gate."""
    return is_session_on(rung, entry) and entry.done.is_whole and entry.done.is_hardest


def _go_on(before: Readiness, day: date, until: date) -> Readiness:
    if until < day:
        return NOT_READY
    goes_on = before.since is not None and before.until is not None and day <= before.until
    return Readiness(before.since if goes_on else day, until)


def _went_well(entry: EvidenceEntry) -> bool:
    # A morning never lowers the band of its day: a day that is fine with it was fine without it.
    fine = entry.whole == BandCode.FINE and entry.pain is not None
    return fine and not entry.worse and entry.done.is_whole and _left_enough(entry)


def _left_enough(entry: EvidenceEntry) -> bool:
    """Whether it was not too hard: by what was left in reserve, or by the effort where nobody
    asked."""
    if entry.reserve is not None and entry.effort is None:
        return entry.reserve >= LEAST_RESERVE
    return entry.effort in {Effort.EASY, Effort.RIGHT}


def readiness_of(plan: Plan) -> Readiness:
    """The readiness of the plan's open rung, read from the database."""
    rung = plan.open_rung
    if rung is None:
        return NOT_READY
    opened_on = plan.clinic.day_of(when_opened(plan, rung))
    return readiness_by_numbers(
        calendar_of(plan), rung, opened_on, evidence_entries(plan, opened_on)
    )

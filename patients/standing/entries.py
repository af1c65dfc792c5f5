"""A plan's standing entries (no correction has replaced them), each with its latest morning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Case, F, QuerySet, Value, When

from accounts.models import Role
from accounts.prepared import Prepared
from patients.models import Plan, Practice, Symptom
from patients.models.reports import Sign, signs_in


class LoggedEntry(NamedTuple):
    """One day's standing entry, with the latest answer about the morning after it.

    ``pain``: 0-10; None = not reported
    ``reserve``: repetitions that the last set left, 0-4; None = not told
    ``easier``: whether it was an easier day
    ``corrected``: whether it replaces an earlier entry of the day
    ``answered``: when the patient last answered about the morning; None = not yet
    ``morning``: pain of the morning, 0-10; None = not reported
    ``worse``: whether the morning was worse than usual; None = not reported
    ``first_at``: when the day was first logged, before any correction
    ``signs``: what was told with it, or with the entry that it corrects and left as it was; of an
    older entry what its leg tells, without a side
    ``morning_band``: the band of the whole day; None = no morning was told
    ``by``: who logged it; ``carer``: their name, if it was a carer of the patient
    ``morning_by``, ``morning_carer``: the same of the morning
    """

    pk: int
    done_on: date
    level_id: int
    sets: list[dict[str, Any]]
    pain: int | None
    before: int | None
    effort: str | None
    why_stopped: str | None
    reserve: int | None
    leg: str | None
    note: str
    band: str | None
    easier: bool
    at: datetime
    by: int
    carer: str
    corrected: bool
    answered: datetime | None
    morning: int | None
    worse: bool | None
    morning_band: str | None
    morning_by: int | None
    morning_carer: str
    first_at: datetime
    signs: list[Sign]


def logged_entries(plan: Plan, since: date) -> list[LoggedEntry]:
    """The standing entries since a day, oldest first, each with its latest morning. One query."""
    return list(_by_day(_entries(plan=plan.pk, since=since)))


def entries_of(plans: Iterable[int]) -> dict[int, list[LoggedEntry]]:
    """Every standing entry of many plans, by the plan's id, oldest first. One query."""
    rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for plan, *row in _columns(Practice.objects.filter(plan__in=list(plans)), "plan"):
        rows[plan].append(tuple(row))
    return {plan: list(_by_day(of_plan)) for plan, of_plan in rows.items()}


_PRACTICE_COLUMNS = (
    "pk",
    "done_on",
    "level_id",
    "sets",
    "pain",
    "before",
    "effort",
    "why_stopped",
    "reserve",
    "leg",
    "note",
    "band",
    "easier",
    "at",
    "by_id",
    "carer",
    "corrects_id",
)


_AT = _PRACTICE_COLUMNS.index("at")
_LEG = _PRACTICE_COLUMNS.index("leg")
_MORNING_COLUMNS = (
    "mornings__pk",
    "mornings__at",
    "mornings__pain",
    "mornings__worse",
    "mornings__band",
    "mornings__by_id",
    "morning_carer",
)


def name_of_carer(by: str) -> Case:
    """The name of who wrote a row, if a carer did; empty otherwise."""
    return Case(When(**{f"{by}__role": Role.CARER}, then=F(f"{by}__name")), default=Value(""))


def _build_entries(plan: int, since: date) -> QuerySet[Practice, Any]:
    return _columns(Practice.objects.filter(plan_id=plan, done_on__gte=since))


def _columns(rows: QuerySet[Practice], *first: str) -> QuerySet[Practice, Any]:
    """The columns of rows and of their mornings. ``first``: columns that come before them."""
    hands = {"carer": name_of_carer("by"), "morning_carer": name_of_carer("mornings__by")}
    in_order = rows.annotate(**hands).order_by("done_on", "pk", "mornings__pk")
    return in_order.values_list(
        *first,
        *_PRACTICE_COLUMNS,
        "report__kinds",
        "report__taken_back_by__kinds",
        "corrected_by__pk",
        *_MORNING_COLUMNS,
    )


_entries = Prepared(_build_entries, plan=int, since=date)


_NO_MORNING: tuple[Any, ...] = (0, None, None, None, None, None, "")


def _by_day(rows: Iterable[tuple[Any, ...]]) -> Iterable[LoggedEntry]:
    """One entry for each day, with the latest morning of the day.

    A day has several rows after a correction, and the morning may belong to any of them.
    """
    entries: dict[date, tuple[Any, ...]] = {}
    mornings: dict[date, tuple[Any, ...]] = {}
    firsts: dict[date, datetime] = {}
    told: dict[date, list[Any]] = {}
    for *row, kinds, instead, corrected_by, pk, at, pain, worse, band, by, carer in rows:
        entry = tuple(row)
        day = entry[1]
        firsts.setdefault(day, entry[_AT])
        if kinds is not None:
            told[day] = kinds if instead is None else instead
        if corrected_by is None:
            entries[day] = entry
        if pk is not None:
            morning = (pk, at, pain, worse, band, by, carer)
            mornings[day] = max(mornings.get(day, _NO_MORNING), morning, key=itemgetter(0))
    for day, entry_row in entries.items():
        *columns, corrects = entry_row
        yield LoggedEntry._make(
            [
                *columns,
                corrects is not None,
                *mornings.get(day, _NO_MORNING)[1:],
                firsts[day],
                _signs(told.get(day), columns[_LEG]),
            ]
        )


def _signs(told: list[Any] | None, leg: str | None) -> list[Sign]:
    if told is not None:
        return signs_in(told)
    return [Sign(leg)] if leg in Symptom.values else []

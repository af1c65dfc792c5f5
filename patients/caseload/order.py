"""The order of the caseload: who needs the clinic first. Reads only.

A page costs the same for a hundred patients as for a hundred thousand. Each class has an index of
its own. A page reads it from where the last page ended, and no more rows than a page has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import connection

from accounts import parsing
from patients.caseload.day_query import DayWanted, day_value
from patients.models import CaseloadPlace, PatientSummary
from patients.models.summary import BY_THE_DAY
from patients.rules.periods import LOADED_RULE, UNLOADED_RULE

if TYPE_CHECKING:
    from patients.caseload.summary_row import SummaryRow

PAGE = 50
#: How many days readiness can still last at most: the days of the window without the practised days
#: that it needs.
READY_AHEAD = max(within - needed for needed, within in (UNLOADED_RULE, LOADED_RULE))


def place_of(row: PatientSummary, today: date) -> CaseloadPlace | None:
    """The class of a patient on a day; None for a discharged patient."""
    if row.rank is None:
        return None
    rank = CaseloadPlace(row.rank)
    if rank < CaseloadPlace.FOLLOW_UP:
        return rank
    if _begun(row.follow_up_on, today):
        return CaseloadPlace.FOLLOW_UP
    return _place_by_the_day(row, rank, today) if rank in _FREE else rank


#: Ranks of patients at whom nothing waits. Only among these a date decides.
_FREE = frozenset({CaseloadPlace.NEW, CaseloadPlace.ON_TRACK})


def _place_by_the_day(row: PatientSummary, rank: CaseloadPlace, today: date) -> CaseloadPlace:
    if row.ready_until is not None and today <= row.ready_until:
        return CaseloadPlace.READY
    if _begun(row.weight_from, today):
        return CaseloadPlace.WEIGHT
    if _begun(row.link_from, today):
        return CaseloadPlace.LINK
    if rank == CaseloadPlace.NEW:
        return CaseloadPlace.NEW
    if _begun(row.quiet_from, today):
        return CaseloadPlace.QUIET
    if row.quiet_from is not None and _begun(row.sign_from, today):
        return CaseloadPlace.SIGN
    return _on_track(row)


def _on_track(row: PatientSummary) -> CaseloadPlace:
    if row.missed_on is not None:
        return CaseloadPlace.MISSED
    return CaseloadPlace.AWAY if row.quiet_from is None else CaseloadPlace.ON_TRACK


def _begun(day: date | None, today: date) -> bool:
    return day is not None and day <= today


#: The column by which rows of a class are ordered; ``waits_since`` where none is named.
_KEYS: dict[CaseloadPlace, str | None] = {
    CaseloadPlace.FOLLOW_UP: "follow_up_on",
    CaseloadPlace.READY: "ready_since",
    CaseloadPlace.WEIGHT: "weight_from",
    CaseloadPlace.LINK: "link_from",
    CaseloadPlace.QUIET: "quiet_from",
    CaseloadPlace.SIGN: "sign_from",
    CaseloadPlace.MISSED: "missed_on",
    CaseloadPlace.NEW: "new_since",
    CaseloadPlace.NOT_CLEARED: "follow_up_on",
    CaseloadPlace.ON_TRACK: "quiet_from",
    CaseloadPlace.AWAY: None,
}


def waits_since(row: PatientSummary, place: CaseloadPlace) -> date | datetime | None:
    """The day or moment by which rows of this class are ordered."""
    key = _KEYS.get(place, "waits_since")
    return getattr(row, key) if key else None


@dataclass(frozen=True)
class Cursor:
    """The last row of a page. The next page begins after this row."""

    place: CaseloadPlace
    since: date | datetime | None
    patient_id: int

    def __str__(self) -> str:
        return (
            f"{self.place.value}_{self.since.isoformat() if self.since else ''}_{self.patient_id}"
        )

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """Read a cursor from an address; None if the text is no cursor."""
        try:
            number, since, patient_id = text.split("_")
            place = CaseloadPlace(int(number))
            return cls(place, _moment(place, since), parsing.row_id(patient_id) or 0)
        except ValueError:
            return None


def _moment(place: CaseloadPlace, text: str) -> date | datetime | None:
    key = _KEYS.get(place, "waits_since")
    if key is None:
        return None
    if key != "waits_since":
        return parsing.day(text)
    moment = datetime.fromisoformat(text)
    parsing.plausible_date(moment.date())
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


@dataclass(frozen=True)
class Wanted:
    """Which patients the caseload shows.

    ``today``: the day that decides the classes.
    ``lead_ids``: only patients of these leads, of whom there is at least one.
    ``rung_ids``: only patients on these rungs.
    ``needs_me``: without patients on track.
    ``place``: only patients of this class.
    """

    clinic_id: int
    today: date
    lead_ids: Sequence[int] | None = None
    rung_ids: Sequence[int] | None = None
    needs_me: bool = False
    place: CaseloadPlace | None = None


@dataclass(frozen=True)
class CaseloadPage:
    """The rows of a page in order. ``after``: where the next page begins; None on the last page.

    ``visits``: rows of visits, in no order.
    """

    rows: list[SummaryRow]
    after: Cursor | None = None
    visits: list[SummaryRow] = field(default_factory=list)


def page(
    wanted: Wanted,
    after: Cursor | None = None,
    size: int = PAGE,
    visits: DayWanted | None = None,
) -> CaseloadPage:
    """Read one page of the caseload and the visits of a day, in one query."""
    found = _read(list(_walks(wanted, after)), wanted, size + 1, visits)
    rows = [row for row in found if row.visit_id is None]
    of_visits = [row for row in found if row.visit_id is not None]
    if len(rows) <= size:
        return CaseloadPage(rows, visits=of_visits)
    last = rows[size - 1]
    place = CaseloadPlace(last.place)
    follows = Cursor(place, waits_since(last, place), last.patient_id)
    return CaseloadPage(rows[:size], follows, of_visits)


# ---- Each walk below follows an index of ``PatientSummary`` and repeats its condition exactly.


@dataclass(frozen=True)
class _Walk:
    """How to read rows of one class along its index.

    ``place``: SQL for the class.
    ``key``: SQL for the column by which the rows are ordered.
    ``where``: SQL for the condition, with a %s for each of ``values``.
    ``order``: SQL for the order, if it is not ``key`` and then the patient.
    ``begins``: SQL, with its values, that leaves out the rows of earlier pages.
    """

    place: str
    key: str
    where: str
    values: Sequence[Any] = ()
    order: str = ""
    begins: tuple[str, Sequence[Any]] = field(default=("", ()))

    def sql(self, wanted: Wanted, limit: int) -> tuple[str, list[Any]]:
        whose, owners = _whose(wanted)
        on_rungs = "" if wanted.rung_ids is None else f" AND rung_id IN ({_ids(wanted.rung_ids)})"
        begins, from_values = self.begins
        text = (
            f"SELECT {self.place} AS place, {self.key} AS since, patient_id"  # noqa: S608
            " FROM patients_patientsummary"
            f" WHERE {whose} AND {self.where}{on_rungs}{begins}"
            f" ORDER BY {self.order or self.key + ', patient_id'} LIMIT {limit}"
        )
        return text, [*owners, *self.values, *from_values]


def _whose(wanted: Wanted) -> tuple[str, Sequence[int]]:
    """SQL for whose patients are wanted. A single lead is read along an index in its order; the
    patients of several, who are those of one clinician and an absent colleague, are sorted."""
    if wanted.lead_ids is None:
        return "clinic_id = %s", [wanted.clinic_id]
    if len(wanted.lead_ids) == 1:
        return "lead_id = %s", wanted.lead_ids
    return f"lead_id IN ({', '.join('%s' for _lead in wanted.lead_ids)})", wanted.lead_ids


def _ids(ids: Sequence[int]) -> str:
    return ", ".join(str(int(pk)) for pk in ids) or "NULL"


def _walks(wanted: Wanted, after: Cursor | None) -> Iterator[_Walk]:
    """A walk for each class from the cursor on."""
    last = CaseloadPlace.NEW if wanted.needs_me else CaseloadPlace.AWAY
    for place, key, where, values in _classes(wanted.today):
        if wanted.place not in (None, place):
            continue
        if place <= last and (after is None or place >= after.place):
            begins = _begins(key, after) if after is not None and place == after.place else ("", ())
            yield _Walk(str(place.value), key, where, values, begins=begins, order=_order(key))


def _order(key: str) -> str:
    return "patient_id" if key == NO_KEY else ""


def _begins(key: str, after: Cursor) -> tuple[str, Sequence[Any]]:
    if after.since is None:
        return " AND patient_id > %s", (after.patient_id,)
    since = (
        connection.ops.adapt_datetimefield_value(after.since)
        if isinstance(after.since, datetime)
        else day_value(after.since)
    )
    return f" AND ({key}, patient_id) > (%s, %s)", (since, after.patient_id)


#: A class, the SQL of its order, the SQL of its condition, and a value for each %s in it.
_Class = tuple[CaseloadPlace, str, str, Sequence[Any]]

NO_KEY = "CAST(NULL AS date)"
NOT_FOLLOWED = "(follow_up_on IS NULL OR follow_up_on > %s)"
NOT_READY = f"(ready_until IS NULL OR ready_until < %s) AND {NOT_FOLLOWED}"
NOT_BEFORE = f"{NOT_READY} AND (weight_from IS NULL OR weight_from > %s)"
# The conditions of the indexes, word for word.
WAITS = f"rank < {CaseloadPlace.NEW.value}"
NEW = f"rank = {CaseloadPlace.NEW.value}"
BARRED = f"rank = {CaseloadPlace.NOT_CLEARED.value}"
ON_TRACK = f"rank = {CaseloadPlace.ON_TRACK.value}"
NOTHING_WAITS = f"rank >= {CaseloadPlace.NEW.value}"


def _classes(today: date) -> Iterator[_Class]:
    day = day_value(today)
    for place in CaseloadPlace:
        if place < CaseloadPlace.NEW and place not in BY_THE_DAY:
            where = f"{WAITS} AND rank = {place.value}"
            if place > CaseloadPlace.FOLLOW_UP:
                where += f" AND {NOT_FOLLOWED}"
            yield place, "waits_since", where, (day,) * where.count("%s")
    for ahead in range(READY_AHEAD + 1):
        # Readiness lasts at most so many more days. A walk for each last day is ordered by
        # ``ready_since`` and skips the patients whose readiness is over.
        where = f"{ON_TRACK} AND ready_until = %s AND {NOT_FOLLOWED}"
        until = day_value(today + timedelta(days=ahead))
        yield CaseloadPlace.READY, "ready_since", where, (until, day)
    for place, key, where in _DATED:
        yield place, key, where, (day,) * where.count("%s")


_OPENED = f"{ON_TRACK} AND link_from IS NULL"
# A new link that is not opened yet needs nobody. These are few rows, along the index of the link.
_UNOPENED = f"{ON_TRACK} AND {NOTHING_WAITS} AND link_from > %s"
_NO_LINK = "(link_from IS NULL OR link_from > %s)"
_QUIET = f"quiet_from <= %s AND {NOT_BEFORE}"
_NOT_QUIET = f"quiet_from > %s AND {NOT_BEFORE}"
_SIGNED = "(sign_from IS NULL OR sign_from > %s)"
_TO_SIGN = f"{ON_TRACK} AND sign_from <= %s AND {_NO_LINK} AND {_NOT_QUIET}"
_AWAY = f"{ON_TRACK} AND quiet_from IS NULL AND {_NO_LINK} AND {NOT_BEFORE}"
_MISSED = "missed_on IS NOT NULL"
_NOT_MISSED = "missed_on IS NULL"
_ON_TRACK = f"{_NOT_QUIET} AND {_SIGNED} AND {_NOT_MISSED}"
_TO_VISIT = f"{ON_TRACK} AND {_MISSED} AND {_NO_LINK} AND {_NOT_QUIET} AND {_SIGNED}"

_FREE_RANKS = f"{NOTHING_WAITS} AND rank <> {CaseloadPlace.NOT_CLEARED.value}"
_FOLLOWED = f"rank > {CaseloadPlace.FOLLOW_UP.value} AND follow_up_on <= %s"

#: A class, the SQL of its order, and its condition. Each %s is today.
_DATED: tuple[tuple[CaseloadPlace, str, str], ...] = (
    (CaseloadPlace.FOLLOW_UP, "follow_up_on", _FOLLOWED),
    (CaseloadPlace.NOT_CLEARED, "follow_up_on", f"{BARRED} AND {NOT_FOLLOWED}"),
    (CaseloadPlace.WEIGHT, "weight_from", f"{ON_TRACK} AND weight_from <= %s AND {NOT_READY}"),
    (CaseloadPlace.LINK, "link_from", f"{_FREE_RANKS} AND link_from <= %s AND {NOT_BEFORE}"),
    (CaseloadPlace.QUIET, "quiet_from", f"{_OPENED} AND {_QUIET}"),
    (CaseloadPlace.QUIET, "quiet_from", f"{_UNOPENED} AND {_QUIET}"),
    (CaseloadPlace.SIGN, "sign_from", _TO_SIGN),
    (CaseloadPlace.MISSED, "missed_on", _TO_VISIT),
    (CaseloadPlace.MISSED, "missed_on", f"{_AWAY} AND {_MISSED}"),
    (CaseloadPlace.NEW, "new_since", f"{NEW} AND {_NO_LINK} AND {NOT_FOLLOWED}"),
    (CaseloadPlace.ON_TRACK, "quiet_from", f"{_OPENED} AND {_ON_TRACK}"),
    (CaseloadPlace.ON_TRACK, "quiet_from", f"{_UNOPENED} AND {_ON_TRACK}"),
    (CaseloadPlace.AWAY, NO_KEY, f"{_AWAY} AND {_NOT_MISSED}"),
)


def _read(
    walks: Sequence[_Walk], wanted: Wanted, limit: int, visits: DayWanted | None
) -> list[SummaryRow]:
    """The first rows of several walks together, ordered by class, by waiting and by patient; and
    visits."""
    texts, values = zip(*(walk.sql(wanted, limit) for walk in walks), strict=True)
    union = " UNION ALL ".join(
        f"SELECT * FROM ({text}) AS w{number}"  # noqa: S608
        for number, text in enumerate(texts)
    )
    found = _FOUND.format(union=union, limit=limit)
    given = [value for of_walk in values for value in of_walk]
    if visits is not None:
        of_visits, more = visits.sql()
        found += f" UNION ALL {of_visits}"
        given += more
    return _rows(found, given)


def rows_of_visits(visits: DayWanted) -> list[SummaryRow]:
    """The rows of visits alone, in no order."""
    return _rows(*visits.sql())


def _rows(found: str, given: list[Any]) -> list[SummaryRow]:
    rows = PatientSummary.objects.raw(_ROWS.format(found=found), given)
    return cast("list[SummaryRow]", list(rows))


_FOUND = (
    "SELECT place, since, patient_id, CAST(NULL AS bigint) AS visit_id FROM"
    " (SELECT * FROM ({union}) AS found ORDER BY place, since, patient_id LIMIT {limit}) AS rows_"
)
_ROWS = (
    "SELECT s.*, p.name AS name, l.name AS lead_name, n.goal_rung_id AS goal_id,"
    " n.started_on AS started_on, p.born_on AS born_on, u.place AS place, EXISTS"
    " (SELECT 1 FROM patients_patientsummary o WHERE o.clinic_id = s.clinic_id"
    " AND o.same_as = s.same_as AND o.patient_id <> s.patient_id AND NOT o.archived)"
    " AS has_namesake, u.visit_id AS visit_id, v.day AS visit_day, v.time AS visit_time,"
    " v.state AS visit_state, w.name AS visit_with"
    " FROM ({found}) AS u"
    " JOIN patients_patientsummary s ON s.patient_id = u.patient_id"
    " JOIN patients_patient p ON p.id = u.patient_id JOIN accounts_user l ON l.id = s.lead_id"
    " LEFT JOIN patients_plan n ON n.id = s.plan_id LEFT JOIN patients_visit v ON v.id = u.visit_id"
    " LEFT JOIN accounts_user w ON w.id = v.clinician_id ORDER BY u.place, u.since, u.patient_id"
)

"""What a patient logged in a stretch of time, in lines of plain text for the clinic's papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.models import Level
from patients.models import BandCode, Plan, Prescription
from patients.rules.periods import DAYS_BACK
from patients.standing.calendar import calendar_of
from patients.standing.dose import dose_of_level, latest_doses, sets_of
from patients.standing.entries import LoggedEntry, logged_entries
from patients.wording.days import short_day
from patients.wording.effort import effort_in_a_line

#: How many numbers of pain a line shows, the newest ones.
NUMBERS = 12


@dataclass(frozen=True)
class Logged:
    """Entries of a stretch of time, oldest first, of all plans that ran in it.

    ``planned``: the planned days; ``doses``: the dose of each entry on its day, by its key
    ``levels``: by their ids
    """

    entries: Sequence[LoggedEntry] = ()
    planned: frozenset[date] = frozenset()
    doses: dict[int, Prescription] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


def read_logged(plans: Sequence[Plan], since: datetime | None, day: date, ends: datetime) -> Logged:
    """What was logged after a moment, until the end of a day. ``since``: None = ever."""
    entries: list[LoggedEntry] = []
    planned: set[date] = set()
    doses: dict[int, Prescription] = {}
    for plan in plans:
        first = plan.clinic.day_of(since) if since is not None else plan.started_on
        first = max(first, plan.started_on)
        rows = logged_entries(plan, first - timedelta(days=DAYS_BACK))
        mine = [row for row in rows if row.first_at < ends and row.done_on <= day]
        mine = [row for row in mine if since is None or row.first_at > since]
        entries += mine
        doses |= _doses(plan, mine)
        planned |= _planned(plan, first, day, {row.done_on for row in mine})
    entries.sort(key=lambda row: row.done_on)
    return Logged(entries, frozenset(planned), doses, _levels(entries))


def _planned(plan: Plan, first: date, day: date, done: set[date]) -> set[date]:
    """The planned days of a plan. The first and the last count only when they are logged."""
    last = min(plan.ended_on or day, day)
    days = calendar_of(plan).planned(first, last)
    return {one for one in days if first < one < day or one in done}


def _levels(entries: Sequence[LoggedEntry]) -> dict[int, Level]:
    rows = Level.objects.filter(pk__in={entry.level_id for entry in entries})
    return {level.pk: level for level in rows.select_related("drill", "rung")}


def _doses(plan: Plan, entries: Sequence[LoggedEntry]) -> dict[int, Prescription]:
    rows = list(plan.prescriptions.order_by("pk"))
    levels = _levels(entries)
    return {
        entry.pk: dose_of_level(plan, levels[entry.level_id], latest_doses(rows, entry.first_at))
        for entry in entries
    }


def practice_lines(logged: Logged) -> Iterator[str]:
    """How often was practised, what, how it went, and the heaviest lift."""
    if not logged.entries and not logged.planned:
        return
    yield days_in_words(logged)
    if not logged.entries:
        return
    if hands := hands_in_words(logged.entries):
        yield hands
    yield _levels_in_words(logged)
    yield pain_in_words(logged.entries)
    mornings = [entry for entry in logged.entries if entry.answered is not None]
    if mornings:
        yield _("Next morning, told after {n} of {all} days: {numbers}").format(
            n=len(mornings),
            all=len(logged.entries),
            numbers=_row([_morning(one) for one in mornings]),
        )
    yield _("Effort: {efforts}").format(efforts=_efforts(logged.entries))
    lift = heaviest_in_words(logged)
    if lift:
        yield lift


def days_in_words(logged: Logged) -> str:
    done = {entry.done_on for entry in logged.entries}
    words = _("Practised on {n} of {all} planned days").format(
        n=len(done & logged.planned), all=len(logged.planned)
    )
    others = len(done - logged.planned)
    if others:
        more = ngettext("and on {n} other day", "and on {n} other days", others)
        words = f"{words} {more.format(n=others)}"
    if not done:
        return words
    return _("{words}, last on {day}").format(words=words, day=short_day(max(done)))


def hands_in_words(entries: Sequence[LoggedEntry]) -> str:
    """'Logged on 2 of 5 days by Rut Roos, carer', and the same of mornings; "" without a carer."""
    days = Counter(entry.carer for entry in entries if entry.carer)
    mornings = Counter(entry.morning_carer for entry in entries if entry.morning_carer)
    logged = [
        _("Logged on {n} of {all} days by {name}, carer").format(n=n, all=len(entries), name=name)
        for name, n in days.most_common()
    ]
    told = [
        _("The morning told on {n} of {all} days by {name}, carer").format(
            n=n, all=len(entries), name=name
        )
        for name, n in mornings.most_common()
    ]
    return "; ".join(logged + told)


def _levels_in_words(logged: Logged) -> str:
    """The level of the last day, how many days on others, and how often the dose was done whole."""
    count = len(logged.entries)
    last = logged.entries[-1].level_id
    others = sum(entry.level_id != last for entry in logged.entries)
    whole = [entry for entry in logged.entries if _whole(entry, logged.doses[entry.pk])]
    parts = [_day_count(_("{level}: {days}"), count - others, level=logged.levels[last])]
    if others:
        parts.append(_day_count(_("other levels: {days}"), others))
    parts.append(_("all prescribed sets on {n} of {all} days").format(n=len(whole), all=count))
    easier = sum(entry.easier for entry in logged.entries)
    if easier:
        parts.append(_day_count(_("easier after a stop: {days}"), easier))
    return "; ".join(parts)


def _day_count(words: str, count: int, **named: object) -> str:
    days = ngettext("{n} day", "{n} days", count).format(n=count)
    return words.format(days=days, **named)


def _whole(entry: LoggedEntry, dose: Prescription) -> bool:
    """Whether every set was done. Repetitions may differ by a few."""
    return len([row for row in entry.sets if row.get("reps")]) >= sets_of(dose)


def pain_in_words(entries: Sequence[LoggedEntry]) -> str:
    told = [(entry.pain, entry.done_on) for entry in entries if entry.pain is not None]
    if not told:
        return _("Pain during practice: not reported")
    numbers = _row([_number(entry.pain) for entry in entries])
    pain, day = max(told)
    parts = [
        _("Pain during practice, 0 to 10, newest last: {numbers}").format(numbers=numbers),
        _("highest {pain} on {day}").format(pain=pain, day=short_day(day)),
        _before(entries),
        _stopped(entries),
    ]
    return "; ".join(part for part in parts if part)


def pain_in_brief(entries: Sequence[LoggedEntry]) -> str:
    """'Pain during practice: 1/10 on 28 November, at most 3/10 (8 November)'."""
    told = [(entry.pain, entry.done_on) for entry in entries if entry.pain is not None]
    if not told:
        return _("Pain during practice: not reported")
    last, last_day = told[-1]
    most, day = max(told)
    words = _("Pain during practice: {last}/10 on {last_day}, at most {most}/10 ({day})")
    if day == last_day:
        words = _("Pain during practice: {last}/10 on {last_day}, the highest")
    words = words.format(last=last, last_day=short_day(last_day), most=most, day=short_day(day))
    missing = len(entries) - len(told)
    if not missing:
        return words
    more = ngettext("not reported on {n} day", "not reported on {n} days", missing)
    return f"{words}, {more.format(n=missing)}"


def _before(entries: Sequence[LoggedEntry]) -> str:
    if all(entry.before is None for entry in entries):
        return ""
    numbers = _row([_number(entry.before) for entry in entries])
    return _("before practice: {numbers}").format(numbers=numbers)


def _stopped(entries: Sequence[LoggedEntry]) -> str:
    days = [short_day(entry.done_on) for entry in entries if entry.band == BandCode.STOP]
    return _("a stop on {days}").format(days=", ".join(days)) if days else ""


def _row(numbers: Sequence[str]) -> str:
    """'2, 1, 0', the newest last; of many only the newest."""
    if len(numbers) <= NUMBERS:
        return ", ".join(numbers)
    newest = ", ".join(numbers[-NUMBERS:])
    return _("{numbers} (the last {n})").format(numbers=newest, n=NUMBERS)


def _number(pain: int | None) -> str:
    return _("not reported") if pain is None else str(pain)


def _morning(entry: LoggedEntry) -> str:
    if entry.morning is not None:
        return _("{pain} (worse)").format(pain=entry.morning) if entry.worse else str(entry.morning)
    return _("worse") if entry.worse else _("as usual")


def _efforts(entries: Sequence[LoggedEntry]) -> str:
    counts = Counter(effort_in_a_line(entry) for entry in entries)
    return ", ".join(f"{words} {n}" for words, n in counts.most_common())


def heaviest_in_words(logged: Logged) -> str:
    """'Heaviest lift 8 × 16 kg on 24 November, Kettlebell deadlift'; empty without a weight."""
    lifts = [
        (float(row["load"]), entry.done_on, int(row["reps"]), entry.level_id)
        for entry in logged.entries
        for row in entry.sets
        if row.get("load") and row.get("reps")
    ]
    if not lifts:
        return ""
    kilograms, day, reps, level = max(lifts)
    return _("Heaviest lift {reps} × {kg} kg on {day}, {level}").format(
        reps=reps, kg=f"{kilograms:g}", day=short_day(day), level=logged.levels[level]
    )

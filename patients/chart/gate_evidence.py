"""The evidence that practice gives for a gate, in words where it speaks against a pass.

It suggests; a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from curriculum.models import Rung
from patients.models import BandCode, Effort
from patients.record.reports import Reported
from patients.rules.periods import FRESH_DAYS, LAST_ENTRIES, LOADED_RULE, UNLOADED_RULE
from patients.standing.calendar import Calendar
from patients.standing.readiness import EvidenceEntry, is_session_on, readiness_by_numbers
from patients.wording.days import short_day

#: Entries shown beside the gate.
SHOWN = 4


@dataclass(frozen=True)
class GateEvidence:
    """What practice on the open rung shows.

    ``opened_on``: the day on which the rung opened.
    ``days_here``: how many days the rung is open.
    ``practised``, ``planned``: planned days with practice, and all planned days, of the window.
    ``within``: how many days the window has; it does not begin before the rung opened.
    ``needed``: how many planned days with practice are usual before a gate.
    ``last``: the last entries, oldest first.
    ``days_since``: how many days ago the last entry was; None without an entry.
    ``ready``: whether the numbers suggest the gate.
    ``against``: sentences about what speaks against a pass.
    ``reported``: the signs reported since the rung opened, newest first.
    """

    opened_on: date
    days_here: int
    practised: int
    planned: int
    within: int
    needed: int
    last: Sequence[EvidenceEntry]
    days_since: int | None
    ready: bool
    against: Sequence[str]
    reported: Sequence[Reported] = ()

    @property
    def told_before(self) -> bool:
        """Whether the pain before practice was told of an entry that is shown."""
        return any(entry.before is not None for entry in self.last)


def gate_evidence(
    calendar: Calendar,
    rung: Rung,
    opened_on: date,
    today: date,
    entries: Sequence[EvidenceEntry],
    reported: Sequence[Reported] = (),
) -> GateEvidence:
    """The evidence on a day.

    ``entries``: the plan's uncorrected entries, oldest first
    ``reported``: what was reported; beside the gate stand the signs since the rung opened
    """
    needed, within = LOADED_RULE if rung.loaded else UNLOADED_RULE
    here = [entry for entry in entries if is_session_on(rung, entry) and entry.done_on >= opened_on]
    done = {entry.done_on for entry in here}
    planned = _planned(calendar, max(opened_on, today - timedelta(days=within - 1)), today, done)
    practised = len(done & planned)
    until = readiness_by_numbers(calendar, rung, opened_on, here).until
    days_since = (today - here[-1].done_on).days if here else None
    return GateEvidence(
        opened_on=opened_on,
        days_here=(today - opened_on).days,
        practised=practised,
        planned=len(planned),
        within=within,
        needed=needed,
        last=here[-SHOWN:],
        days_since=days_since,
        ready=until is not None and until >= today,
        reported=_since(opened_on, reported),
        against=list(_against(practised, needed, here, days_since)),
    )


def _since(opened_on: date, reported: Sequence[Reported]) -> list[Reported]:
    signs = [told for told in reported if told.signs and told.day >= opened_on]
    return sorted(signs, key=lambda told: told.at, reverse=True)


def _planned(calendar: Calendar, first: date, today: date, done: set[date]) -> set[date]:
    """The planned days until today. Today counts only when it is logged."""
    return {day for day in calendar.planned(first, today) if day < today or day in done}


def _against(
    practised: int, needed: int, here: Sequence[EvidenceEntry], days_since: int | None
) -> Iterator[str]:
    if not here:
        yield _("Nothing practised on this rung yet.")
        return
    if practised < needed:
        yield _("Practised on {count} planned days; {needed} are usual before a gate.").format(
            count=practised, needed=needed
        )
    for entry in here[-LAST_ENTRIES:]:
        words = ", ".join(_against_entry(entry))
        if words:
            yield f"{short_day(entry.done_on)}: {words}."
    if days_since is not None and days_since > FRESH_DAYS:
        yield _("Last practised {days} days ago: these numbers are old.").format(days=days_since)


def _against_entry(entry: EvidenceEntry) -> Iterator[str]:
    if entry.pain is None:
        yield _("pain not reported")
    elif entry.band in {BandCode.EASE, BandCode.STOP}:
        yield _("pain {pain}/10").format(pain=entry.pain)
    yield from _morning(entry)
    if entry.effort is None:
        yield _("effort not reported")
    elif entry.effort == Effort.HARD:
        yield _("found it hard")
    elif entry.effort == Effort.STOPPED:
        yield _("had to stop")


def _morning(entry: EvidenceEntry) -> Iterator[str]:
    raised = entry.morning_band not in {None, BandCode.FINE} and entry.morning_band != entry.band
    if entry.worse:
        yield _("worse the morning after")
    elif raised and entry.morning_pain is not None:
        yield _("morning after {pain}/10").format(pain=entry.morning_pain)

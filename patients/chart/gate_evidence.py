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
from patients.rules.periods import (
    FRESH_DAYS,
    LAST_ENTRIES,
    LEAST_RESERVE,
    LOADED_RULE,
    UNLOADED_RULE,
)
from patients.standing.calendar import Calendar
from patients.standing.prescribed import Done
from patients.standing.readiness import (
    EvidenceEntry,
    counts_for,
    is_session_on,
    readiness_by_numbers,
)
from patients.wording.days import short_day
from patients.wording.effort import reserve_in_words

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
    def by_carers(self) -> Sequence[EvidenceEntry]:
        """The entries that are shown and that a carer wrote, wholly or in part."""
        return [entry for entry in self.last if entry.hands]

    @property
    def told_before(self) -> bool:
        """Whether the pain before practice was told of an entry that is shown."""
        return any(entry.before is not None for entry in self.last)

    @property
    def told_reserve(self) -> bool:
        """Whether what was left in reserve was told of an entry that is shown."""
        return any(entry.reserve is not None for entry in self.last)

    @property
    def told_effort(self) -> bool:
        """Whether effort is shown: it was told, or nothing else was."""
        return not self.told_reserve or any(entry.effort is not None for entry in self.last)


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
    counted = {entry.done_on for entry in here if counts_for(rung, entry)}
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
        against=list(_against(len(counted & planned), practised, needed, here, days_since)),
    )


def _since(opened_on: date, reported: Sequence[Reported]) -> list[Reported]:
    signs = [told for told in reported if told.signs and told.day >= opened_on]
    return sorted(signs, key=lambda told: told.at, reverse=True)


def _planned(calendar: Calendar, first: date, today: date, done: set[date]) -> set[date]:
    """The planned days until today. Today counts only when it is logged."""
    return {day for day in calendar.planned(first, today) if day < today or day in done}


def _against(
    counted: int,
    practised: int,
    needed: int,
    here: Sequence[EvidenceEntry],
    days_since: int | None,
) -> Iterator[str]:
    if not here:
        yield _("Nothing practised on this rung yet.")
        return
    if counted < needed:
        yield _few_days(counted, practised).format(count=counted, needed=needed)
    for entry in here[-LAST_ENTRIES:]:
        against = list(_against_entry(entry))
        if against:
            words = ", ".join([*against, *entry.hands])
            yield f"{short_day(entry.done_on)}: {words}."
    if days_since is not None and days_since > FRESH_DAYS:
        yield _("Last practised {days} days ago: these numbers are old.").format(days=days_since)


def _few_days(counted: int, practised: int) -> str:
    if counted == practised:
        return _("Practised on {count} planned days; {needed} are usual before a gate.")
    return _("Practised as prescribed on {count} planned days; {needed} are usual before a gate.")


def _against_entry(entry: EvidenceEntry) -> Iterator[str]:
    yield from _done(entry.done)
    if entry.pain is None:
        yield _("pain not reported")
    elif entry.band in {BandCode.EASE, BandCode.STOP}:
        yield _("pain {pain}/10").format(pain=entry.pain)
    yield from _morning(entry)
    yield from _effort(entry)


def _done(done: Done) -> Iterator[str]:
    """Why the session does not count, by what was done."""
    if done.is_too_light:
        lifted = done.heaviest
        asked = done.kilograms or 0
        if lifted is None:
            yield _("{asked:g} kg prescribed, weight not told").format(asked=asked)
        else:
            yield _("{lifted:g} kg of {asked:g} kg prescribed").format(lifted=lifted, asked=asked)
    elif not done.is_whole:
        yield _("{done} of {asked} repetitions prescribed").format(
            done=done.with_the_weight, asked=done.asked
        )
    if not done.is_hardest:
        yield _("not on the hardest level prescribed")


def _effort(entry: EvidenceEntry) -> Iterator[str]:
    reserve = entry.reserve
    if entry.effort == Effort.STOPPED:
        yield _("had to stop")
    elif reserve is not None and reserve < LEAST_RESERVE:
        yield reserve_in_words(reserve)
    elif reserve is None and entry.effort is None:
        yield _("effort not reported")
    elif reserve is None and entry.effort == Effort.HARD:
        yield _("found it hard")


def _morning(entry: EvidenceEntry) -> Iterator[str]:
    raised = entry.morning_band not in {None, BandCode.FINE} and entry.morning_band != entry.band
    if entry.worse:
        yield _("worse the morning after")
    elif raised and entry.morning_pain is not None:
        yield _("morning after {pain}/10").format(pain=entry.morning_pain)

"""What a patient reported, as the clinic reads it: taken back or not, and what came of it.

Pure functions, over rows that the caller has read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from accounts.models import Clinic
from patients.models import Answer, Asked, Stop, StopAnswer
from patients.standing.reports import ReportRow
from patients.wording.carers import hand_of_stop, written_by
from patients.wording.days import short_day
from patients.wording.stops import contact_in_words, stop_in_words
from patients.wording.symptoms import report_in_a_line


@dataclass(frozen=True)
class Reported:
    """One report, or a stop that no report made.

    ``what``: the signs with their sides, the number, and since when
    ``words``: the patient's own; ``asked``: on which form it was told
    ``fate``: who wrote it, if a carer did, and what came of it
    ``found``: what was found by who answered
    ``signs``: whether it tells more than a number
    ``waits``: whether a stop of it waits for an answer
    ``stopped``: whether a stop came of it; ``taken_back``: whether it holds no more
    """

    at: datetime
    day: date
    what: str
    fate: str
    words: str = ""
    asked: str = ""
    signs: bool = False
    waits: bool = False
    stopped: bool = False
    taken_back: bool = False
    found: str = ""

    @property
    def line(self) -> str:
        """'Numb or tingling leg, left; since today. “My words” Stop: not answered yet.'"""
        words = f"“{self.words}”" if self.words else ""
        return " ".join(part for part in (f"{self.what}.", words, self.fate) if part)

    def without_words(self, characters: int) -> Reported:
        """The same, for little room: without the patient's own words."""
        return replace(self, what=Truncator(self.what).chars(characters), words="")

    @property
    def dated(self) -> str:
        """The line behind its day."""
        return f"{short_day(self.day)}: {self.line}"


def reported(
    rows: Sequence[ReportRow],
    stops: Iterable[Stop],
    clinic: Clinic,
    *,
    practised: Collection[date] = (),
    until: datetime | None = None,
) -> list[Reported]:
    """The reports that say more than the entries of practice show, newest first.

    ``rows``: oldest first; ``stops``: those of the reports among them, with answers
    ``practised``: the days with an entry, which shows the number before practice
    ``until``: what was told or answered from then on is left out; None = nothing is
    """
    known = {row.pk: row for row in rows if until is None or row.at < until}
    later = {row.takes_back: row for row in known.values() if row.takes_back is not None}
    made = _by_report(stops)
    told = []
    for row in reversed(known.values()):
        own = made.get(row.pk, []) + _left_standing(row, known, made)
        if _says_more(row, practised, matters=bool(own) or row.pk in later):
            told.append(_reported(row, later.get(row.pk), own, clinic, until))
    return told


def _by_report(stops: Iterable[Stop]) -> dict[int | None, list[Stop]]:
    made: dict[int | None, list[Stop]] = {}
    for stop in _standing(stops):
        made.setdefault(stop.report_id, []).append(stop)
    return made


def _left_standing(
    row: ReportRow, known: dict[int, ReportRow], made: dict[int | None, list[Stop]]
) -> list[Stop]:
    """The stops of the reports in whose place one stands, that it did not lift."""
    if row.takes_back is None or not row.told.kinds:
        return []
    earlier = known.get(row.takes_back)
    stops = [
        stop
        for stop in made.get(row.takes_back, [])
        if getattr(stop, "answer", None) is None or stop.answer.action != Answer.CORRECTED
    ]
    return stops + (_left_standing(earlier, known, made) if earlier is not None else [])


def stops_without_report(
    stops: Iterable[Stop], clinic: Clinic, until: datetime | None = None
) -> list[Reported]:
    """The stops that an entry of practice or a morning made, newest first."""
    of_entries = [stop for stop in _standing(stops) if stop.report_id is None]
    return [
        Reported(
            stop.at,
            stop.told_on,
            capfirst(stop_in_words(stop)),
            " ".join([*_hand(hand_of_stop(stop)), *_answers([stop], clinic, until)]),
            signs=stop.asks_contact,
            waits=_answer(stop, until) is None,
            stopped=True,
            found=_found([stop], clinic, until),
        )
        for stop in reversed(of_entries)
        if until is None or stop.at < until
    ]


def _standing(stops: Iterable[Stop]) -> list[Stop]:
    """The stops without those that wait again as another row, since their answer was a slip."""
    every = list(stops)
    reopened = {stop.reopens_id for stop in every}
    return [stop for stop in every if not hasattr(stop, "answer") or stop.answer.pk not in reopened]


def _says_more(row: ReportRow, practised: Collection[date], *, matters: bool) -> bool:
    told = row.told
    if told.kinds or told.words:
        return True
    if told.pain is None:
        return False
    shown = row.with_entry if told.asked == Asked.LOG else told.day in practised
    return matters or told.asked == Asked.NOW or not shown


def _reported(
    row: ReportRow,
    later: ReportRow | None,
    stops: Sequence[Stop],
    clinic: Clinic,
    until: datetime | None,
) -> Reported:
    told = row.told
    hand = _hand(written_by(row.carer))
    fate = [*hand, *_taken_back(later, clinic), *_answers(stops, clinic, until)]
    return Reported(
        row.at,
        told.day,
        report_in_a_line(told) or _("In words"),
        " ".join(fate),
        words=told.words,
        asked=str(Asked(told.asked).label),
        signs=bool(told.kinds),
        waits=any(_answer(stop, until) is None for stop in stops),
        stopped=bool(stops),
        taken_back=later is not None and not _instead(later),
        found=_found(stops, clinic, until),
    )


def _hand(hand: str) -> list[str]:
    return [f"{capfirst(hand)}."] if hand else []


def _found(stops: Sequence[Stop], clinic: Clinic, until: datetime | None) -> str:
    """'Seen here 3 March 09:01: strength equal.' of each different answer with a finding."""
    given = [answer for stop in stops if (answer := _answer(stop, until)) is not None]
    said = [contact_in_words(answer, clinic) for answer in given]
    return " ".join(dict.fromkeys(f"{words}." for words in said if words))


def _taken_back(later: ReportRow | None, clinic: Clinic) -> Iterator[str]:
    if later is None:
        return
    instead = _instead(later)
    if instead:
        yield _("Reported, then changed to: {what}.").format(what=instead)
    else:
        moment = later.at.astimezone(clinic.zone)
        yield _("Reported, then taken back at {time:%H:%M}.").format(time=moment)


def _instead(later: ReportRow) -> str:
    return report_in_a_line(later.told) or later.told.words


def _answers(stops: Sequence[Stop], clinic: Clinic, until: datetime | None) -> list[str]:
    """A sentence for each different answer. An answer that covers two stops is told once."""
    if not stops:
        return [_("No stop came of it.")]
    said = [_answered(_answer(stop, until), clinic) for stop in stops]
    return list(dict.fromkeys(said))


def _answer(stop: Stop, until: datetime | None) -> StopAnswer | None:
    answer: StopAnswer | None = getattr(stop, "answer", None)
    return None if answer is not None and until is not None and answer.at >= until else answer


def _answered(answer: StopAnswer | None, clinic: Clinic) -> str:
    if answer is None:
        return _("Stop: not answered yet.")
    if answer.action == Answer.CORRECTED:
        return _("The stop is lifted by it.")
    contact = answer.get_contact_display() if answer.contact else ""
    how = ", ".join(part.lower() for part in (contact, answer.get_action_display()) if part)
    return _("Stop answered {day} by {by}: {how}.").format(
        day=short_day(clinic.day_of(answer.at)), by=answer.by.short_name, how=how
    )

"""Says why a patient is in a class of the caseload, in a clinician's words. No queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Clinic
from patients.caseload.last_two_weeks import Numbers
from patients.models import CaseloadPlace, ProposalKind, Report, Stop, StopCause, VisitStep
from patients.models.stops import URGENT_CAUSES
from patients.rules.periods import LINK_UNOPENED_DAYS
from patients.wording.days import day_words, moment_words
from patients.wording.stops import signs_of_stop, stop_in_words

if TYPE_CHECKING:
    from patients.caseload.summary_row import SummaryRow


class Heading(NamedTuple):
    """The heading of a group.

    ``folded``: the group is closed until it is opened, if it has more than ``open_to`` patients
    """

    title: str | Promise
    hint: str | Promise
    tone: str
    icon: str
    folded: bool = False
    open_to: int = 0


_STOPPED = Heading(
    gettext_lazy("Stopped"),
    gettext_lazy("No drill, or an easier one, until you answer"),
    "stop",
    "stop",
)
_MESSAGE = Heading(gettext_lazy("Message"), gettext_lazy("Not read yet"), "info", "message")
_ON_TRACK = Heading(
    gettext_lazy("On track"),
    gettext_lazy("Nothing needs you today"),
    "ok",
    "ok",
    folded=True,
    open_to=10,
)

#: The heading of each class. Classes that stand together have the same.
HEADINGS: dict[CaseloadPlace, Heading] = {
    CaseloadPlace.STOP_NOW: _STOPPED,
    CaseloadPlace.STOP_URGENT: _STOPPED,
    CaseloadPlace.STOP_LEG: _STOPPED,
    CaseloadPlace.STOP_HIGH: _STOPPED,
    CaseloadPlace.STOP: _STOPPED,
    CaseloadPlace.BELOW_KNEE: Heading(
        gettext_lazy("Pain below the knee"), gettext_lazy("New or worse"), "warn", "warn"
    ),
    CaseloadPlace.USUAL_UP: Heading(
        gettext_lazy("Usual pain went up"), gettext_lazy("Since the lowest of late"), "warn", "warn"
    ),
    CaseloadPlace.READ_FIRST: _MESSAGE,
    CaseloadPlace.UNREAD: _MESSAGE,
    CaseloadPlace.FOLLOW_UP: Heading(
        gettext_lazy("Follow up"), gettext_lazy("You wanted to look again"), "warn", "warn"
    ),
    CaseloadPlace.AMBER: Heading(
        gettext_lazy("Easing off"),
        gettext_lazy("Twice in a row: ease off, or a worse morning"),
        "warn",
        "warn",
    ),
    CaseloadPlace.ASKED: Heading(
        gettext_lazy("Asked for a review"), gettext_lazy("The patient feels ready"), "info", "info"
    ),
    CaseloadPlace.FIRST_VISIT: Heading(
        gettext_lazy("First visit unfinished"),
        gettext_lazy("What was typed is kept. Anybody of the clinic can go on"),
        "info",
        "people",
    ),
    CaseloadPlace.SCREEN: Heading(
        gettext_lazy("To screen"), gettext_lazy("No drill until you have asked"), "warn", "warn"
    ),
    CaseloadPlace.READY: Heading(
        gettext_lazy("Ready by numbers"),
        gettext_lazy("Practice and pain suggest the gate. You decide"),
        "ok",
        "ok",
    ),
    CaseloadPlace.WEIGHT: Heading(
        gettext_lazy("Waits for a weight"),
        gettext_lazy("Their rung is open. Its drill starts when you set one"),
        "info",
        "info",
    ),
    CaseloadPlace.LINK: Heading(
        gettext_lazy("Link not opened"), gettext_lazy("For 3 days or more"), "plain", "phone"
    ),
    CaseloadPlace.QUIET: Heading(
        gettext_lazy("Gone quiet"),
        gettext_lazy("3 planned days and 5 calendar days without practice"),
        "plain",
        "quiet",
    ),
    CaseloadPlace.SIGN: Heading(
        gettext_lazy("Load to sign"),
        gettext_lazy("Practised as set. A change is proposed and waits for you"),
        "ok",
        "ok",
    ),
    CaseloadPlace.MISSED: Heading(
        gettext_lazy("Missed a visit"), gettext_lazy("No other one is planned"), "warn", "today"
    ),
    CaseloadPlace.NEW: Heading(
        gettext_lazy("New"), gettext_lazy("Nothing assigned yet"), "plain", "people"
    ),
    CaseloadPlace.NOT_CLEARED: Heading(
        gettext_lazy("Not cleared"),
        gettext_lazy("No drill. They come up on the day on which you look again"),
        "plain",
        "warn",
        folded=True,
    ),
    CaseloadPlace.ON_TRACK: _ON_TRACK,
    CaseloadPlace.AWAY: _ON_TRACK,
}


class Reason(NamedTuple):
    """Two short texts. A clinician reads ``what`` first, then ``more``."""

    what: str
    more: str = ""


@dataclass(frozen=True)
class OpenMatter:
    """A matter that waits for the clinic: the cause and pain of a stop, the text of a message, or
    the words of a request. Of somebody quiet or ready, who waits for nothing: the clinic's newest
    message.

    ``at``: since when; ``kinds``: of a stop's report; ``back``: whether they were taken back;
    ``tried``: whether somebody could not reach the patient; ``barred``: of a stop or a
    message, whether the patient is not cleared
    """

    text: str
    pain: int | None = None
    at: datetime | None = None
    kinds: Sequence[dict[str, Any]] = ()
    back: bool = False
    tried: bool = False
    barred: bool = False


@dataclass(frozen=True)
class KnownMatters:
    """What a reason needs in addition to the summary.

    ``word``: the open matter.
    ``numbers``: the numbers of the last days.
    ``away_until``: the last day of the pause, if there is one.
    ``paused_by``: the clinician who set the pause; "" for the patient's own.
    """

    word: OpenMatter
    numbers: Numbers
    away_until: date | None = None
    paused_by: str = ""


def reason_of(
    row: SummaryRow, place: CaseloadPlace, clinic: Clinic, today: date, known: KnownMatters
) -> Reason:
    """The reason for a row of ``order.page``, and when somebody wrote because of it."""
    reason = _reason(row, place, clinic, today, known)
    more = [reason.more] if reason.more else []
    written = written_on(row, place, clinic, known.word)
    if written is not None:
        more.append(_("Written to %(day)s.") % {"day": day_words(written, today)})
    if row.missed_on is not None and place != CaseloadPlace.MISSED:
        more.append(_missed(row, today))
    return Reason(reason.what, " ".join(more))


def _missed(row: SummaryRow, today: date) -> str:
    return _("Missed the visit of %(day)s.") % {"day": day_words(row.missed_on, today)}


def _reason(
    row: SummaryRow, place: CaseloadPlace, clinic: Clinic, today: date, known: KnownMatters
) -> Reason:
    if place == CaseloadPlace.AMBER:
        return _easing(known.numbers, day_words(row.amber_since, today))
    if place < CaseloadPlace.READY and place != CaseloadPlace.FOLLOW_UP:
        since = known.word.at if place <= CaseloadPlace.BELOW_KNEE else row.waits_since
        reason = _waiting(place, moment_words(since, clinic, today), known.word)
        return reason if place <= CaseloadPlace.BELOW_KNEE else _besides(reason, row, today, known)
    if place == CaseloadPlace.FIRST_VISIT:
        return _first_visit(row, moment_words(row.waits_since, clinic, today))
    if place == CaseloadPlace.READY:
        return _ready(known.numbers, day_words(row.ready_since, today))
    if place >= CaseloadPlace.ON_TRACK:
        return _on_track(row, place, today, known)
    return _by_the_day(row, place, today)


def _first_visit(row: SummaryRow, begun: str) -> Reason:
    step = VisitStep(row.visit_step)
    named = {"n": list(VisitStep).index(step) + 1, "step": str(step.label).lower()}
    return Reason(_("Step %(n)s waits: %(step)s.") % named, _("Begun %(when)s.") % {"when": begun})


def written_on(
    row: SummaryRow, place: CaseloadPlace | None, clinic: Clinic, word: OpenMatter | None
) -> date | None:
    """The day on which the clinic wrote last to somebody who is quiet or ready, if it was because
    of that: not before."""
    begun = {CaseloadPlace.READY: row.ready_since, CaseloadPlace.QUIET: row.last_practice}
    if place not in begun or word is None or word.at is None:
        return None
    since = begun[place]
    day = clinic.day_of(word.at)
    return day if since is None or day >= since else None


def _look_again(row: SummaryRow, today: date) -> Reason:
    day = day_words(row.follow_up_on, today)
    what = _("Not cleared.") if row.rank == CaseloadPlace.NOT_CLEARED else ""
    return Reason(what, _("Look again: %(day)s.") % {"day": day})


def _besides(reason: Reason, row: SummaryRow, today: date, known: KnownMatters) -> Reason:
    """What a message does not hide: not cleared, and that somebody looks again today."""
    parts = [reason.more] if reason.more else []
    if known.word.barred:
        parts.append(_("Not cleared."))
    if row.follow_up_on is not None and row.follow_up_on <= today:
        parts.append(_look_again(row, today).more)
    return Reason(reason.what, " ".join(parts))


def _waiting(place: CaseloadPlace, at: str, word: OpenMatter) -> Reason:
    quoted = _("“%(words)s”") % {"words": Truncator(word.text).chars(90)} if word.text else ""
    if place == CaseloadPlace.USUAL_UP:
        told = {"pain": word.pain, "when": at}
        return Reason(_("Usual pain %(pain)s/10, told %(when)s.") % told)
    if place <= CaseloadPlace.BELOW_KNEE:
        return _stopped(word, at)
    if place == CaseloadPlace.ASKED:
        return Reason(_("Asked %(when)s.") % {"when": at}, quoted)
    if place == CaseloadPlace.READ_FIRST:
        return Reason(_("Read first. Wrote %(when)s.") % {"when": at}, quoted)
    return Reason(_("Wrote %(when)s.") % {"when": at}, quoted)


def _easing(numbers: Numbers, since: str) -> Reason:
    parts = []
    if numbers.pain is not None:
        parts.append(_("pain up to %(pain)s/10") % {"pain": numbers.pain})
    if numbers.morning is not None:
        parts.append(_("morning after up to %(pain)s/10") % {"pain": numbers.morning})
    if numbers.worse:
        parts.append(_("worse the morning after"))
    what = _("%(numbers)s.") % {"numbers": capfirst(", ".join(parts))} if parts else ""
    if numbers.days < 2:
        return Reason(what, _("Since %(when)s. Twice in a row or more.") % {"when": since})
    return Reason(
        what, _("%(days)s days in a row, since %(when)s.") % {"days": numbers.days, "when": since}
    )


def _ready(numbers: Numbers, since: str) -> Reason:
    days = numbers.days
    highest = numbers.pain
    done = ngettext("Practised %(days)s day of 14", "Practised %(days)s days of 14", days)
    pain = _(", highest pain %(pain)s/10.") % {"pain": highest} if highest is not None else "."
    ready_since = _("Since %(day)s.") % {"day": since}
    return Reason("", done % {"days": days} + pain + " " + ready_since)


def _stopped(word: OpenMatter, at: str) -> Reason:
    """The worst stop: what, with its side, and when; taken back or not reached, if so."""
    more = []
    if word.back:
        more.append(_("Reported, then taken back: call."))
    if word.tried:
        more.append(_("Not reached."))
    if word.barred:
        more.append(_("Not cleared."))
    what = _("%(what)s, told %(when)s.") if word.text in URGENT_CAUSES else _("%(what)s, %(when)s.")
    return Reason(what % {"what": _told(word), "when": at}, " ".join(more))


def _told(word: OpenMatter) -> str:
    if word.text == StopCause.PAIN and word.pain is not None:
        return _("Pain %(pain)s/10") % {"pain": word.pain}
    if word.text == StopCause.MORNING and word.pain is not None:
        return _("Worse the morning after, %(pain)s/10") % {"pain": word.pain}
    if word.text == StopCause.MORNING:
        return _("Worse the morning after")
    if word.text not in StopCause.values:
        return _("Stopped")
    label = str(StopCause(word.text).label)
    stop = Stop(cause=word.text, report=Report(kinds=word.kinds))
    if not signs_of_stop(stop):
        return label
    words = {"cause": label, "what": stop_in_words(stop)}
    return _("%(cause)s: %(what)s") % words if stop.is_urgent else capfirst(words["what"])


def _by_the_day(row: SummaryRow, place: CaseloadPlace, today: date) -> Reason:
    if place in {CaseloadPlace.FOLLOW_UP, CaseloadPlace.NOT_CLEARED}:
        return _look_again(row, today)
    if place == CaseloadPlace.SCREEN:
        return Reason(_("Not screened yet."))
    if place == CaseloadPlace.WEIGHT:
        return Reason(
            _("Set the weight, or choose a level."),
            _("Waiting since %(day)s.") % {"day": day_words(row.weight_from, today)},
        )
    if place == CaseloadPlace.SIGN:
        return Reason(
            _("%(proposed)s.") % {"proposed": ProposalKind(row.sign_kind).label},
            _("Proposed since %(day)s.") % {"day": day_words(row.sign_from, today)},
        )
    if place == CaseloadPlace.MISSED:
        return Reason(_missed(row, today))
    if place == CaseloadPlace.LINK and row.link_from is not None:
        issued = row.link_from - timedelta(days=LINK_UNOPENED_DAYS)
        return Reason(_("Link made %(day)s, not opened.") % {"day": day_words(issued, today)})
    if place == CaseloadPlace.NEW:
        return Reason(
            _("Waiting for a plan since %(day)s.") % {"day": day_words(row.new_since, today)}
        )
    if row.last_practice is None:
        return Reason(
            _("Nothing logged yet."),
            _("Started %(day)s.") % {"day": day_words(row.started_on, today)},
        )
    days = (today - row.last_practice).days
    return Reason(_("No practice for %(days)s days.") % {"days": days})


def _paused(by: str, until: str) -> str:
    """What the clinic ordered is no absence."""
    if by:
        return _("Paused by %(name)s until %(until)s.") % {"name": by, "until": until}
    return _("Away until %(until)s.") % {"until": until}


def _on_track(row: SummaryRow, place: CaseloadPlace, today: date, known: KnownMatters) -> Reason:
    complete = _("Ladder complete.") if row.rung_id is None else ""
    if place == CaseloadPlace.AWAY:
        return Reason("", " ".join([_paused(known.paused_by, _("further notice")), complete]))
    if known.away_until is not None:
        return Reason("", _paused(known.paused_by, day_words(known.away_until, today)))
    if row.last_practice is None:
        return Reason("", _("Started %(day)s.") % {"day": day_words(row.started_on, today)})
    practised = _("Practised %(day)s.") % {"day": day_words(row.last_practice, today)}
    return Reason("", " ".join([practised, complete]))

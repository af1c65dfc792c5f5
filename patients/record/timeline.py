"""What was decided for a patient and what changed, as one readable list, newest first. Reads rows,
writes none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.names import short_name
from patients.models import (
    Answer,
    Finding,
    Outcome,
    Plan,
    Practice,
    Prescription,
    Review,
    ReviewKind,
    Stop,
    StopCause,
)
from patients.record import arrangements, corrections
from patients.wording.days import short_day, weekdays_in_words
from patients.wording.dosage import dosage_in_words
from patients.wording.stops import fault_in_words, stop_in_words


@dataclass(frozen=True)
class Decision:
    """``day``: the clinic's calendar day; ``words``: what was said to the patient or as the reason;
    ``by``: who; ``state``: "passed" marks a pass that stands, "own" a level that the patient
    chose."""

    at: datetime
    day: date
    title: str
    detail: str = ""
    words: str = ""
    by: str = ""
    state: str = ""

    @property
    def by_short(self) -> str:
        """First name and initial."""
        return short_name(self.by)


@dataclass(frozen=True)
class Rows:
    """The rows that a timeline is made of, each with what it names already read: reviews with rung,
    people and withdrawal; prescriptions with level and drill; stops with practice and answer;
    findings with fault; ``corrections`` with the entry that they correct. ``names``: what a
    level is called, by its id."""

    reviews: Sequence[Review] = ()
    prescriptions: Sequence[Prescription] = ()
    made: Sequence[arrangements.Arrangement] = ()
    stops: Sequence[Stop] = ()
    findings: Sequence[Finding] = ()
    corrections: Sequence[Practice] = ()
    names: dict[int, str] | None = None


def of_plan(plan: Plan, rows: Rows) -> list[Decision]:
    """Everything, newest first."""
    made = [
        *_decided(plan, rows),
        *_prescriptions(plan, rows.prescriptions),
        *_findings(plan, rows.findings),
    ]
    # Of two at one moment, the later in this list came later.
    return sorted(made[::-1], key=lambda one: one.at, reverse=True)


def of_day(plan: Plan, rows: Rows, day: date) -> list[Decision]:
    """What was decided and what changed on a day, doses and findings apart; oldest first."""
    return sorted((one for one in _decided(plan, rows) if one.day == day), key=lambda one: one.at)


def _decided(plan: Plan, rows: Rows) -> list[Decision]:
    return [
        _assigned(plan, rows.made),
        *_ended(plan),
        *_passes(plan, rows.reviews),
        *_withdrawals(plan, rows.reviews),
        *_changes(plan, rows),
        *_stops(plan, rows),
        *_corrections(plan, rows),
    ]


def _start_of(plan: Plan, day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), plan.clinic.zone)


def _assigned(plan: Plan, arranged: Sequence[arrangements.Arrangement]) -> Decision:
    first = next(iter(arrangements.of_kind(arranged, arrangements.SCHEDULE)), None)
    detail = weekdays_in_words(first.weekdays) if first else ""
    if plan.moved_from_id is not None:
        title = _("Moved to edition {edition} of {ladder}").format(
            edition=plan.ladder.edition, ladder=plan.ladder.name
        )
    else:
        title = _("Assigned: {ladder}").format(ladder=plan.ladder.name)
    return Decision(
        plan.assigned_at, plan.started_on, title, capfirst(detail), by=plan.assigned_by.name
    )


def _ended(plan: Plan) -> Iterator[Decision]:
    if plan.ended_on is not None:
        title = _("Discharged") if plan.discharged else _("Plan ended")
        by = plan.ended_by.name if plan.ended_by else ""
        # Nothing on a plan comes after its end.
        at = _start_of(plan, plan.ended_on + timedelta(days=1))
        yield Decision(at, plan.ended_on, title, by=by)


def _passes(plan: Plan, reviews: Sequence[Review]) -> Iterator[Decision]:
    for review in reviews:
        if review.kind == ReviewKind.GATE:
            passed = review.outcome == Outcome.PASSED
            title = _("Passed: {rung}") if passed else _("Not yet: {rung}")
            yield _review(plan, [review], title)
    together = [review for review in reviews if review.kind != ReviewKind.GATE]
    for (kind, _who, _day, _note), group in groupby(together, key=lambda one: _act(plan, one)):
        placed = list(group)
        yield _review(
            plan,
            placed,
            _("Placed: {rung}") if kind == ReviewKind.PLACEMENT else _("Carried over: {rung}"),
        )


def _act(plan: Plan, review: Review) -> tuple[str, int, date, str]:
    """Reviews of one placement or one move belong together."""
    return (review.kind, review.by_id, plan.clinic.day_of(review.at), review.note)


def _review(plan: Plan, reviews: Sequence[Review], title: str) -> Decision:
    last = reviews[-1]
    return Decision(
        last.at,
        plan.clinic.day_of(last.at),
        title.format(rung=", ".join(one.rung.name for one in reviews)),
        words=last.note,
        by=last.by.name,
        state="passed" if any(hasattr(one, "standing") for one in reviews) else "",
    )


def _withdrawals(plan: Plan, reviews: Sequence[Review]) -> Iterator[Decision]:
    taken = [review for review in reviews if hasattr(review, "withdrawal")]
    for review in taken:
        first = review.withdrawal
        if first.cause_id is not None:
            continue
        above = [one.rung.name for one in taken if one.withdrawal.cause_id == first.pk]
        yield Decision(
            first.at,
            plan.clinic.day_of(first.at),
            _("Withdrawn: {rung}").format(rung=review.rung.name),
            _("With it: {rungs}").format(rungs=", ".join(above)) if above else "",
            first.reason,
            first.by.name,
        )


def _prescriptions(plan: Plan, rows: Iterable[Prescription]) -> Iterator[Decision]:
    for one in rows:
        title = _("Dose: {dose}").format(dose=dosage_in_words(one))
        day = plan.clinic.day_of(one.at)
        yield Decision(one.at, day, title, str(one.level), one.word, one.by.name)


def _changes(plan: Plan, rows: Rows) -> Iterator[Decision]:
    names = rows.names or {}
    dosed = {(one.level_id, one.by.name, plan.clinic.day_of(one.at)) for one in rows.prescriptions}
    for one in _after_the_first_schedule(rows.made):
        day = plan.clinic.day_of(one.at)
        # A level chosen together with its dose is told by the dose.
        if one.until is None and (one.level_id, one.by, day) in dosed:
            continue
        title, detail = _change(one, names.get(one.level_id, ""))
        mine = one.kind == arrangements.LEVEL and one.by == plan.patient.name
        words = one.words or "" if one.kind != arrangements.GOAL else ""
        yield Decision(one.at, day, title, detail, words, one.by, "own" if mine else "")
    yield from _resumed(plan, rows.made)


def _after_the_first_schedule(
    arranged: Sequence[arrangements.Arrangement],
) -> Iterator[arrangements.Arrangement]:
    """The first schedule belongs to the assignment."""
    first = next(iter(arrangements.of_kind(arranged, arrangements.SCHEDULE)), None)
    return (one for one in arranged if one is not first)


def _resumed(plan: Plan, arranged: Sequence[arrangements.Arrangement]) -> Iterator[Decision]:
    for one in arrangements.of_kind(arranged, arrangements.PAUSE):
        if one.resumed_on is not None and one.resumed_on != one.until:
            yield Decision(_start_of(plan, one.resumed_on), one.resumed_on, _("Practice resumed"))


def _change(one: arrangements.Arrangement, level: str) -> tuple[str, str]:
    if one.kind == arrangements.SCHEDULE:
        return _("Days: {days}").format(days=weekdays_in_words(one.weekdays)), (
            _("From {day}").format(day=short_day(one.from_day)) if one.from_day else ""
        )
    if one.kind == arrangements.GOAL:
        return _("Goal: {rung}").format(rung=one.words or _("the top of the ladder")), ""
    until = _("until {day}").format(day=short_day(one.until)) if one.until else ""
    if one.kind == arrangements.PAUSE:
        return _("Paused {until}").format(until=until).strip(), ""
    if until:
        return _("Train lower {until}").format(until=until), level
    return _("Level: {level}").format(level=level), ""


def _stops(plan: Plan, rows: Rows) -> Iterator[Decision]:
    for stop in rows.stops:
        answer = getattr(stop, "answer", None)
        if answer is not None and is_lifted(stop):
            title = _("Stop lifted: {why}").format(why=_why_lifted(stop, rows.names or {}))
            yield Decision(answer.at, plan.clinic.day_of(answer.at), title, by=answer.by.name)
            continue
        title = _("Stop: {cause}").format(cause=stop_in_words(stop))
        yield Decision(stop.at, plan.clinic.day_of(stop.at), title)
        if answer is not None:
            title = _("Answer: {action}").format(action=answer.get_action_display().lower())
            day = plan.clinic.day_of(answer.at)
            yield Decision(answer.at, day, title, words=answer.word, by=answer.by.name)


def _why_lifted(stop: Stop, names: dict[int, str]) -> str:
    if stop.cause == StopCause.MORNING:
        return _("the morning after, put right the same day")
    after = getattr(stop.practice, "corrected_by", None)
    return (corrections.in_words(stop.practice, after, names) if after else "") or stop_in_words(
        stop
    )


def is_lifted(stop: Stop) -> bool:
    """Whether a wrong number was put right on its day, so that no clinician had to answer."""
    answer = getattr(stop, "answer", None)
    return answer is not None and answer.action == Answer.CORRECTED


def _corrections(plan: Plan, rows: Rows) -> Iterator[Decision]:
    """Corrections that lifted a stop are told by the stop."""
    lifted = {
        stop.practice_id
        for stop in rows.stops
        if is_lifted(stop) and stop.cause != StopCause.MORNING
    }
    for one in rows.corrections:
        changed = corrections.in_words(one.corrects, one, rows.names or {}) if one.corrects else ""
        if not changed or one.corrects_id in lifted:
            continue
        title = _("Practice of {day} changed").format(day=short_day(one.done_on))
        yield Decision(one.at, plan.clinic.day_of(one.at), title, capfirst(changed), by=one.by.name)


def _findings(plan: Plan, findings: Iterable[Finding]) -> Iterator[Decision]:
    for one in findings:
        yield Decision(
            one.at,
            one.seen_on,
            _("Seen: {fault}").format(fault=fault_in_words(one)),
            by=one.by.name,
        )
        if one.cleared_on is not None and one.cleared_by is not None:
            title = _("Gone: {fault}").format(fault=fault_in_words(one))
            cleared = _start_of(plan, one.cleared_on)
            yield Decision(max(cleared, one.at), one.cleared_on, title, by=one.cleared_by.name)

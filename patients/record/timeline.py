"""The timeline of a plan: its decisions and changes as one readable list.

Its functions take rows that the caller has read, and write nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from patients.models import (
    Finding,
    Letter,
    NotePart,
    Outcome,
    Plan,
    Practice,
    Prescription,
    ProposalKind,
    RecordNote,
    Review,
    ReviewKind,
    Stop,
    StopCause,
)
from patients.record import arrangements, corrections
from patients.record.decision import Decision as Decision
from patients.record.decision import in_sentences
from patients.record.letters import letter_lines
from patients.record.marks import marks_in_words
from patients.record.notes import note_lines
from patients.record.reports import Reported
from patients.record.stop_lines import is_lifted, stop_lines
from patients.standing.ways import way_of
from patients.wording.carers import hand_of
from patients.wording.days import short_day, weekdays_in_words
from patients.wording.dosage import whole_dose
from patients.wording.stops import (
    fault_in_words,
    look_again_in_words,
)


@dataclass(frozen=True)
class Rows:
    """The rows of a timeline, each with the related rows that the timeline shows.

    ``reviews``: with rung, people, active pass, withdrawal and marks
    ``prescriptions``: with level and drill
    ``made``: the plan's arrangements
    ``stops``: with practice and answer
    ``findings``: with fault
    ``corrections``: entries that correct another one, with that one
    ``reported``: what the patient reported, newest first
    ``notes``, ``letters``: of the clinic, with people and what came of them
    ``names``: the names of levels by their ids
    """

    reviews: Sequence[Review] = ()
    prescriptions: Sequence[Prescription] = ()
    made: Sequence[arrangements.Arrangement] = ()
    stops: Sequence[Stop] = ()
    findings: Sequence[Finding] = ()
    corrections: Sequence[Practice] = ()
    reported: Sequence[Reported] = ()
    notes: Sequence[RecordNote] = ()
    letters: Sequence[Letter] = ()
    names: dict[int, str] | None = None


def of_plan(plan: Plan, rows: Rows) -> list[Decision]:
    """The whole timeline of a plan, newest line first."""
    decisions = [
        *_decided(plan, rows),
        *_prescriptions(plan, rows.prescriptions),
        *_findings(plan, rows.findings),
        *note_lines(plan, rows.notes),
    ]
    # Of two decisions at one moment, the one that comes later in this list was made later.
    return sorted(decisions[::-1], key=lambda decision: decision.at, reverse=True)


def decided(plan: Plan, rows: Rows) -> list[Decision]:
    """The lines of a plan without doses, findings and notes, oldest first."""
    return sorted(_decided(plan, rows), key=lambda decision: decision.at)


def _decided(plan: Plan, rows: Rows) -> list[Decision]:
    return [
        _assigned(plan, rows.made),
        *_ended(plan),
        *_passes(plan, rows.reviews),
        *_withdrawals(plan, rows.reviews),
        *_changes(plan, rows),
        *_reported(plan, rows.reported),
        *stop_lines(plan, rows.stops, rows.names or {}),
        *_corrections(plan, rows),
        *letter_lines(plan.clinic, rows.letters),
    ]


def _start_of(plan: Plan, day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), plan.clinic.zone)


def _assigned(plan: Plan, arranged: Sequence[arrangements.Arrangement]) -> Decision:
    first = next(iter(arrangements.of_kind(arranged, arrangements.SCHEDULE)), None)
    detail = weekdays_in_words(first.weekdays) if first else ""
    if plan.moved_from is not None and plan.moved_from.ladder_id == plan.ladder_id:
        title = _("Taken up again: {ladder}").format(ladder=plan.ladder.name)
    elif plan.moved_from is not None:
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
        if plan.end_reason:
            title = _("Set aside: {ladder}").format(ladder=plan.ladder.name)
        by = plan.ended_by.name if plan.ended_by else ""
        # The end of the day, so that the plan's other lines of that day come before.
        at = _start_of(plan, plan.ended_on + timedelta(days=1))
        yield Decision(at, plan.ended_on, title, words=plan.end_reason or "", by=by)


def _passes(plan: Plan, reviews: Sequence[Review]) -> Iterator[Decision]:
    for review in reviews:
        if review.kind == ReviewKind.GATE:
            passed = review.outcome == Outcome.PASSED
            title = _("Passed: {rung}") if passed else _("Not yet: {rung}")
            yield _review(plan, [review], title)
    together = [review for review in reviews if review.kind != ReviewKind.GATE]
    for (kind, _who, _day, _note), group in groupby(
        together, key=lambda review: _act(plan, review)
    ):
        placed = list(group)
        yield _review(
            plan,
            placed,
            _("Placed: {rung}") if kind == ReviewKind.PLACEMENT else _("Carried over: {rung}"),
        )


def _act(plan: Plan, review: Review) -> tuple[str, int, date, str]:
    """The key of an act: the reviews of one placement or of one move have the same."""
    return (review.kind, review.by_id, plan.clinic.day_of(review.at), review.note)


def _review(plan: Plan, reviews: Sequence[Review], title: str) -> Decision:
    last = reviews[-1]
    return Decision(
        last.at,
        plan.clinic.day_of(last.at),
        title.format(rung=", ".join(review.rung.name for review in reviews)),
        marks_in_words(reviews),
        words=last.note,
        by=last.by.name,
        state="passed" if any(hasattr(review, "active_pass") for review in reviews) else "",
        part=NotePart.JUDGED,
    )


def _withdrawals(plan: Plan, reviews: Sequence[Review]) -> Iterator[Decision]:
    withdrawn = [review for review in reviews if hasattr(review, "withdrawal")]
    for review in withdrawn:
        first = review.withdrawal
        if first.cause_id is not None:
            continue
        above = [other.rung.name for other in withdrawn if other.withdrawal.cause_id == first.pk]
        mistake = _("Pressed by mistake, taken back: {rung}")
        title = mistake if first.is_slip else _("Withdrawn: {rung}")
        details = [_("With it: {rungs}").format(rungs=", ".join(above))] if above else []
        if first.to_patient:
            details.append(_("The patient reads: “{words}”").format(words=first.to_patient))
        yield Decision(
            first.at,
            plan.clinic.day_of(first.at),
            title.format(rung=review.rung.name),
            ". ".join(details),
            first.reason,
            first.by.name,
            part=NotePart.JUDGED,
        )


def _prescriptions(plan: Plan, rows: Iterable[Prescription]) -> Iterator[Decision]:
    for prescription in rows:
        title = _("Dose: {dose}").format(dose=whole_dose(prescription))
        day = plan.clinic.day_of(prescription.at)
        yield Decision(
            prescription.at,
            day,
            title,
            _prescribed(prescription),
            prescription.word,
            prescription.by.name,
        )


def _prescribed(prescription: Prescription) -> str:
    """The level, and why it was prescribed although it does not suit everybody."""
    said = [str(prescription.level)]
    if prescription.reason:
        said.append(_("To avoid, prescribed since: {why}").format(why=prescription.reason))
    if (way := way_of(prescription.level.drill, prescription)) is not None:
        said.append(_("Another way: {name}").format(name=way.name))
    if prescription.signed_for:
        kind = ProposalKind(prescription.signed_for).label
        said.append(_("Signed as proposed: {kind}").format(kind=kind))
    if prescription.why_more:
        said.append(_("More than is usual, since: {why}").format(why=prescription.why_more))
    if prescription.at_home:
        said.append(_("For the clinic alone, done at home all the same"))
    return ". ".join(said)


def _changes(plan: Plan, rows: Rows) -> Iterator[Decision]:
    names = rows.names or {}
    dosed = {
        (prescription.level_id, prescription.by.name, plan.clinic.day_of(prescription.at))
        for prescription in rows.prescriptions
    }
    for change in _after_the_first_schedule(rows.made):
        day = plan.clinic.day_of(change.at)
        # When a level was chosen together with its dose, the line of the dose names it.
        if _is_level(change) and (change.level_id, change.by, day) in dosed:
            continue
        title, detail = _change_in_words(change, names.get(change.level_id, ""), rows.findings)
        words = change.words or "" if change.kind != arrangements.GOAL else ""
        state = "own" if change.kind == arrangements.LEVEL and _own(plan, change) else ""
        part = _part(plan, change)
        yield Decision(change.at, day, title, detail, words, change.by, state, part)
    yield from _resumed(plan, rows.made)


def _is_level(change: arrangements.Arrangement) -> bool:
    """Whether it is a choice without a last day."""
    return change.kind == arrangements.LEVEL and change.until is None


def _own(plan: Plan, change: arrangements.Arrangement) -> bool:
    """Whether the patient made the change."""
    return change.by == plan.patient.name


def _part(plan: Plan, change: arrangements.Arrangement) -> NotePart:
    if change.kind == arrangements.LOOK:
        return NotePart.SEEN
    return NotePart.TOLD if _own(plan, change) else NotePart.DECIDED


def _after_the_first_schedule(
    arranged: Sequence[arrangements.Arrangement],
) -> Iterator[arrangements.Arrangement]:
    """The arrangements without the first schedule, which the line of the assignment shows."""
    first = next(iter(arrangements.of_kind(arranged, arrangements.SCHEDULE)), None)
    return (change for change in arranged if change is not first)


def _resumed(plan: Plan, arranged: Sequence[arrangements.Arrangement]) -> Iterator[Decision]:
    for pause in arrangements.of_kind(arranged, arrangements.PAUSE):
        day = pause.resumed_on
        if day is not None and day != pause.until:
            yield Decision(_start_of(plan, day), day, _("Practice resumed"))


def _change_in_words(
    change: arrangements.Arrangement, level: str, findings: Sequence[Finding]
) -> tuple[str, str]:
    if change.kind == arrangements.SCHEDULE:
        return _("Days: {days}").format(days=weekdays_in_words(change.weekdays)), (
            _("From {day}").format(day=short_day(change.from_day)) if change.from_day else ""
        )
    if change.kind == arrangements.GOAL:
        return _("Goal: {rung}").format(rung=change.words or _("the top of the ladder")), ""
    if change.kind == arrangements.LOOK:
        return _("Looked again"), look_again_in_words(change.until)
    until = _("until {day}").format(day=short_day(change.until)) if change.until else ""
    if change.kind == arrangements.PAUSE:
        return _("Paused {until}").format(until=until).strip(), ""
    if change.is_borrowed:
        return _("For now, instead, {until}").format(until=until), _helping(change, level, findings)
    return _level_in_words(change, level, until)


def _level_in_words(change: arrangements.Arrangement, level: str, until: str) -> tuple[str, str]:
    if change.kind == arrangements.BORROWED_END:
        return _("Own drill again"), _("In place of {level}").format(level=level)
    if until:
        return _("Train lower {until}").format(until=until), level
    return _("Level: {level}").format(level=level), ""


def _helping(change: arrangements.Arrangement, level: str, findings: Sequence[Finding]) -> str:
    """'Bench in front, from a locked rung. Helps with: squats the hinge'."""
    seen = next((one for one in findings if one.pk == change.finding_id), None)
    fault = fault_in_words(seen) if seen is not None else ""
    return _("{level}, from a locked rung. Helps with: {fault}").format(level=level, fault=fault)


def _reported(plan: Plan, rows: Sequence[Reported]) -> Iterator[Decision]:
    """The signs of which no stop came. A stop names its own, and numbers stand in the history."""
    ended = _start_of(plan, plan.ended_on + timedelta(days=1)) if plan.ended_on else None
    for told in rows:
        late = ended is not None and told.at >= ended
        if told.signs and not told.stopped and told.at >= plan.assigned_at and not late:
            title = _("Reported: {what}").format(what=told.what)
            yield Decision(
                told.at, told.day, title, told.fate, told.words, plan.patient.name, part=""
            )


def _corrections(plan: Plan, rows: Rows) -> Iterator[Decision]:
    """The corrections that lifted no stop; the line of a lifted stop shows its correction."""
    lifted = {
        stop.practice_id
        for stop in rows.stops
        if is_lifted(stop) and stop.cause != StopCause.MORNING
    }
    names = rows.names or {}
    for entry in rows.corrections:
        changed = corrections.in_words(entry.corrects, entry, names) if entry.corrects else ""
        if not changed or entry.corrects_id in lifted:
            continue
        title = _("Practice of {day} changed").format(day=short_day(entry.done_on))
        day = plan.clinic.day_of(entry.at)
        detail = in_sentences(changed, hand_of(entry.by))
        yield Decision(entry.at, day, title, detail, by=entry.by.name, part=NotePart.TOLD)


def _findings(plan: Plan, findings: Iterable[Finding]) -> Iterator[Decision]:
    for finding in findings:
        yield Decision(
            finding.at,
            finding.seen_on,
            _("Seen: {fault}").format(fault=fault_in_words(finding)),
            by=finding.by.name,
        )
        if finding.cleared_on is not None and finding.cleared_by is not None:
            title = _("Gone: {fault}").format(fault=fault_in_words(finding))
            cleared = _start_of(plan, finding.cleared_on)
            yield Decision(
                max(cleared, finding.at), finding.cleared_on, title, by=finding.cleared_by.name
            )

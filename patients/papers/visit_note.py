"""The visit note: plain text in four parts, for the clinic's own record system.

What was told and logged since the last visit, what was seen, what was judged, and what was decided,
prescribed and advised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from curriculum.variants import read_variants
from patients.models import (
    Finding,
    NotePart,
    Pass,
    Patient,
    Plan,
    Prescription,
    Review,
    ReviewKind,
    Tick,
    Withdrawal,
    WithdrawalKind,
)
from patients.models.open_rung import open_position
from patients.papers.at_home import at_home_in_words, goal_then, passed_then
from patients.papers.told import decision_in_words, one_line, told_lines
from patients.papers.visit import Visit, visit_on
from patients.record import timeline
from patients.record.cautions import caution_lines
from patients.record.decision import Decision
from patients.record.letters import letter_lines, letters_of
from patients.record.notes import notes_of, put_right_in_words
from patients.record.queries import all_rows
from patients.record.screened import (
    outcome_in_words,
    precautions_in_words,
    screening_until,
    waiting_in_words,
)
from patients.standing import identity
from patients.standing.visits import next_visit
from patients.wording.days import full_day, short_day
from patients.wording.dosage import whole_dose
from patients.wording.marks import figure_in_words, judged_words, why_in_words
from patients.wording.stops import fault_in_words
from patients.wording.visits import visit_in_full


def visit_note(patient: Patient, day: date, since: date | None = None) -> str:
    """The note for one calendar day of the clinic, as things were at the end of that day.

    A part with nothing to say is left out. ``since``: the first day that it tells of; None = since
    the last visit.
    """
    visit = visit_on(patient, day, since)
    decided = _decisions(visit)
    parts = (
        (_told_title(visit), told_lines(visit, decided), NotePart.TOLD),
        (_("Seen"), _seen(visit, decided), NotePart.SEEN),
        (_("Judged"), _judged(visit, decided), NotePart.JUDGED),
        (_("Decided, prescribed, advised"), _advised(visit, decided), NotePart.DECIDED),
    )
    lines = [*_head(visit)]
    for title, part, kind in parts:
        said = _once(visit, [*part, *_notes(visit, kind)])
        if said:
            lines += ["", f"{title}:", *(f"- {line}" for line in said)]
    return "\n".join(lines) + "\n"


def _once(visit: Visit, lines: list[str]) -> list[str]:
    """A move copies rows with their day: what the older plan says is not repeated."""
    moved = any(plan.moved_from_id is not None for plan in visit.plans)
    return list(dict.fromkeys(lines)) if moved else lines


def _told_title(visit: Visit) -> str:
    if visit.since_day is None:
        return _("Told and logged")
    return _("Told and logged since {day}").format(day=short_day(visit.since_day))


def _decisions(visit: Visit) -> list[Decision]:
    """Of each plan oldest first; what stands of the older plan comes first."""
    if not visit.plans:
        return list(letter_lines(visit.patient.clinic, letters_of(visit.patient)))
    return [decision for plan in visit.plans for decision in timeline.decided(plan, all_rows(plan))]


def _head(visit: Visit) -> Iterator[str]:
    patient = visit.patient
    name = patient.name_on_paper
    who = ", ".join(part for part in (name, identity.in_words(patient, visit.day)) if part)
    yield _("Visit {day}: {patient}").format(day=full_day(visit.day), patient=who)
    for plan in visit.plans:
        yield _place(visit, plan)
    screening = screening_until(patient, visit.ends)
    precautions = precautions_in_words(screening)
    if precautions:
        yield _("Precautions: {words}.").format(words=precautions.removesuffix("."))
    yield outcome_in_words(screening, patient.clinic)
    waits = waiting_in_words(patient, visit.ends)
    if waits:
        yield waits


def _place(visit: Visit, plan: Plan) -> str:
    goal = goal_then(plan, visit.ends)
    rungs = {rung.position: rung for rung in plan.ladder.rungs.order_by("position")}
    passed = passed_then(plan, visit.ends)
    position = open_position(rungs, set(passed), goal)
    if position is None:
        return _("{ladder}. Ladder complete up to the goal.").format(ladder=plan.ladder.name)
    return _("{ladder}. Open rung: {rung}. Passed: {count} of {all}.").format(
        ladder=plan.ladder.name,
        rung=rungs[position].name,
        count=len(passed),
        all=sum(goal is None or place <= goal for place in rungs),
    )


def _notes(visit: Visit, part: NotePart) -> Iterator[str]:
    """The clinic's own notes of the day, oldest first, each line of them in its place."""
    for note in visit.of_day(notes_of(visit.patient)).filter(part=part).order_by("pk"):
        fate = put_right_in_words(note)
        later = getattr(note, "taken_back_by", None)
        if not note.text or (later is not None and later.at < visit.ends):
            continue
        words = "\n  ".join(line for line in note.text.splitlines() if line.strip())
        yield " ".join(filter(None, [words, f"[{fate}]" if fate else "", f"({note.by.name})"]))


def _on_the_day(visit: Visit, decided: Sequence[Decision], part: NotePart) -> list[Decision]:
    return [one for one in decided if one.part == part and one.day == visit.day]


def _seen(visit: Visit, decided: Sequence[Decision]) -> Iterator[str]:
    yield from _met(visit)
    yield from _set_aside(visit)
    rows = Finding.objects.filter(plan__in=visit.plans).select_related("fault")
    for finding in visit.of_day(rows):
        yield _("Fault: {fault}").format(fault=fault_in_words(finding))
    for finding in rows.filter(cleared_on=visit.day):
        yield _("Gone: {fault}").format(fault=fault_in_words(finding))
    for look in _on_the_day(visit, decided, NotePart.SEEN):
        yield decision_in_words(look)


def _marked(visit: Visit, *, applies: bool) -> QuerySet[Any]:
    """The marks of the day, each with whether its rung was passed by placement."""
    placed = Pass.objects.filter(
        plan=OuterRef("plan"), rung=OuterRef("criterion__rung"), review__kind=ReviewKind.PLACEMENT
    )
    ticks = Tick.objects.filter(plan__in=visit.plans, applies=applies)
    return visit.of_day(
        ticks.annotate(placed=Exists(placed)).select_related("criterion__rung", "level__drill")
    ).order_by("criterion__rung__position", "criterion__position")


def _met(visit: Visit) -> Iterator[str]:
    """What was met, a line for each rung, as it was asked: a placement has words of its own."""
    rungs: dict[str, list[str]] = {}
    for tick in _marked(visit, applies=True):
        asked = judged_words(tick, placed=tick.placed)
        seen = figure_in_words(tick.figure)
        words = f"{asked.removesuffix('.')}: {seen}" if seen else asked.removesuffix(".")
        rungs.setdefault(_judged_on(tick), []).append(words)
    for rung, met in rungs.items():
        yield _("{rung}, met: {criteria}").format(rung=rung, criteria=_criteria(met))


def _judged_on(tick: Tick) -> str:
    """'Butt taps (15 cm, one hand on a counter)': the rung, and the level that was in force."""
    rung = tick.criterion.rung.name
    if tick.level is None:
        return rung
    way = read_variants(tick.level.drill.variants).get(tick.variant)
    level = tick.level.setting or tick.level.drill.name
    said = [level if level != rung else "", way.name if way else ""]
    words = ", ".join(filter(None, said))
    return f"{rung} ({words})" if words else rung


def _criteria(met: Sequence[str]) -> str:
    """The criteria in a line. What is said behind each of them is said once."""
    ends = {words[words.rfind(" (") :] if words.endswith(")") else "" for words in met}
    (end, *others) = ends
    if len(met) < 2 or others or not end:
        return "; ".join(met)
    return _("{criteria}. Each{end}").format(
        criteria="; ".join(words.removesuffix(end) for words in met), end=end
    )


def _set_aside(visit: Visit) -> Iterator[str]:
    for tick in _marked(visit, applies=False):
        yield _("{rung}, does not apply: {criterion}. {why}").format(
            rung=tick.criterion.rung.name,
            criterion=(tick.judged or tick.criterion.text).removesuffix("."),
            why=why_in_words(tick.why),
        )


def _judged(visit: Visit, decided: Sequence[Decision]) -> Iterator[str]:
    told = {words for _how, words in _to_patient(visit)}
    for decision in _on_the_day(visit, decided, NotePart.JUDGED):
        yield decision_in_words(decision, "" if decision.words in told else None)
    watched = Finding.objects.filter(plan__in=visit.plans, at__lt=visit.begins)
    watched = watched.filter(Q(cleared_on=None) | Q(cleared_on__gt=visit.day))
    names = dict.fromkeys(fault_in_words(one) for one in watched.select_related("fault"))
    if names:
        yield _("Faults still watched: {faults}").format(faults=", ".join(names))


def _advised(visit: Visit, decided: Sequence[Decision]) -> Iterator[str]:
    """Every decision with its author, and with its reason unless the patient was told it."""
    said = _to_patient(visit)
    told = {words for _how, words in said}
    for decision in _on_the_day(visit, decided, NotePart.DECIDED):
        yield decision_in_words(decision, "" if decision.words in told else None)
    yield from _prescribed(visit)
    for how, words in said:
        yield f"{how}: “{one_line(words)}”"
    following = next_visit(visit.patient) if visit.is_today else None
    if following is not None:
        yield _("Next visit: {day}").format(day=visit_in_full(following.day, following.time))


def _prescribed(visit: Visit) -> Iterator[str]:
    """The doses of the day, and what the patient does at home now."""
    rows = Prescription.objects.filter(plan__in=visit.plans).select_related(
        "level__drill", "level__rung", "by", "band"
    )
    for dose in visit.of_day(rows):
        yield _("Prescribed: {level}, {dose} ({name})").format(
            level=dose.level, dose=whole_dose(dose), name=dose.by.name
        )
        yield from caution_lines(dose, visit.patient, visit.ends)
    for plan in visit.plans:
        if plan.ended_on is None or plan.ended_on > visit.day:
            yield at_home_in_words(plan, visit.day)


def _to_patient(visit: Visit) -> list[tuple[str, str]]:
    """Everything written on that day that the patient reads, and how. The same words stand once."""
    how: dict[str, str] = {}
    for kind, words in _written(visit):
        how.setdefault(words, kind)
    return [(kind, words) for words, kind in how.items()]


def _written(visit: Visit) -> Iterator[tuple[str, str]]:
    told = _("Told the patient")
    for words in (*_at_gates(visit), *_with_answers(visit)):
        yield told, words
    doses = Prescription.objects.filter(plan__in=visit.plans).exclude(word="")
    for prescription in visit.of_day(doses):
        yield _("With the drill"), prescription.word
    for message in visit.of_day(visit.patient.messages.filter(from_patient=False)):
        yield _("Wrote to the patient"), message.text


def _at_gates(visit: Visit) -> Iterator[str]:
    standing = Review.objects.filter(plan__in=visit.plans)
    standing = standing.exclude(withdrawal__kind=WithdrawalKind.SLIP)
    for review in visit.of_day(standing.exclude(note="")):
        yield review.note
    withdrawn = Withdrawal.objects.filter(review__plan__in=visit.plans, cause=None)
    for withdrawal in visit.of_day(withdrawn.exclude(to_patient="")):
        yield withdrawal.to_patient


def _with_answers(visit: Visit) -> Iterator[str]:
    """The words of the answers to stops. One press may answer several: its word is said once."""
    stops = visit.patient.stops.filter(answer__reopened_by=None).exclude(answer__word="")
    rows = visit.of_day(stops.select_related("answer"), "answer__at")
    words = {stop.answer.act_id or stop.answer.pk: stop.answer.word for stop in rows}
    yield from words.values()

"""The lines of a timeline about stops, their answers, and answers taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from patients.models import Answer, NotePart, Plan, Stop, StopAnswer, StopCause
from patients.record import corrections
from patients.record.decision import Decision, in_sentences
from patients.wording.carers import hand_of_stop
from patients.wording.days import short_day
from patients.wording.stops import answer_in_words, stop_in_words
from patients.wording.symptoms import report_in_a_line, since_in_words


def stop_lines(plan: Plan, stops: Sequence[Stop], names: dict[int, str]) -> Iterator[Decision]:
    """What was told, tries to reach the patient, answers, and answers that were taken back.

    ``names``: the names of levels by their ids
    """
    for stop in stops:
        yield from _answers_taken_back(plan, stop)
        answer = getattr(stop, "answer", None)
        if answer is not None and is_lifted(stop):
            title = _("Stop lifted: {why}").format(why=_why_lifted(stop, names))
            day = plan.clinic.day_of(answer.at)
            part = NotePart.TOLD if stop.report is None else ""
            yield Decision(answer.at, day, title, by=answer.by.name, part=part)
            continue
        if stop.reopens is None:
            yield from _told(plan, stop)
        yield from _tries(plan, stop)
        if answer is not None:
            yield from _answered(plan, answer, stops)


def _answered(plan: Plan, answer: StopAnswer, stops: Sequence[Stop]) -> Iterator[Decision]:
    """The answer of a press, once, with everything that it answered where that is more than one."""
    given = [getattr(stop, "answer", None) for stop in stops]
    act = answer.act_id or answer.pk
    together = [one for one in given if one is not None and act in {one.pk, one.act_id}]
    if together[0] != answer:
        return
    title = _("Answer: {action}").format(action=answer.get_action_display().lower())
    if len(together) > 1:
        answered = "; ".join(stop_in_words(one.stop) for one in together)
        title = _("{answer} (to {what})").format(answer=title, what=answered)
    day = plan.clinic.day_of(answer.at)
    detail = answer_in_words(answer, plan.clinic)
    yield Decision(answer.at, day, title, detail, answer.word, answer.by.name)


def _told(plan: Plan, stop: Stop) -> Iterator[Decision]:
    """What was told, and that the patient no longer says it, though the stop waited on."""
    title = _("Stop: {cause}").format(cause=stop_in_words(stop))
    since = since_in_words(stop.report) if stop.report else ""
    detail = in_sentences(since, hand_of_stop(stop))
    words = stop.report.words if stop.report else ""
    yield Decision(stop.at, plan.clinic.day_of(stop.at), title, detail, words, part="")
    later = getattr(stop.report, "taken_back_by", None)
    if later is not None and (stop.taken_back or not stop.needs_contact):
        title = _("Reported, then taken back: {what}").format(what=stop_in_words(stop))
        instead = report_in_a_line(later)
        yield Decision(later.at, later.day, title, instead, later.words, later.by.name, part="")


def _answers_taken_back(plan: Plan, stop: Stop) -> Iterator[Decision]:
    given = stop.reopens
    if given is None or stop.reopened_at is None:
        return
    title = _("Pressed by mistake, taken back: the answer “{action}”")
    yield Decision(
        stop.reopened_at,
        plan.clinic.day_of(stop.reopened_at),
        title.format(action=given.get_action_display().lower()),
        _("It waits for an answer again: {cause}").format(cause=stop_in_words(stop)),
        by=given.by.name,
    )


def _tries(plan: Plan, stop: Stop) -> Iterator[Decision]:
    for one in stop.tries.all():
        again = one.try_again_at.astimezone(plan.clinic.zone)
        detail = _("Try again {day} {time:%H:%M}").format(day=short_day(again.date()), time=again)
        yield Decision(one.at, one.day, _("Could not be reached"), detail, one.words, one.by.name)


def _why_lifted(stop: Stop, names: dict[int, str]) -> str:
    if stop.cause == StopCause.MORNING:
        return _("the morning after, put right the same day")
    if stop.report is not None:
        return _("{what}, reported, then put right").format(what=stop_in_words(stop))
    entry = stop.practice
    after = getattr(entry, "corrected_by", None)
    changed = corrections.in_words(entry, after, names) if entry and after else ""
    return changed or stop_in_words(stop)


def is_lifted(stop: Stop) -> bool:
    """Whether a correction on the same day lifted the stop, so that no clinician had to answer."""
    answer = getattr(stop, "answer", None)
    return answer is not None and answer.action == Answer.CORRECTED

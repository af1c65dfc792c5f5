"""The first part of the visit note: what was told and logged since the last visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from patients.models import Message, NotePart, Plan, Practice, ReviewRequest, Stop, StopAnswer
from patients.papers.logged import practice_lines, read_logged
from patients.papers.visit import Visit
from patients.record.decision import Decision
from patients.record.queries import stops_in_sight, stops_of
from patients.record.reports import Reported, reported, stops_without_report
from patients.record.scores import scores_in_words
from patients.standing.activities import activity_courses
from patients.standing.reports import read_reports
from patients.standing.usual_pain import accepted_of, is_known
from patients.wording.carers import hand_of
from patients.wording.days import short_day


def told_lines(visit: Visit, decided: Sequence[Decision]) -> Iterator[str]:
    """Practice, pain, reports, words, and what the patient changed.

    ``decided``: the lines of the timeline, oldest first
    """
    yield from _story(visit)
    logged = read_logged(plans_since(visit), visit.since, visit.day, visit.ends)
    yield from practice_lines(logged)
    yield from _usual(visit)
    yield from _scores(visit)
    for told in reported_since(visit):
        yield " ".join(filter(None, [told.dated, _found(visit, told, decided)])).removesuffix(".")
    yield from _written(visit)
    for change in decided:
        # The levels that the patient chose stand with the practice.
        mine = change.part == NotePart.TOLD and change.state != "own"
        if mine and visit.in_window(change.at):
            yield f"{short_day(change.day)}: {decision_in_words(change)}"


def decision_in_words(decision: Decision, reason: str | None = None) -> str:
    """'Passed: Dowel hinge (Elin Ek). Detail. Reason'. ``reason``: None = the decision's words."""
    title = f"{decision.title} ({decision.by})" if decision.by else decision.title
    words = decision.words if reason is None else reason
    return ". ".join([title, *filter(None, [decision.detail, words])])


def plans_since(visit: Visit) -> list[Plan]:
    """The plans that ran at some time since the last visit, older first."""
    since = visit.since_day
    plans = visit.patient.plans.filter(started_on__lte=visit.day).select_related("clinic")
    return [
        plan
        for plan in plans.order_by("pk")
        if since is None or plan.ended_on is None or plan.ended_on >= since
    ]


def reported_since(visit: Visit) -> list[Reported]:
    """Reports and stops since the last visit, and older ones that wait, oldest first."""
    patient = visit.patient
    stops = _stops(visit)
    done = Practice.objects.filter(plan__patient=patient, done_on__lte=visit.day)
    practised = set(done.values_list("done_on", flat=True))
    clinic = patient.clinic
    told = [
        *reported(read_reports(patient), stops, clinic, practised=practised, until=visit.ends),
        *stops_without_report(stops, clinic, until=visit.ends),
    ]
    here = [one for one in told if one.waits or visit.in_window(one.at)]
    return sorted(here, key=lambda one: one.at)


def _story(visit: Visit) -> Iterator[str]:
    """Why the patient came, from an intake since the last visit; at the first the referral too."""
    referral = visit.patient.referral_note if visit.since is None else ""
    if referral:
        yield _("Referral: {words}").format(words=one_line(referral))
    intakes = [row for row in visit.patient.intakes.order_by("pk") if visit.in_window(row.at)]
    for intake in intakes[-1:]:
        if intake.reason:
            yield _("Reason: {words}").format(words=one_line(intake.reason))
        if intake.goal:
            yield _("Own goal: {words}").format(words=one_line(intake.goal))


def one_line(words: str) -> str:
    return " ".join(words.split())


def _found(visit: Visit, told: Reported, decided: Sequence[Decision]) -> str:
    """What was found before this day. What was found on it stands with the answer."""
    today = [one.detail for one in decided if one.day == visit.day]
    return "" if any(told.found.removesuffix(".") in detail for detail in today) else told.found


def _stops(visit: Visit) -> list[Stop]:
    found = {stop.pk: stop for stop in stops_in_sight(visit.patient, None)}
    for plan in plans_since(visit):
        found |= {stop.pk: stop for stop in stops_of(plan)}
    return sorted(found.values(), key=lambda stop: stop.pk)


def _usual(visit: Visit) -> Iterator[str]:
    told = [row for row in accepted_of(visit.patient) if row.at < visit.ends]
    if not told or told[-1].pain is None:
        return
    last = told[-1]
    words = _("Usual pain: {pain}/10, told {day}")
    if not is_known(last.day, visit.day):
        words = _("Usual pain: not known now; {pain}/10, told {day}")
    yield words.format(pain=last.pain, day=short_day(last.day))


def _scores(visit: Visit) -> Iterator[str]:
    """Every score where one was told since the last visit, else the mean or the only one."""
    courses = activity_courses(visit.patient, visit.ends)
    lines = scores_in_words(courses)
    since = visit.since_day
    days = [day for course in courses for day, _score in course.ratings]
    fresh = since is None or any(day > since or day == visit.day for day in days)
    for line in lines if fresh else lines[:1]:
        yield _("PSFS, {score}").format(score=line)


def _written(visit: Visit) -> Iterator[str]:
    """The patient's own words, apart from those of reports, and what the clinic wrote before."""
    said = [
        *_messages(visit),
        *_answered(visit),
        *((one.at, _("asked for a review"), one.words) for one in _requests(visit)),
        *((one.at, _("paper log"), one.note) for one in _paper(visit)),
    ]
    for at, how, words in sorted(said):
        day = short_day(visit.patient.clinic.day_of(at))
        yield f"{day}, {how}: “{one_line(words)}”" if words else f"{day}: {how}"


def _messages(visit: Visit) -> Iterator[tuple[datetime, str, str]]:
    """Those of both sides. What the clinic wrote on the day itself stands with what was advised."""
    rows = Message.objects.filter(patient=visit.patient, report__isnull=True).select_related("by")
    for one in rows:
        if not visit.in_window(one.at) or not (one.from_patient or one.at < visit.begins):
            continue
        if one.by.is_carer:
            how = _("with the log") if one.practice_id else _("wrote")
            yield one.at, f"{how}, {hand_of(one.by)}", one.text
        elif one.from_patient:
            yield one.at, _("with the log") if one.practice_id else _("wrote"), one.text
        else:
            yield one.at, _("{name} wrote").format(name=one.by.name), one.text


def _answered(visit: Visit) -> Iterator[tuple[datetime, str, str]]:
    """The words of answers to stops before the day, once for each press."""
    answers = StopAnswer.objects.filter(stop__patient=visit.patient, reopened_by=None)
    rows = answers.exclude(word="").filter(at__lt=visit.begins).select_related("by")
    given = {one.act_id or one.pk: one for one in rows if visit.in_window(one.at)}
    for one in given.values():
        yield one.at, _("{name} answered").format(name=one.by.name), one.word


def _requests(visit: Visit) -> list[ReviewRequest]:
    rows = ReviewRequest.objects.filter(plan__patient=visit.patient)
    return [one for one in rows if visit.in_window(one.at)]


def _paper(visit: Visit) -> list[Practice]:
    rows = Practice.objects.standing().filter(plan__patient=visit.patient, paper=True)
    return [one for one in rows.exclude(note="") if visit.in_window(one.at)]

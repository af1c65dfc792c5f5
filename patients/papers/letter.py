"""The letter to a doctor or another colleague, as plain text on about one page. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from patients.models import Patient, Plan
from patients.papers.at_home import at_home_in_words
from patients.papers.logged import days_in_words, heaviest_in_words, pain_in_brief, read_logged
from patients.papers.told import one_line, reported_since
from patients.papers.visit import Visit, last_visit
from patients.record.scores import scores_in_words
from patients.record.screened import (
    outcome_in_words,
    precautions_in_words,
    screening_until,
    waiting_in_words,
)
from patients.rules.periods import SUMMARY_WEEKS
from patients.standing import identity
from patients.standing.activities import activity_courses
from patients.standing.usual_pain import read_usual
from patients.standing.visits import next_visit
from patients.wording.days import full_day, short_day
from patients.wording.visits import visit_in_full

#: The most reports that a letter names, the newest ones.
REPORTS = 6
#: After so many planned days it is said that nothing was practised.
ENOUGH_DAYS = 7


@dataclass(frozen=True)
class Typed:
    """What the clinician types: to whom, why, and a free line."""

    addressee: str = ""
    why: str = ""
    words: str = ""


def letter_text(patient: Patient, by: User, typed: Typed) -> str:
    """The whole letter as of today. What was not typed is left out."""
    paragraphs = [
        *_opening(patient, typed),
        *_patient(patient),
        *_reports(patient),
        *_course(patient),
        *_scores(patient),
        *_closing(patient, by),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def _opening(patient: Patient, typed: Typed) -> Iterator[str]:
    clinic = patient.clinic
    yield f"{clinic.name}, {clinic.phone}\n{full_day(clinic.today())}"
    if typed.addressee.strip():
        yield _("To: {addressee}").format(addressee=typed.addressee.strip())
    who = (patient.name_on_paper, identity.in_words(patient, clinic.today()))
    yield _("About: {who}").format(who=", ".join(filter(None, who)))
    yield _("Dear colleague,")
    yield typed.why.strip()
    yield typed.words.strip()


def _patient(patient: Patient) -> Iterator[str]:
    """Why the patient came, what limits them, and the outcome of the screening."""
    yield "\n".join(_story(patient))
    screening = screening_until(patient)
    precautions = precautions_in_words(screening)
    lines = [_("Precautions: {words}.").format(words=precautions)] if precautions else []
    lines.append(outcome_in_words(screening, patient.clinic, whole=True))
    yield "\n".join(filter(None, [*lines, waiting_in_words(patient)]))


def _story(patient: Patient) -> Iterator[str]:
    intake = patient.intakes.last()
    reason = (intake.reason if intake else "") or patient.referral_note
    if reason:
        yield _("Reason for physiotherapy: {words}").format(words=one_line(reason))
    if intake and intake.goal:
        yield _("Own goal: {words}").format(words=one_line(intake.goal))


def _window(patient: Patient) -> Visit:
    """The last weeks as a stretch of time, for what was reported and logged in them."""
    today = patient.clinic.today()
    begins = patient.clinic.day_span(today - timedelta(weeks=SUMMARY_WEEKS))[0]
    return Visit(patient, today, begins, patient.clinic.day_span(today)[1], (), begins)


def _reports(patient: Patient) -> Iterator[str]:
    told = [one for one in reported_since(_window(patient)) if one.signs or one.stopped]
    if not told:
        if not patient.plans.exists():
            return
        yield _("Nothing new was reported, and nothing was stopped, in the last {n} weeks.").format(
            n=SUMMARY_WEEKS
        )
        return
    title = _("Reported, and stops, in the last {n} weeks:").format(n=SUMMARY_WEEKS)
    yield "\n".join([title, *(f"- {one.dated} {one.found}".rstrip() for one in told[-REPORTS:])])


def _course(patient: Patient) -> Iterator[str]:
    plan = patient.plans.select_related("clinic", "ladder", "goal_rung", "patient__clinic").first()
    if plan is None:
        return
    window = _window(patient)
    logged = read_logged([plan], window.since, window.day, window.ends)
    lines = [_climb(plan)]
    if logged.entries or len(logged.planned) >= ENOUGH_DAYS:
        lines.append(
            _("In the last {n} weeks: {days}.").format(
                n=SUMMARY_WEEKS, days=_small(days_in_words(logged))
            )
        )
    if logged.entries:
        lines.append(f"{pain_in_brief(logged.entries)}.")
    lines += _usual(patient)
    lift = heaviest_in_words(logged)
    lines.append(_("Load: {lift}.").format(lift=_small(lift) or _("no weights yet")))
    if plan.ended_on is None:
        lines.append(f"{at_home_in_words(plan, window.day)}.")
    yield "\n".join(lines)


def _scores(patient: Patient) -> Iterator[str]:
    scores = scores_in_words(activity_courses(patient))
    if scores:
        title = _(
            "Own activities, Patient-Specific Functional Scale (0 cannot do it, 10 as before):"
        )
        yield "\n".join([title, *(f"- {capfirst(line)}" for line in scores)])


def _climb(plan: Plan) -> str:
    """'Trains Hip hinge since 3 March 2026: 3 of 7 steps passed, now Bench behind.'"""
    open_rung = plan.open_rung
    now = _("now {rung}").format(rung=open_rung.name) if open_rung else _("complete")
    passed = len(plan.passed_rungs)
    words = ngettext(
        "{ladder}, from unloaded drills to lifting, since {day}: {n} of {all} step passed, {now}.",
        "{ladder}, from unloaded drills to lifting, since {day}: {n} of {all} steps passed, {now}.",
        plan.rungs().count(),
    )
    line = words.format(
        ladder=plan.ladder.name,
        day=full_day(plan.started_on),
        n=passed,
        all=plan.rungs().count(),
        now=now,
    )
    if plan.ended_on is None:
        return line
    ended = _("Discharged {day}.") if plan.discharged else _("Ended {day}.")
    return f"{line} {ended.format(day=full_day(plan.ended_on))}"


def _usual(patient: Patient) -> Iterator[str]:
    usual = read_usual(patient)
    if usual.pain is not None and usual.told_on is not None:
        yield _("Usual pain: {pain}/10, told {day}.").format(
            pain=usual.pain, day=short_day(usual.told_on)
        )


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _closing(patient: Patient, by: User) -> Iterator[str]:
    clinic = patient.clinic
    seen = last_visit(patient, timezone.now())
    days: list[str] = []
    if seen is not None:
        days.append(_("Last seen {day}.").format(day=full_day(clinic.day_of(seen))))
    following = next_visit(patient)
    if following is not None:
        days.append(_("Next visit {day}.").format(day=visit_in_full(following.day, following.time)))
    yield " ".join(days)
    yield _("With kind regards,\n{name}, physiotherapist\n{clinic}, {phone}").format(
        name=by.name_on_paper, clinic=clinic.name, phone=clinic.phone
    )

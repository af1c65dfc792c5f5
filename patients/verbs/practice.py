"""The verbs of practice: keep a draft, log a day, answer about the morning after.

They open no rung. ``verbs.stops`` answers the stops that they make.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Level
from patients.models import (
    Answer,
    Draft,
    Morning,
    Plan,
    Practice,
    Report,
    Stop,
    StopCause,
)
from patients.rules import guards
from patients.rules.periods import MORNING_DAYS
from patients.rules.refusals import Refused
from patients.standing import pain, symptoms
from patients.standing.before import stopped_before, told_before
from patients.standing.easier import was_easier
from patients.standing.pain_limits import limits_for
from patients.standing.usual_pain import usual_before
from patients.summaries import refresh as summaries
from patients.verbs import messages as message_verbs
from patients.verbs import practice_checks
from patients.verbs import stops as stop_verbs

#: Causes that a number of pain makes.
OF_A_NUMBER = (StopCause.PAIN, StopCause.FLARE)


@transaction.atomic
def save_draft(
    *,
    plan: Plan,
    level: Level,
    by: User,
    sets: Sequence[dict[str, Any]],
    day: date | None = None,
) -> Draft:
    """Save the sets that the patient has tapped so far on a day. The default day is today.

    Raises ``Refused``: not_the_patient, plan_ended, other_ladder, bad_sets, and those of
    ``practice_checks.check_day``.
    """
    plan = guards.lock(plan)
    guards.patient_carer_or_clinic(by, plan.patient)
    guards.running(plan)
    if level.rung.ladder_id != plan.ladder_id:
        raise Refused("other_ladder")
    day = day or plan.clinic.today()
    practice_checks.check_day(plan, day, plan.clinic.today())
    draft, _ = Draft.objects.update_or_create(
        plan=plan,
        day=day,
        defaults={
            "level": level,
            "sets": practice_checks.clean_sets(sets, at_least=0),
            "updated_at": timezone.now(),
        },
    )
    return draft


@transaction.atomic
def log(
    *,
    plan: Plan,
    level: Level,
    by: User,
    client_id: str,
    done_on: date,
    sets: Sequence[dict[str, Any]],
    pain: int | None = None,
    effort: str | None = None,
    note: str = "",
    corrects: Practice | None = None,
    paper: bool = False,
    leg: str | None = None,
    why_stopped: str | None = None,
    report: Report | None = None,
    reserve: int | None = None,
) -> Practice:
    """Record one day's practice. The same form sent again returns the first entry.

    ``client_id``: made once for each form; ``sets``: list of {"side", "reps", "seconds", "load"}
    ``pain``: 0-10, None = not reported; ``corrects``: the entry that this one replaces, if any
    ``report``: what was told with it, with its own stops; ``reserve``: 0-4, None = not told
    Raises ``Refused``: not_the_patient, bad_client_id, other_content, bad_sets, too_long, and those
    of ``practice_checks.check``.
    """
    plan = guards.lock(plan)
    guards.patient_carer_or_clinic(by, plan.patient)
    entry = Practice(
        plan=plan, level=level, by=by, done_on=done_on, pain=pain, corrects=corrects, paper=paper
    )
    _say_how(entry, effort, why_stopped, leg, note)
    entry.report = report
    entry.reserve = reserve
    practice_checks.clean_form(entry, client_id, sets)
    if (first := _sent_before(entry)) is not None:
        return first
    practice_checks.check(entry, today=plan.clinic.today())
    return _save(entry)


def _say_how(
    entry: Practice, effort: str | None, why_stopped: str | None, leg: str | None, note: str
) -> None:
    entry.effort = effort or None
    entry.why_stopped = why_stopped or None
    entry.leg = leg or None
    entry.note = guards.words(note, 1000)


def _sent_before(entry: Practice) -> Practice | None:
    """The entry of the same form, if it was sent before. Raises ``Refused``: other_content."""
    first = Practice.objects.filter(plan=entry.plan, client_id=entry.client_id).first()
    if first is not None and practice_checks.content(first) != practice_checks.content(entry):
        raise Refused("other_content")
    return first


def _save(entry: Practice) -> Practice:
    usual = usual_before(entry.plan, entry.done_on)
    limits = limits_for(entry.plan.patient, entry.done_on)
    entry.before = told_before(entry.plan, entry.done_on)
    told = entry.told
    logged = pain.higher(
        pain.of_entry(entry, usual, limits),
        symptoms.band(told.urgency, told.signs) if told is not None else None,
    )
    entry.band = logged.code if logged is not None else None
    corrected = entry.corrects
    entry.easier = corrected.easier if corrected else was_easier(entry.plan, entry.done_on)
    entry.borrowed = practice_checks.is_borrowed(entry)
    entry.save(force_insert=True)
    Draft.objects.filter(plan=entry.plan, day=entry.done_on).delete()
    # A correction that leaves the note as it was gives the clinic no new message to read.
    news = entry.note if entry.corrects is None or entry.corrects.note != entry.note else ""
    if news and entry.by.of_patients_side:
        message_verbs.keep(entry.plan.patient, entry.plan, entry.by, news, practice=entry)
    cause = _cause(entry, usual, limits)
    if entry.corrects is not None:
        stop_verbs.lift_stop_of(entry)
        _carry_morning(entry, entry.corrects)
    if cause is not None:
        stop_verbs.make_stop(entry, cause)
    summaries.refresh(entry.plan.patient)
    return entry


def _cause(entry: Practice, usual: int | None, limits: pain.AnyLimits) -> str | None:
    """The cause of the stop that the entry makes. What was told before practice has made its own
    then."""
    of_pain = pain.of_pain(entry, usual, limits)
    if of_pain is pain.Band.STOP and stopped_before(entry.plan.patient, entry.done_on):
        of_pain = pain.of_during(entry, usual, limits)
    told = entry.told
    if told is None:
        return pain.stop_cause(of_pain, entry.leg)
    # What was told with the entry has made its own stops.
    leg = None if entry.leg in {sign.kind for sign in told.signs} else entry.leg
    stopped = told.stops.filter(cause__in=OF_A_NUMBER).exists()
    return pain.stop_cause(None if stopped else of_pain, leg)


def _carry_morning(correction: Practice, corrected: Practice) -> None:
    """Copy the morning after to the correction; its band follows from the corrected entry."""
    morning = corrected.mornings.select_related("by").last()
    if morning is not None:
        _save_morning(correction, morning.by, morning.pain, morning.worse)


def morning_is_open(done_on: date, today: date) -> bool:
    """Whether the patient can still answer about the morning after a day, or change the answer."""
    return done_on < today <= done_on + timedelta(days=MORNING_DAYS)


@transaction.atomic
def answer_morning(
    *,
    practice: Practice,
    by: User,
    pain_now: int | None = None,
    worse: bool | None = None,
    client_id: str = "",
) -> Morning:
    """Record how the patient felt the morning after an entry. A patient has three days for it.

    A second answer corrects the first by a new row; the same answer or form again changes nothing.

    ``client_id``: made once for each form; empty for a page from before forms had one
    ``pain_now``: 0-10; None = not reported
    ``worse``: whether it was worse than usual; None = not reported

    Raises ``Refused``: not_the_patient, nobody_reads, bad_pain, bad_choice, morning_closed,
    not_your_words.
    """
    plan = guards.lock(practice.plan)
    guards.patient_carer_or_clinic(by, plan.patient)
    if by.of_patients_side:
        _check_that_morning_is_open(practice.done_on, plan)
    practice_checks.check_pain(pain_now)
    if pain_now is None and worse is None:
        raise Refused("bad_choice")
    # The page may show an entry that was corrected in the meantime.
    practice = Practice.objects.standing().get(plan=plan, done_on=practice.done_on)
    number = guards.form_number(client_id)
    of_the_form = _morning_of_form(practice, number)
    for told in (of_the_form, practice.mornings.last()):
        if told is not None and (told.pain, told.worse, told.by_id) == (pain_now, worse, by.pk):
            return told
    _check_whose_morning(practice, by)
    # Other answers in a form that was sent before, as after "Back", correct it.
    number = "" if of_the_form is not None else number
    morning = _save_morning(practice, by, pain_now, worse, number)
    summaries.refresh(plan.patient)
    return morning


def _check_that_morning_is_open(done_on: date, plan: Plan) -> None:
    if plan.ended_on is not None:
        raise Refused("nobody_reads", clinic=plan.clinic.name, phone=plan.clinic.phone)
    if not morning_is_open(done_on, plan.clinic.today()):
        raise Refused("morning_closed")


def _check_whose_morning(practice: Practice, by: User) -> None:
    before = practice.mornings.last()
    if before is not None:
        guards.own_words(by, before.by_id)


def _morning_of_form(practice: Practice, number: str) -> Morning | None:
    """The morning that the same form told, whichever entry of the day stood then."""
    if not number:
        return None
    day = Morning.objects.filter(practice__plan=practice.plan, practice__done_on=practice.done_on)
    return day.filter(client_id=number).first()


def _save_morning(
    practice: Practice, by: User, pain_now: int | None, worse: bool | None, number: str = ""
) -> Morning:
    plan = practice.plan
    logged = pain.band_of_code(practice.band)
    usual = usual_before(plan, practice.done_on)
    limits = limits_for(plan.patient, practice.done_on)
    own = pain.morning(pain_now, worse, usual, limits)
    whole = pain.higher(logged, own)
    code = whole.code if whole is not None else None
    morning = Morning.objects.create(
        practice=practice, by=by, pain=pain_now, worse=worse, band=code, client_id=number
    )
    if own is not pain.Band.STOP:
        stop_verbs.lift_morning_stop_of(practice, by)
    else:
        morning_stops = Stop.objects.filter(
            plan=plan, practice__done_on=practice.done_on, cause=StopCause.MORNING
        )
        if not morning_stops.exclude(answer__action=Answer.CORRECTED).exists():
            stop_verbs.make_stop(practice, StopCause.MORNING, morning)
    return morning

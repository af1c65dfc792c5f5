"""The verbs of practice: what was done, how it was, what a clinician answers. They open nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.models import Level
from patients import entries, guard, levels, pain, plans, progression, summary
from patients.models import (
    Answer,
    Draft,
    Message,
    Morning,
    Plan,
    Practice,
    Stop,
    StopAnswer,
    StopCause,
)
from patients.refused import Refused

MORNING_DAYS = 3


@transaction.atomic
def save_draft(*, plan: Plan, level: Level, by: User, sets: Sequence[dict[str, Any]]) -> Draft:
    """Keep the sets tapped so far today. Raises ``Refused``: not_the_patient, plan_ended, other_ladder, bad_sets."""
    plan = guard.lock(plan)
    guard.own_person(by, plan)
    guard.running(plan)
    if level.rung.ladder_id != plan.ladder_id:
        raise Refused("other_ladder")
    draft, _ = Draft.objects.update_or_create(
        plan=plan,
        day=plan.clinic.today(),
        defaults={"level": level, "sets": entries.clean_sets(sets, at_least=0), "updated_at": timezone.now()},
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
) -> Practice:
    """Record one day's practice, once however often it arrives; a correction names the entry it replaces.

    ``sets``: list of {"side", "reps", "seconds", "load"}; ``pain`` 0-10 or None = not reported; ``client_id`` is made
    once per form. Raises ``Refused``: not_the_patient, bad_client_id, other_content, bad_sets, bad_pain, bad_choice,
    too_long, paper_by_clinic, clinic_by_paper, not_yet_that_day, too_long_ago, before_the_plan, after_the_plan,
    other_ladder, level_locked_that_day, day_taken, nothing_to_correct, other_day.
    """
    plan = guard.lock(plan)
    guard.own_person(by, plan)
    entry = Practice(plan=plan, level=level, by=by, done_on=done_on, pain=pain, corrects=corrects, paper=paper)
    entry.effort, entry.why_stopped, entry.leg = effort or None, why_stopped or None, leg or None
    entry.client_id, entry.sets = entries.clean_client_id(client_id), entries.clean_sets(sets)
    entry.note = guard.words(note, 1000)
    standing = Practice.objects.filter(plan=plan, client_id=entry.client_id).first()
    if standing is not None:
        if entries.content(standing) == entries.content(entry):
            return standing
        raise Refused("other_content")
    entries.check(entry, today=plan.clinic.today())
    _save(entry)
    return entry


def _save(entry: Practice) -> None:
    usual = entry.plan.patient.usual_pain()
    limits = pain.thresholds_of(entry.plan.clinic)
    logged = pain.during(entry.pain, entry.leg, usual, limits)
    entry.band = logged.code if logged is not None else None
    entry.save(force_insert=True)
    Draft.objects.filter(plan=entry.plan, day=entry.done_on).delete()
    # Said already: a correction of the number alone is no news to read.
    news = entry.note if entry.corrects is None or entry.corrects.note != entry.note else ""
    if news and entry.by.is_patient:
        Message.objects.create(plan=entry.plan, by=entry.by, from_patient=True, practice=entry, text=news)
    cause = pain.stop_cause(pain.band(entry.pain, usual, limits), entry.leg)
    if entry.corrects is not None:
        _lift_stop_of(entry)
        _carry_morning(entry, entry.corrects)
    if cause is not None:
        _stop(entry, cause)
    summary.refresh(entry.plan.patient)


def _stop(entry: Practice, cause: str) -> None:
    # A plan that has ended has no drill to stop: what paper says of its last day is on record, with its band.
    if entry.plan.ended_on is None:
        Stop.objects.create(plan=entry.plan, practice=entry, cause=cause)


def _lift_stop_of(correction: Practice) -> None:
    """A wrong number tapped, put right on the day it was entered, is no stop; later only a clinician answers."""
    clinic, corrected = correction.plan.clinic, correction.corrects
    if corrected is None or clinic.day_of(corrected.at) != clinic.today():
        return
    for stop in Stop.objects.unanswered().filter(practice=corrected):
        StopAnswer.objects.create(stop=stop, by=correction.by, action=Answer.CORRECTED)


def _carry_morning(correction: Practice, corrected: Practice) -> None:
    """The morning after belongs to the day: its band follows from the entry as it now stands."""
    morning = corrected.mornings.select_related("by").last()
    if morning is not None:
        _save_morning(correction, morning.by, morning.pain, morning.worse)


def morning_is_open(done_on: date, today: date) -> bool:
    """Whether the patient can still say how it was the morning after a day, or change what was said."""
    return done_on < today <= done_on + timedelta(days=MORNING_DAYS)


@transaction.atomic
def answer_morning(*, practice: Practice, by: User, pain_now: int | None = None, worse: bool | None = None) -> Morning:
    """How it was the morning after an entry, within three days; answering again is a correction by a new row.

    Raises ``Refused``: not_the_patient, nobody_reads, bad_pain, bad_choice, morning_closed.
    """
    plan = guard.lock(practice.plan)
    guard.own_person(by, plan)
    if by.is_patient and plan.ended_on is not None:
        raise Refused("nobody_reads", clinic=plan.clinic.name, phone=plan.clinic.phone)
    entries.check_pain(pain_now)
    if pain_now is None and worse is None:
        raise Refused("bad_choice")
    today = plan.clinic.today()
    if by.is_patient and not morning_is_open(practice.done_on, today):
        raise Refused("morning_closed")
    # The page may still show the entry as it was before its correction.
    practice = Practice.objects.standing().get(plan=plan, done_on=practice.done_on)
    latest = practice.mornings.last()
    if latest is not None and (latest.pain, latest.worse, latest.by_id) == (pain_now, worse, by.pk):
        return latest
    made = _save_morning(practice, by, pain_now, worse)
    summary.refresh(plan.patient)
    return made


def _save_morning(practice: Practice, by: User, pain_now: int | None, worse: bool | None) -> Morning:
    plan, logged = practice.plan, pain.band_of_code(practice.band)
    usual, limits = plan.patient.usual_pain(), pain.thresholds_of(plan.clinic)
    whole = pain.with_morning(logged, pain_now, worse, usual, limits)
    code = whole.code if whole is not None else None
    made = Morning.objects.create(practice=practice, by=by, pain=pain_now, worse=worse, band=code)
    if whole is not pain.Band.STOP:
        _lift_morning_stop_of(practice, by)
    elif logged is not pain.Band.STOP:
        of_the_day = Stop.objects.filter(plan=plan, practice__done_on=practice.done_on, cause=StopCause.MORNING)
        if not of_the_day.exclude(answer__action=Answer.CORRECTED).exists():
            _stop(practice, StopCause.MORNING)
    return made


def _lift_morning_stop_of(practice: Practice, by: User) -> None:
    """A wrong number tapped about the morning, put right on the same day, is no stop."""
    clinic = practice.plan.clinic
    stops = Stop.objects.unanswered().filter(plan=practice.plan, practice__done_on=practice.done_on)
    for stop in stops.filter(cause=StopCause.MORNING):
        if clinic.day_of(stop.at) == clinic.today():
            StopAnswer.objects.create(stop=stop, by=by, action=Answer.CORRECTED)


@transaction.atomic
def answer_stop(
    *,
    stop: Stop,
    by: User,
    action: str,
    word: str = "",
    level: Level | None = None,
    until: date | None = None,
) -> StopAnswer:
    """A clinician's answer to a stop, with a word to the patient. ``level`` and ``until`` (last day) go with
    "lower", ``until`` with "pause"; "withdraw" takes back the rung of ``level``, with the word as its reason.

    Raises ``Refused``: not_yours, bad_choice, stop_answered, goal_level, until_in_past, and what the act itself
    refuses.
    """
    plan = guard.lock(stop.plan)
    guard.own_clinician(by, plan.clinic_id)
    word = guard.words(word, 500)
    if action not in {Answer.CARRY_ON, Answer.LOWER, Answer.PAUSE, Answer.WITHDRAW}:
        raise Refused("bad_choice")
    standing = StopAnswer.objects.filter(stop=stop).select_related("by").first()
    if standing is not None:
        if (standing.by_id, standing.action, standing.word) == (by.pk, action, word):
            return standing
        at = standing.at.astimezone(plan.clinic.zone)
        raise Refused("stop_answered", name=standing.by.short_name, at=at)
    _act(plan, by, action, word, level, until)
    made = StopAnswer.objects.create(stop=stop, by=by, action=action, word=word)
    # One answer covers what else stood: the patient reads one word, not three.
    for other in Stop.objects.unanswered().filter(plan=plan):
        StopAnswer.objects.create(stop=other, by=by, action=action, word=word)
    summary.refresh(plan.patient)
    return made


def _act(plan: Plan, by: User, action: str, word: str, level: Level | None, until: date | None) -> None:
    if action == Answer.CARRY_ON:
        return
    if action == Answer.PAUSE:
        plans.pause(plan=plan, by=by, until=until, reason=word)
        return
    if level is None:
        raise Refused("goal_level")
    if action == Answer.LOWER:
        if until is None:
            raise Refused("until_missing")
        plans.choose_level(plan=plan, level=level, by=by, reason=word, until=until)
    else:
        progression.withdraw(plan=plan, rung=level.rung, by=by, reason=word)


def lower_levels(plan: Plan, day: date) -> list[Level]:
    """Levels of passed rungs, and those below the present one on the open rung: what "train lower" may choose."""
    current = levels.standing(plan, day, plan.open_rung).level
    if current is None:
        return []
    reachable = Level.objects.filter(
        rung__ladder_id=plan.ladder_id, helper=False, rung__position__lte=current.rung.position
    ).select_related("rung", "drill")
    here = (current.rung.position, current.position)
    return [
        level
        for level in reachable.order_by("rung__position", "position")
        if (level.rung.position, level.position) < here
    ]

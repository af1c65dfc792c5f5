"""Turns a life into rows, as the verbs would have written them: the person, the plan, the gate."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from random import Random
from types import MappingProxyType
from typing import Any

from accounts.models import PhoneLink, Role, User
from curriculum import screening as content
from curriculum.models import Fault
from patients.demo.life import Decided, DemoStep, Life, World
from patients.demo.practising import Practising
from patients.demo.rows import DemoRows
from patients.demo.telling import tell_reports
from patients.models import (
    Activity,
    Finding,
    FirstVisit,
    HomeWeights,
    Intake,
    Message,
    Outcome,
    Pass,
    Patient,
    Pause,
    Plan,
    Precaution,
    Rating,
    RecordNote,
    Review,
    ReviewKind,
    ReviewRequest,
    ReviewTick,
    Schedule,
    Screening,
    ScreeningAnswer,
    ScreeningItem,
    ScreeningOutcome,
    Tick,
    UsualPain,
    Withdrawal,
)
from patients.rules.periods import USUAL_EVERY_DAYS
from patients.standing.lift import asks_for_a_lift


def tell(world: World, life: Life, rows: DemoRows, *, pin_hash: str = "") -> Patient:
    """Add every row of a life. The same life on the same day makes the same rows."""
    patient = _person(world, life, rows, pin_hash)
    if life.started is not None:
        plan = _plan(world, life, rows, patient)
        _gate(world, life, rows, plan)
        chance = Random(zlib.crc32((life.seed or life.name).encode()))  # noqa: S311
        Practising(world, life, rows, plan, chance).tell()
        tell_reports(world, life, rows, plan)
    return patient


def _person(world: World, life: Life, rows: DemoRows, pin_hash: str) -> Patient:
    lead = world.staff[life.lead]
    taken_on = world.at(
        life.started if life.taken_on is None and life.started else life.taken_on or 0, 9
    )
    user = User(clinic=world.clinic, role=Role.PATIENT, name=life.name, date_joined=taken_on)
    user.set_unusable_password()
    rows.add(user)
    left: dict[str, Any] = {}
    if life.discharged is not None:
        left = {"archived_at": world.at(life.discharged, 11), "archived_by": lead}
    patient = rows.add(
        Patient(
            clinic=world.clinic,
            user=user,
            lead=lead,
            name=life.name,
            referral_note=life.note,
            created_at=taken_on,
            **asdict(life.who),
            **left,
        )
    )
    if life.usual is not None or life.goal_words:
        intake = Intake(
            patient=patient, by=lead, at=taken_on, usual_pain=life.usual, goal=life.goal_words
        )
        rows.add(intake)
    _usual_pain(world, life, rows, patient)
    _screening(life, rows, patient)
    _activity(world, life, rows, patient)
    for kind, kilograms in life.weights.items():
        told = {"patient": patient, "by": lead, "at": taken_on}
        rows.add(HomeWeights(kind=kind, kilograms=[float(kg) for kg in kilograms], **told))
    for ago, part, words in life.noted:
        note = RecordNote(patient=patient, by=lead, at=world.at(ago, 9, 40), part=part, text=words)
        rows.add(note)
    _link(world, life, rows, user, pin_hash)
    return patient


def _usual_pain(world: World, life: Life, rows: DemoRows, patient: Patient) -> None:
    """The number of the intake, and then the patient's own, every two weeks."""
    if life.usual is None:
        return
    first = life.taken_on if life.taken_on is not None else life.started or 0
    last = max(life.last if life.discharged is None else life.discharged, 1)
    for ago in range(first, last - 1, -USUAL_EVERY_DAYS):
        rows.add(
            UsualPain(
                patient=patient,
                by=patient.lead if ago == first else patient.user,
                at=world.at(ago, 9, 15) if ago == first else world.at(ago, 7),
                day=world.day(ago),
                pain=life.usual,
                accepted=True,
            )
        )


def _screening(life: Life, rows: DemoRows, patient: Patient) -> None:
    """What was asked before the first drill; somebody without a plan was not asked yet."""
    if life.visit:
        begun = {"by": patient.lead, "at": patient.created_at}
        rows.add(FirstVisit(patient=patient, saved=life.visit, **begun))
    if life.started is None:
        return
    day = patient.clinic.day_of(patient.created_at)
    outcome = ScreeningOutcome.LIMITS if life.precautions else ScreeningOutcome.CLEARED
    again = None
    if life.not_cleared:
        outcome = ScreeningOutcome.NOT_CLEARED
        again = patient.clinic.today()
    screening = rows.add(
        Screening(
            patient=patient,
            by=patient.lead,
            at=patient.created_at,
            outcome=outcome,
            words=life.not_cleared,
            look_again_on=again,
        )
    )
    for key in content.red_flags():
        told = bool(life.not_cleared) and key == "infection"
        answer = ScreeningAnswer.YES if told else ScreeningAnswer.NO
        rows.add(ScreeningItem(screening=screening, key=key, answer=answer, asked_on=day))
    for key, note in life.precautions.items():
        beside = dict(life.asked_beside.get(key, {}))
        rows.add(Precaution(screening=screening, key=key, note=note, fields=beside, asked_on=day))


def _activity(world: World, life: Life, rows: DemoRows, patient: Patient) -> None:
    """Add an activity of the person, with a rating every four weeks that gets better each time."""
    if not life.goal_words or not life.started:
        return
    activity = rows.add(
        Activity(
            patient=patient,
            position=1,
            words=life.goal_words,
            by=patient.lead,
            at=patient.created_at,
        )
    )
    for ago in range(life.started, 0, -28):
        rows.add(
            Rating(
                activity=activity,
                day=world.day(ago),
                score=min(10, 3 + (life.started - ago) // 14),
                by=patient.user,
                at=world.at(ago, 9, 30),
            )
        )


def _link(world: World, life: Life, rows: DemoRows, user: User, pin_hash: str) -> None:
    if life.link == "none":
        return
    ago = life.link_ago if life.link_ago is not None else life.started or life.taken_on or 0
    link = PhoneLink(user=user, issued_at=world.at(ago, 9, 40))
    if life.link == "pin":
        link.first_used_at = link.issued_at + timedelta(minutes=3)
        link.first_label = "Chrome, Android"
        link.pin_hash = pin_hash
        link.first_used_at = min(link.first_used_at, world.now)
    rows.add(link)


def _plan(world: World, life: Life, rows: DemoRows, patient: Patient) -> Plan:
    started = life.started or 0
    goal = next((step.rung for step in world.steps if step.rung.position == life.goal), None)
    plan = rows.add(
        Plan(
            patient=patient,
            clinic=world.clinic,
            ladder=world.ladder,
            goal_rung=goal,
            assigned_by=patient.lead,
            assigned_at=world.at(started, 9, 30),
            started_on=world.day(started),
            ended_on=world.day(life.discharged) if life.discharged is not None else None,
            ended_by=patient.lead if life.discharged is not None else None,
            discharged=life.discharged is not None,
        )
    )
    for ago, mask in world.weekdays(life):
        days = Schedule(plan=plan, weekdays=mask, from_day=world.day(ago), by=patient.lead)
        days.at = world.at(ago, 9, 30)
        rows.add(days)
    if life.away is not None:
        first = world.day(life.away[0])
        last = world.day(-life.away[1])
        at = world.at(life.away[0], 8)
        rows.add(
            Pause(
                plan=plan, from_day=first, until=last, reason="Travelling", by=patient.user, at=at
            )
        )
    if life.asked is not None:
        ago, words = life.asked
        rows.add(ReviewRequest(plan=plan, at=world.at(ago, 18, 20), words=words))
    return plan


def _gate(world: World, life: Life, rows: DemoRows, plan: Plan) -> None:
    kept: list[tuple[DemoStep, Review]] = []
    for step, ago in zip(world.steps, life.passed, strict=False):
        for decided in life.not_yet:
            if ago < decided.ago < plan_days(life, step):
                _not_yet(world, rows, plan, step, decided)
        review = _decide(world, rows, plan, step, ago, Outcome.PASSED, set_aside=life.set_aside)
        kept.append((step, review))
    lost = _withdraw(world, life, rows, kept)
    passes = [(step, review) for step, review in kept if step.rung.position < lost]
    for step, review in passes:
        rows.add(Pass(plan=plan, rung=step.rung, review=review))
        for mark in _marks(step, life.set_aside):
            rows.add(Tick(plan=plan, by=review.by, at=review.at, **mark))
    if len(passes) < len(world.steps):
        _working(world, life, rows, plan, world.steps[len(passes)])


def plan_days(life: Life, step: DemoStep) -> int:
    """How many days ago the rung opened."""
    position = step.rung.position
    return (life.started or 0) + 1 if position == 1 else life.passed[position - 2]


def _not_yet(world: World, rows: DemoRows, plan: Plan, step: DemoStep, decided: Decided) -> None:
    ago = decided.ago
    note = decided.note
    ticked = decided.ticked
    _decide(world, rows, plan, step, ago, Outcome.NOT_YET, note, ticked)


def _decide(
    world: World,
    rows: DemoRows,
    plan: Plan,
    step: DemoStep,
    ago: int,
    outcome: Outcome,
    note: str = "",
    ticked: int | None = None,
    set_aside: Mapping[str, str] = MappingProxyType({}),
) -> Review:
    placed = outcome == Outcome.PASSED and plan.started_on == world.day(ago)
    kind = ReviewKind.PLACEMENT if placed else ReviewKind.GATE
    at = world.at(ago, 10, step.rung.position)
    review = Review(
        plan=plan, rung=step.rung, kind=kind, outcome=outcome, by=plan.assigned_by, at=at, note=note
    )
    rows.add(review)
    for mark in _marks(step, set_aside)[:ticked]:
        rows.add(ReviewTick(review=review, by=review.by, at=at, **mark))
    return review


def _marks(step: DemoStep, set_aside: Mapping[str, str]) -> list[dict[str, Any]]:
    """The mark on each criterion of a rung. Where a gate asks for a lift, one was seen.

    ``set_aside``: why criteria do not apply, by their keys.
    """
    marks: list[dict[str, Any]] = []
    for number, criterion in enumerate(step.criteria):
        why = set_aside.get(criterion.slug, "")
        lift = number == 0 and asks_for_a_lift(step.levels)
        figure = {"kg": 12, "reps": 8} if lift else None
        marks.append({"criterion": criterion, "applies": not why, "why": why, "figure": figure})
    return marks


def _withdraw(world: World, life: Life, rows: DemoRows, kept: list[tuple[DemoStep, Review]]) -> int:
    """Write the withdrawals. Return the lowest withdrawn position, or one above the top."""
    if life.withdrawn is None:
        return len(world.steps) + 1
    ago, lowest, reason = life.withdrawn
    first: Withdrawal | None = None
    for step, review in kept:
        if step.rung.position >= lowest:
            at = world.at(ago, 10)
            withdrawal = rows.add(
                Withdrawal(review=review, cause=first, by=review.by, at=at, reason=reason)
            )
            if first is None:
                # The higher rows refer to this one, so it is written before them.
                first = withdrawal
    return lowest


def _working(world: World, life: Life, rows: DemoRows, plan: Plan, step: DemoStep) -> None:
    """Add what belongs to the open gate: ticks, a "not yet", and a fault that was seen."""
    lead = plan.assigned_by
    opened = plan_days(life, step)
    latest = [decided for decided in life.not_yet if decided.ago < opened]
    for decided in latest:
        _not_yet(world, rows, plan, step, decided)
        at = world.at(decided.ago, 10, 30)
        words = Message(patient=plan.patient, plan=plan, by=lead, from_patient=False)
        words.at = at
        words.text = decided.note
        rows.add(words)
    ticked = max([life.ticked, *(decided.ticked for decided in latest)])
    at = world.at(latest[0].ago if latest else 1, 10)
    for mark in _marks(step, life.set_aside)[:ticked]:
        rows.add(Tick(plan=plan, by=lead, at=at, **mark))
    if life.fault:
        seen = latest[0].ago if latest else min(opened, 6)
        fault = Fault.objects.get(slug=life.fault)
        rows.add(
            Finding(
                plan=plan, fault=fault, seen_on=world.day(seen), by=lead, at=world.at(seen, 10, 20)
            )
        )

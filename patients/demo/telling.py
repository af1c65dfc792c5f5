"""Turns what a life reported into rows: reports, taken back or not, their stops and answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from curriculum.phrases import kinds_in
from patients.demo.life import DemoReport, Life, World
from patients.demo.rows import DemoRows
from patients.models import (
    Answer,
    Asked,
    Contact,
    Message,
    Plan,
    Report,
    ReportUrgency,
    Stop,
    StopAnswer,
    StopCause,
    Symptom,
)
from patients.models.stops import PAIN_CAUSES
from patients.standing import pain, symptoms


def tell_reports(world: World, life: Life, rows: DemoRows, plan: Plan) -> None:
    """Add what was told under "How is it today?"."""
    for ago, told in life.told.items():
        at = world.at(ago, 18, 40)
        row = report(rows, plan, told, at, world.day(ago), number=f"told {ago} days ago")
        stops = stops_of(rows, plan, row, _causes(world, life, row))
        if told.taken_back is not None:
            _take_back(rows, row, stops, at + timedelta(minutes=told.taken_back))
        elif told.found:
            _answer(rows, plan, told, stops, world.at(ago - 1, 11, 5))
        if told.words and not stops:
            _message(world, rows, plan, row)


def report(
    rows: DemoRows, plan: Plan, told: DemoReport, at: datetime, day: date, *, number: str
) -> Report:
    patient = plan.patient
    row = Report(patient=patient, by=patient.user, client_id=number, day=day, at=at)
    row.asked = Asked.NOW
    row.kinds = _kinds(told.signs)
    row.pain = told.pain
    row.since = told.since
    row.words = told.words
    row.urgency = symptoms.weigh(row.signs).urgency
    return rows.add(row)


def _kinds(signs: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "side": signs[kind] or None,
            "growing": False if kind == Symptom.WEAK else None,
        }
        for kind in Symptom.values
        if kind in signs
    ]


def _causes(world: World, life: Life, row: Report) -> list[StopCause]:
    limits = pain.limits_of(world.clinic)
    causes = list(symptoms.weigh(row.signs).causes)
    if pain.band(row.pain, life.usual, limits) is pain.Band.STOP:
        causes.append(StopCause.PAIN)
    return causes


def stops_of(rows: DemoRows, plan: Plan, row: Report, causes: list[StopCause]) -> list[Stop]:
    high = pain.is_high(row.pain, pain.limits_of(plan.clinic))
    return [
        rows.add(
            Stop(
                patient=plan.patient,
                plan=plan,
                report=row,
                cause=cause,
                high=high and cause in PAIN_CAUSES,
                at=row.at,
            )
        )
        for cause in causes
    ]


def _take_back(rows: DemoRows, row: Report, stops: list[Stop], at: datetime) -> None:
    back = Report(patient=row.patient, by=row.by, client_id=f"taken back, {row.client_id}")
    back.day = row.day
    back.at = at
    back.asked = row.asked
    back.urgency = ReportUrgency.NONE
    back.takes_back = row
    rows.add(back)
    for stop in stops:
        if not stop.needs_contact:
            rows.add(StopAnswer(stop=stop, by=row.by, action=Answer.CORRECTED, at=at))


def _answer(rows: DemoRows, plan: Plan, told: DemoReport, stops: list[Stop], at: datetime) -> None:
    for stop in stops:
        given = StopAnswer(stop=stop, by=plan.assigned_by, action=Answer.CARRY_ON, at=at)
        given.contact = Contact.SEEN
        given.contact_at = at
        given.finding = told.found
        given.word = told.word
        rows.add(given)


def _message(world: World, rows: DemoRows, plan: Plan, row: Report) -> None:
    """Words to which no stop belongs are a message too, here one that was read."""
    message = Message(patient=plan.patient, plan=plan, by=row.by, from_patient=True)
    message.report = row
    message.text = row.words
    message.at = row.at
    message.read_at = min(row.at + timedelta(hours=14), world.now)
    message.read_first = bool(kinds_in(row.words))
    rows.add(message)

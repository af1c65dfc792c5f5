"""Turns the practice of a life into rows: entries, mornings, stops, messages and prescriptions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from curriculum.models import Level, Load
from curriculum.phrases import kinds_in
from patients.demo.life import DemoEntry, DemoReport, DemoStep, Life, World
from patients.demo.rows import DemoRows
from patients.demo.telling import report, stops_of
from patients.models import (
    Answer,
    Asked,
    Effort,
    LevelChoice,
    Message,
    Morning,
    Plan,
    Practice,
    Prescription,
    Report,
    Since,
    Stop,
    StopAnswer,
    StopCause,
)
from patients.rules.periods import LOOK_AGAIN_AFTER_PAIN
from patients.standing import pain, symptoms
from patients.standing.load.usual import rest_of, top_of

KILOGRAMS = {
    "pull-through": 8,
    "kettlebell-deadlift": 12,
    "single-arm-lift": 10,
    "suitcase-deadlift": 12,
}
#: What was left in reserve after an effort, where the page asks for that in place of the effort.
IN_RESERVE = {Effort.EASY: 4, Effort.RIGHT: 3, Effort.HARD: 1}
NOTES = (
    "Went better than I thought.",
    "A bit stiff at the start, then fine.",
    "Practised before work.",
    "The mirror helps.",
    "Slept badly, did it anyway.",
)
REPLIES = ("Good to hear. Keep the same pace.", "Thanks, that helps. Carry on like this.")


@dataclass
class Practising:
    world: World
    life: Life
    rows: DemoRows
    plan: Plan
    chance: Random
    _level: Level | None = None
    _prescribed: set[int] = field(default_factory=set)

    def tell(self) -> None:
        for ago in self._days():
            level = self._level_on(ago)
            if level is None:
                continue
            self._choose(level, ago)
            self._log(level, ago, self._entry(ago))

    def _days(self) -> list[int]:
        """The days with practice, as days ago: most of the planned days."""
        life = self.life
        calendar = self.world.calendar(self.life)
        planned = [
            ago
            for ago in range(life.started or 0, life.last - 1, -1)
            if ago in life.logged or calendar.is_planned(self.world.day(ago))
        ]
        kept = [ago for ago in planned if self._practised(ago)]
        return kept[-life.entries :] if life.entries else kept

    def _practised(self, ago: int) -> bool:
        if ago in self.life.logged:
            return not self.life.logged[ago].skipped
        return self._is_recent(ago) or self.chance.random() > 0.13

    def _is_recent(self, ago: int) -> bool:
        """Whether it is one of the last entries: with load a day lies between them."""
        loaded = self.world.steps[min(self.life.passes_before(ago), self._goal() - 1)].rung.loaded
        return ago - self.life.last < (5 if loaded else 4)

    def _level_on(self, ago: int) -> Level | None:
        """The level that is practised on a day. The levels of a rung share its time evenly. A life
        without a weight stays on the rung below."""
        life = self.life
        steps = self.world.steps
        if life.lowered is not None and ago < life.lowered.ago:
            below = steps[max(life.passes_before(ago) - 1, 0)]
            return below.levels[-1]
        index = life.passes_before(ago)
        if index >= self._goal():
            return steps[self._goal() - 1].levels[-1]
        step = steps[index]
        if not life.weight and step.levels[0].drill.load == Load.WEIGHT:
            return steps[index - 1].levels[-1]
        return self._level_of(step, index, ago)

    def _level_of(self, step: DemoStep, index: int, ago: int) -> Level:
        """The level of a rung on a day. ``index``: how many rungs lie below it."""
        life = self.life
        if life.stays_on and index == len(life.passed):
            return next(level for level in step.levels if level.slug == life.stays_on)
        opened = life.passed[index - 1] if index else life.started or 0
        closes = life.passed[index] if index < len(life.passed) else max(opened - 24, -1)
        way = (opened - ago) / max(opened - closes, 1)
        return step.levels[min(int(way * len(step.levels)), len(step.levels) - 1)]

    def _goal(self) -> int:
        return self.life.goal or len(self.world.steps)

    def _choose(self, level: Level, ago: int) -> None:
        """Choose a new level within a rung. A loaded level is prescribed first."""
        before = self._level
        self._level = level
        if before is not None and before.pk == level.pk:
            return
        at = self.world.at(ago + 1, 16)
        if level.drill.loaded and level.pk not in self._prescribed:
            self._prescribe(level, at)
        if before is not None and self._moved_on(before, level, ago):
            by = self.plan.assigned_by if level.drill.loaded else self.plan.patient.user
            self.rows.add(LevelChoice(plan=self.plan, level=level, by=by, at=at))

    def _moved_on(self, before: Level, level: Level, ago: int) -> bool:
        lowered = self.life.lowered is not None and ago < self.life.lowered.ago
        chosen = before.rung_id == level.rung_id or level.slug == self.life.stays_on
        return not lowered and level.position > 1 and chosen

    def _prescribe(self, level: Level, at: Any) -> None:
        self._prescribed.add(level.pk)
        kilograms = KILOGRAMS.get(level.drill.slug, 16) if level.drill.load == Load.WEIGHT else None
        bands = self.world.bands if level.drill.load == Load.BAND else ()
        self.rows.add(
            Prescription(
                plan=self.plan,
                level=level,
                by=self.plan.assigned_by,
                at=at,
                sets=level.sets,
                reps=level.reps,
                reps_to=top_of(level.drill.load, level.reps, level.reps_to),
                seconds=level.seconds,
                rest=rest_of(level.drill.load, level.rest),
                load=Decimal(kilograms) if kilograms else None,
                band=bands[0] if bands else None,
                mark=1 if bands else None,
                per_side=level.drill.one_sided,
            )
        )

    def _entry(self, ago: int) -> DemoEntry:
        scripted = self.life.logged.get(ago)
        ordinary = self._ordinary(ago)
        if scripted is None:
            return ordinary
        reported = ordinary.pain if scripted.pain is None else scripted.pain
        return replace(scripted, pain=reported, effort=scripted.effort or ordinary.effort)

    def _ordinary(self, ago: int) -> DemoEntry:
        first, last = self.life.pain
        way = 1 - ago / max(self.life.started or 1, 1)
        recent = self._is_recent(ago)
        number = max(
            0, min(3, round(first + (last - first) * way + self.chance.choice((-0.6, 0, 0, 0.6))))
        )
        reported = recent or self.chance.random() > 0.06
        effort = self.chance.choice((Effort.RIGHT, Effort.RIGHT, Effort.EASY, Effort.HARD))
        note = self.chance.choice(NOTES) if not recent and self.chance.random() < 0.07 else ""
        answered = reported and number > 0 and self.chance.random() < 0.4
        return DemoEntry(
            pain=number if reported else None,
            effort=self._recent_effort(ago) if recent else effort,
            note=note,
            morning=(max(number - 1, 0), False) if answered else None,
        )

    def _recent_effort(self, ago: int) -> Effort:
        """The effort of a recent entry: it makes the life ready by numbers, or just not ready."""
        return Effort.RIGHT if self.life.ready or ago != self.life.last else Effort.HARD

    def _log(self, level: Level, ago: int, entry: DemoEntry) -> None:
        band = pain.of_entry(entry, self.life.usual, pain.limits_of(self.world.clinic))
        client_id = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        reserve = self._reserve(level, entry)
        practice = Practice(
            plan=self.plan,
            level=level,
            done_on=self.world.day(ago),
            client_id=client_id,
            sets=self._sets(level, entry),
            pain=entry.pain,
            effort=None if reserve is not None else entry.effort,
            reserve=reserve,
            why_stopped=entry.why_stopped,
            leg=entry.leg,
            note=entry.note,
            band=band.code if band is not None else None,
            by=self.plan.patient.user,
            at=self.world.at(ago, 7, 30 + ago % 20),
        )
        practice.report = self._told(entry, practice)
        self.rows.add(practice)
        self._word(practice, ago)
        self._stop(practice, entry, ago)
        self._morning(practice, entry, band, ago)

    def _reserve(self, level: Level, entry: DemoEntry) -> int | None:
        if not level.drill.loaded or not entry.effort:
            return None
        told = IN_RESERVE.get(Effort(entry.effort))
        return told if entry.reserve is None else entry.reserve

    def _told(self, entry: DemoEntry, practice: Practice) -> Report | None:
        """What was told of a leg with the entry, and its stops. One without a side is older."""
        if not entry.side:
            return None
        told = DemoReport({entry.leg or "": entry.side}, pain=entry.pain, since=Since.TODAY)
        number = f"log {practice.client_id}"
        row = report(self.rows, self.plan, told, practice.at, practice.done_on, number=number)
        row.asked = Asked.LOG
        stops_of(self.rows, self.plan, row, list(symptoms.weigh(row.signs).causes))
        return row

    def _sets(self, level: Level, entry: DemoEntry) -> list[dict[str, Any]]:
        sides = ("left", "right") if level.drill.one_sided else (None,)
        load = (
            float(KILOGRAMS.get(level.drill.slug, 16)) if level.drill.load == Load.WEIGHT else None
        )
        done = level.sets - 1 if entry.effort == Effort.STOPPED else level.sets
        numbers = {"reps": entry.reps or level.reps, "seconds": level.seconds, "load": load}
        return [{"side": side, **numbers} for _ in range(done) for side in sides]

    def _word(self, practice: Practice, ago: int) -> None:
        if not practice.note:
            return
        unread = ago in self.life.logged
        read_at = None if unread else practice.at + timedelta(hours=9)
        message = Message(patient=self.plan.patient, plan=self.plan, text=practice.note)
        message.at = practice.at
        message.read_at = read_at
        message.by = practice.by
        message.from_patient = True
        message.practice = practice
        message.read_first = bool(kinds_in(practice.note))
        self.rows.add(message)
        if read_at is not None and self.chance.random() < 0.5:
            text = self.chance.choice(REPLIES)
            next_day = practice.at + timedelta(days=1)
            answer = Message(
                patient=self.plan.patient,
                plan=self.plan,
                by=self.plan.assigned_by,
                from_patient=False,
                at=read_at,
                text=text,
            )
            answer.read_at = min(next_day, self.world.now)
            self.rows.add(answer)

    def _stop(self, practice: Practice, entry: DemoEntry, ago: int) -> None:
        limits = pain.limits_of(self.world.clinic)
        leg = None if entry.side else entry.leg
        cause = pain.stop_cause(pain.of_pain(entry, self.life.usual, limits), leg)
        if cause is None:
            return
        stop = Stop(patient=self.plan.patient, plan=self.plan, practice=practice, cause=cause)
        stop.high = cause == StopCause.PAIN and pain.is_high(entry.pain, limits)
        stop.at = practice.at
        self.rows.add(stop)
        answer = self.life.lowered
        if answer is None or answer.ago != ago:
            return
        lead = self.plan.assigned_by
        at = self.world.at(ago, 12, 15)
        given = StopAnswer(stop=stop, by=lead, action=Answer.LOWER, word=answer.word, at=at)
        given.look_again_on = self.world.day(ago) + LOOK_AGAIN_AFTER_PAIN
        self.rows.add(given)
        level = self.world.steps[max(self.life.passes_before(ago) - 1, 0)].levels[-1]
        until = self.world.day(-answer.ahead)
        self.rows.add(
            LevelChoice(
                plan=self.plan, level=level, by=lead, at=at, reason=answer.word, until=until
            )
        )

    def _morning(
        self, practice: Practice, entry: DemoEntry, band: pain.Band | None, ago: int
    ) -> None:
        if entry.morning is None or ago < 1:
            return
        number, worse = entry.morning
        limits = pain.limits_of(self.world.clinic)
        whole = pain.higher(band, pain.morning(number, worse, self.life.usual, limits))
        shared = {"by": practice.by, "at": self.world.at(ago - 1, 8)}
        code = whole.code if whole is not None else None
        self.rows.add(Morning(practice=practice, pain=number, worse=worse, band=code, **shared))

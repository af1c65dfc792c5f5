"""One side of paper that carries all that a patient without a phone needs. Reads, never writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from accounts import phone, qr
from curriculum.models import Criterion, Level, Rung
from patients import days, dosage, levels, pain
from patients.models import Patient, Plan, Prescription

WEEK = 7


@dataclass(frozen=True)
class PainRow:
    """Numbers that fall into one band for this patient: "0 to 3", fine."""

    band: str
    low: int
    high: int


@dataclass(frozen=True)
class Handout:
    plan: Plan
    day: date
    level: Level
    dose: Prescription
    dose_words: str
    week: list[tuple[date, bool]]
    sets: list[tuple[int, str]]
    pain: list[PainRow]
    qr: str
    opens_next: Rung | None
    criteria: list[Criterion]

    @property
    def every_day(self) -> bool:
        return all(planned for _, planned in self.week)


def handout(plan: Plan, day: date, level: Level | None = None) -> Handout | None:
    """The handout of a reachable level, today's unless another is named; None when there is nothing to practise."""
    open_rung = plan.open_rung
    level = level or levels.standing(plan, day, open_rung).level
    if level is None:
        return None
    dose = levels.dose(plan, level)
    calendar = days.of_plan(plan)
    coming = [day + timedelta(days=ahead) for ahead in range(1, WEEK + 1)]
    link = phone.link_of(plan.patient.user)
    at_gate = open_rung == level.rung and not level.helper
    return Handout(
        plan=plan,
        day=day,
        level=level,
        dose=dose,
        dose_words=dosage.in_words(dose),
        week=[(one, calendar.is_planned(one)) for one in coming],
        sets=list(_set_rows(dose)),
        pain=pain_rows(plan.patient),
        qr=qr.data_uri(phone.url(link)) if link else "",
        opens_next=_next(plan, level.rung) if at_gate else None,
        criteria=list(level.rung.criteria.all()) if at_gate else [],
    )


def _set_rows(dose: Prescription) -> Iterator[tuple[int, str]]:
    for number in range(1, dose.sets + 1):
        for side in ("left", "right") if dose.per_side else ("",):
            yield number, side


def _next(plan: Plan, rung: Rung) -> Rung | None:
    return plan.rungs().filter(position=rung.position + 1).first()


def pain_rows(patient: Patient) -> list[PainRow]:
    """The patient's own pain limits as runs of numbers, from 0 up."""
    usual, limits = patient.usual_pain(), pain.thresholds_of(patient.clinic)
    rows: list[PainRow] = []
    for number in range(11):
        found = pain.band(number, usual, limits)
        code = found.code if found is not None else ""
        if rows and rows[-1].band == code:
            rows[-1] = PainRow(code, rows[-1].low, number)
        else:
            rows.append(PainRow(code, number, number))
    return rows

"""One side of paper that carries all that a patient without a phone needs. Reads, never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from accounts import links, qr
from curriculum.models import Level, Rung
from patients.models import Patient, Plan, Prescription
from patients.papers import fit_one_page
from patients.standing import pain
from patients.standing.calendar import calendar_of
from patients.standing.dose import dose_in_force
from patients.standing.position import current_level
from patients.wording.dosage import dose_amount

WEEK = 7
#: With more sets than this (or these, on a sheet that is full) the week has one row to write their
#: number in.
SETS_WITH_A_ROW = 5
FEW_SETS = 3
#: Characters in a line of the whole sheet, of the part beside the figure, and of the title.
WIDE = 95
NARROW = 50
LARGE = 34
#: Lines of writing as high as a line of the title, a row of the week, the figure with the pain
#: limits, and the space between two cues.
TITLE = 1.6
ROW = 1.6
BESIDE = 20
GAP = 0.25
#: As long as the words about the next rung.
OPENS = "opens when … has ticked off every point of this rung with you."
#: Up to these many lines the sheet is set large, or a little smaller.
ROOMY = 35
FULL = 42


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
    amount: str
    week: list[tuple[date, bool]]
    pain: list[PainRow]
    qr: str
    opens_next: Rung | None

    @property
    def sets(self) -> range:
        """Numbers of the sets that have a row each; empty: one row to write down how many were
        done."""
        return range(1, self._rows(FEW_SETS if self.size == "fullest" else SETS_WITH_A_ROW) + 1)

    def _rows(self, most: int) -> int:
        return self.dose.sets if self.dose.sets <= most else 0

    @cached_property
    def size(self) -> str:
        """How large the sheet is set so that it stays one side: "roomy", "full" or "fullest"."""
        return fit_one_page.writing_size(self.lines, roomy=ROOMY, full=FULL)

    @property
    def lines(self) -> float:
        """About how many lines of the roomy size the sheet takes, by the length of what is written
        on it."""
        drill = self.level.drill
        dose = self.dose
        patient = self.plan.patient
        told = [
            *drill.set_up,
            *drill.movement,
            *(f"{part['sign']} {part['do']}" for part in drill.watch_for),
        ]
        titles = [f"{drill.plain_name}, {self.level.setting}", self.amount]
        wide = [
            patient.short_name,
            dose.max_depth,
            dose.word,
            self.plan.clinic.emergency_text,
            self._signed(),
        ]
        return (
            TITLE * sum(fit_one_page.line_count(one, LARGE) for one in titles)
            + sum(fit_one_page.line_count(one, WIDE) for one in wide)
            + max(BESIDE, sum(fit_one_page.line_count(one, NARROW) + GAP for one in told))
            + ROW * max(1, self._rows(SETS_WITH_A_ROW))
        )

    def _signed(self) -> str:
        lead = self.plan.patient.lead
        clinic = self.plan.clinic
        opens = f"{self.opens_next.plain_name} {lead.first_name} {OPENS}" if self.opens_next else ""
        return f"{lead.name} {clinic.name} {clinic.phone} {opens}"

    @property
    def every_day(self) -> bool:
        return all(planned for _, planned in self.week)


def handout(plan: Plan, day: date, level: Level | None = None) -> Handout | None:
    """The handout of a reachable level, today's unless another is named; None when there is nothing
    to practise."""
    open_rung = plan.open_rung
    level = level or current_level(plan, day).level
    if level is None:
        return None
    dose = dose_in_force(plan, level)
    calendar = calendar_of(plan)
    coming = [day + timedelta(days=ahead) for ahead in range(1, WEEK + 1)]
    link = links.link_of(plan.patient.user)
    at_gate = open_rung == level.rung and not level.helper
    return Handout(
        plan=plan,
        day=day,
        level=level,
        dose=dose,
        amount=dose_amount(dose),
        week=[(one, calendar.is_planned(one)) for one in coming],
        pain=pain_rows(plan.patient),
        qr=qr.data_uri(links.url(link)) if link else "",
        opens_next=_next(plan, level.rung) if at_gate else None,
    )


def _next(plan: Plan, rung: Rung) -> Rung | None:
    return plan.rungs().filter(position=rung.position + 1).first()


def pain_rows(patient: Patient) -> list[PainRow]:
    """The patient's own pain limits as runs of numbers, from 0 up."""
    usual = patient.usual_pain()
    limits = pain.thresholds_of(patient.clinic)
    rows: list[PainRow] = []
    for number in range(11):
        found = pain.band(number, usual, limits)
        code = found.code if found is not None else ""
        if rows and rows[-1].band == code:
            rows[-1] = PainRow(code, rows[-1].low, number)
        else:
            rows.append(PainRow(code, number, number))
    return rows

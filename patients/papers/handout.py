"""The handout: one page of paper for a patient without a phone. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from accounts import links, qr
from curriculum.models import Level, Rung
from curriculum.symptoms import texts
from curriculum.variants import Lesson, Variant, lesson
from patients.models import Patient, Plan, Prescription
from patients.papers import fit_one_page
from patients.standing import identity, pain
from patients.standing.calendar import calendar_of
from patients.standing.cautions import held_by, lines_for_patient, of_level
from patients.standing.chosen_levels import ChosenLevel
from patients.standing.dose import dose_in_force
from patients.standing.pain_limits import limits_for
from patients.standing.position import current_level
from patients.standing.usual_pain import usual_now
from patients.standing.ways import way_of
from patients.wording.days import short_day
from patients.wording.dosage import dose_amount, load_lines

WEEK = 7
#: Up to this many sets (the second number on a full sheet) each set has a row. With more sets there
#: is one row, for the number of sets.
SETS_WITH_A_ROW = 5
FEW_SETS = 3
#: Characters in a line of the whole sheet, of the column next to the figure, and of the title.
WIDE = 95
NARROW = 50
LARGE = 34
#: Heights in lines of text: a line of the title, a row of the week, the figure with the pain
#: limits, and the space between two cues.
TITLE = 1.6
ROW = 1.6
FIGURE = 20
GAP = 0.25
#: A text with the length of the words about the next rung.
OPENS = "opens when … has ticked off every point of this rung with you."
#: The most lines for the large font, and for the medium font.
ROOMY = 39
FULL = 46


@dataclass(frozen=True)
class PainRow:
    """Numbers that fall into one band for this patient: "0 to 3", fine."""

    band: str
    low: int
    high: int


@dataclass(frozen=True)
class Handout:
    """``week``: empty for a level for the clinic alone. ``for_you``: what the patient's
    precautions change in the drill. ``for_now``: of a borrowed level, until when and for what.
    ``protected``: whether a PIN protects the patient's link, so that it may be printed. ``qr``: the
    link, once somebody has asked for it. ``large``: in large print, on as many sides as it
    takes."""

    plan: Plan
    day: date
    level: Level
    dose: Prescription
    amount: str
    week: list[tuple[date, bool]]
    pain: list[PainRow]
    protected: bool
    opens_next: Rung | None
    for_you: Sequence[str] = ()
    way: Variant | None = None
    for_now: str = ""
    load_lines: Sequence[str] = ()
    qr: str = ""
    large: bool = False

    @property
    def lesson(self) -> Lesson:
        """The words of the drill, in the patient's way."""
        return lesson(self.level.drill, self.way)

    @property
    def sets(self) -> range:
        """The numbers of the sets that have a row each. Without any, the sheet has one row for the
        number of sets."""
        return range(1, self._rows(FEW_SETS if self.size == "fullest" else SETS_WITH_A_ROW) + 1)

    def _rows(self, most: int) -> int:
        return self.dose.sets if self.dose.sets <= most else 0

    @cached_property
    def size(self) -> str:
        """The font size with which the sheet fits one page: "roomy", "full" or "fullest"; or
        "large"."""
        if self.large:
            return "large"
        return fit_one_page.writing_size(self.lines, roomy=ROOMY, full=FULL)

    @property
    def lines(self) -> float:
        """About how many lines of the large font the sheet needs."""
        drill = self.level.drill
        dose = self.dose
        said = self.lesson
        cues = [
            *said.set_up,
            *said.movement,
            *(f"{part['sign']} {part['do']}" for part in said.watch_for),
        ]
        titles = [f"{drill.plain_name}, {self.level.setting}", self.amount]
        wide = [
            self.who,
            dose.max_depth,
            dose.word,
            "; ".join(texts().now + texts().today),
            self.plan.clinic.emergency_text,
            self._signed(),
            " ".join(self.for_you),
            self.for_now,
            *self.load_lines,
            " ".join([self.way.name, *self.way.set_up, self.way.cue]) if self.way else "",
        ]
        return (
            TITLE * sum(fit_one_page.line_count(text, LARGE) for text in titles)
            + sum(fit_one_page.line_count(text, WIDE) for text in wide)
            + max(FIGURE, sum(fit_one_page.line_count(text, NARROW) + GAP for text in cues))
            + ROW * max(1, self._rows(SETS_WITH_A_ROW))
        )

    def _signed(self) -> str:
        lead = self.plan.patient.lead
        clinic = self.plan.clinic
        opens = f"{self.opens_next.plain_name} {lead.first_name} {OPENS}" if self.opens_next else ""
        return f"{lead.name_on_paper} {clinic.name} {clinic.phone} {opens}"

    @property
    def who(self) -> str:
        """ "Maya Lovisa Roos, born 2 May 1957 (69)"."""
        patient = self.plan.patient
        words = identity.in_words(patient, self.day)
        return ", ".join(part for part in (patient.name_on_paper, words) if part)

    @property
    def every_day(self) -> bool:
        return bool(self.week) and all(planned for _, planned in self.week)


def handout(
    plan: Plan, day: date, level: Level | None = None, *, large: bool = False
) -> Handout | None:
    """The handout of a reachable level, or of the borrowed one. The default is the current level.
    None if there is nothing to practise."""
    open_rung = plan.open_rung
    now = current_level(plan, day)
    level = level or now.level
    if level is None:
        return None
    borrowed = now.borrowed if now.level == level else None
    dose = dose_in_force(plan, level)
    way = way_of(level.drill, dose)
    at_home = level.home or dose.at_home
    at_gate = open_rung == level.rung and not level.helper
    return Handout(
        plan=plan,
        day=day,
        level=level,
        dose=dose,
        amount=dose_amount(dose),
        load_lines=load_lines(dose, level.drill.load),
        week=_week(plan, day, borrowed) if at_home else [],
        pain=pain_rows(plan.patient),
        protected=links.is_protected(links.link_of(plan.patient.user)),
        opens_next=_next(plan, level.rung) if at_gate else None,
        way=way,
        for_you=lines_for_patient(of_level(held_by(plan.patient), level, way)),
        for_now=_for_now(borrowed),
        large=large,
    )


def with_code(sheet: Handout) -> Handout:
    """The sheet with the patient's link as a QR code, if a PIN protects it."""
    link = links.link_of(sheet.plan.patient.user)
    if link is None or not links.is_protected(link):
        return sheet
    return replace(sheet, qr=qr.data_uri(links.url(link)))


def _week(plan: Plan, day: date, borrowed: ChosenLevel | None) -> list[tuple[date, bool]]:
    """The days to come, each with whether the level is practised on it."""
    calendar = calendar_of(plan)
    last = borrowed.until if borrowed is not None else None
    coming = [day + timedelta(days=ahead) for ahead in range(1, WEEK + 1)]
    return [(one, calendar.is_planned(one) and (last is None or one <= last)) for one in coming]


def _for_now(borrowed: ChosenLevel | None) -> str:
    """'For now, instead of your own drill, until 5 December. It helps you with “Knees ...”.'"""
    if borrowed is None or borrowed.until is None:
        return ""
    return _(
        "For now, instead of your own drill, until {day}. It helps you with “{fault}”."
    ).format(day=short_day(borrowed.until), fault=borrowed.fault)


def _next(plan: Plan, rung: Rung) -> Rung | None:
    return plan.rungs().filter(position=rung.position + 1).first()


def pain_rows(patient: Patient) -> list[PainRow]:
    """The patient's own pain limits, as ranges of numbers from 0 up."""
    usual = usual_now(patient)
    limits = limits_for(patient)
    rows: list[PainRow] = []
    for number in range(11):
        band = pain.band(number, usual, limits)
        code = band.code if band is not None else ""
        if rows and rows[-1].band == code:
            rows[-1] = PainRow(code, rows[-1].low, number)
        else:
            rows.append(PainRow(code, number, number))
    return rows

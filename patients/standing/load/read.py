"""Reads what the proposal of a level is made from, and the session of today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from curriculum.cautions import read_cautions
from curriculum.models import Level, Load
from patients.models import Band, Plan, Prescription, ProposalKind, Screening, Stop
from patients.rules.periods import (
    CAREFUL_RESERVE,
    LEAST_RESERVE,
    TOP_SESSIONS,
    TOP_SESSIONS_LOOSE,
)
from patients.standing.calendar import calendar_of
from patients.standing.cautions import Held, held_by, line_keys
from patients.standing.dose import unsaved
from patients.standing.entries import LoggedEntry, logged_entries
from patients.standing.load import reasons, restart
from patients.standing.load.at_home import owned_by
from patients.standing.load.case import Case, lighter_start
from patients.standing.load.course import Dose, Logged, Setting, aim_of, read_course
from patients.standing.load.parts import Aim, DoneSet, Proposal, Rules, Session, Unit
from patients.standing.load.proposal import propose
from patients.standing.load.scales import Steps, steps_for, without_weights
from patients.standing.load.usual import top_of

#: With these lines of the cautions four must be left in reserve.
CAREFUL_LINES = frozenset({"b2", "p2", "pf1", "h1"})
LOOSE_JOINTS = "hypermobility"
#: Kinds that lead to another weight.
_TO_A_WEIGHT = (
    ProposalKind.RESTART,
    ProposalKind.BACK,
    ProposalKind.RETURN,
    ProposalKind.WEIGHT,
    ProposalKind.BIG_STEP,
)


class Course(NamedTuple):
    """``entries``: those of the plan, oldest first; ``loaded``: the ids of levels with a load."""

    entries: Sequence[LoggedEntry]
    loaded: Collection[int]


@dataclass(frozen=True)
class LoadOfLevel:
    """How the load of one level stands on a plan.

    ``dose``: the latest prescription; ``case``: what a proposal is made from
    """

    dose: Prescription
    steps: Steps
    case: Case

    @cached_property
    def proposal(self) -> Proposal:
        found = propose(self.case)
        unknown = self.steps.scale.unit is Unit.KILOGRAMS and not self.steps.scale.known
        if unknown and found.kind in _TO_A_WEIGHT:
            return replace(found, reasons=(*found.reasons, reasons.weights_unknown()))
        return found

    @property
    def is_away(self) -> bool:
        """Whether today begins lighter, after days away."""
        return restart.is_away(self.case.base, self.case.today)

    @property
    def proposed(self) -> Prescription:
        """The dose that the proposal leads to, as an unsaved row."""
        proposal = self.proposal
        kind = proposal.kind if proposal.to_sign else ""
        return unsaved(self.dose_of(proposal.aim, proposal.top), signed_for=kind)

    @property
    def seen(self) -> str:
        """What a page sends along, so that a page opened earlier signs nothing else: of a band its
        id, since its number is another one once the clinic's list has changed."""
        proposal = self.proposal
        aim = proposal.aim
        band, mark = self.steps.band(aim.weight)
        weight = f"{aim.weight:g}" if band is None else f"band {band.pk} at {mark}"
        how = f"{aim.sets}x{aim.reps}-{proposal.top}:{aim.pause or 0}:{aim.seconds or 0}"
        return f"{self.dose.pk}:{proposal.kind}:{weight}:{how}"

    @cached_property
    def aim_today(self) -> Aim:
        """What today's session is to be: inside the signed range, or a lighter start."""
        return lighter_start(self.case) or aim_of(self.case)

    @property
    def dose_today(self) -> Prescription:
        """Today's dose as an unsaved row: "today 10" of a range, or the lighter start."""
        return self.dose_of(self.aim_today)

    def dose_of(self, aim: Aim, top: int | None = None) -> Prescription:
        """The dose as an unsaved row, with the numbers of an aim. ``top``: of its range."""
        band, mark = self.steps.band(aim.weight)
        return unsaved(
            self.dose,
            sets=aim.sets,
            reps=aim.reps,
            reps_to=top,
            pause=aim.pause,
            seconds=aim.seconds,
            load=self.steps.load(aim.weight),
            band=band,
            mark=mark,
        )


def load_of(plan: Plan, level: Level, today: date | None = None) -> LoadOfLevel | None:
    """How the load of a level stands; None = it has no load, or nobody prescribed it.

    ``level``: with its drill. Ten queries at most.
    """
    if not level.drill.loaded:
        return None
    doses = list(Prescription.objects.filter(plan=plan, level=level).order_by("pk"))
    if not doses:
        return None
    held = held_by(plan.patient)
    today = today or plan.clinic.today()
    return load_from(plan, level, doses, held, today, closed=_closed(plan, today))


def load_from(
    plan: Plan,
    level: Level,
    doses: Sequence[Prescription],
    held: Sequence[Held],
    today: date,
    *,
    closed: str = "",
    course: Course | None = None,
    with_weights: bool = True,
) -> LoadOfLevel:
    """The same from what a page has read already. Three queries at most, and six more for each
    plan that this one went on from, until a session counts.

    ``doses``: every prescription of the level, oldest first; ``held``: what is true of the patient
    ``course``: None = it is read here
    ``with_weights``: without, there is one query less and no other weight is known, which is enough
    for the repetitions of today
    """
    steps = _steps(plan, level, doses) if with_weights else without_weights(doses)
    course = course or read_entries(plan)
    return load_on(plan, level, doses, held, today, steps=steps, course=course, closed=closed)


def load_on(
    plan: Plan,
    level: Level,
    doses: Sequence[Prescription],
    held: Sequence[Held],
    today: date,
    *,
    steps: Steps,
    course: Course,
    closed: str = "",
) -> LoadOfLevel:
    """The same where all of it was read before. ``steps``: the weights that there are."""
    latest = doses[-1]
    high = top_of(level.drill.load, latest.reps) or latest.reps
    before = cache(lambda: _away_before(plan, level, held))
    setting = Setting(steps.scale, high, rules_for(held, level), before)
    written = [_dose(plan, dose, steps) for dose in doses]
    logged = _logged(latest, steps, course.entries, course.loaded)
    return LoadOfLevel(latest, steps, read_course(written, logged, setting, today, closed))


def _away_before(plan: Plan, level: Level, held: Sequence[Held]) -> date | None:
    """Since when the patient was away from a level as its plan went on from another one.

    That is as it stood on the other plan; where the level was not done there either, since that
    plan ended, if it ended long ago. None = the plan went on from none, or nobody had prescribed
    the level.
    """
    if plan.moved_from_id is None or plan.moved_from is None:
        return None
    earlier = plan.moved_from
    earlier.clinic = plan.clinic
    doses = _doses_before(earlier, level)
    if not doses:
        return None
    there = doses[-1].level
    day = plan.started_on
    load = load_from(earlier, there, doses, held, day, with_weights=False)
    ended = earlier.ended_on if restart.is_away(earlier.ended_on, day) else None
    return load.case.base or ended


def _doses_before(earlier: Plan, level: Level) -> list[Prescription]:
    """The prescriptions of the level with the same keys on an earlier plan, oldest first."""
    rows = earlier.prescriptions.filter(
        level__rung__slug=level.rung.slug,
        level__slug=level.slug,
        level__drill=level.drill_id,
        level__setting=level.setting,
    )
    return list(rows.select_related("level__drill", "band").order_by("pk"))


def read_entries(plan: Plan) -> Course:
    """Every entry of a plan, and which levels of its ladder have a load. Two queries."""
    return Course(logged_entries(plan, plan.started_on), loaded_levels([plan.ladder_id]))


def loaded_levels(ladders: Collection[int]) -> frozenset[int]:
    """The ids of the levels with a load of some ladders. One query."""
    levels = Level.objects.filter(rung__ladder__in=ladders).exclude(drill__load=Load.NONE)
    return frozenset(levels.values_list("pk", flat=True))


def _steps(plan: Plan, level: Level, doses: Sequence[Prescription]) -> Steps:
    if level.drill.load == Load.BAND:
        bands = Band.objects.filter(clinic_id=plan.clinic_id).order_by("position", "pk")
        return steps_for(doses[-1], [], list(bands))
    owned = owned_by(plan.patient) if doses[-1].load is not None else []
    return steps_for(doses[-1], owned, [])


def rules_for(held: Sequence[Held], level: Level) -> Rules:
    """What the patient's precautions change for a level. ``level``: with its drill."""
    there = line_keys(held, read_cautions(level.drill.cautions, level.cautions))
    loose = any(one.key == LOOSE_JOINTS for one in held)
    return Rules(
        CAREFUL_RESERVE if there & CAREFUL_LINES else LEAST_RESERVE,
        TOP_SESSIONS_LOOSE if loose else TOP_SESSIONS,
    )


def _closed(plan: Plan, today: date) -> str:
    """Why nothing is proposed at all; empty = something is."""
    screening = Screening.objects.newest_of(plan.patient).first()
    return why_closed(
        ended=plan.ended_on is not None,
        stopped=Stop.objects.unanswered().filter(patient=plan.patient_id).exists(),
        cleared=screening is not None and screening.allows,
        away=calendar_of(plan).is_away(today),
    )


def why_closed(*, ended: bool, stopped: bool, cleared: bool, away: bool) -> str:
    """Why nothing is proposed at all, from what a page has read; empty = something is."""
    if ended:
        return _("The plan has ended.")
    if stopped:
        return _("A stop waits for its answer.")
    if not cleared:
        return _("The latest screening does not clear for training.")
    return _("Practice is paused.") if away else ""


def _dose(plan: Plan, dose: Prescription, steps: Steps) -> Dose:
    aim = Aim(steps.of(dose), dose.sets, dose.reps, dose.pause, dose.seconds)
    to = dose.reps if dose.reps_to is None else dose.reps_to
    return Dose(plan.clinic.day_of(dose.at), dose.at, aim, to, dose.signed_for)


def _logged(
    dose: Prescription, steps: Steps, entries: Sequence[LoggedEntry], loaded: Collection[int]
) -> list[Logged]:
    """The sessions of the level, oldest first."""
    days = {entry.done_on for entry in entries if entry.level_id in loaded}
    return [
        Logged(_session(entry, dose, steps, days), entry.first_at)
        for entry in entries
        if entry.level_id == dose.level_id
    ]


def _session(entry: LoggedEntry, dose: Prescription, steps: Steps, days: set[date]) -> Session:
    kilograms = steps.scale.unit is Unit.KILOGRAMS
    done = [
        DoneSet(one.get("reps") or 0, one.get("load") if kilograms else None, one.get("side"))
        for one in entry.sets
    ]
    return Session(
        entry.done_on,
        done,
        entry.reserve,
        entry.morning_band or entry.band,
        entry.worse,
        easier=entry.easier,
        follows=entry.done_on - timedelta(days=1) in days,
        per_side=dose.per_side,
    )

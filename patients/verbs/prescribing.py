"""The verb that sets the dose of a level. It opens no rung."""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from curriculum.models import Level, Load
from patients.models import Band, Plan, Prescription
from patients.models.load import MOST_RESERVE
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.cautions import held_by
from patients.standing.load import guard
from patients.standing.load.read import load_of
from patients.standing.position import is_reachable
from patients.summaries import refresh as summaries
from patients.verbs import borrowing, level_checks
from patients.wording.dosage import plain_kilograms

#: What differs between two prescriptions, apart from when they were written.
CONTENT = (
    *("by_id", "sets", "reps", "reps_to", "seconds", "pause", "rest", "load", "max_kg", "band_id"),
    *("mark", "reserve", "word", "per_side", "max_depth", "reason", "reason_for", "at_home"),
    *("variant", "signed_for", "why_more"),
)


class MoreOfADose(TypedDict, total=False):
    """The columns of ``Prescription`` that are about load. What is left out is not said."""

    reps_to: int | None
    rest: int | None
    pause: int | None
    reserve: int | None
    band: Band | None
    mark: int | None
    max_kg: Decimal | float | None
    signed_for: str
    why_more: str


def must_be_reachable(plan: Plan, level: Level) -> None:
    """Refuse a level that the plan cannot practise yet.

    Raises ``Refused``: other_ladder, locked.
    """
    if level.rung.ladder_id != plan.ladder_id:
        raise Refused("other_ladder")
    if not is_reachable(plan, level.rung):
        raise Refused("locked", rung=level.rung.name)


@transaction.atomic
def prescribe(
    *,
    plan: Plan,
    level: Level,
    by: User,
    sets: int,
    reps: int,
    seconds: int | None = None,
    load: Decimal | float | None = None,
    word: str = "",
    per_side: bool | None = None,
    max_depth: str = "",
    reason: str = "",
    at_home: bool = False,
    variant: str = "",
    **more: Unpack[MoreOfADose],
) -> Prescription:
    """Set the dose of a reachable level, or of the one that is borrowed; the latest counts.

    The arguments are those of ``Prescription``; ``per_side``: None = yes, if the drill is
    one-sided. The same dose again returns the latest prescription.

    Raises ``Refused``: not_yours, plan_ended, other_ladder, locked, out_of_range, load_missing,
    load_not_here, load_over_cap, cap_missing, load_guard, stop_unanswered, band_not_here,
    band_gone, band_missing, too_long, and those of ``level_checks.suit``.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    _check_reach(plan, level)
    dose = Prescription(plan=plan, level=level, by=by, sets=sets, reps=reps, seconds=seconds)
    dose.load = None if load is None else guards.kilograms(load)
    _say_more(dose, more)
    _check_dose(dose)
    dose.per_side = level.drill.one_sided if per_side is None else per_side
    dose.variant = variant
    _say(dose, word, max_depth)
    level_checks.suit(dose, reason, at_home=at_home)
    return _write(dose)


def _check_reach(plan: Plan, level: Level) -> None:
    borrowed = borrowing.in_force(plan)
    if borrowed is None or borrowed.level_id != level.pk:
        must_be_reachable(plan, level)


def _say(dose: Prescription, word: str, max_depth: str) -> None:
    dose.word = guards.words(word, 500)
    dose.max_depth = guards.one_line(max_depth, 200)


def _say_more(dose: Prescription, more: MoreOfADose) -> None:
    dose.reps_to = more.get("reps_to")
    dose.rest = more.get("rest")
    dose.pause = more.get("pause")
    dose.reserve = more.get("reserve")
    dose.band = more.get("band")
    dose.mark = more.get("mark")
    cap = more.get("max_kg")
    dose.max_kg = None if cap is None else guards.kilograms(cap)
    dose.signed_for = more.get("signed_for", "")
    dose.why_more = guards.words(more.get("why_more", ""), 500)


def _write(dose: Prescription) -> Prescription:
    same_level = Prescription.objects.filter(plan=dose.plan, level=dose.level)
    latest = same_level.order_by("-pk").first()
    if dose.level.drill.loaded:
        _check_guard(dose, latest)
    if latest is not None and _content(latest) == _content(dose):
        return latest
    dose.save()
    summaries.refresh(dose.plan.patient)
    return dose


def _check_dose(dose: Prescription) -> None:
    guards.in_range(_("Sets"), dose.sets, 1, 10)
    guards.in_range(_("Repetitions"), dose.reps, 1, 50)
    guards.in_range(_("Repetitions, at most"), dose.reps_to, dose.reps, 50)
    guards.in_range(_("Seconds down"), dose.seconds, 1, 60)
    guards.in_range(_("Seconds at the bottom"), dose.pause, 1, 10)
    guards.in_range(_("Seconds of rest"), dose.rest, 0, 600)
    guards.in_range(_("Repetitions left in reserve"), dose.reserve, 0, MOST_RESERVE)
    drill = dose.level.drill
    if drill.load == Load.WEIGHT and dose.load is None:
        raise Refused("load_missing")
    if not drill.takes_kilograms and dose.load is not None:
        raise Refused("load_not_here")
    if dose.load is not None and dose.max_kg is not None and dose.load > dose.max_kg:
        raise Refused("load_over_cap", kg=plain_kilograms(dose.max_kg))
    _check_band(dose)


def _check_band(dose: Prescription) -> None:
    if dose.band is None:
        if dose.mark is not None:
            raise Refused("band_missing")
        return
    if dose.level.drill.load != Load.BAND:
        raise Refused("band_not_here")
    if dose.band.clinic_id != dose.plan.clinic_id or dose.band.retired_at is not None:
        raise Refused("band_gone")
    guards.in_range(_("Mark on the floor"), dose.mark, 0, dose.band.marks)


def _check_guard(dose: Prescription, latest: Prescription | None) -> None:
    """Ask again before more than went fine is prescribed, and refuse more while a stop waits."""
    held = held_by(dose.plan.patient)
    if guard.needs_a_cap(dose, held):
        raise Refused("cap_missing", patient=dose.plan.patient.short_name)
    more = latest is not None and guard.is_more(dose, latest)
    if more:
        guards.not_stopped(dose.plan.patient)
    # What went fine is asked of an increase alone, and takes ten queries.
    load = load_of(dose.plan, dose.level) if more else None
    why = guard.questions(dose, load, held)
    if why and not dose.why_more:
        raise Refused("load_guard", why=" ".join(why))
    if not why:
        dose.why_more = ""


def _content(dose: Prescription) -> tuple[object, ...]:
    return tuple(getattr(dose, name) for name in CONTENT)

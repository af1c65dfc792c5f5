"""The verbs of a borrowed level: a level of a locked rung, set for a while since it helps with a
fault that stands. They open no rung.

``plan.choose_level`` calls ``borrow``.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from curriculum.models import Level, Remedy
from patients.models import BorrowedEnd, Finding, LevelChoice, LevelKind, Plan, Prescription
from patients.rules import guards
from patients.rules.periods import BORROWED_DAYS
from patients.rules.refusals import Refused
from patients.standing.chosen_levels import borrowed_step, chosen_levels
from patients.standing.dose import dose_in_force
from patients.standing.position import is_reachable, ladder_steps
from patients.summaries import refresh as summaries
from patients.verbs import level_checks


@transaction.atomic
def borrow(
    *,
    plan: Plan,
    level: Level,
    by: User,
    finding: Finding | None,
    until: date | None,
    reason: str = "",
    at_home: bool = False,
) -> LevelChoice:
    """Set an unloaded level of a locked rung in place of the plan's own, for a finding that stands.

    It ends with ``until``, once the finding is cleared, when its rung opens, or with the next
    choice. The same again changes nothing. A level to avoid needs ``reason``, and one for the
    clinic alone ``at_home``; both are kept with a prescription of the dose in force.

    Raises ``Refused``: not_yours, plan_ended, finding_gone, other_ladder, borrowed_loaded,
    borrowed_in_reach, no_remedy, until_missing, until_in_past, borrowed_too_long,
    already_borrowed, too_long, and those of ``level_checks.suit``.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    choice = LevelChoice(plan=plan, level=level, by=by, until=until, kind=LevelKind.BORROWED)
    choice.finding = _standing(finding, plan)
    choice.from_day = plan.clinic.today()
    choice.reason = guards.words(reason, 500)
    latest = in_force(plan)
    if latest is not None and _content(latest) == _content(choice):
        return latest
    _check_level(choice)
    _check_days(choice)
    _make_room(latest)
    _suit(choice, at_home=at_home)
    choice.save()
    summaries.refresh(plan.patient)
    return choice


def _standing(finding: Finding | None, plan: Plan) -> Finding:
    """The finding as the database has it now."""
    rows = Finding.objects.filter(plan=plan, cleared_on__isnull=True)
    found = rows.filter(pk=finding.pk).first() if finding is not None else None
    if found is None:
        raise Refused("finding_gone")
    return found


def _content(choice: LevelChoice) -> tuple[object, ...]:
    return (choice.level_id, choice.by_id, choice.finding_id, choice.until, choice.reason)


def _check_level(choice: LevelChoice) -> None:
    level = choice.level
    if level.rung.ladder_id != choice.plan.ladder_id:
        raise Refused("other_ladder")
    if level.drill.loaded or level.rung.loaded:
        raise Refused("borrowed_loaded", level=str(level))
    if is_reachable(choice.plan, level.rung):
        raise Refused("borrowed_in_reach", level=str(level))
    finding = choice.finding
    if (
        finding is None
        or not Remedy.objects.filter(fault=finding.fault_id, drill=level.drill_id).exists()
    ):
        raise Refused("no_remedy", level=str(level))


def _check_days(choice: LevelChoice) -> None:
    today = choice.plan.clinic.today()
    if choice.until is None:
        raise Refused("until_missing")
    if choice.until < today:
        raise Refused("until_in_past")
    if choice.until > today + timedelta(days=BORROWED_DAYS):
        raise Refused("borrowed_too_long", days=BORROWED_DAYS)


def _make_room(latest: LevelChoice | None) -> None:
    """Refuse a second borrowed level. One that precautions have put away since makes room."""
    if latest is None:
        return
    if level_checks.suits(latest.plan, latest.level):
        raise Refused("already_borrowed", level=str(latest.level), until=latest.until)
    _end(latest, latest.by)


def _suit(choice: LevelChoice, *, at_home: bool) -> None:
    """Prescribe a level that is one to avoid, or for the clinic alone, so that it is kept why."""
    if level_checks.suits(choice.plan, choice.level):
        return
    dose = dose_in_force(choice.plan, choice.level)
    columns = {field.attname: getattr(dose, field.attname) for field in dose._meta.concrete_fields}
    prescription = Prescription(**columns | {"id": None, "by_id": choice.by_id, "at": choice.at})
    level_checks.suit(prescription, choice.reason, at_home=at_home)
    prescription.save()


def in_force(plan: Plan) -> LevelChoice | None:
    """The borrowed level of today, one to avoid too; None = nothing is borrowed. Reads only."""
    rung = plan.open_rung
    chosen = chosen_levels(plan)
    today = plan.clinic.today()
    step = borrowed_step(ladder_steps(plan), chosen, today, rung.position if rung else None)
    if step is None:
        return None
    return plan.level_choices.select_related("level__drill", "level__rung").last()


@transaction.atomic
def end_borrowed(*, plan: Plan, by: User) -> BorrowedEnd | None:
    """End the borrowed level from today on: practice goes on with the plan's own.

    Where nothing is borrowed any more, this changes nothing and returns None.

    Raises ``Refused``: not_yours.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    choice = in_force(plan)
    if choice is None:
        return None
    ended = _end(choice, by)
    summaries.refresh(plan.patient)
    return ended


def end_if_in_reach(choice: LevelChoice | None, plan: Plan, by: User) -> None:
    """End a level that was borrowed until its rung came into reach, so that it stays ended."""
    if choice is not None and is_reachable(plan, choice.level.rung):
        _end(choice, by)


def _end(choice: LevelChoice, by: User) -> BorrowedEnd:
    today = choice.plan.clinic.today()
    return BorrowedEnd.objects.create(choice=choice, on_day=today, by=by)

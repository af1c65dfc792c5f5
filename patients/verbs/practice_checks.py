"""The checks of an entry before ``practice.log`` saves it. They read only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from curriculum.models import Rung
from patients.models import Effort, Leg, Plan, Practice, Review, WhyStopped, WithdrawalKind
from patients.models.load import MOST_RESERVE
from patients.rules import guards
from patients.rules.periods import DAYS_BACK
from patients.rules.refusals import Refused
from patients.standing.chosen_levels import was_borrowed

CLIENT_ID_LIMIT = 64


def clean_client_id(client_id: str) -> str:
    """The number of the form as clean text. Raises ``Refused``: bad_client_id."""
    text = str(client_id).strip()
    if not text or len(text) > CLIENT_ID_LIMIT or not text.isprintable():
        raise Refused("bad_client_id")
    return text


def clean_sets(sets: Sequence[dict[str, Any]], *, at_least: int = 1) -> list[dict[str, Any]]:
    """The sets in the shape in which ``Practice.sets`` stores them.

    Raises ``Refused``: bad_sets.
    """
    try:
        cleaned = [_clean_set(dict(row)) for row in sets]
    except (TypeError, ValueError, InvalidOperation) as error:
        raise Refused("bad_sets") from error
    if not at_least <= len(cleaned) <= 20:
        raise Refused("bad_sets")
    return cleaned


def clean_form(entry: Practice, client_id: str, sets: Sequence[dict[str, Any]]) -> None:
    """Give the entry its form's number and its sets, in their stored shape.

    Raises ``Refused``: bad_client_id, bad_sets.
    """
    entry.client_id = clean_client_id(client_id)
    entry.sets = clean_sets(sets)


def _clean_set(row: dict[str, Any]) -> dict[str, Any]:
    side = row.get("side") or None
    if side not in {None, "left", "right"}:
        raise ValueError(side)
    load = _number(row.get("load"), 500)
    return {
        "side": side,
        "reps": _whole(row.get("reps"), 200) or 0,
        "seconds": _whole(row.get("seconds"), 600),
        "load": None if load is None else float(round(load, 1)),
    }


def _whole(value: Any, most: int) -> int | None:
    number = _number(value, most)
    if number is not None and number != int(number):
        raise ValueError(value)
    return None if number is None else int(number)


def _number(value: Any, most: int) -> Decimal | None:
    if value is None or value == "":
        return None
    number = Decimal(str(value))
    if not 0 <= number <= most:
        raise ValueError(value)
    return number


def content(entry: Practice) -> tuple[object, ...]:
    """The content of an entry, to compare two arrivals of the same form."""
    return (
        entry.level_id,
        entry.done_on,
        entry.sets,
        entry.pain,
        entry.effort,
        entry.why_stopped,
        entry.leg,
        entry.note,
        entry.corrects_id,
        entry.paper,
        entry.reserve,
    )


def check(entry: Practice, *, today: date) -> None:
    """Refuse an entry that breaks a rule.

    Raises ``Refused``: bad_pain, bad_choice, out_of_range, paper_by_clinic, clinic_by_paper,
    not_yet_that_day, too_long_ago, before_the_plan, after_the_plan, other_ladder,
    level_locked_that_day, day_taken, nothing_to_correct, not_your_words, other_day.
    """
    check_pain(entry.pain)
    _check_choices(entry)
    _check_who(entry)
    check_day(entry.plan, entry.done_on, today, paper=entry.paper)
    _check_level(entry)
    _check_one_a_day(entry)


def check_pain(pain: int | None) -> None:
    """Refuse ``bad_pain`` unless the pain is None or a whole number from 0 to 10."""
    if pain is not None and (
        isinstance(pain, bool) or not isinstance(pain, int) or not 0 <= pain <= 10
    ):
        raise Refused("bad_pain")


def _check_choices(entry: Practice) -> None:
    chosen = ((entry.effort, Effort), (entry.why_stopped, WhyStopped), (entry.leg, Leg))
    if any(value is not None and value not in choices.values for value, choices in chosen):
        raise Refused("bad_choice")
    guards.in_range(_("Reserve"), entry.reserve, 0, MOST_RESERVE)
    if entry.reserve is not None and not entry.level.drill.loaded:
        raise Refused("bad_choice")
    if entry.why_stopped is not None and entry.effort != Effort.STOPPED:
        raise Refused("bad_choice")


def _check_who(entry: Practice) -> None:
    if entry.by.of_patients_side and entry.paper:
        raise Refused("paper_by_clinic")
    if not entry.by.of_patients_side and not entry.paper:
        raise Refused("clinic_by_paper")


def check_day(plan: Plan, day: date, today: date, *, paper: bool = False) -> None:
    """Refuse a day of the plan on which nothing can be logged any more, or not yet.

    Raises ``Refused``: not_yet_that_day, too_long_ago, before_the_plan, after_the_plan.
    """
    if day > today:
        raise Refused("not_yet_that_day", day=day)
    if day < plan.started_on:
        raise Refused("before_the_plan", day=day, start=plan.started_on)
    if plan.ended_on is not None and day > plan.ended_on:
        raise Refused("after_the_plan", end=plan.ended_on)
    if not paper and day < today - timedelta(days=DAYS_BACK):
        raise Refused("too_long_ago", day=day)


def _check_level(entry: Practice) -> None:
    rung = entry.level.rung
    if rung.ladder_id != entry.plan.ladder_id:
        raise Refused("other_ladder")
    if was_reachable(entry.plan, rung, entry.done_on):
        return
    if not was_borrowed(entry.plan, entry.level, entry.done_on):
        raise Refused("level_locked_that_day", rung=rung.name, day=entry.done_on)


def is_borrowed(entry: Practice) -> bool:
    """Whether an entry that ``check`` let pass is of a borrowed level. A correction stays what the
    entry was, if it keeps its level: the rung may have opened since."""
    corrected = entry.corrects
    if corrected is not None and corrected.level_id == entry.level_id:
        return corrected.borrowed
    return not was_reachable(entry.plan, entry.level.rung, entry.done_on)


def was_reachable(plan: Plan, rung: Rung, day: date) -> bool:
    """Whether a rung was passed or open at some moment of a day in the clinic's time zone.

    Passes form an unbroken run, so a rung is reachable exactly while the rung below it is passed.
    """
    if rung.position == 1:
        return True
    if _above_goal(plan, rung):
        return False
    begins, ends = plan.clinic.day_span(day)
    below = Review.objects.filter(
        plan=plan, rung__position=rung.position - 1, outcome="passed", at__lt=ends
    )
    below = below.exclude(withdrawal__kind=WithdrawalKind.SLIP).select_related("withdrawal")
    return any(
        not hasattr(review, "withdrawal") or review.withdrawal.at >= begins for review in below
    )


def _above_goal(plan: Plan, rung: Rung) -> bool:
    return plan.goal_rung is not None and rung.position > plan.goal_rung.position


def _check_one_a_day(entry: Practice) -> None:
    current = Practice.objects.standing().filter(plan=entry.plan, done_on=entry.done_on).first()
    if entry.corrects_id is None:
        if current is not None:
            raise Refused("day_taken", day=entry.done_on)
        return
    corrected = Practice.objects.filter(pk=entry.corrects_id, plan=entry.plan).first()
    if corrected is None:
        raise Refused("nothing_to_correct")
    guards.own_words(entry.by, corrected.by_id)
    if corrected.done_on != entry.done_on:
        raise Refused("other_day")
    if current is None or current.pk != entry.corrects_id:
        raise Refused("nothing_to_correct")

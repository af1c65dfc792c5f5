"""The verbs with which the clinic enters a paper log: a day with its morning after, or a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from curriculum.models import Level
from patients.models import Plan, Practice
from patients.rules.refusals import Refused
from patients.verbs import practice as practice_verbs


@transaction.atomic
def enter(
    *,
    plan: Plan,
    level: Level,
    by: User,
    client_id: str,
    done_on: date,
    sets: int,
    reps: int,
    load: float | None = None,
    morning_pain: int | None = None,
    worse: bool | None = None,
    **entry: Any,
) -> Practice:
    """Record a day from paper. Days back to the start of the plan are allowed.

    ``sets``, ``reps``: numbers, for each side if the drill has sides; ``load``: kilograms
    ``morning_pain``, ``worse``: the morning after, if the paper has it
    ``entry``: other arguments of ``practice.log``
    Raises ``Refused``: morning_ahead; those of ``practice.log`` and ``practice.answer_morning``.
    """
    tells_of_the_morning = morning_pain is not None or worse is not None
    if tells_of_the_morning and done_on >= plan.clinic.today():
        raise Refused("morning_ahead", day=done_on)
    practice = practice_verbs.log(
        plan=plan,
        level=level,
        by=by,
        client_id=client_id,
        done_on=done_on,
        sets=_rows(level, sets, reps, load),
        paper=True,
        **entry,
    )
    if tells_of_the_morning:
        practice_verbs.answer_morning(practice=practice, by=by, pain_now=morning_pain, worse=worse)
    return practice


def _rows(level: Level, sets: int, reps: int, load: float | None) -> list[dict[str, Any]]:
    sides: list[str | None] = ["left", "right"] if level.drill.one_sided else [None]
    kilograms = load if level.drill.loaded else None
    return [
        {"side": side, "reps": reps, "seconds": None, "load": kilograms}
        for _ in range(sets)
        for side in sides
    ]


@transaction.atomic
def enter_week(
    *, plan: Plan, level: Level, by: User, days: Sequence[dict[str, Any]], **same: Any
) -> list[Practice | Refused]:
    """Record several days from paper, on one level. A day that is refused keeps no other one out:
    what was told of the body on that one counts at once.

    ``days``: of each day, in their order, what `enter` takes; ``same``: what all have in common
    Returns the entry of each day, or its refusal.
    """
    return [_entered(plan=plan, level=level, by=by, **same, **day) for day in days]


def _entered(**day: Any) -> Practice | Refused:
    try:
        return enter(**day)
    except Refused as refused:
        return refused

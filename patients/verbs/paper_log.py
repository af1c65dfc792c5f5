"""A paper log entered by the clinic: the day and its morning after, in one act."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from curriculum.models import Level
from patients.models import Plan, Practice
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
    """Record a day from paper, back to the plan's start: ``sets`` of ``reps`` each, on each side
    where the drill has sides. ``entry``: what else ``practice.log`` takes. Raises ``Refused`` as
    ``practice.log`` and ``practice.answer_morning`` do.
    """
    sides: list[str | None] = ["left", "right"] if level.drill.one_sided else [None]
    done = [
        {"side": side, "reps": reps, "seconds": None, "load": load}
        for _ in range(sets)
        for side in sides
    ]
    made = practice_verbs.log(
        plan=plan,
        level=level,
        by=by,
        client_id=client_id,
        done_on=done_on,
        sets=done,
        paper=True,
        **entry,
    )
    if morning_pain is not None or worse is not None:
        practice_verbs.answer_morning(practice=made, by=by, pain_now=morning_pain, worse=worse)
    return made

"""What a patient does at home, set in one act: the dose of a level, and that it is practised."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from curriculum.models import Level
from patients.models import Plan, Prescription
from patients.standing.training_days import asked_for
from patients.verbs import plan as plan_verbs


@transaction.atomic
def set_at_home(
    *,
    plan: Plan,
    level: Level,
    by: User,
    practise: bool = False,
    until: date | None = None,
    weekdays: int | None = None,
    keep_running: bool = False,
    **dose: Any,
) -> Prescription:
    """Set the dose of a level as ``plan.prescribe`` does, and with ``practise`` that it is
    practised in place of another one, as ``plan.choose_level`` does. Both or neither.

    ``until``: the last day, which a level of a passed rung needs
    ``weekdays``, ``keep_running``: as in ``plan.choose_level``
    ``dose``: the other arguments of ``plan.prescribe``

    Raises ``Refused``: those of the two verbs.
    """
    prescription = plan_verbs.prescribe(plan=plan, level=level, by=by, **dose)
    days: dict[str, Any] = {"weekdays": weekdays, "keep_running": keep_running}
    if practise:
        plan_verbs.choose_level(plan=plan, level=level, by=by, until=until, **days)
    elif weekdays is not None and asked_for(plan, level) is not None:
        plan_verbs.schedule(plan=plan, by=by, **days)
    return prescription

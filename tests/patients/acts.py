"""Common acts of the tests, made by verbs, and checks of a refusal."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from curriculum.models import Criterion, Level, Rung
from patients.models import Plan, Practice, Review
from patients.rules.refusals import Refused
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests import app_role, factories
from tests.kept_rows import KeptRows

_number = itertools.count(1)

TWO_SETS = [{"side": None, "reps": 10, "seconds": None, "load": None}] * 2


#: What an answer to a sign in a leg, or to something urgent, says besides.
SEEN: dict[str, Any] = {
    "contact": "seen",
    "finding": "Strength and sensation equal.",
    "outcome": "cleared",
}


#: Tables of what a patient tells of the body, which is kept even if its form is refused.
OF_THE_BODY = {
    "patients_report",
    "patients_message",
    "patients_stop",
    "patients_outbox",
    "patients_patientsummary",
}


#: Tables that say nothing of people, only of browsers and how often they tried.
OF_BROWSERS = {"accounts_session", "accounts_count"}


def everything() -> dict[str, list[str]]:
    """Every row of people and patients, by table. A refusal must not change them."""
    kept = KeptRows.of(connection, "patients").tables | KeptRows.of(connection, "accounts").tables
    return {
        table: sorted(map(repr, of_table.rows))
        for table, of_table in kept.items()
        if table not in OF_BROWSERS
    }


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """Assert that the block is refused with this code, and leaves the database unchanged."""
    before = everything()
    with pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.code == code
    assert "{" not in str(caught.value)
    assert everything() == before


@contextmanager
def database_refuses(because: str) -> Iterator[None]:
    """Assert that the database itself refuses the block, which does not use the verbs."""
    before = everything()
    with app_role.refused(because), transaction.atomic():
        yield
    assert everything() == before


def rung(plan: Plan, position: int) -> Rung:
    return Rung.objects.get(ladder_id=plan.ladder_id, position=position)


def criteria(plan: Plan, *positions: int) -> list[Criterion]:
    """Every criterion of the rungs at these positions."""
    return list(
        Criterion.objects.filter(rung__ladder_id=plan.ladder_id, rung__position__in=positions)
    )


def level(plan: Plan, position: int = 1) -> Level:
    """The first level of a rung that is no helper."""
    first = rung(plan, position).levels.filter(helper=False).first()
    assert first is not None
    return first


def passed(plan: Plan) -> list[int]:
    """Positions of the rungs that are passed."""
    return [passed_rung.position for passed_rung in plan.passed_rungs]


def open_position(plan: Plan) -> int | None:
    """Position of the open rung in the database now."""
    open_rung = Plan.objects.get(pk=plan.pk).open_rung
    return open_rung.position if open_rung else None


def tick_all(plan: Plan, position: int, by: User) -> None:
    for criterion in criteria(plan, position):
        gate_verbs.tick(plan=plan, criterion=criterion, by=by)


def decide(
    plan: Plan, position: int, by: User, outcome: str = "passed", seen: str | None = None
) -> Review:
    days = factories.same_days(plan) if outcome == "passed" else {}
    return gate_verbs.decide(
        plan=plan, rung=rung(plan, position), outcome=outcome, by=by, seen=seen, **days
    )


def new_id() -> str:
    return f"form-{next(_number)}"


def log(plan: Plan, day: date | None = None, *, by: User | None = None, **fields: Any) -> Practice:
    """Log practice. The default is the first rung's first level, by the patient, today."""
    defaults: dict[str, Any] = {"level": level(plan), "client_id": new_id(), "sets": TWO_SETS}
    return practice_verbs.log(
        plan=plan,
        by=by or plan.patient.user,
        done_on=day or plan.clinic.today(),
        **(defaults | fields),
    )


def prescribe_weight(plan: Plan, *, by: User) -> None:
    """Prescribe the first level of the rung with weights."""
    plan_verbs.prescribe(plan=plan, level=level(plan, 6), by=by, sets=3, reps=8, load=8)

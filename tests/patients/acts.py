"""What tests of the rules do again and again, through the verbs; and how a refusal is looked at."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from curriculum.models import Criterion, Level, Rung
from patients.models import Plan, Practice, Review
from patients.rules.refusals import Refused
from patients.verbs import gate as gate_verbs
from patients.verbs import practice as practice_verbs
from tests.kept_rows import KeptRows

_number = itertools.count(1)

TWO_SETS = [{"side": None, "reps": 10, "seconds": None, "load": None}] * 2


def everything() -> dict[str, list[str]]:
    """Every row of people and patients, by table: what must not differ after a refusal."""
    rows = KeptRows.of(connection, "patients").rows | KeptRows.of(connection, "accounts").rows
    return {table: sorted(map(repr, found)) for table, found in rows.items()}


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """The block is refused by this name, in words a person can read, and leaves the database as it
    was."""
    before = everything()
    with pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.code == code
    assert "{" not in str(caught.value)
    assert everything() == before


@contextmanager
def database_refuses(because: str) -> Iterator[None]:
    """The block walks past the verbs; the database itself does not let it, for this reason."""
    before = everything()
    with pytest.raises(IntegrityError, match=because), transaction.atomic():
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
    found = rung(plan, position).levels.filter(helper=False).first()
    assert found is not None
    return found


def passed(plan: Plan) -> list[int]:
    """Positions of the rungs that are passed."""
    return [one.position for one in plan.passed_rungs]


def open_position(plan: Plan) -> int | None:
    """Position of the open rung, as the database has it now."""
    found = Plan.objects.get(pk=plan.pk).open_rung
    return found.position if found else None


def tick_all(plan: Plan, position: int, by: User) -> None:
    for criterion in criteria(plan, position):
        gate_verbs.tick(plan=plan, criterion=criterion, by=by)


def decide(
    plan: Plan, position: int, by: User, outcome: str = "passed", seen: str | None = None
) -> Review:
    return gate_verbs.decide(
        plan=plan, rung=rung(plan, position), outcome=outcome, by=by, seen=seen
    )


def new_id() -> str:
    return f"form-{next(_number)}"


def log(plan: Plan, day: date | None = None, *, by: User | None = None, **fields: Any) -> Practice:
    """Practice of the first rung's first level, by the patient, today, unless said otherwise."""
    said: dict[str, Any] = {"level": level(plan), "client_id": new_id(), "sets": TWO_SETS, **fields}
    return practice_verbs.log(
        plan=plan, by=by or plan.patient.user, done_on=day or plan.clinic.today(), **said
    )

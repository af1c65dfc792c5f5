"""People of the tests as rows, so that most tests copy them and do not make them anew.

The verbs that make those of `tests.cast` take a third of a second on PostgreSQL, and most tests
begin with them.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from accounts.models import Clinic
from config import triggers
from tests.cast import Cast, assemble
from tests.kept_rows import KeptRows

People = TypeVar("People")

#: How old the copied people may be. A clock that stands still stays at the moment of the copy.
FRESH = timedelta(seconds=30)
#: The apps whose tables are not made by loading the curriculum or by migrating.
APPS = ("accounts", "account", "mfa", "patients")


@dataclass(frozen=True)
class _Made:
    """``people``: those who were made as bytes, so that each test gets instances of its own."""

    at: datetime
    rows: KeptRows
    people: bytes


_made: dict[tuple[str, Callable[[], Any]], _Made] = {}


def cast_of_now() -> Cast:
    """The cast in a database without people, made by verbs now or copied from a moment ago."""
    return copied_or(assemble, past_the_rules=False)


def copied_or(make: Callable[[], People], *, past_the_rules: bool = True) -> People:
    """What ``make`` makes in a database without people, made now or copied from a moment ago.

    ``past_the_rules``: of rows that the triggers take one after the other, but not at once
    """
    now = timezone.now()
    kept = _made.get((now.date().isoformat(), make))
    if Clinic.objects.exists():
        return make()
    if kept is not None and timedelta() <= now - kept.at < FRESH:
        _put_back(kept.rows, past_the_rules=past_the_rules)
        people: People = pickle.loads(kept.people)  # noqa: S301
        return people
    made = make()
    _made[now.date().isoformat(), make] = _Made(now, _rows(), pickle.dumps(made))
    return made


def _put_back(rows: KeptRows, *, past_the_rules: bool) -> None:
    if past_the_rules:
        triggers.remove(connection)
    rows.restore(connection)
    connection.check_constraints()
    if past_the_rules:
        triggers.install(connection)
    _count_on()


def _models() -> list[type[Model]]:
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]


def _rows() -> KeptRows:
    return KeptRows.of_tables(connection, [model._meta.db_table for model in _models()])


def _count_on() -> None:
    """Let new rows get ids above the copied ones: a test may have made the tables anew."""
    statements = connection.ops.sequence_reset_sql(no_style(), _models())
    if statements:
        with connection.cursor() as cursor:
            cursor.execute("".join(statements))

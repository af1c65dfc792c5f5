"""The people of `tests.cast` as rows, so that most tests copy them and do not make them anew.

The verbs that make them take a third of a second on PostgreSQL, and most tests begin with them.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from accounts.models import Clinic
from config import triggers
from tests.cast import Cast, assemble
from tests.kept_rows import KeptRows

#: How old the copied people may be. A clock that stands still stays at the moment of the copy.
FRESH = timedelta(seconds=30)
#: The apps whose tables are not made by loading the curriculum or by migrating.
APPS = ("accounts", "account", "patients")


@dataclass(frozen=True)
class _Made:
    """``people``: the cast as bytes, so that each test gets instances of its own."""

    at: datetime
    rows: KeptRows
    people: bytes


def nobody(cast: Cast) -> None:
    """Nobody else beside the cast."""


_made: dict[tuple[str, Callable[[Cast], None]], _Made] = {}


def cast_of_now(beside: Callable[[Cast], None] = nobody) -> Cast:
    """The cast in a database without people, made by verbs now or copied from a moment ago.

    ``beside``: makes others there, who are copied along
    """
    now = timezone.now()
    kept = _made.get((now.date().isoformat(), beside))
    if Clinic.objects.exists():
        cast = assemble()
        beside(cast)
        return cast
    if kept is not None and timedelta() <= now - kept.at < FRESH:
        _put_back(kept.rows, past_the_rules=beside is not nobody)
        people: Cast = pickle.loads(kept.people)  # noqa: S301
        return people
    cast = assemble()
    beside(cast)
    _made[now.date().isoformat(), beside] = _Made(now, _rows(), pickle.dumps(cast))
    return cast


def _put_back(rows: KeptRows, *, past_the_rules: bool) -> None:
    """``past_the_rules``: of rows that the triggers take one after the other, but not at once."""
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

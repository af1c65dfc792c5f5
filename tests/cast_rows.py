"""The people of `tests.cast` as rows, so that most tests copy them and do not make them anew.

The verbs that make them take a third of a second on PostgreSQL, and most tests begin with them.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from accounts.models import Clinic
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


_made: dict[str, _Made] = {}


def cast_of_now() -> Cast:
    """The cast in a database without people, made by verbs now or copied from a moment ago."""
    now = timezone.now()
    kept = _made.get(now.date().isoformat())
    if Clinic.objects.exists():
        return assemble()
    if kept is not None and timedelta() <= now - kept.at < FRESH:
        kept.rows.restore(connection)
        _count_on()
        people: Cast = pickle.loads(kept.people)  # noqa: S301
        return people
    cast = assemble()
    _made[now.date().isoformat()] = _Made(now, _rows(), pickle.dumps(cast))
    return cast


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

"""A new installation makes all its tables at once, and has the same ones as an updated one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from config import migrated
from tests.config.backup.elsewhere import place

STEP_BY_STEP = ("-m", "tests.steps")
#: What PostgreSQL says of columns, constraints, indexes and triggers.
SAID = (
    "SELECT table_name, column_name, column_default, is_nullable, data_type, is_identity,"
    " character_maximum_length, numeric_precision, numeric_scale, collation_name"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)"
    " FROM pg_trigger WHERE NOT tgisinternal",
)


def _parts(sql: str) -> frozenset[str]:
    """The columns and constraints of a table, in whatever order."""
    inside = sql[sql.index("(") + 1 : sql.rindex(")")]
    depths = [0]
    for letter in inside:
        depths.append(depths[-1] + (letter == "(") - (letter == ")"))
    commas = [at for at, letter in enumerate(inside) if letter == "," and depths[at] == 0]
    edges = zip([-1, *commas], [*commas, len(inside)], strict=True)
    return frozenset(inside[first + 1 : last].strip() for first, last in edges)


def _tables(there: BaseDatabaseWrapper) -> set[object]:
    with there.cursor() as cursor:
        if there.vendor == "sqlite":
            cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            return {
                (name, _parts(sql) if kind == "table" else re.sub(r"\s+", " ", sql))
                for kind, name, sql in cursor.fetchall()
            }
        found: set[object] = set()
        for query in SAID:
            cursor.execute(query)
            found |= set(cursor.fetchall())
        return found


def _had(there: BaseDatabaseWrapper) -> set[str]:
    with there.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return {f"{app}.{name}" for app, name in cursor.fetchall()}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_new_installation_has_the_tables_of_one_that_was_updated_since_the_first_release(
    tmp_path: Path,
) -> None:
    with place(tmp_path / "new", "new") as new, place(tmp_path / "old", "old") as old:
        new.manage("migrate", "--verbosity=0")
        old.manage("migrate", "--verbosity=0", program=STEP_BY_STEP)
        with new.connected() as fresh, old.connected() as updated:
            assert len(_tables(fresh)) > 400
            assert _tables(fresh) == _tables(updated)
            assert any("squashed" in name for name in migrated.known() - _had(updated))
        # This release takes over what the one before has made, and makes nothing anew.
        old.manage("migrate", "--verbosity=0")
        with new.connected() as fresh, old.connected() as updated:
            assert _tables(fresh) == _tables(updated)
            assert _had(updated) == _had(fresh) >= migrated.known()

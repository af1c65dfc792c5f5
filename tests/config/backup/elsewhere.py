"""Another place of the product: a folder and a database of its own, used by processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.house import ROOT

#: What changes by itself: ids and times of migrations.
OWN = {"django_migrations"}


@dataclass(frozen=True)
class Place:
    """name: of the database, a path on SQLite."""

    var: Path
    name: str

    def manage(
        self,
        *command: str,
        fails: bool = False,
        program: Sequence[str] = ("manage.py",),
        **environment: str,
    ) -> str:
        """Run manage.py there, or what stands for it; what it said."""
        kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
        done = subprocess.run(
            [sys.executable, *program, *command],
            cwd=ROOT,
            env={**kept, "VAR_DIR": str(self.var), "DATABASE_URL": self.url, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert bool(done.returncode) == fails, done.stdout + done.stderr[-3000:]
        return done.stdout + done.stderr

    @property
    def url(self) -> str:
        where = connection.settings_dict
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.name}"
        return f"postgres://{where['USER']}@{where['HOST']}:{where['PORT']}/{self.name}"

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, as the database's own library reads it."""
        with self.connected() as there:
            return rows(there)

    @contextmanager
    def connected(self) -> Iterator[BaseDatabaseWrapper]:
        """A connection of the tests' own. It is no alias: pytest-django forbids a second one."""
        there = connection.copy()
        there.settings_dict = {**there.settings_dict, "NAME": self.name}
        try:
            yield there
        finally:
            there.close()


def rows(there: BaseDatabaseWrapper) -> dict[str, list[tuple[Any, ...]]]:
    """Every row as its columns and their values. The order of columns in a table depends on how
    the table came to be."""
    with there.cursor() as cursor:
        found = {}
        for table in there.introspection.table_names(cursor):
            if table not in OWN:
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
                columns = [column[0] for column in cursor.description]
                told = (zip(columns, row, strict=True) for row in cursor.fetchall())
                found[table] = sorted((tuple(sorted(row)) for row in told), key=repr)
        return found


@contextmanager
def place(room: Path, name: str = "elsewhere") -> Iterator[Place]:
    """An empty place, until the block ends."""
    if connection.vendor == "sqlite":
        yield Place(room / name, str(room / f"{name}.sqlite3"))
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield Place(room / name, name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")

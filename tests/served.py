"""Serves the product from a database of its own, which a test may take away from it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

from tests.bench.server import Server, serving


@dataclass
class OwnDatabase:
    """A copy of the test database. ``file``: on SQLite."""

    url: str
    file: Path

    def execute(self, sql: str, *values: Any) -> None:
        """Change a row, as somebody else who is connected. ``?`` stands for a value."""
        if connection.vendor == "sqlite":
            import sqlite3

            with sqlite3.connect(self.file) as other:
                other.execute(sql, values)
            other.close()
            return
        _on_postgres(self.url, sql.replace("?", "%s"), *values)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Nobody reaches it during the block."""
        hidden = self.file.with_suffix(".hidden")
        if connection.vendor == "sqlite":
            self.file.rename(hidden)
            yield
            hidden.rename(self.file)
            return
        self._alter("ALLOW_CONNECTIONS false")
        yield
        self._alter("ALLOW_CONNECTIONS true")

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """On PostgreSQL: whoever connects can only read during the block."""
        self._alter("SET default_transaction_read_only = on")
        yield
        self._alter("RESET default_transaction_read_only")

    def _alter(self, how: str) -> None:
        name = urlsplit(self.url).path.strip("/")
        _on_postgres(_elsewhere(), f"ALTER DATABASE {name} {how}")
        end_connections(name)


@contextmanager
def own_database(room: Path) -> Iterator[OwnDatabase]:
    if connection.vendor == "sqlite":
        file = room / "own.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        connection.close()
        yield OwnDatabase(f"sqlite:///{file}", file)
        return
    test_database = connection.settings_dict["NAME"]
    connection.close()
    name = f"{test_database}_served"
    end_connections(test_database)
    _on_postgres(_elsewhere(), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _on_postgres(_elsewhere(), f"CREATE DATABASE {name} TEMPLATE {test_database}")
    try:
        yield OwnDatabase(_elsewhere(name), room / "unused")
    finally:
        _on_postgres(_elsewhere(), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def end_connections(database: str) -> None:
    """End whatever is still connected with a database, as a thread of an earlier test may be."""
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    _on_postgres(_elsewhere(), ends, database)


def _elsewhere(name: str = "postgres") -> str:
    """The address of another database of the same server."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _on_postgres(url: str, sql: str, *values: Any) -> None:
    import psycopg

    with psycopg.connect(url.replace("postgres:", "postgresql:", 1), autocommit=True) as other:
        other.execute(sql.encode(), values or None)


@contextmanager
def served(room: Path, database: OwnDatabase, **environment: str) -> Iterator[Server]:
    """A server with its files in a room. What it logs is in ``room/log``."""
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(room)}
    settings |= {"DATABASE_URL": database.url}
    with (
        (room / "log").open("wb") as log,
        serving("config.wsgi", settings | environment, log=log) as server,
    ):
        yield server


def ask(
    port: int, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[HTTPResponse, str]:
    """The answer of a server to one request, on a connection of its own."""
    other = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        other.request(method, path, body, sent)
        answer = other.getresponse()
        return answer, answer.read().decode()
    finally:
        other.close()

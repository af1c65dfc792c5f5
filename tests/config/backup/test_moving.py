"""A clinic that has grown moves from SQLite to PostgreSQL, and may go back."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from config import moving, triggers
from config.backup import databases
from tests.cast import Cast
from tests.config.backup.elsewhere import Place, place, rows
from tests.patients.lived import live
from tests.served import end_connections


def _next_number(there: Place, table: str) -> int:
    with there.connected() as connected, connected.cursor() as cursor:
        cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))")
        return int(cursor.fetchone()[0])


@pytest.mark.only_postgres
@pytest.mark.django_db(transaction=True)
def test_everything_moves_to_sqlite_and_back_as_it_is(cast: Cast, tmp_path: Path) -> None:
    live(cast)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        Client().force_login(cast.elin)
    before = rows(connection)
    here = Place(tmp_path / "var", str(connection.settings_dict["NAME"]))
    file = f"sqlite:///{tmp_path / 'moved.sqlite3'}"
    with place(tmp_path) as there:
        connection.close()
        end_connections(here.name)
        said = here.manage("move_to", file)
        assert "patients_practice: 1 rows" in said
        assert "was left on" in here.manage("move_to", file, fails=True)
        here.manage("move_to", there.url, DATABASE_URL=file)
        assert there.rows() == before == rows(connection)
        with there.connected() as connected:
            wanted = {trigger.name for trigger in triggers.expected(connected)}
            assert triggers.installed(connected) == wanted
            assert triggers.changed(connected) == []
        newest = max(dict(row)["id"] for row in before["patients_practice"])
        assert _next_number(there, "patients_practice") == newest + 1


def test_a_database_that_was_left_is_not_served_again(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    moving.refuse_left()
    left = {
        "address": databases.address(connection),
        "when": "2026-11-29T02:30+00:00",
        "where": "x",
    }
    (tmp_path / "moved").write_text(json.dumps(left))
    with pytest.raises(CommandError, match="left on 29 November 2026 02:30 UTC"):
        call_command("start")
    (tmp_path / "moved").write_text(json.dumps(left | {"address": ["another"]}))
    moving.refuse_left()


@pytest.mark.parametrize("url", ["nonsense", "mysql://root@localhost/hinge", "sqlite:"])
def test_what_is_no_database_of_ours_is_refused(url: str) -> None:
    with pytest.raises(CommandError, match="must look like"):
        call_command("move_to", url)

"""Only commands that need it connect as the owner of the tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import owner_url

BOTH = {"DATABASE_URL": "postgres://web@db/hinge", "DATABASE_OWNER_URL": "postgres://own@db/hinge"}


@pytest.mark.parametrize("command", ["migrate", "erase", "retention", "app_role", "restore"])
def test_what_changes_tables_or_erases_connects_as_the_owner(command: str) -> None:
    environment = dict(BOTH)
    owner_url.choose(["manage.py", command], environment)
    assert environment["DATABASE_URL"] == BOTH["DATABASE_OWNER_URL"]


@pytest.mark.parametrize(
    "command", ["send_notices", "verify", "check", "create_clinic", "shell", "backup"]
)
def test_nothing_else_sees_that_address(command: str) -> None:
    environment = dict(BOTH)
    owner_url.choose(["manage.py", command], environment)
    assert environment == {"DATABASE_URL": BOTH["DATABASE_URL"]}


def test_either_address_may_stand_in_a_file(tmp_path: Path) -> None:
    files = {}
    for name, address in BOTH.items():
        (tmp_path / name).write_text(f"{address}\n")
        files[f"{name}_FILE"] = str(tmp_path / name)
    environment = dict(files)
    owner_url.choose(["manage.py", "start"], environment)
    assert environment[owner_url.SERVES] == BOTH["DATABASE_OWNER_URL"]
    owner_url.give_back(environment)
    assert environment == {"DATABASE_URL": BOTH["DATABASE_URL"]}
    environment = dict(files)
    owner_url.choose(["manage.py", "send_notices"], environment)
    assert set(environment) == {"DATABASE_URL_FILE"}


def test_the_server_that_a_start_becomes_does_not_see_it_either() -> None:
    environment = dict(BOTH)
    owner_url.choose(["manage.py", "start"], environment)
    owner_url.give_back(environment)
    assert environment == {"DATABASE_URL": BOTH["DATABASE_URL"]}

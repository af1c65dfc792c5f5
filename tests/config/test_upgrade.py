"""An installation in use takes on a newer edition of the product: guards stay in place, rows stay as they are."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _manage(var: Path, *command: str) -> None:
    environment = {**os.environ, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.only_sqlite
def test_a_database_with_its_guards_takes_the_newer_curriculum(tmp_path: Path) -> None:
    _manage(tmp_path, "migrate", "--verbosity=0")
    _manage(tmp_path, "load_curriculum")
    _manage(tmp_path, "migrate", "curriculum", "0001", "--verbosity=0")
    with sqlite3.connect(tmp_path / "db.sqlite3") as before:
        guards = {name for (name,) in before.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        criteria = before.execute("SELECT id, text FROM curriculum_criterion ORDER BY id").fetchall()
    assert len(guards) > 50
    _manage(tmp_path, "migrate", "--verbosity=0")
    _manage(tmp_path, "load_curriculum")
    with sqlite3.connect(tmp_path / "db.sqlite3") as after:
        assert {name for (name,) in after.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")} == guards
        assert after.execute("SELECT id, text FROM curriculum_criterion ORDER BY id").fetchall() == criteria
        assert after.execute("SELECT count(*) FROM curriculum_criterion WHERE plain_text IS NULL").fetchone() == (0,)

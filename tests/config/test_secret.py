from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from config.secret import secret_key


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        keys = set(pool.map(secret_key, [tmp_path / "secret_key"] * 16))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50


def test_the_key_stays_the_same_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    assert secret_key(path) == secret_key(path)
    assert path.stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]

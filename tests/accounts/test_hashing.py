"""Many passwords at once take the memory of one."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import argon2.low_level
import pytest
from django.contrib.auth.hashers import check_password, make_password
from pytest_django import Settings

from config import settings as product


class Watched:
    """Runs a function, and remembers how many threads were in it at once."""

    def __init__(self, function: Any) -> None:
        self.function = function
        self.lock = Lock()
        self.now = 0
        self.most = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            time.sleep(0.02)
            return self.function(*args, **kwargs)
        finally:
            with self.lock:
                self.now -= 1


def test_one_password_or_pin_is_hashed_at_a_time(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    kept = make_password("four words of nothing")
    assert kept.startswith("argon2$argon2id$")
    made = Watched(argon2.low_level.hash_secret)
    compared = Watched(argon2.low_level.verify_secret)
    monkeypatch.setattr("argon2.low_level.hash_secret", made)
    monkeypatch.setattr("argon2._password_hasher.verify_secret", compared)

    def try_one(number: int) -> bool:
        if number % 2:
            return make_password("2580") != kept
        return check_password("four words of nothing", kept)

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(try_one, range(6)))
    assert (made.most, compared.most) == (1, 1)

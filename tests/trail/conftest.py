"""Clears the cache before each test, because it counts the tries of the rate limits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_tries_spent() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()

"""What the numbers keep for a day goes through the product's own cache, which keeps it as JSON."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def product_cache(settings: Settings) -> None:
    own = {"BACKEND": "accounts.counts.CountCache"}
    settings.CACHES = {**settings.CACHES, "default": own}

"""A clock for tests that are about days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine

from tests.hours import STOCKHOLM

#: A Monday morning with four weeks to the change to summer time.
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=STOCKHOLM)
#: The days on whose nights the clocks change there.
SUMMER = date(2026, 3, 29)
WINTER = date(2026, 10, 25)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands at `MONDAY` until a test moves it.

    Name it before the cast, so that the people are made on that day.
    """
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller

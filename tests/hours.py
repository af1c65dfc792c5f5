"""The hour of a test: the same one whenever it is run."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

#: The clock of the tests' clinics.
STOCKHOLM = ZoneInfo("Europe/Stockholm")
#: Late enough for a question about the morning, with the same date in UTC and at the clinics.
HOUR = 10


def late_morning() -> AbstractContextManager[Any]:
    """Let the clock go on from the same minute of that hour today; a clock that is set stays.

    Whole hours are added or taken away, so that the time between two tests is the true one.
    """
    if time_machine.escape_hatch.is_travelling():
        return nullcontext()
    now = timezone.now()
    hours = HOUR - now.astimezone(STOCKHOLM).hour
    return time_machine.travel(now + timedelta(hours=hours), tick=True)

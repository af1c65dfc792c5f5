"""How much of what was prescribed makes a session that counts."""

from __future__ import annotations

from patients.rules.periods import LOAD_SHARE

ALL = 100
#: So many of a hundred repetitions make a session whole.
ENOUGH = round(LOAD_SHARE * ALL)


def is_enough(done: int, prescribed: int) -> bool:
    """Whether so many repetitions of those prescribed count."""
    return done * ALL >= prescribed * ENOUGH

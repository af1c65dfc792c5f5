"""Which numbers of people may be shown: none about fewer than five, and none to the person.

Every count of people is rounded to the nearest five, so that no difference of two of them tells of
fewer than five: between a whole and its part, the whole clinic and the owner's own patients, two
periods, or two pages. NHS Digital rounds for this reason since 2018, because checking every
difference by hand failed ("Disclosure control methodology for Hospital Episode Statistics").
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, quantiles
from typing import NamedTuple

#: Nothing is shown about fewer people than this, and counts are rounded to its multiples. The same
#: number as in the rounding policy of Ofqual, which writes 1 to 4 as "fewer than 5". None of them
#: is shown here either: that nobody stopped is a number about each of those who did not.
SMALLEST_GROUP = 5


def people(count: int) -> int | None:
    """A count of people as it may be shown; None = there are too few."""
    if count < SMALLEST_GROUP:
        return None
    return SMALLEST_GROUP * ((count + SMALLEST_GROUP // 2) // SMALLEST_GROUP)


class Spread(NamedTuple):
    """How the values of several people lie: the middle half of them, and the middle or the mean.

    ``people``: how many have a value, as it may be shown
    """

    people: int
    low: float
    mid: float
    high: float


def middle(values: Sequence[float], digits: int = 0) -> Spread | None:
    """The middle value, one for each person; None = there are too few."""
    shown = people(len(values))
    if shown is None:
        return None
    low, mid, high = _quarters(values)
    return Spread(shown, round(low, digits), round(mid, digits), round(high, digits))


def average(values: Sequence[float]) -> Spread | None:
    """The same with the mean in place of the middle, all with one decimal."""
    shown = people(len(values))
    if shown is None:
        return None
    low, _mid, high = _quarters(values)
    return Spread(shown, round(low, 1), round(mean(values), 1), round(high, 1))


def _quarters(values: Sequence[float]) -> list[float]:
    return quantiles(values, n=4, method="inclusive")

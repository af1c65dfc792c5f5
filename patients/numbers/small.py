"""Which numbers of people may be shown: none about fewer than five, and none to the person.

Every count of people is rounded to the nearest five, so that no difference of two of them tells of
fewer than five: between a whole and its part, the whole clinic and the owner's own patients, two
periods, or two pages. NHS Digital rounds for this reason since 2018, because checking every
difference by hand failed ("Disclosure control methodology for Hospital Episode Statistics").

Means and middles are rounded more the fewer people they are of, so that what is left of one when
another is taken away tells of nobody more than about. They are hidden where an owner's own patients
are all but a few of the clinic's. Between two periods a rough guess at one person stays possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import mean, median, quantiles
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


#: Means and middles of fewer people than this are rounded to the coarser step. With four values out
#: of five known, halves tell a fifth to 2.5 of 10. The number and the steps are our own.
FEW = 20


class Steps(NamedTuple):
    """To what a value is rounded. ``few``: of fewer people than ``FEW``"""

    many: float
    few: float


DAYS = Steps(1, 7)
PERCENT = Steps(1, 10)
PAIN = Steps(0.1, 0.5)


class Spread(NamedTuple):
    """How the values of several people lie: the middle half of them, and the middle or the mean.

    ``of``: how many people have a value. Never shown, and never kept
    ``step``: to what the values are rounded
    """

    of: int
    low: float
    mid: float
    high: float
    step: float


def middle(values: Sequence[float], steps: Steps) -> Spread | None:
    """The middle value, one for each person; None = there are too few."""
    return _spread(values, steps, median)


def average(values: Sequence[float], steps: Steps) -> Spread | None:
    """The same with the mean in place of the middle."""
    return _spread(values, steps, mean)


def spread_shown(spread: Spread, whole: Spread | None) -> list[float | None]:
    """How many people, the values, and the step, as they may be shown. The values are hidden if
    they are of all but a few people of a whole that is shown as well.
    """
    count, *values, step = spread
    left = whole.of - count if whole else 0
    hidden = 0 < left < SMALLEST_GROUP
    return [people(count), *([None] * 3 if hidden else values), step]


def _spread(
    values: Sequence[float], steps: Steps, center: Callable[[Sequence[float]], float]
) -> Spread | None:
    count = len(values)
    if count < SMALLEST_GROUP:
        return None
    step = steps.few if count < FEW else steps.many
    low, _mid, high = quantiles(values, n=4, method="inclusive")
    low, mid, high = (round(round(one / step) * step, 1) for one in (low, center(values), high))
    return Spread(count, low, mid, high, step)

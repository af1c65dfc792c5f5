"""What the proposal of a load is made from. Plain values: it knows no database.

A weight is a number: kilograms, or with bands the place of band and mark among all of the clinic's,
lightest first; 0 where the drill has neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from patients.models import BandCode, ProposalKind
from patients.models.load import SIGNED
from patients.rules.periods import (
    LEAST_RESERVE,
    LOAD_MORE_THAN,
    STEP_KG,
    STEP_SHARE,
    TOP_SESSIONS,
)
from patients.standing.enough import is_enough

#: Two weights that differ by less are the same.
NOTHING = 1e-6
#: No smaller step is worth a new weight.
SMALLEST_STEP = 1.0


class Unit(StrEnum):
    KILOGRAMS = "kg"
    BANDS = "band"
    BODY = "body"


@dataclass(frozen=True)
class Aim:
    """What a session is to be. ``reps``: repetitions of each set, a side where it is one-sided.

    ``pause``, ``seconds``: at the bottom, and on the way down; None = not said
    """

    weight: float
    sets: int
    reps: int
    pause: int | None = None
    seconds: int | None = None

    def is_as(self, other: Aim) -> bool:
        """Whether the other is the same apart from the number of sets."""
        mine = (self.reps, self.pause, self.seconds)
        return self.same_weight(other) and mine == (other.reps, other.pause, other.seconds)

    def same_weight(self, other: Aim) -> bool:
        return abs(self.weight - other.weight) < NOTHING


@dataclass(frozen=True)
class DoneSet:
    """One set. ``weight``: None = as prescribed; ``side``: "left", "right" or None."""

    reps: int
    weight: float | None = None
    side: str | None = None


@dataclass(frozen=True)
class Session:
    """One day's practice of the level, with the morning after it.

    ``reserve``: how many more the last set would have let through, 4 = four or more; None = not
    told
    ``band``: of the day, morning included; None = nothing was reported
    ``worse``: whether the morning was worse than usual; None = not told
    ``easier``: an easier day, or a lighter start after days away: neither counts for a proposal
    ``follows``: whether the day before was a day with load as well
    """

    day: date
    sets: Sequence[DoneSet]
    reserve: int | None
    band: str | None = BandCode.FINE
    worse: bool | None = False
    easier: bool = False
    follows: bool = False
    per_side: bool = False

    @property
    def uneasy(self) -> bool:
        return self.band in {BandCode.EASE, BandCode.STOP} or bool(self.worse)

    @property
    def heaviest(self) -> float | None:
        return max((one.weight for one in self.sets if one.weight is not None), default=None)

    def is_enough(self, aim: Aim) -> bool:
        """Whether so much of what was prescribed was done that it counts."""
        return is_enough(self._done(aim), aim.sets * aim.reps)

    def is_complete(self, aim: Aim) -> bool:
        return self._done(aim) >= aim.sets * aim.reps

    def _done(self, aim: Aim) -> int:
        """Repetitions at no less than the prescribed weight; of two sides the one that did less."""
        at_weight = [
            one for one in self.sets if one.weight is None or one.weight > aim.weight - NOTHING
        ]
        return min(self._by_side(at_weight))

    def is_more(self, aim: Aim) -> bool:
        """Whether more was done than prescribed: heavier, or clearly more repetitions."""
        heavier = self.heaviest is not None and self.heaviest > aim.weight + NOTHING
        most = max(self._by_side(self.sets)) / (aim.sets * aim.reps)
        return heavier or most > LOAD_MORE_THAN

    def is_lighter(self, aim: Aim) -> bool:
        return self.heaviest is not None and self.heaviest < aim.weight - NOTHING

    def _by_side(self, sets: Sequence[DoneSet]) -> list[int]:
        sides = ("left", "right") if self.per_side else (None,)
        return [
            sum(one.reps for one in sets if side is None or one.side in {side, None})
            for side in sides
        ]


@dataclass(frozen=True)
class Played:
    """A session with what was prescribed on its day."""

    session: Session
    aim: Aim

    @property
    def counts(self) -> bool:
        """Whether it was the session that was prescribed, or near enough to build on."""
        one = self.session
        kept_away = one.easier or one.follows or one.is_more(self.aim) or one.is_lighter(self.aim)
        return not kept_away and one.is_enough(self.aim)

    def is_good(self, least: int) -> bool:
        """Whether it was complete and fine, with enough in reserve and a morning that was told."""
        one = self.session
        fine = one.band == BandCode.FINE and one.worse is False
        enough = one.reserve is not None and one.reserve >= least
        return self.counts and fine and enough and one.is_complete(self.aim)


@dataclass(frozen=True)
class Scale:
    """The weights that there are, lightest first. ``cap``: more is not proposed; None = no cap.

    ``known``: whether somebody said what weights there are
    """

    unit: Unit
    weights: Sequence[float] = ()
    cap: float | None = None
    known: bool = True

    def is_normal(self, step: float, weight: float) -> bool:
        """Whether a step up in kilograms is no further than is usual."""
        return step <= max(STEP_KG, STEP_SHARE * weight) + NOTHING

    def above(self, weight: float) -> list[float]:
        """Everything that is heavier, lightest first, up to the cap."""
        least = SMALLEST_STEP - NOTHING
        top = float("inf") if self.cap is None else self.cap
        return [one for one in self.weights if one - weight >= least and one <= top + NOTHING]

    def normal(self, weight: float) -> list[float]:
        """What is heavier by no more than a usual step; of bands the next one."""
        above = self.above(weight)
        if self.unit is Unit.BANDS:
            return above[:1]
        return [one for one in above if self.is_normal(one - weight, weight)]

    def below(self, weight: float) -> float:
        """The next lighter one, or the same where there is none."""
        return max((one for one in self.weights if one < weight - NOTHING), default=weight)

    def at_most(self, weight: float) -> float | None:
        """The heaviest up to a weight, or else the lightest of all; None = there are none."""
        up_to = [one for one in self.weights if one <= weight + NOTHING]
        return max(up_to) if up_to else min(self.weights, default=None)


@dataclass(frozen=True)
class Usual:
    """The latest dose that a clinician wrote without a proposal: what every proposal keeps.

    ``low``, ``high``: the range of repetitions; ``pause``, ``seconds``: as in ``Aim``
    """

    sets: int
    low: int
    high: int
    pause: int | None = None
    seconds: int | None = None


@dataclass(frozen=True)
class Rules:
    """What precautions change. ``least``: the reserve that counts; ``tops``: how many sessions at
    the top of the range come before more weight."""

    least: int = LEAST_RESERVE
    tops: int = TOP_SESSIONS


USUAL_RULES = Rules()


@dataclass(frozen=True)
class Reason:
    """One sentence for the clinician. ``sources``: keys of works, or of the ladder's sources; none
    = a clinic default."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What the product proposes for a level.

    ``aim``: the session that it leads to; ``top``: up to how many repetitions the range goes
    ``within``: whether it moves inside the range that is signed already, so nobody signs it
    ``asks``: whether signing it asks for a reason
    """

    kind: ProposalKind
    aim: Aim
    top: int
    reasons: Sequence[Reason] = ()
    within: bool = False
    asks: bool = False

    @property
    def to_sign(self) -> bool:
        """Whether a clinician's press makes it the new dose."""
        return self.kind in SIGNED and not self.within

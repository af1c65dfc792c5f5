"""How a load stands, as one plain value: everything that a proposal is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from patients.standing.load import restart
from patients.standing.load.parts import USUAL_RULES, Aim, Played, Rules, Scale, Usual


@dataclass(frozen=True)
class Case:
    """Everything that a proposal is made from.

    ``played``: the sessions of this level, oldest first; ``aim``: what is prescribed now
    ``top``: up to how many repetitions the signed range goes
    ``today``: the clinic's day
    ``raised``: when the weight was last set higher; None = never
    ``before_away``: the weight from before days away, while it is not back; None = it is
    ``base``: since when the patient is away: the day of the last session that counts, or that of a
    later dose
    ``fresh``: whether the dose was set after the last session
    ``closed``: why nothing is proposed at all; empty = something is
    """

    played: Sequence[Played]
    aim: Aim
    top: int
    usual: Usual
    scale: Scale
    today: date
    raised: date | None = None
    before_away: float | None = None
    base: date | None = None
    fresh: bool = False
    closed: str = ""
    rules: Rules = USUAL_RULES

    @property
    def last(self) -> Played:
        return self.played[-1]

    @property
    def counted(self) -> list[Played]:
        """Without easier days and lighter starts, which say nothing."""
        return [one for one in self.played if not one.session.easier]

    @property
    def is_plain(self) -> bool:
        """Whether pause and pace are those that a clinician set without a proposal."""
        return (self.aim.pause, self.aim.seconds) == (self.usual.pause, self.usual.seconds)

    @property
    def days_away(self) -> int | None:
        """For how long the patient was away, if today begins lighter; None = it does not."""
        if self.base is None or not restart.is_away(self.base, self.today):
            return None
        return restart.days_away(self.played, self.base, self.today)

    @property
    def bottom(self) -> Aim:
        """The usual dose at the bottom of its range, at the weight of now."""
        usual = self.usual
        return Aim(self.aim.weight, usual.sets, usual.low, usual.pause, usual.seconds)


def lighter_start(case: Case) -> Aim | None:
    """What today is to be after days away; None = nobody was away."""
    if case.days_away is None:
        return None
    return restart.lighter(case.bottom, case.before_away, case.scale, case.days_away)

"""How a load went: each session with what was prescribed on its day, up to what is prescribed now.

Repetitions inside the signed range are worked out from the sessions each time; no column stores
them. A morning that is told later counts from then on, for the sessions after it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from patients.models import ProposalKind
from patients.standing.load import restart
from patients.standing.load.case import Case
from patients.standing.load.parts import USUAL_RULES, Aim, Played, Rules, Scale, Session, Usual
from patients.standing.load.proposal import propose

#: A dose of these kinds begins anew, whatever was there before the days away.
_ANEW = ("", ProposalKind.WEIGHT, ProposalKind.BIG_STEP)


@dataclass(frozen=True)
class Dose:
    """One prescription of the level. ``to``: the top of its range, or its repetitions.

    ``kind``: the proposal that it signs; empty = the clinician's own
    """

    day: date
    at: datetime
    aim: Aim
    to: int
    kind: str = ""


@dataclass(frozen=True)
class Logged:
    """A session and when its day was first logged."""

    session: Session
    at: datetime


def _never() -> date | None:
    return None


@dataclass(frozen=True)
class Setting:
    """What holds for the whole course.

    ``high``: the top of the usual range, where a dose has no range of its own
    ``before``: tells since when the patient was away before the first session; None = the level was
    never done before. It is asked while no session counts.
    """

    scale: Scale
    high: int
    rules: Rules = USUAL_RULES
    before: Callable[[], date | None] = _never


def read_course(
    doses: Sequence[Dose], logged: Sequence[Logged], setting: Setting, today: date, closed: str = ""
) -> Case:
    """The case of a level. ``doses``: at least one; both oldest first.

    ``closed``: why nothing is proposed at all; empty = something is
    """
    played: list[Played] = []
    standing = 0
    case = _case(doses[:1], played, doses[0].aim, setting, today)
    for one in logged:
        now = _in_force(doses, one)
        aim = doses[now].aim if now != standing else aim_of(case)
        standing = now
        lighter = _is_lighter(one.session, aim)
        base = _away_since(played, doses[standing], setting) if lighter else None
        played.append(Played(_marked(one.session, base), aim))
        case = _case(doses[: standing + 1], played, aim, setting, one.session.day)
    fresh = standing < len(doses) - 1
    case = _case(doses, played, doses[-1].aim if fresh else case.aim, setting, today)
    base = _away_since(played, doses[-1], setting)
    return replace(case, base=base, fresh=fresh, closed=closed)


def aim_of(case: Case) -> Aim:
    """What the next session is to be as it is signed: repetitions move inside the signed range.

    Days away, and why nothing is proposed, change nothing of that.
    """
    proposal = propose(replace(case, base=None, closed=""))
    return proposal.aim if proposal.within else case.aim


def _in_force(doses: Sequence[Dose], one: Logged) -> int:
    """Which dose was in force when a session was done; the first one also before it was written."""
    day = one.session.day
    before = [
        number
        for number, dose in enumerate(doses)
        if dose.day < day or (dose.day == day and dose.at <= one.at)
    ]
    return before[-1] if before else 0


def _away_since(played: Sequence[Played], dose: Dose, setting: Setting) -> date | None:
    """Since when no session of the dose was done; None = none ever was.

    A dose that was written after days away answers them, and counts from its own day.
    """
    last = max((one.session.day for one in played if not one.session.easier), default=None)
    last = last or setting.before()
    if last is None:
        return None
    return dose.day if restart.is_away(last, dose.day) else last


def _is_lighter(session: Session, aim: Aim) -> bool:
    return session.is_lighter(aim) or not Played(session, aim).counts


def _marked(session: Session, base: date | None) -> Session:
    """A session that began lighter after days away says as little as an easier day."""
    return replace(session, easier=True) if restart.is_away(base, session.day) else session


def _case(
    doses: Sequence[Dose], played: Sequence[Played], aim: Aim, setting: Setting, day: date
) -> Case:
    return Case(
        played=tuple(played),
        aim=aim,
        top=doses[-1].to,
        usual=_usual(doses, setting.high),
        scale=setting.scale,
        today=day,
        raised=_raised(doses),
        before_away=_before_away(doses),
        rules=setting.rules,
    )


def _usual(doses: Sequence[Dose], high: int) -> Usual:
    own = [dose for dose in doses if not dose.kind] or doses[:1]
    latest = own[-1]
    aim = latest.aim
    top = latest.to if latest.to > aim.reps else max(high, aim.reps)
    return Usual(aim.sets, aim.reps, top, aim.pause, aim.seconds)


def _raised(doses: Sequence[Dose]) -> date | None:
    """When the weight was last set higher; a way back after days away is none."""
    for before, dose in reversed(list(pairwise(doses))):
        if dose.aim.weight > before.aim.weight and dose.kind != ProposalKind.RETURN:
            return dose.day
    return None


def _before_away(doses: Sequence[Dose]) -> float | None:
    """The weight from before the days away; None = nobody is coming back to one."""
    before: float | None = None
    for earlier, dose in pairwise(doses):
        if dose.kind == ProposalKind.RESTART and before is None:
            before = earlier.aim.weight
        back = dose.kind == ProposalKind.RETURN and dose.aim.weight >= (before or 0)
        if dose.kind in _ANEW or back:
            before = None
    return before

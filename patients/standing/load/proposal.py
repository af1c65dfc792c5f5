"""What the product proposes for the load of a level: the first row of a table that holds.

It only proposes. A clinician signs what changes the dose; repetitions inside the range that is
signed move by themselves. Plain values: it knows no database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from patients.models import BandCode, ProposalKind
from patients.models.load import MOST_RESERVE
from patients.rules.periods import (
    BIG_STEP_KG,
    BIG_STEP_REPS,
    BIG_STEP_SHARE,
    LIGHTER_SETS,
    PAUSE_SECONDS,
    RETURN_SHARE,
    SLOW_SECONDS,
    TARGET_RESERVE,
    WEIGHT_EVERY_DAYS,
)
from patients.standing.load import reasons, restart
from patients.standing.load.case import Case, lighter_start
from patients.standing.load.parts import (
    Aim,
    Played,
    Proposal,
    Reason,
    Unit,
)

#: A proposal of fewer repetitions takes so many, and a range goes so many below its bottom at most.
FEWER = 2


Row = Callable[[Case], Proposal | None]


def propose(case: Case) -> Proposal:
    """The first row of the table that holds."""
    for row in ROWS:
        found = row(case)
        if found is not None:
            return found
    return _hold(case, reasons.nothing_more())


def _hold(case: Case, reason: Reason) -> Proposal:
    return Proposal(ProposalKind.HOLD, case.aim, case.top, (reason,))


def _to(case: Case, kind: ProposalKind, aim: Aim, *why: Reason) -> Proposal:
    """A proposal that leads to another session, with the usual range."""
    return Proposal(kind, aim, max(case.usual.high, aim.reps), why)


def _nothing(case: Case) -> Proposal | None:
    if case.closed:
        return Proposal(ProposalKind.NONE, case.aim, case.top, (Reason(case.closed),))
    if not case.played and case.days_away is None:
        return Proposal(ProposalKind.NONE, case.aim, case.top, (reasons.not_practised(),))
    return None


def _restart(case: Case) -> Proposal | None:
    aim = lighter_start(case)
    days = case.days_away
    if aim is None or days is None:
        return None
    return _to(case, ProposalKind.RESTART, aim, reasons.away(days, restart.share(days)))


def _fresh(case: Case) -> Proposal | None:
    return _hold(case, reasons.set_since()) if case.fresh else None


def _easier(case: Case) -> Proposal | None:
    """Easier days after a stop say nothing of it: what the stop asks for stands."""
    counted = case.counted
    after_a_stop = bool(counted) and counted[-1].session.band == BandCode.STOP
    if not case.last.session.easier or after_a_stop:
        return None
    return _hold(case, reasons.easier_day())


def _back(case: Case, why: Reason) -> Proposal | None:
    """One weight down; None where there is no lighter one."""
    lower = case.scale.below(case.aim.weight)
    if lower == case.aim.weight:
        return None
    return _to(case, ProposalKind.BACK, replace(case.bottom, weight=lower), why)


def _fewer(case: Case, why: Reason) -> Proposal | None:
    """Two repetitions fewer, not far below the range; None where that is no change."""
    reps = max(1, case.usual.low - FEWER, case.aim.reps - FEWER)
    if reps >= case.aim.reps:
        return None
    return _to(case, ProposalKind.FEWER, replace(case.aim, reps=reps), why)


def _after_a_stop(case: Case) -> Proposal | None:
    if not case.counted or case.counted[-1].session.band != BandCode.STOP:
        return None
    why = reasons.after_a_stop()
    lower = _back(case, why)
    if lower is not None:
        return lower
    if case.aim != case.bottom:
        return _to(case, ProposalKind.BACK, case.bottom, why)
    return _fewer(case, why) or _hold(case, reasons.nothing_lighter())


def _uneasy_twice(case: Case) -> Proposal | None:
    recent = [one for one in case.counted[-3:] if one.aim.same_weight(case.aim)]
    if sum(one.session.uneasy for one in recent) < 2:
        return None
    why = reasons.uneasy_twice()
    return _back(case, why) or _fewer(case, why) or _hold(case, reasons.nothing_lighter())


def _other_than_prescribed(case: Case) -> Proposal | None:
    session = case.last.session
    if session.is_more(case.last.aim):
        return _hold(case, reasons.more_was_done())
    return _hold(case, reasons.lighter_was_done()) if session.is_lighter(case.last.aim) else None


def _uneasy(case: Case) -> Proposal | None:
    return _hold(case, reasons.uneasy_once()) if case.last.session.uneasy else None


def _untold(case: Case) -> Proposal | None:
    return _hold(case, reasons.reserve_untold()) if case.last.session.reserve is None else None


def _nothing_left(case: Case) -> Proposal | None:
    if case.last.session.reserve != 0:
        return None
    why = reasons.nothing_left()
    return _fewer(case, why) or _back(case, why) or _hold(case, reasons.nothing_lighter())


def _too_little(case: Case) -> Proposal | None:
    if case.last.session.is_enough(case.last.aim):
        return None
    before = case.counted[-2:-1]
    if any(not one.session.is_enough(one.aim) for one in before):
        return _fewer(case, reasons.too_little_twice()) or _hold(case, reasons.nothing_lighter())
    return _hold(case, reasons.too_little())


def _not_enough(case: Case) -> Proposal | None:
    session = case.last.session
    if session.follows:
        return _hold(case, reasons.day_after())
    if not session.is_complete(case.last.aim):
        return _hold(case, reasons.not_complete())
    if session.reserve is not None and session.reserve < case.rules.least:
        return _hold(case, reasons.reserve_too_low(case.rules.least))
    return None


def _return(case: Case) -> Proposal | None:
    before = case.before_away
    weight = None if before is None else _towards(case, before)
    if weight is None:
        return None
    session = case.last.session
    if (session.reserve or 0) < TARGET_RESERVE or session.worse is not False:
        return _hold(case, reasons.coming_back())
    return _to(case, ProposalKind.RETURN, replace(case.bottom, weight=weight), reasons.went_fine())


def _towards(case: Case, before: float) -> float | None:
    """The next weight on the way back to one from before; None = there is none up to it."""
    now = case.aim.weight
    heavier = [one for one in case.scale.above(now) if one <= before]
    near = [one for one in heavier if one <= now + RETURN_SHARE * before]
    return max(near or heavier[:1], default=None)


def _sets(case: Case) -> Proposal | None:
    if case.aim.sets >= case.usual.sets or case.aim.reps < case.usual.low:
        return None
    aim = replace(case.aim, sets=case.aim.sets + 1, reps=case.usual.low)
    return _to(case, ProposalKind.SETS, aim, reasons.one_more_set())


def top_of(case: Case) -> int:
    """Up to how many repetitions it goes: further where the next weight is far, or is none."""
    far = not case.scale.normal(case.aim.weight)
    by_weight = case.scale.unit is Unit.KILOGRAMS
    return max(case.usual.high, BIG_STEP_REPS) if far and by_weight else case.usual.high


def _reps(case: Case) -> Proposal | None:
    aim = case.aim
    top = top_of(case)
    if aim.reps >= top:
        return None
    more = 2 if (case.last.session.reserve or 0) >= MOST_RESERVE else 1
    reps = min(top, aim.reps + more)
    why = reasons.went_well(reps - aim.reps)
    within = reps <= case.top
    kept = case.top if within else top
    return Proposal(ProposalKind.REPS, replace(aim, reps=reps), kept, (why,), within=within)


def _running(case: Case) -> list[Played]:
    """The latest sessions at the top, as many as come before more weight, if all went well."""
    latest = case.counted[-case.rules.tops :]
    same = [one for one in latest if one.aim.is_as(case.aim) and one.is_good(case.rules.least)]
    return same if len(same) == case.rules.tops else []


def _once_more(case: Case) -> Proposal | None:
    return None if _running(case) else _hold(case, reasons.once_more(case.rules.tops))


def _raised_lately(case: Case) -> bool:
    return case.raised is not None and (case.today - case.raised).days < WEIGHT_EVERY_DAYS


def _more_left(case: Case, reserve: int) -> bool:
    return all((one.session.reserve or 0) >= reserve for one in _running(case))


def _weight(case: Case) -> Proposal | None:
    normal = case.scale.normal(case.aim.weight)
    if not normal:
        return None
    if _raised_lately(case):
        return _hold(case, reasons.raised_lately())
    weight = normal[-1] if _more_left(case, MOST_RESERVE) else normal[0]
    why = reasons.at_the_top(case.rules.tops)
    return _to(case, ProposalKind.WEIGHT, replace(case.bottom, weight=weight), why)


def is_big_step(weight: float, to: float) -> bool:
    """Whether a step in kilograms is further than usual, and not too far to propose."""
    return to - weight <= max(BIG_STEP_KG, BIG_STEP_SHARE * weight)


def _big_step(case: Case) -> Proposal | None:
    above = case.scale.above(case.aim.weight)
    if not above or not is_big_step(case.aim.weight, above[0]):
        return None
    if not _more_left(case, TARGET_RESERVE):
        return _hold(case, reasons.big_step_needs_more())
    if _raised_lately(case):
        return _hold(case, reasons.raised_lately())
    reps = max(1, case.usual.low - FEWER)
    sets = min(LIGHTER_SETS, case.usual.sets)
    aim = replace(case.bottom, weight=above[0], sets=sets, reps=reps)
    why = reasons.big_step(case.rules.tops)
    return replace(_to(case, ProposalKind.BIG_STEP, aim, why), asks=True)


def _slower(case: Case) -> Proposal | None:
    why = reasons.too_far() if case.scale.above(case.aim.weight) else reasons.nothing_heavier()
    usual = case.bottom
    if case.is_plain and (case.usual.pause or 0) < PAUSE_SECONDS:
        aim = replace(usual, pause=PAUSE_SECONDS)
        return _to(case, ProposalKind.PAUSE, aim, why, reasons.time_under_load())
    if (case.aim.seconds or 0) < SLOW_SECONDS:
        aim = replace(usual, seconds=SLOW_SECONDS)
        return _to(case, ProposalKind.SLOW, aim, why, reasons.time_under_load())
    return Proposal(ProposalKind.KEEP, case.aim, case.top, (why, reasons.keep()))


ROWS: tuple[Row, ...] = (
    _nothing,
    _restart,
    _fresh,
    _easier,
    _after_a_stop,
    _uneasy_twice,
    _other_than_prescribed,
    _uneasy,
    _untold,
    _nothing_left,
    _too_little,
    _not_enough,
    _return,
    _sets,
    _reps,
    _once_more,
    _weight,
    _big_step,
    _slower,
)

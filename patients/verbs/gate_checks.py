"""The checks of the gate's verbs. They read only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from accounts.models import User
from curriculum.models import Criterion, Level, Rung
from patients.models import (
    Pass,
    Plan,
    Review,
    ReviewTick,
    Tick,
    WhyNot,
    Withdrawal,
)
from patients.rules import guards
from patients.rules.marks import WHY_LIMIT, is_lift
from patients.rules.refusals import Refused
from patients.standing.lift import lift_was_logged, rung_asks_for_a_lift
from patients.standing.position import current_level

#: The most digits of an id in ``Plan.seen``; a longer number cannot be an id.
SEEN_DIGITS = 19
#: How many criteria of a gate must be met. Those that do not apply are not met.
LEAST_MET = 2

#: What was marked on the criteria of a rung, by the criterion's id.
Marks = Mapping[int, Tick | ReviewTick]


def must_be_open(plan: Plan, rung: Rung) -> None:
    """Refuse other_ladder, locked or already_passed unless the rung is the open one."""
    if rung.ladder_id != plan.ladder_id:
        raise Refused("other_ladder")
    if plan.open_rung == rung:
        return
    its_pass = Pass.objects.filter(plan=plan, rung=rung).select_related("review__by").first()
    if its_pass is None:
        raise Refused("locked", rung=rung.name)
    review = its_pass.review
    at = review.at.astimezone(plan.clinic.zone)
    raise Refused("already_passed", name=review.by.short_name, rung=rung.name, at=at)


def replayed(plan: Plan, rung: Rung, outcome: str, by: User, seen: str | None) -> Review | None:
    """The review that an earlier press of the same button made; None = it is the first press."""
    last = Review.objects.filter(plan=plan, rung=rung).order_by("-pk").first()
    if last is None or last.by_id != by.pk or last.outcome != outcome:
        return None
    if seen is None:
        return last if Pass.objects.filter(review=last).exists() else None
    newest_seen = seen.partition(":")[0]
    known = newest_seen.isdecimal() and len(newest_seen) <= SEEN_DIGITS
    return last if known and last.pk > int(newest_seen) else None


def not_stale(plan: Plan, seen: str | None) -> None:
    """Refuse stale for a page that is older than the last decision; None = there is no page."""
    if seen is not None and seen != plan.seen:
        raise _stale(plan)


def _stale(plan: Plan) -> Refused:
    review = Review.objects.filter(plan=plan).select_related("by").order_by("-pk").first()
    withdrawal = (
        Withdrawal.objects.filter(review__plan=plan).select_related("by").order_by("-pk").first()
    )
    acts = [act for act in (review, withdrawal) if act is not None]
    if not acts:
        return Refused(
            "stale",
            name=plan.assigned_by.short_name,
            at=plan.assigned_at.astimezone(plan.clinic.zone),
        )
    latest = max(acts, key=lambda act: act.at)
    return Refused("stale", name=latest.by.short_name, at=latest.at.astimezone(plan.clinic.zone))


def against_a_pass(
    rung: Rung, criteria: Collection[Criterion], marks: Marks, *, lift: bool
) -> Refused | None:
    """Why these marks do not make a pass; None = they do.

    ``lift``: whether a lift on the rung was logged, or the rung asks for none.
    """
    left = [criterion.text for criterion in criteria if criterion.pk not in marks]
    if left:
        return Refused("criteria_left", left=left)
    set_aside = _wrongly_set_aside(criteria, marks)
    if set_aside:
        return Refused("always_met", left=set_aside)
    met = [mark for mark in marks.values() if mark.applies]
    if len(met) < LEAST_MET:
        return Refused("too_few_met", least=LEAST_MET)
    return None if lift or _lift_among(met) else Refused("lift_missing", rung=rung.name)


def _lift_among(met: Collection[Tick | ReviewTick]) -> bool:
    return any(is_lift(mark.figure) for mark in met)


def _wrongly_set_aside(criteria: Collection[Criterion], marks: Marks) -> list[str]:
    asked = [criterion for criterion in criteria if criterion.always]
    return [criterion.text for criterion in asked if not marks[criterion.pk].applies]


def level_judged(plan: Plan, rung: Rung) -> Level | None:
    """The level of the rung that is in force today; None while one of another rung is."""
    level = current_level(plan, plan.clinic.today()).level
    return level if level is not None and level.rung_id == rung.pk else None


def may_pass(plan: Plan, rung: Rung, marks: Marks) -> None:
    """Refuse unless the marks make a pass.

    Raises ``Refused``: criteria_left, always_met, too_few_met, lift_missing.
    """
    lift = not rung_asks_for_a_lift(rung) or lift_was_logged(plan, rung)
    against = against_a_pass(rung, list(rung.criteria.all()), marks, lift=lift)
    if against is not None:
        raise against


def may_pass_now(plan: Plan, rung: Rung, ticks: Iterable[Tick]) -> None:
    """Refuse unless the patient may train and nothing waits, and the ticks make a pass.

    Raises ``Refused``: not_screened, not_cleared, stop_unanswered, and those of ``may_pass``.
    """
    guards.screened(plan.patient)
    guards.not_stopped(plan.patient)
    may_pass(plan, rung, {tick.criterion_id: tick for tick in ticks})


def clean_why(why: str) -> str:
    """The reason why a criterion does not apply: a code, a code with words, or words.

    Raises ``Refused``: why_missing, too_long.
    """
    cleaned = guards.words(why, WHY_LIMIT)
    if not cleaned:
        raise Refused("why_missing")
    code, colon, words = (part.strip() for part in cleaned.partition(":"))
    return f"{code}: {words}" if colon and code in WhyNot.values and words else cleaned

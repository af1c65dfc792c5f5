"""What a move to another edition carries over: the run of passes, rung by rung. It reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from curriculum.models import Criterion, Ladder, Level, Rung
from patients.models import Plan, Review, ReviewKind, ReviewTick, Tick
from patients.models.gate import what_was_marked
from patients.rules.refusals import Refused
from patients.standing.lift import lift_was_logged, rung_asks_for_a_lift
from patients.verbs import gate_checks as checks
from patients.wording.marks import judged_words, placement_words

#: New marks of the act itself, by the criterion's id.
NewMarks = Mapping[int, Tick]


@dataclass(frozen=True)
class PassedBefore:
    """A rung of the other edition whose namesake the plan has passed.

    ``review``: the decision that passed it
    ``seen``: the criteria that the review marked under the same key, each with its mark
    ``asked``: the criteria without a mark that counts: they are seen again in the act of the move
    ``lift``: whether a lift of the rung was logged, or the rung asks for none
    """

    rung: Rung
    review: Review
    seen: Sequence[tuple[Criterion, ReviewTick]]
    asked: Sequence[Criterion]
    lift: bool

    def marks(self, new: NewMarks) -> dict[int, Tick | ReviewTick]:
        """The marks by the criterion's id: the old ones that count, and new ones of the rung."""
        old: dict[int, Tick | ReviewTick] = {criterion.pk: mark for criterion, mark in self.seen}
        return old | {one.pk: new[one.pk] for one in self.asked if one.pk in new}

    def against(self, new: NewMarks) -> Refused | None:
        """Why the marks do not make a pass; None = they do."""
        criteria = [*(criterion for criterion, _mark in self.seen), *self.asked]
        return checks.against_a_pass(self.rung, criteria, self.marks(new), lift=self.lift)

    @property
    def against_at_best(self) -> Refused | None:
        """Why the rung is not carried even if all that is asked is met; None = it is."""
        return self.against({one.pk: Tick(criterion=one, applies=True) for one in self.asked})


def passed_before(plan: Plan, ladder: Ladder) -> list[PassedBefore]:
    """The rungs of another edition that a move may carry, from rung 1 up.

    The list ends below the first rung that was not passed, or that lies above the goal.
    """
    return list(_passed_before(plan, ladder))


def _passed_before(plan: Plan, ladder: Ladder) -> Iterator[PassedBefore]:
    reviews = {
        its_pass.rung.slug: its_pass.review
        for its_pass in plan.passes.select_related("rung", "review")
    }
    goal = goal_in(plan, ladder)
    for rung in ladder.rungs.order_by("position").prefetch_related("criteria"):
        review = reviews.get(rung.slug)
        if review is None or (goal is not None and rung.position > goal.position):
            return
        yield _compared(plan, rung, review)


def _compared(plan: Plan, rung: Rung, review: Review) -> PassedBefore:
    marked = {
        mark.criterion.slug: mark for mark in review.ticks.select_related("criterion", "level")
    }
    criteria = list(rung.criteria.all())
    seen = [
        (criterion, marked[criterion.slug])
        for criterion in criteria
        if criterion.slug in marked and _counts(criterion, marked[criterion.slug])
    ]
    known = {criterion.pk for criterion, _mark in seen}
    lift = not rung_asks_for_a_lift(rung) or lift_was_logged(plan, rung, earlier=True)
    asked = [criterion for criterion in criteria if criterion.pk not in known]
    return PassedBefore(rung, review, seen, asked, lift)


def _counts(criterion: Criterion, mark: ReviewTick) -> bool:
    """A criterion that is now always asked was seen: it was not set aside in the other edition."""
    return mark.applies or not criterion.always


def carried(plan: Plan, ladder: Ladder) -> list[PassedBefore]:
    """The rungs that a move without new marks keeps as passed."""
    return carried_of(passed_before(plan, ladder), {})


def carried_of(before: Sequence[PassedBefore], new: NewMarks) -> list[PassedBefore]:
    """Those of the rungs that a move with these new marks keeps as passed.

    ``before``: the result of ``passed_before``
    """
    return list(takewhile(lambda rung: rung.against(new) is None, before))


def at_best(before: Sequence[PassedBefore]) -> list[PassedBefore]:
    """Those that a move keeps as passed if all that is asked anew is met."""
    return list(takewhile(lambda rung: rung.against_at_best is None, before))


def goal_in(plan: Plan, ladder: Ladder) -> Rung | None:
    """The plan's goal rung in the other edition.

    If that edition has no such rung, the highest one that it shares with the plan's rungs.
    """
    if plan.goal_rung is None:
        return None
    same = ladder.rungs.filter(slug=plan.goal_rung.slug).first()
    return same or ladder.rungs.filter(slug__in=plan.rungs().values("slug")).last()


def as_ticks(plan: Plan, before: PassedBefore, new: NewMarks) -> list[Tick]:
    """Unsaved ticks of the new plan: what was seen before as it was seen, and the new marks."""
    levels = {level.slug: level for level in Level.objects.filter(rung=before.rung)}
    ticks = [
        _as_it_was(plan, before.review, criterion, mark, levels) for criterion, mark in before.seen
    ]
    for criterion in before.asked:
        tick = new[criterion.pk]
        tick.plan = plan
        tick.judged = placement_words(criterion) if tick.applies else ""
        ticks.append(tick)
    return ticks


def _as_it_was(
    plan: Plan, review: Review, criterion: Criterion, mark: ReviewTick, levels: Mapping[str, Level]
) -> Tick:
    tick = Tick(plan=plan, criterion=criterion, **what_was_marked(mark))
    tick.level = levels.get(mark.level.slug) if mark.level is not None else None
    judged = judged_words(mark, placed=review.kind == ReviewKind.PLACEMENT)
    tick.judged = "" if judged == criterion.text else judged
    return tick

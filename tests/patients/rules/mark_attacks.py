"""Ways to pass a gate on marks that show too little: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils import timezone

from curriculum.models import Criterion, Level
from patients.models import (
    Pass,
    Plan,
    Practice,
    Prescription,
    Review,
    ReviewTick,
    Tick,
    Withdrawal,
)
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.rules.attacks import make_pass, prescription_of, sound_review


def _marked(cast: Cast, *applies: bool) -> Review:
    """A review of the first rung; the last mark also stands for the criteria after it."""
    review = Review.objects.create(
        plan=cast.plan, rung=acts.rung(cast.plan, 1), kind="gate", outcome="passed", by=cast.elin
    )
    for number, criterion in enumerate(acts.criteria(cast.plan, 1)):
        met = applies[min(number, len(applies) - 1)]
        _review_tick(review, criterion, cast, applies=met, why="" if met else "variant")
    return review


def _review_tick(review: Review, criterion: Criterion, cast: Cast, **said: Any) -> None:
    ReviewTick.objects.create(
        review=review, criterion=criterion, by=cast.elin, at=timezone.now(), **said
    )


def _one_met(cast: Cast) -> Callable[[], Any]:
    review = _marked(cast, True, False)
    return lambda: make_pass(review)


def _what_is_always_asked_set_aside(cast: Cast) -> Callable[[], Any]:
    review = _marked(cast, False, True)
    Criterion.objects.filter(pk=acts.criteria(cast.plan, 1)[0].pk).update(always=True)
    return lambda: make_pass(review)


def _up_to_the_weights(cast: Cast) -> Review:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    return sound_review(cast, 6)


def _without_a_lift(cast: Cast) -> Callable[[], Any]:
    review = _up_to_the_weights(cast)
    return lambda: make_pass(review)


def _with_half_a_figure(cast: Cast, figure: dict[str, Any]) -> Callable[[], Any]:
    """Kilograms without repetitions tell of no lift, nor do repetitions without kilograms."""
    review = _up_to_the_weights(cast)
    other = Review.objects.create(
        plan=cast.plan, rung=review.rung, kind="gate", outcome="passed", by=cast.elin
    )
    for criterion in acts.criteria(cast.plan, 6):
        _review_tick(other, criterion, cast, figure=figure)
    return lambda: make_pass(other)


def _with_a_lift_on_what_does_not_apply(cast: Cast) -> Callable[[], Any]:
    first, *rest = acts.criteria(cast.plan, 6)
    rung = _up_to_the_weights(cast).rung
    review = Review.objects.create(
        plan=cast.plan, rung=rung, kind="gate", outcome="passed", by=cast.elin
    )
    _review_tick(review, first, cast, applies=False, why="variant", figure=factories.LIFT)
    for criterion in rest:
        _review_tick(review, criterion, cast)
    return lambda: make_pass(review)


def _entry(cast: Cast, **said: Any) -> Practice:
    return Practice.objects.create(
        plan=cast.plan,
        level=acts.level(cast.plan, 6),
        by=cast.maya.user,
        client_id=acts.new_id(),
        done_on=cast.harbour.today(),
        **said,
    )


def _prescribed_but_not_logged(cast: Cast) -> Callable[[], Any]:
    review = _up_to_the_weights(cast)
    prescription_of(cast, level=acts.level(cast.plan, 6), load=8)()
    _entry(cast, sets=[{"reps": 0}] * 20)
    return lambda: make_pass(review)


def _logged_but_not_prescribed(cast: Cast) -> Callable[[], Any]:
    review = _up_to_the_weights(cast)
    _entry(cast, sets=[{"reps": 8}])
    return lambda: make_pass(review)


def _logged_and_prescribed_to_somebody_else(cast: Cast) -> Callable[[], Any]:
    theirs = replace(cast, plan=factories.plan(cast.tomas))
    prescription_of(theirs, level=acts.level(cast.plan, 6), load=8)()
    return _logged_but_not_prescribed(cast)


def _logged_on_another_level_than_prescribed(cast: Cast) -> Callable[[], Any]:
    prescription_of(cast, level=acts.level(cast.plan, 1))()
    return _logged_but_not_prescribed(cast)


def _logged_and_corrected_to_nothing(cast: Cast) -> Callable[[], Any]:
    review = _up_to_the_weights(cast)
    prescription_of(cast, level=acts.level(cast.plan, 6), load=8)()
    _entry(cast, sets=[{"reps": 0}], corrects=_entry(cast, sets=[{"reps": 8}]))
    return lambda: make_pass(review)


def lift_of(plan: Plan, cast: Cast) -> None:
    """A lift that was prescribed and logged on a plan."""
    level = acts.level(plan, 6)
    Prescription.objects.create(plan=plan, level=level, by=cast.elin, sets=3, reps=8, load=8)
    Practice.objects.create(
        plan=plan,
        level=level,
        by=plan.patient.user,
        client_id=acts.new_id(),
        done_on=cast.harbour.today(),
        sets=[{"reps": 8}],
    )


def _logged_on_another_plan(cast: Cast) -> Callable[[], Any]:
    review = _up_to_the_weights(cast)
    _entry(cast, sets=[{"reps": 0}])
    lift_of(factories.plan(cast.tomas), cast)
    return lambda: make_pass(review)


def _carried_from_another_patient(cast: Cast) -> Callable[[], Any]:
    sound = _up_to_the_weights(cast)
    lift_of(factories.plan(cast.tomas), cast)
    review = Review.objects.create(
        plan=cast.plan, rung=sound.rung, kind="carried", outcome="passed", by=cast.elin
    )
    for criterion in acts.criteria(cast.plan, 6):
        _review_tick(review, criterion, cast)
    return lambda: make_pass(review)


def _logged_on_an_earlier_plan(cast: Cast) -> Callable[[], Any]:
    """At the gate it counts no longer; only what is carried over takes its lift along."""
    lift_of(cast.plan, cast)
    Plan.objects.filter(pk=cast.plan.pk).update(ended_on=cast.harbour.today(), ended_by=cast.elin)
    later = replace(cast, plan=factories.plan(cast.maya))
    review = _up_to_the_weights(later)
    return lambda: make_pass(review)


def _logged_on_an_earlier_plan_beside_what_others_carry(cast: Cast) -> Callable[[], Any]:
    make = _logged_on_an_earlier_plan(cast)
    said = {"rung": acts.rung(cast.plan, 6), "outcome": "passed", "by": cast.elin}
    Review.objects.create(plan=factories.plan(cast.tomas), kind="carried", **said)
    return make


def _logged_on(cast: Cast, level: Level) -> Callable[[], Any]:
    """Prescribed and logged on a level that is no lift of the rung."""
    review = _up_to_the_weights(cast)
    prescription_of(cast, level=level, load=8)()
    Practice.objects.create(
        plan=cast.plan,
        level=level,
        by=cast.maya.user,
        client_id=acts.new_id(),
        done_on=cast.harbour.today(),
        sets=[{"reps": 8}],
    )
    return lambda: make_pass(review)


def _logged_with_a_band(cast: Cast) -> Callable[[], Any]:
    return _logged_on(cast, acts.level(cast.plan, 5))


def _new_level(plan: Plan, position: int, *, like: int) -> Level:
    """A level more on a rung, with the drill of another rung's first level."""
    level: Level = acts.rung(plan, position).levels.create(
        slug="one-more",
        position=91,
        drill=acts.level(plan, like).drill,
        sets=1,
        reps=8,
    )
    return level


def _logged_with_a_weight_of_another_rung(cast: Cast) -> Callable[[], Any]:
    return _logged_on(cast, _new_level(cast.plan, 5, like=6))


def _logged_without_a_weight(cast: Cast) -> Callable[[], Any]:
    return _logged_on(cast, _new_level(cast.plan, 6, like=1))


def _figures(
    strike: Callable[[Cast, dict[str, Any]], Any],
) -> list[Callable[[Cast], Callable[[], Any]]]:
    return [
        lambda cast, figure=figure: lambda: strike(cast, figure)  # type: ignore[misc]
        for figure in (
            {"kg": 301},
            {"kg": 0},
            {"reps": 0},
            {"reps": 201},
            {"seconds": 601},
            {"degrees": 181},
            {"cm": -101},
            {"side": "up"},
        )
    ]


def _tick(cast: Cast, figure: dict[str, Any]) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    Tick.objects.create(plan=cast.plan, criterion=criterion, by=cast.elin, figure=figure)


def _copied(cast: Cast, figure: dict[str, Any]) -> None:
    review = Review.objects.create(
        plan=cast.plan, rung=acts.rung(cast.plan, 1), kind="gate", outcome="not_yet", by=cast.elin
    )
    _review_tick(review, acts.criteria(cast.plan, 1)[0], cast, figure=figure)


def _figure_changed(cast: Cast) -> Callable[[], Any]:
    _tick(cast, {"reps": 8})
    return lambda: Tick.objects.filter(plan=cast.plan).update(figure={"reps": 300})


def _copy(cast: Cast, **said: Any) -> Callable[[], Any]:
    review = Review.objects.create(
        plan=cast.plan, rung=acts.rung(cast.plan, 1), kind="gate", outcome="not_yet", by=cast.elin
    )
    return lambda: _review_tick(review, acts.criteria(cast.plan, 1)[0], cast, **said)


def _on_the_level_above(cast: Cast) -> Callable[[], Any]:
    return lambda: Tick.objects.create(
        plan=cast.plan,
        criterion=acts.criteria(cast.plan, 1)[0],
        by=cast.elin,
        level=acts.level(cast.plan, 2),
    )


def _moved_to_the_level_above(cast: Cast) -> Callable[[], Any]:
    _tick(cast, {"reps": 8})
    return lambda: Tick.objects.filter(plan=cast.plan).update(level=acts.level(cast.plan, 2))


def _slip_of_a_colleague(cast: Cast) -> Callable[[], Any]:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    Pass.objects.filter(plan=cast.plan).delete()
    return lambda: Withdrawal.objects.create(review=review, by=cast.omar, kind="slip")


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Callable[[Cast], Callable[[], Any]]]] = {
    "pass_meets_two": [_one_met],
    "pass_meets_what_is_always_asked": [_what_is_always_asked_set_aside],
    "pass_with_a_lift": [
        _without_a_lift,
        lambda cast: _with_half_a_figure(cast, {"kg": 12}),
        lambda cast: _with_half_a_figure(cast, {"reps": 8}),
        _with_a_lift_on_what_does_not_apply,
        _prescribed_but_not_logged,
        _logged_but_not_prescribed,
        _logged_and_prescribed_to_somebody_else,
        _logged_on_another_level_than_prescribed,
        _logged_and_corrected_to_nothing,
        _logged_on_another_plan,
        _logged_on_an_earlier_plan,
        _logged_on_an_earlier_plan_beside_what_others_carry,
        _carried_from_another_patient,
        _logged_with_a_band,
        _logged_with_a_weight_of_another_rung,
        _logged_without_a_weight,
    ],
    "slip_of_the_one_who_pressed": [_slip_of_a_colleague],
    "tick_figure_in_range": [*_figures(_tick), _figure_changed],
    "review_tick_figure_in_range": _figures(_copied),
    "tick_on_a_level_of_its_rung": [_on_the_level_above, _moved_to_the_level_above],
    "review_tick_on_a_level_of_its_rung": [
        lambda cast: _copy(cast, level=acts.level(cast.plan, 2)),
    ],
    "review_tick_applies_or_says_why": [
        lambda cast: _copy(cast, applies=False),
        lambda cast: _copy(cast, why="variant"),
    ],
}

"""An entry: who makes it, how it is corrected, and what cannot be meant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import time_machine

from patients.models import Practice
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused


def _started_before(cast: Cast, clock: time_machine.Traveller, days: int) -> date:
    """Moves on by some days from the plan's start; today."""
    clock.shift(timedelta(days=days))
    return cast.harbour.today()


# ---- who


def test_nobody_else_logs_for_a_patient(cast: Cast) -> None:
    for by in (cast.noor.user, cast.ines, cast.tomas.user):
        with refused("not_the_patient"):
            acts.log(cast.plan, by=by, paper=by.is_clinician)


def test_an_entry_of_another_plan_cannot_be_corrected(cast: Cast) -> None:
    theirs = acts.log(cast.noors_plan)
    acts.log(cast.plan)
    with refused("nothing_to_correct"):
        acts.log(cast.plan, corrects=theirs)


# ---- corrections


def test_a_correction_is_a_new_row_and_the_last_of_a_chain_counts(cast: Cast) -> None:
    first = acts.log(cast.plan, pain=7)
    second = acts.log(cast.plan, pain=2, corrects=first)
    third = acts.log(cast.plan, pain=3, corrects=second, level=acts.level(cast.plan))
    assert Practice.objects.standing().get() == third
    assert [row.pain for row in Practice.objects.order_by("pk")] == [7, 2, 3]
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.last_pain == 3


def test_an_entry_is_corrected_once_and_the_second_must_correct_the_correction(cast: Cast) -> None:
    first = acts.log(cast.plan, pain=7)
    acts.log(cast.plan, pain=2, corrects=first)
    with refused("nothing_to_correct"):
        acts.log(cast.plan, pain=3, corrects=first)


def test_a_correction_cannot_move_an_entry_to_another_day(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan)
    today = _started_before(cast, clock, 1)
    with refused("other_day"):
        acts.log(cast.plan, today, corrects=first)


def test_the_most_that_can_be_meant_is_taken(cast: Cast) -> None:
    most = [{"side": None, "reps": 200, "seconds": 600, "load": 500}]
    assert acts.log(cast.plan, sets=most).sets == [
        {"side": None, "reps": 200, "seconds": 600, "load": 500.0}
    ]


# ---- what cannot be meant


def test_pain_is_a_number_from_0_to_10(cast: Cast) -> None:
    for pain in (-1, 11, 10**30, True):
        with refused("bad_pain"):
            acts.log(cast.plan, pain=pain)


#: Sets that nobody can have done.
NONSENSE: list[list[Any]] = [
    [],
    [{"reps": -1}],
    [{"reps": 201}],
    [{"reps": "ten"}],
    [{"reps": 5, "side": "up"}],
    [{"reps": 5, "side": ["left"]}],
    [{"reps": 5, "seconds": -1}],
    [{"reps": 5, "load": "NaN"}],
    [{"reps": 5, "load": -4}],
    [{"reps": 5, "load": 1e300}],
    [{"reps": float("inf")}],
    [{"reps": "9" * 5000}],
    [{"reps": 5}] * 21,
    ["five"],
    [None],
]


def test_sets_that_nobody_can_have_done_are_refused(cast: Cast) -> None:
    for sets in NONSENSE:
        with refused("bad_sets"):
            acts.log(cast.plan, sets=sets)


def test_an_answer_that_was_not_on_the_page_is_refused(cast: Cast) -> None:
    bored = {"why_stopped": "bored", "effort": "stopped"}
    answers: list[dict[str, Any]] = [
        {"effort": "great"},
        {"leg": "left"},
        bored,
        {"why_stopped": "pain"},
    ]
    for said in answers:
        with refused("bad_choice"):
            acts.log(cast.plan, **said)


def test_pain_not_chosen_stays_unknown_everywhere(cast: Cast) -> None:
    entry = acts.log(cast.plan)
    entry.refresh_from_db()
    assert (entry.pain, entry.band) == (None, None)
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.last_pain is None


def test_pain_zero_is_an_answer(cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=0)
    entry.refresh_from_db()
    assert (entry.pain, entry.band) == (0, "fine")
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.last_pain == 0


# ---- drafts


def test_tapped_sets_are_kept_until_the_day_is_logged(cast: Cast) -> None:
    for count in (1, 2):
        practice_verbs.save_draft(
            plan=cast.plan,
            level=acts.level(cast.plan),
            by=cast.maya.user,
            sets=acts.TWO_SETS[:count],
        )
    assert len(cast.plan.drafts.get().sets) == 2
    acts.log(cast.plan)
    assert not cast.plan.drafts.exists()


def test_a_draft_for_another_persons_plan_or_an_ended_one_is_refused(cast: Cast) -> None:
    level = acts.level(cast.plan)
    with refused("not_the_patient"):
        practice_verbs.save_draft(plan=cast.plan, level=level, by=cast.noor.user, sets=[])
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    with refused("plan_ended"):
        practice_verbs.save_draft(plan=cast.plan, level=level, by=cast.maya.user, sets=[])

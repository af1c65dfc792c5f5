"""Ways to borrow a level that nobody may, and to keep one longer: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from accounts.models import User
from curriculum.models import Drill, Fault, Level
from patients.models import BorrowedEnd, Finding, LevelChoice, Plan
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts, borrowed
from tests.patients.rules.attacks import entry_of

DAY = timedelta(days=1)


def _row(cast: Cast, **said: Any) -> Callable[[], Any]:
    """A borrowed level as it should be, but for what is ``said``."""
    today = cast.harbour.today()
    usual = {
        "plan": cast.plan,
        "level": borrowed.bench(cast.plan),
        "by": cast.elin,
        "kind": "borrowed",
        "from_day": today,
        "until": today + borrowed.WEEK,
    }
    if "finding" not in said:
        usual["finding"] = borrowed.seen(cast.plan, by=cast.elin)
    return lambda: LevelChoice.objects.create(**usual | said)


def _on_anothers_ladder(cast: Cast, position: int) -> Level:
    """Of a ladder on which another plan of the clinic stands."""
    ladder = ladders.another()
    gate_verbs.assign(patient=cast.tomas, ladder=ladder, by=cast.elin)
    level: Level = ladder.rungs.get(position=position).levels.all()[0]
    return level


def _of_another_edition(cast: Cast) -> Callable[[], Any]:
    return _row(cast, level=_on_anothers_ladder(cast, 3))


def _own_of_another_edition(cast: Cast) -> Callable[[], Any]:
    level = _on_anothers_ladder(cast, 1)
    said = {"plan": cast.plan, "level": level, "by": cast.maya.user}
    return lambda: LevelChoice.objects.create(**said)


def _with_load(cast: Cast) -> Callable[[], Any]:
    """The band of rung 5, a remedy of the same fault."""
    band = Level.objects.filter(rung=acts.rung(cast.plan, 5), drill__load="band")
    return _row(cast, level=band.filter(drill__remedies__fault__slug=borrowed.SQUAT)[0])


def _with_load_on_a_rung_without(cast: Cast) -> Callable[[], Any]:
    band = Drill.objects.filter(load="band", remedies__fault__slug=borrowed.SQUAT)[0]
    on_three = acts.rung(cast.plan, 3).levels.create(
        slug="moved", position=90, drill=band, sets=1, reps=8
    )
    return _row(cast, level=on_three)


def _on_a_rung_with_load(cast: Cast) -> Callable[[], Any]:
    """A companion drill without load, of rung 5."""
    level = borrowed.bench(cast.plan)
    on_five = acts.rung(cast.plan, 5).levels.create(
        slug="moved", position=90, drill=level.drill, sets=1, reps=8
    )
    return _row(cast, level=on_five)


def _of_the_open_rung(cast: Cast) -> Callable[[], Any]:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    return _row(cast)


def _of_the_open_rung_below_a_goal(cast: Cast) -> Callable[[], Any]:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 5), by=cast.elin)
    return _of_the_open_rung(cast)


def _of_a_passed_rung(cast: Cast) -> Callable[[], Any]:
    row = _of_the_open_rung(cast)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    return row


def _of_a_passed_rung_above_the_goal(cast: Cast) -> Callable[[], Any]:
    row = _of_a_passed_rung(cast)
    Plan.objects.filter(pk=cast.plan.pk).update(goal_rung=acts.rung(cast.plan, 1))
    return row


def _no_remedy(cast: Cast) -> Callable[[], Any]:
    return _row(cast, level=acts.level(cast.plan, 2))


def _for_other_faults(cast: Cast) -> Callable[[], Any]:
    return _row(cast, finding=borrowed.seen(cast.plan, by=cast.elin, fault="over-arches"))


def _for_words_of_the_clinic(cast: Cast) -> Callable[[], Any]:
    finding = finding_verbs.note(plan=cast.plan, by=cast.elin, words="Looks away.")
    return _row(cast, finding=finding)


def _for_a_cleared_finding(cast: Cast) -> Callable[[], Any]:
    finding = borrowed.seen(cast.plan, by=cast.elin)
    return _row(cast, finding=finding_verbs.clear(finding=finding, by=cast.elin))


def _for_a_cleared_finding_beside_one_that_stands(cast: Cast) -> Callable[[], Any]:
    borrowed.seen(cast.plan, by=cast.elin, fault="over-arches")
    return _for_a_cleared_finding(cast)


def _for_anothers_finding(cast: Cast) -> Callable[[], Any]:
    return _row(cast, finding=borrowed.seen(cast.noors_plan, by=cast.ines))


def _too_long(cast: Cast) -> Callable[[], Any]:
    return _row(cast, until=cast.harbour.today() + 15 * DAY)


def _dated(cast: Cast, days: int) -> Callable[[], Any]:
    from_day = cast.harbour.today() + days * DAY
    return _row(cast, from_day=from_day, until=from_day + 14 * DAY)


def _over_the_end_of_a_year(cast: Cast) -> Callable[[], Any]:
    said = {"from_day": "2026-12-30", "at": "2026-12-30T10:00Z", "until": "2027-01-14"}
    return _row(cast, **said)


def _a_second_one(cast: Cast) -> Callable[[], Any]:
    choice = borrowed.lend(cast.plan, by=cast.elin)
    further = acts.rung(cast.plan, 3).levels.get(slug="two-to-five-cm")
    return _row(cast, level=further, finding=choice.finding)


def _a_second_one_before_anothers(cast: Cast) -> Callable[[], Any]:
    second = _a_second_one(cast)
    borrowed.lend(cast.noors_plan, by=cast.ines)
    return second


def _a_second_one_with_a_rung_to_go(cast: Cast) -> Callable[[], Any]:
    """One of the two rungs below is passed, so that its own is as locked as before."""
    second = _a_second_one(cast)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    return second


def _a_second_one_above_the_goal(cast: Cast) -> Callable[[], Any]:
    """Every rung below is passed, and the goal alone keeps its rung locked."""
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 2), by=cast.elin)
    return _a_second_one(cast)


def _lose(plan: Plan, position: int, by: User) -> None:
    while plan.passes.count() < position:
        factories.pass_open_rung(plan, by=by)
    gate_verbs.withdraw(plan=plan, rung=acts.rung(plan, position), by=by, reason="Lost.")


def _a_second_one_after_a_lower_rung_was_lost(cast: Cast) -> Callable[[], Any]:
    """What was lost did not open its rung."""
    second = _a_second_one(cast)
    _lose(cast.plan, 1, cast.elin)
    return second


def _a_second_one_after_another_lost_the_rung_below(cast: Cast) -> Callable[[], Any]:
    second = _a_second_one(cast)
    _lose(cast.noors_plan, 2, cast.ines)
    return second


def _a_second_one_after_a_slip(cast: Cast) -> Callable[[], Any]:
    second = _a_second_one(cast)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.undo(review=factories.pass_open_rung(cast.plan, by=cast.elin), by=cast.elin)
    return second


def _a_second_one_on_a_rung_lost_before(cast: Cast) -> Callable[[], Any]:
    with time_machine.travel(timezone.now() - timedelta(minutes=5)):
        _lose(cast.plan, 2, cast.elin)
    return _a_second_one(cast)


def _a_second_one_for_another_fault(cast: Cast) -> Callable[[], Any]:
    borrowed.lend(cast.plan, by=cast.elin)
    other = borrowed.seen(cast.plan, by=cast.elin, fault="no-weight-shift")
    touch = Level.objects.filter(
        rung__in=cast.plan.rungs().filter(position__in=[2, 3, 4]),
        drill__remedies__fault=other.fault,
        drill__load="none",
    )
    return _row(cast, level=touch[0], finding=other)


def _on_an_ended_plan(cast: Cast) -> Callable[[], Any]:
    row = _row(cast)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    return row


def _end(cast: Cast, **said: Any) -> Callable[[], Any]:
    choice = borrowed.lend(cast.plan, by=cast.elin)
    usual = {"choice": choice, "on_day": cast.harbour.today(), "by": cast.elin}
    return lambda: BorrowedEnd.objects.create(**usual | said)


def _end_of_an_own_level(cast: Cast) -> Callable[[], Any]:
    level = acts.level(cast.plan, 1)
    own = plan_verbs.choose_level(plan=cast.plan, level=level, by=cast.elin)
    said = {"choice": own, "on_day": cast.harbour.today(), "by": cast.elin}
    return lambda: BorrowedEnd.objects.create(**said)


def _practised(cast: Cast, days: int | None) -> Callable[[], Any]:
    """An entry of a borrowed level, so many days after it was over; None = nothing is borrowed."""
    day = cast.harbour.today()
    if days is not None:
        until = borrowed.lend(cast.plan, by=cast.elin).until
        assert until is not None
        day = until + days * DAY
    said = {"level": borrowed.bench(cast.plan), "done_on": day, "borrowed": True}
    return entry_of(cast, **said)


def _practised_another_one(cast: Cast) -> Callable[[], Any]:
    borrowed.lend(cast.plan, by=cast.elin)
    further = acts.rung(cast.plan, 3).levels.get(slug="two-to-five-cm")
    return entry_of(cast, level=further, done_on=cast.harbour.today(), borrowed=True)


def _words_become_a_fault(cast: Cast) -> Callable[[], Any]:
    finding = finding_verbs.note(plan=cast.plan, by=cast.elin, words="Looks away.")
    said = {"fault": Fault.objects.get(slug="stutters"), "words": ""}
    return lambda: Finding.objects.filter(pk=finding.pk).update(**said)


def _finding(cast: Cast, **changed: Any) -> Callable[[], Any]:
    finding = borrowed.lend(cast.plan, by=cast.elin).finding
    assert finding is not None
    finding_verbs.clear(finding=finding, by=cast.elin)
    return lambda: Finding.objects.filter(pk=finding.pk).update(**changed)


ATTACKS: dict[str, list[Callable[[Cast], Callable[[], Any]]]] = {
    "level_choice_of_this_ladder": [_of_another_edition, _own_of_another_edition],
    "borrowed_by_our_clinician": [
        lambda cast: _row(cast, by=cast.maya.user),
        lambda cast: _row(cast, by=cast.ines),
    ],
    "borrowed_on_a_running_plan": [_on_an_ended_plan],
    "borrowed_without_load": [_with_load, _with_load_on_a_rung_without, _on_a_rung_with_load],
    "borrowed_of_a_locked_rung": [
        _of_the_open_rung,
        _of_the_open_rung_below_a_goal,
        _of_a_passed_rung,
        _of_a_passed_rung_above_the_goal,
    ],
    "borrowed_for_a_standing_finding": [
        _for_a_cleared_finding,
        _for_a_cleared_finding_beside_one_that_stands,
        _for_anothers_finding,
    ],
    "borrowed_as_a_remedy": [_no_remedy, _for_other_faults, _for_words_of_the_clinic],
    "borrowed_for_some_days": [
        _too_long,
        _over_the_end_of_a_year,
        lambda cast: _dated(cast, 2),
        lambda cast: _dated(cast, -2),
    ],
    "borrowed_one_at_a_time": [
        _a_second_one,
        _a_second_one_for_another_fault,
        _a_second_one_before_anothers,
        _a_second_one_with_a_rung_to_go,
        _a_second_one_above_the_goal,
        _a_second_one_after_a_lower_rung_was_lost,
        _a_second_one_after_another_lost_the_rung_below,
        _a_second_one_after_a_slip,
        _a_second_one_on_a_rung_lost_before,
    ],
    "borrowed_ended_by_our_clinician": [
        lambda cast: _end(cast, by=cast.maya.user),
        lambda cast: _end(cast, by=cast.ines),
        _end_of_an_own_level,
    ],
    "practice_borrowed_that_day": [
        lambda cast: _practised(cast, None),
        lambda cast: _practised(cast, 1),
        _practised_another_one,
    ],
    "finding_stays_as_it_was_seen": [
        lambda cast: _finding(cast, cleared_on=None, cleared_by=None),
        lambda cast: _finding(cast, cleared_on=timezone.now().date() + DAY),
        lambda cast: _finding(cast, plan=cast.noors_plan),
        lambda cast: _finding(cast, fault=Fault.objects.get(slug="stutters")),
        lambda cast: _finding(cast, fault=None, words="Looks away."),
        _words_become_a_fault,
    ],
}

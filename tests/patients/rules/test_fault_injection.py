"""Every verb, with the database failing at each of its statements in turn: nothing half-written
stays."""

from __future__ import annotations

import ast
import inspect
import itertools
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
import time_machine

from patients.models import Outbox
from patients.standing.identity import Details
from patients.verbs import activities as activity_verbs
from patients.verbs import assessment, placement, practice_days, withdrawals
from patients.verbs import findings as finding_verbs
from patients.verbs import follow_up as follow_up_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import handover as handover_verbs
from patients.verbs import identity as identity_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import outbox as outbox_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.rules import (
    borrow_acts,
    carer_acts,
    drawn_acts,
    home_acts,
    load_acts,
    pain_acts,
    record_acts,
    stop_acts,
    visit_acts,
)
from tests.patients.rules.failing import DiskFull, failing_at

Act = Callable[[], Any]

MODULES: list[ModuleType] = [
    assessment,
    edition_verbs,
    handover_verbs,
    identity_verbs,
    activity_verbs,
    message_verbs,
    outbox_verbs,
    people_verbs,
    screening_verbs,
    plan_verbs,
    practice_days,
    practice_verbs,
    gate_verbs,
    placement,
    withdrawals,
    finding_verbs,
    follow_up_verbs,
    report_verbs,
    *borrow_acts.MODULES,
    *carer_acts.MODULES,
    *drawn_acts.MODULES,
    *load_acts.MODULES,
    *home_acts.MODULES,
    *pain_acts.MODULES,
    *record_acts.MODULES,
    *stop_acts.MODULES,
    *visit_acts.MODULES,
]


def _verbs() -> set[str]:
    """Names of everything that changes something: public, atomic, keyword-only functions."""
    found = set()
    for module in MODULES:
        for node in ast.parse(inspect.getsource(module)).body:
            if (
                isinstance(node, ast.FunctionDef)
                and node.decorator_list
                and not node.name.startswith("_")
            ):
                assert [ast.unparse(one) for one in node.decorator_list] == ["transaction.atomic"]
                assert not node.args.args
                found.add(f"{module.__name__.rpartition('.')[2]}.{node.name}")
    return found


# ---- each makes what it needs and returns the act


def _passing(cast: Cast) -> Act:
    acts.tick_all(cast.plan, 1, cast.elin)
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    return lambda: acts.decide(cast.plan, 1, cast.elin)


def _withdrawing(cast: Cast) -> Act:
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    rung = acts.rung(cast.plan, 1)
    return lambda: gate_verbs.withdraw(plan=cast.plan, rung=rung, by=cast.elin, reason="Lost.")


def _undoing(cast: Cast) -> Act:
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    met = acts.criteria(cast.plan, 1, 2)
    review = gate_verbs.place(plan=cast.plan, criteria=met, by=cast.elin)[0]
    return lambda: gate_verbs.undo(review=review, by=cast.elin)


def _unticking(cast: Cast) -> Act:
    criterion = acts.criteria(cast.plan, 1)[0]
    gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    return lambda: gate_verbs.untick(plan=cast.plan, criterion=criterion, by=cast.elin)


def _moving(cast: Cast) -> Act:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    plan_verbs.prescribe(
        plan=cast.plan, level=acts.level(cast.plan, 2), by=cast.elin, sets=1, reps=5
    )
    newer = ladders.next_edition(cast.plan.ladder)
    return lambda: edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)


def _correcting(cast: Cast) -> Act:
    entry = acts.log(cast.plan, pain=8)
    return lambda: acts.log(cast.plan, pain=9, note="Worse than I thought.", corrects=entry)


def _mailed(cast: Cast) -> Act:
    acts.log(cast.plan, leg="weak")
    mail = Outbox.objects.get(to=cast.elin)
    return lambda: outbox_verbs.note_sent(mail=mail)


def _not_mailed(cast: Cast) -> Act:
    acts.log(cast.plan, leg="weak")
    mail = Outbox.objects.get(to=cast.elin)
    return lambda: outbox_verbs.note_failed(mail=mail, hung=True)


def _next_morning(cast: Cast) -> Act:
    entry = acts.log(
        cast.plan, cast.harbour.today() - timedelta(days=1), by=cast.elin, paper=True, pain=4
    )
    return lambda: practice_verbs.answer_morning(
        practice=entry, by=cast.maya.user, pain_now=8, worse=True
    )


def _reporting(cast: Cast) -> Act:
    said: dict[str, Any] = {"patient": cast.maya, "by": cast.maya.user, "client_id": "a"}
    report_verbs.report(**said, kinds=["below_knee", "other"], pain=9)
    return lambda: report_verbs.report(**said, kinds=["saddle", "other"], words="Both legs numb.")


def _taking_back_a_report(cast: Cast) -> Act:
    shared: dict[str, Any] = {"by": cast.maya.user, "client_id": "a"}
    told = report_verbs.report(patient=cast.maya, kinds=["below_knee"], pain=9, **shared)
    return lambda: report_verbs.take_back(report=told, by=cast.maya.user, client_id="b")


def _resuming(cast: Cast) -> Act:
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user)
    return lambda: plan_verbs.resume(plan=cast.plan, by=cast.maya.user)


def _reading(cast: Cast) -> Act:
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Hello.")
    return lambda: message_verbs.mark_read(plan=cast.plan, by=cast.elin)


def _taking_back(cast: Cast) -> Act:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    return lambda: people_verbs.take_back(patient=cast.maya, by=cast.elin)


def _taking_back_the_request(cast: Cast) -> Act:
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    return lambda: plan_verbs.take_back_request(plan=cast.plan, by=cast.maya.user)


def _rating(cast: Cast) -> Act:
    one, two = activity_verbs.set_activities(
        patient=cast.maya, by=cast.elin, words=["Lifting", "Gardening"]
    )
    return lambda: activity_verbs.rate(
        patient=cast.maya, by=cast.maya.user, scores={one.pk: 3, two.pk: 5}
    )


def _assessing(cast: Cast) -> Act:
    met = acts.criteria(cast.plan, 1, 2)
    fault = cast.plan.ladder.own_faults()[0]
    rung = acts.rung(cast.plan, 2)
    return lambda: assessment.start(
        plan=cast.plan,
        by=cast.elin,
        criteria=met,
        faults=[fault],
        words="Looks up.",
        rung=rung,
        reason="As seen.",
    )


VERBS: dict[str, Callable[[Cast], Act]] = {
    "findings.note_all": lambda cast: (
        lambda: finding_verbs.note_all(
            plan=cast.plan,
            by=cast.elin,
            faults=cast.plan.ladder.own_faults()[:2],
            words="Looks up.",
        )
    ),
    "assessment.start": _assessing,
    "move_edition.move": _moving,
    "handover.end_access": lambda cast: (
        lambda: handover_verbs.end_access(user=cast.elin, by=cast.petra, to=cast.omar)
    ),
    "handover.hand_over": lambda cast: (
        lambda: handover_verbs.hand_over(user=cast.elin, by=cast.petra, to=cast.omar)
    ),
    "activities.rate": _rating,
    "activities.set_activities": lambda cast: (
        lambda: activity_verbs.set_activities(
            patient=cast.maya, by=cast.elin, words=["Lifting", "Gardening"]
        )
    ),
    "follow_up.looked_again": lambda cast: (
        lambda: follow_up_verbs.looked_again(patient=cast.maya, by=cast.elin, words="Better.")
    ),
    "messages.mark_read": _reading,
    "messages.pass_on": lambda cast: (
        lambda: message_verbs.pass_on(patient=cast.maya, by=cast.maya.user, text="I cannot pee.")
    ),
    "messages.write": lambda cast: (
        lambda: message_verbs.write(plan=cast.plan, by=cast.elin, text="Well done.")
    ),
    "outbox.note_sent": _mailed,
    "outbox.note_failed": _not_mailed,
    "people.amend": lambda cast: (
        lambda: people_verbs.amend(
            patient=cast.maya,
            by=cast.elin,
            name="Maya Rose",
            lead=cast.omar,
            referral_note="New.",
        )
    ),
    "people.discharge": lambda cast: (
        lambda: people_verbs.discharge(patient=cast.maya, by=cast.elin)
    ),
    **pain_acts.ACTS,
    **record_acts.ACTS,
    **stop_acts.ACTS,
    **visit_acts.ACTS,
    "people.take_back": _taking_back,
    "people.take_intake": lambda cast: (
        lambda: people_verbs.take_intake(
            patient=cast.maya, by=cast.elin, usual_pain=4, goal="Lift my grandson."
        )
    ),
    "people.take_on": lambda cast: (
        lambda: people_verbs.take_on(by=cast.elin, name="Zoe Zorn", usual_pain=3)
    ),
    "identity.identify": lambda cast: (
        lambda: identity_verbs.identify(
            patient=cast.maya, by=cast.elin, details=Details(number="20601", sex="woman")
        )
    ),
    "identity.put_names_right": lambda cast: (
        lambda: identity_verbs.put_names_right(
            patient=cast.maya, by=cast.maya.user, name="Maya Rose", formal_name="Maya Lovisa Rose"
        )
    ),
    "plan.choose_level": lambda cast: (
        lambda: plan_verbs.choose_level(
            plan=cast.plan, level=acts.level(cast.plan), by=cast.maya.user
        )
    ),
    **borrow_acts.ACTS,
    **carer_acts.ACTS,
    **drawn_acts.ACTS,
    **load_acts.ACTS,
    **home_acts.ACTS,
    "findings.clear": borrow_acts.clearing,
    "plan.end": lambda cast: lambda: plan_verbs.end(plan=cast.plan, by=cast.elin),
    "findings.note": lambda cast: (
        lambda: finding_verbs.note(plan=cast.plan, by=cast.elin, words="Looks up.")
    ),
    "plan.pause": lambda cast: lambda: plan_verbs.pause(plan=cast.plan, by=cast.maya.user),
    "screening.screen": lambda cast: (
        lambda: screening_verbs.screen(patient=cast.maya, by=cast.elin)
    ),
    "screening.nothing_new": lambda cast: (
        lambda: screening_verbs.nothing_new(patient=cast.maya, by=cast.elin)
    ),
    "plan.resume": _resuming,
    "practice_days.schedule": lambda cast: (
        lambda: practice_days.schedule(plan=cast.plan, weekdays=3, by=cast.elin)
    ),
    "plan.set_goal": lambda cast: (
        lambda: plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 4), by=cast.elin)
    ),
    "practice.answer_morning": _next_morning,
    "reports.report": _reporting,
    "reports.take_back": _taking_back_a_report,
    "practice.log": _correcting,
    "practice.save_draft": lambda cast: (
        lambda: practice_verbs.save_draft(
            plan=cast.plan, level=acts.level(cast.plan), by=cast.maya.user, sets=acts.TWO_SETS
        )
    ),
    "gate.assign": lambda cast: (
        lambda: gate_verbs.assign(patient=cast.tomas, ladder=cast.plan.ladder, by=cast.elin)
    ),
    "gate.decide": _passing,
    "placement.place": lambda cast: (
        lambda: gate_verbs.place(
            plan=cast.plan, criteria=acts.criteria(cast.plan, 1, 2), by=cast.elin
        )
    ),
    "gate.tick": lambda cast: (
        lambda: gate_verbs.tick(
            plan=cast.plan, criterion=acts.criteria(cast.plan, 1)[0], by=cast.elin
        )
    ),
    "gate.untick": _unticking,
    "withdrawals.undo": _undoing,
    "withdrawals.withdraw": _withdrawing,
    "plan.request_review": lambda cast: (
        lambda: plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    ),
    "plan.take_back_request": _taking_back_the_request,
}


def test_every_verb_is_in_the_table() -> None:
    assert VERBS.keys() == _verbs()


@pytest.mark.parametrize("verb", VERBS)
def test_a_failure_at_any_statement_leaves_nothing_half_written(
    clock: time_machine.Traveller, cast: Cast, verb: str
) -> None:
    clock.shift(timedelta(days=1))
    act = VERBS[verb](cast)
    before = acts.everything()
    for nth in itertools.count(1):
        with failing_at(nth) as tried, suppress(DiskFull):
            act()
        if len(tried) < nth:
            break
        assert acts.everything() == before, tried[-1]
    assert nth > 4
    assert acts.everything() != before

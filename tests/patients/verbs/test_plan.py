"""The plan around the gate: assigned once, dosed soundly, kept to its days. Nothing here opens a
rung."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import User
from patients.models import Finding, Plan
from patients.standing.usual_pain import usual_now
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused

ONE_DAY = timedelta(days=1)

# ---- who

CLINIC_VERBS: dict[str, Callable[[Plan, User], Any]] = {
    "prescribe": lambda plan, by: plan_verbs.prescribe(
        plan=plan, level=acts.level(plan), by=by, sets=1, reps=5
    ),
    "schedule": lambda plan, by: plan_verbs.schedule(plan=plan, weekdays=1, by=by),
    "set_goal": lambda plan, by: plan_verbs.set_goal(
        plan=plan, goal_rung=acts.rung(plan, 3), by=by
    ),
    "note_finding": lambda plan, by: finding_verbs.note(
        plan=plan, by=by, words="Holds the breath."
    ),
    "clear_finding": lambda plan, by: finding_verbs.clear(finding=plan.findings.all()[0], by=by),
    "end": lambda plan, by: plan_verbs.end(plan=plan, by=by),
    "discharge": lambda plan, by: people_verbs.discharge(patient=plan.patient, by=by),
    "take_back": lambda plan, by: people_verbs.take_back(patient=plan.patient, by=by),
    "set_usual_pain": lambda plan, by: usual_pain_verbs.set_usual_pain(
        patient=plan.patient, by=by, usual_pain=3
    ),
    "amend": lambda plan, by: people_verbs.amend(
        patient=plan.patient,
        by=by,
        name="Mallory",
        lead=plan.patient.lead,
        referral_note="",
    ),
}
PERSONS_VERBS: dict[str, Callable[[Plan, User], Any]] = {
    "choose_level": lambda plan, by: plan_verbs.choose_level(
        plan=plan, level=acts.level(plan), by=by
    ),
    "request_review": lambda plan, by: plan_verbs.request_review(plan=plan, by=by),
    "take_back_request": lambda plan, by: plan_verbs.take_back_request(plan=plan, by=by),
    "pause": lambda plan, by: plan_verbs.pause(plan=plan, by=by),
    "resume": lambda plan, by: plan_verbs.resume(plan=plan, by=by),
}


def test_what_the_clinic_decides_no_patient_and_no_other_clinic_decides(cast: Cast) -> None:
    finding_verbs.note(plan=cast.plan, by=cast.elin, words="Looks up.")
    for by in (cast.ines, cast.maya.user, cast.noor.user):
        for verb in CLINIC_VERBS.values():
            with refused("not_yours"):
                verb(cast.plan, by)


def test_what_the_patient_may_do_no_other_patient_and_no_other_clinic_does(cast: Cast) -> None:
    for by in (cast.ines, cast.noor.user, cast.tomas.user):
        for verb in PERSONS_VERBS.values():
            with refused("not_the_patient"):
                verb(cast.plan, by)


def test_an_ended_plan_takes_no_more_of_either(cast: Cast) -> None:
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    for name in ("prescribe", "schedule", "set_goal", "note_finding"):
        with refused("plan_ended"):
            CLINIC_VERBS[name](cast.plan, cast.elin)
    for verb in PERSONS_VERBS.values():
        with refused("plan_ended"):
            verb(cast.plan, cast.maya.user)


# ---- assigning


def test_a_patient_has_at_most_one_running_plan(cast: Cast) -> None:
    with refused("already_running") as caught:
        gate_verbs.assign(patient=cast.maya, ladder=ladders.another(), by=cast.elin)
    assert caught.value.params["patient"] == "Maya R."
    with refused("already_running"):
        gate_verbs.assign(patient=cast.maya, ladder=cast.plan.ladder, by=cast.omar)


def test_pressing_assign_twice_assigns_once(cast: Cast) -> None:
    goal = acts.rung(cast.plan, 4)
    said: dict[str, Any] = {
        "patient": cast.tomas,
        "ladder": cast.plan.ladder,
        "by": cast.elin,
        "goal_rung": goal,
    }
    first = gate_verbs.assign(**said, weekdays=0b0010101)
    assert gate_verbs.assign(**said, weekdays=0b0010101) == first
    with refused("already_running"):
        gate_verbs.assign(**said, weekdays=0b0000001)


def test_an_assignment_without_days_or_with_a_foreign_goal_is_refused(cast: Cast) -> None:
    for weekdays in (0, -1, 128, 10**20):
        with refused("no_weekday"):
            gate_verbs.assign(
                patient=cast.tomas, ladder=cast.plan.ladder, by=cast.elin, weekdays=weekdays
            )
    foreign = ladders.another().rungs.get(position=2)
    with refused("not_a_goal"):
        gate_verbs.assign(
            patient=cast.tomas, ladder=cast.plan.ladder, by=cast.elin, goal_rung=foreign
        )


def test_somebody_may_practise_on_mondays_alone(cast: Cast) -> None:
    plan = gate_verbs.assign(
        patient=cast.tomas, ladder=cast.plan.ladder, by=cast.elin, weekdays=0b0000001
    )
    assert plan.schedules.get().weekdays == 0b0000001
    plan_verbs.schedule(plan=cast.plan, weekdays=0b0000001, by=cast.elin)
    assert list(cast.plan.schedules.values_list("weekdays", flat=True))[-1] == 0b0000001


def test_the_end_of_a_plan_closes_the_request_for_a_review(cast: Cast) -> None:
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    assert not cast.plan.review_requests.filter(closed_at=None).exists()


def test_a_discharged_patient_is_taken_back_before_a_plan_begins(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    with refused("archived"):
        gate_verbs.assign(patient=cast.maya, ladder=cast.plan.ladder, by=cast.elin)
    clock.shift(timedelta(minutes=11))
    people_verbs.take_back(patient=cast.maya, by=cast.omar)
    assert gate_verbs.assign(patient=cast.maya, ladder=cast.plan.ladder, by=cast.elin) != cast.plan


def test_a_new_plan_begins_at_the_bottom_whatever_was_passed_before(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    assert acts.open_position(factories.plan(cast.maya)) == 1


# ---- the goal


def test_nothing_opens_above_the_goal_until_it_is_raised(cast: Cast) -> None:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 2), by=cast.elin)
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    assert acts.open_position(cast.plan) is None
    with refused("locked"):
        acts.decide(cast.plan, 3, cast.elin, "not_yet")
    with refused("locked"):
        plan_verbs.prescribe(
            plan=cast.plan, level=acts.level(cast.plan, 3), by=cast.elin, sets=1, reps=5
        )
    with refused("already_complete"):
        plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    plan_verbs.set_goal(plan=cast.plan, goal_rung=None, by=cast.elin)
    assert acts.open_position(cast.plan) == 3


def test_the_goal_never_lies_below_a_pass(cast: Cast) -> None:
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    with refused("goal_below_passed"):
        plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 2), by=cast.elin)
    with refused("not_a_goal"):
        plan_verbs.set_goal(
            plan=cast.plan, goal_rung=ladders.another().rungs.get(position=5), by=cast.elin
        )
    assert (
        plan_verbs.set_goal(
            plan=cast.plan, goal_rung=acts.rung(cast.plan, 3), by=cast.elin
        ).open_rung
        is None
    )


# ---- findings, requests, coming and going


def test_a_finding_stands_once_until_it_is_cleared(cast: Cast) -> None:
    fault = cast.plan.ladder.own_faults()[0]
    first = finding_verbs.note(plan=cast.plan, by=cast.elin, fault=fault)
    assert finding_verbs.note(plan=cast.plan, by=cast.omar, fault=fault) == first
    cleared = finding_verbs.clear(finding=first, by=cast.omar)
    assert (
        finding_verbs.clear(finding=first, by=cast.elin).cleared_by
        == cleared.cleared_by
        == cast.omar
    )
    assert finding_verbs.note(plan=cast.plan, by=cast.elin, fault=fault) != first
    assert Finding.objects.count() == 2


def test_an_empty_finding_or_one_of_tomorrow_is_refused(cast: Cast) -> None:
    with refused("finding_empty"):
        finding_verbs.note(plan=cast.plan, by=cast.elin, words="  ")
    with refused("too_long"):
        finding_verbs.note(plan=cast.plan, by=cast.elin, words="x" * 201)
    with refused("day_in_future"):
        tomorrow = cast.harbour.today() + ONE_DAY
        finding_verbs.note(plan=cast.plan, by=cast.elin, words="Looks up.", seen_on=tomorrow)


def test_asking_for_a_review_twice_is_one_request(cast: Cast) -> None:
    first = plan_verbs.request_review(plan=cast.plan, by=cast.maya.user, words="Ready, I think.")
    assert plan_verbs.request_review(plan=cast.plan, by=cast.maya.user) == first
    with refused("too_long"):
        plan_verbs.request_review(plan=cast.plan, by=cast.maya.user, words="x" * 10_000)


def test_a_request_taken_back_is_closed_and_another_can_be_made(cast: Cast) -> None:
    first = plan_verbs.request_review(plan=cast.plan, by=cast.maya.user, words="Ready, I think.")
    for _ in range(2):
        plan_verbs.take_back_request(plan=cast.plan, by=cast.maya.user)
    assert cast.plan.review_requests.get().closed_at is not None
    assert plan_verbs.request_review(plan=cast.plan, by=cast.maya.user) != first


def test_a_request_that_was_decided_on_is_not_taken_back_again(cast: Cast) -> None:
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    closed = cast.plan.review_requests.get().closed_at
    plan_verbs.take_back_request(plan=cast.plan, by=cast.maya.user)
    assert cast.plan.review_requests.get().closed_at == closed


@pytest.mark.parametrize("leave", ["end", "discharge"])
def test_nobody_is_let_go_while_stopped_for_pain_and_without_an_answer(
    cast: Cast, leave: str
) -> None:
    stop = acts.log(cast.plan, pain=8).stops.get()
    with refused("stop_unanswered"):
        CLINIC_VERBS[leave](cast.plan, cast.elin)
    cast.plan.refresh_from_db()
    assert cast.plan.ended_on is None
    stop_verbs.answer(stop=stop, by=cast.elin, action="pause", word="See your doctor first.")
    CLINIC_VERBS[leave](cast.plan, cast.elin)
    cast.plan.refresh_from_db()
    assert cast.plan.ended_on is not None


def test_ending_twice_keeps_the_first_day(clock: time_machine.Traveller, cast: Cast) -> None:
    ended = plan_verbs.end(plan=cast.plan, by=cast.elin).ended_on
    clock.shift(9 * ONE_DAY)
    assert plan_verbs.end(plan=cast.plan, by=cast.omar).ended_on == ended


def test_a_discharge_ends_the_plan_and_loses_nothing(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    people_verbs.discharge(patient=cast.maya, by=cast.omar)
    people_verbs.discharge(patient=cast.maya, by=cast.omar)
    ended = Plan.objects.get(pk=cast.plan.pk)
    assert ended.ended_on is not None
    assert acts.passed(ended) == [1]
    cast.maya.summary.refresh_from_db()
    assert (cast.maya.summary.archived, cast.maya.summary.plan) == (True, None)


@pytest.mark.parametrize("led_by", ["elin", "omar"])
def test_a_lead_is_someone_of_the_clinic_who_can_sign_in(cast: Cast, led_by: str) -> None:
    cast.maya.lead = getattr(cast, led_by)
    cast.maya.save()
    for lead in (cast.ines, cast.maya.user):
        with refused("staff_only"):
            people_verbs.take_on(by=cast.elin, name="Zoe", lead=lead)
        with refused("staff_only"):
            people_verbs.amend(
                patient=cast.maya,
                by=cast.elin,
                name="Maya",
                lead=lead,
                referral_note="",
            )


def test_a_patient_needs_a_name_and_a_sound_usual_pain(cast: Cast) -> None:
    for name in ("", "   ", "\x00"):
        with refused("name_missing"):
            people_verbs.take_on(by=cast.elin, name=name)
    for pain in (-1, 11, 10**30):
        with refused("out_of_range"):
            people_verbs.take_on(by=cast.elin, name="Zoe", usual_pain=pain)
    with refused("too_long"):
        people_verbs.take_on(by=cast.elin, name="x" * 201)
    assert len(people_verbs.take_on(by=cast.elin, name="x" * 200).name) == 200
    assert people_verbs.take_on(by=cast.elin, name=" Zoë  يوسف 🦵 ").name == "Zoë يوسف 🦵"


def test_usual_pain_unknown_is_not_zero_and_can_become_unknown_again(cast: Cast) -> None:
    assert usual_now(cast.maya) is None
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=0)
    assert usual_now(cast.maya) == 0
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=None)
    assert usual_now(cast.maya) is None
    assert cast.maya.usual_pains.count() == 2


def test_a_pause_that_the_clinic_set_is_not_the_patients_to_end(cast: Cast) -> None:
    plan_verbs.pause(plan=cast.plan, by=cast.elin, reason="After the flare.")
    with refused("paused_by_clinic"):
        plan_verbs.resume(plan=cast.plan, by=cast.maya.user)
    plan_verbs.resume(plan=cast.plan, by=cast.omar)


def test_training_lower_is_not_the_patients_to_end(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    until = cast.harbour.today() + ONE_DAY
    plan_verbs.choose_level(plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, until=until)
    with refused("trains_lower"):
        plan_verbs.choose_level(
            plan=cast.plan, level=acts.rung(cast.plan, 2).levels.all()[0], by=cast.maya.user
        )

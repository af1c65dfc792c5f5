"""A plan is set aside with a reason, and taken up again later with its passes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from curriculum.models import Ladder
from curriculum.screening import red_flags
from patients.models import Patient, Plan
from patients.standing.set_aside import to_take_up
from patients.standing.usual_pain import usual_now
from patients.verbs import gate, screening, take_up
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of, words_of

WHY = "The knee first."


def squat() -> Ladder:
    return Ladder.objects.newest().get(slug="sit-to-stand")


def half_way(cast: Cast) -> Plan:
    """Maya has passed the first rung and has a tick on the second."""
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.tick_all(cast.plan, 2, cast.elin)
    return cast.plan


def aside(cast: Cast) -> Plan:
    return take_up.set_aside(plan=half_way(cast), by=cast.elin, reason=WHY)


def to_the_squat(cast: Cast) -> Plan:
    asked = dict.fromkeys(red_flags(), "no")
    screening.screen(patient=cast.maya, by=cast.elin, items=asked)
    return gate.assign(patient=cast.maya, ladder=squat(), by=cast.elin)


def test_two_presses_set_a_ladder_aside_and_take_it_up_with_its_passes(cast: Cast) -> None:
    plan = half_way(cast)
    client = browser(cast.elin)
    assert (
        "Set this ladder aside"
        in client.get(reverse("details", args=[cast.maya.pk])).content.decode()
    )
    address = reverse("end", args=[plan.pk])
    assert client.post(address, {"reason": WHY}).status_code == 303
    page = chart(client, cast.maya)
    assert "1 of 7 rungs passed" in page
    assert WHY in page
    assert client.post(reverse("take_up", args=[plan.pk])).status_code == 303
    again = cast.maya.running_plan()
    assert again is not None
    assert [rung.position for rung in again.passed_rungs] == [1]
    assert again.ticks.count() == plan.ticks.count()
    assert "goes on, with passes, doses and days as before" in chart(client, cast.maya)


def test_it_is_not_set_aside_without_a_reason(cast: Cast) -> None:
    address = reverse("end", args=[cast.plan.pk])
    empty = browser(cast.elin).post(address, {"reason": " "})
    assert empty.status_code == 422
    assert "Write why the plan is set aside." in empty.content.decode()
    with refused("reason_missing"):
        take_up.set_aside(plan=cast.plan, by=cast.elin, reason=" ")
    assert cast.maya.running_plan() == cast.plan


def test_a_reason_typed_after_a_colleague_set_it_aside_is_refused_and_not_lost(cast: Cast) -> None:
    address = reverse("end", args=[cast.plan.pk])
    elin = browser(cast.elin)
    for _ in range(2):
        assert elin.post(address, {"reason": WHY}).status_code == 303
    for client, why in ((browser(cast.omar), WHY), (elin, "Something else.")):
        answer = client.post(address, {"reason": why})
        assert answer.status_code == 422
        assert "This plan has ended." in answer.content.decode()
        assert why in answer.content.decode()
    cast.plan.refresh_from_db()
    assert (cast.plan.ended_by, cast.plan.end_reason) == (cast.elin, WHY)


def test_another_ladder_between_leaves_the_passes_of_the_first(cast: Cast) -> None:
    plan = aside(cast)
    between = to_the_squat(cast)
    with refused("already_running"):
        take_up.take_up(plan=plan, by=cast.elin)
    take_up.set_aside(plan=between, by=cast.elin, reason="Back to the hinge.")
    assert [one.ladder.slug for one in to_take_up(cast.maya)] == ["sit-to-stand", "hip-hinge"]
    again = take_up.take_up(plan=plan, by=cast.elin)
    assert (again.ladder, len(again.passed_rungs)) == (plan.ladder, 1)
    assert [one.ladder.slug for one in to_take_up(cast.maya)] == ["sit-to-stand"]
    today = words_of(phone_of(cast.maya).get(reverse("today")))
    assert "Rung 2 of 7" in today


def test_the_record_says_why_it_was_set_aside_and_when_it_went_on(cast: Cast) -> None:
    plan = aside(cast)
    again = take_up.take_up(plan=plan, by=cast.elin)
    page = browser(cast.elin).get(reverse("decisions", args=[cast.maya.pk])).content.decode()
    assert "Taken up again: Hip hinge" in page
    old = browser(cast.elin).get(reverse("visit_note", args=[cast.maya.pk])).content.decode()
    assert again.moved_from == plan
    assert "Hip hinge" in old


def test_pressed_twice_it_goes_on_once(cast: Cast) -> None:
    plan = aside(cast)
    first = take_up.take_up(plan=plan, by=cast.elin)
    assert take_up.take_up(plan=plan, by=cast.elin) == first
    take_up.set_aside(plan=first, by=cast.elin, reason=WHY)
    with refused("taken_up_before"):
        take_up.take_up(plan=plan, by=cast.elin)


def test_it_goes_on_only_for_somebody_who_may_train(cast: Cast) -> None:
    plan = aside(cast)
    screening.screen(
        patient=cast.maya, by=cast.elin, outcome="not_cleared", words="Sent to her doctor."
    )
    with refused("not_cleared"):
        take_up.take_up(plan=plan, by=cast.elin)
    page = browser(cast.elin).post(reverse("take_up", args=[plan.pk]))
    assert cast.maya.running_plan() is None
    assert page.status_code == 422
    assert "is not cleared for training" in text(page)


def test_neither_a_stranger_nor_the_discharged_are_taken_up(cast: Cast) -> None:
    plan = aside(cast)
    with refused("not_yours"):
        take_up.take_up(plan=plan, by=cast.ines)
    with refused("not_yours"):
        take_up.set_aside(plan=cast.noors_plan, by=cast.elin, reason=WHY)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    with refused("archived"):
        take_up.take_up(plan=plan, by=cast.elin)


def test_pain_told_on_the_other_ladder_is_asked_anew_on_the_way_back(cast: Cast) -> None:
    plan = aside(cast)
    between = to_the_squat(cast)
    usual_pain_verbs.tell(patient=cast.maya, by=cast.maya.user, pain=6)
    plan_verbs.end(plan=between, by=cast.elin)
    take_up.take_up(plan=plan, by=cast.elin)
    assert usual_now(cast.maya) is None


def test_the_database_keeps_a_patient_to_one_running_plan(cast: Cast) -> None:
    plan = aside(cast)
    to_the_squat(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(
            patient=Patient.objects.get(pk=cast.maya.pk),
            clinic=cast.harbour,
            ladder=plan.ladder,
            assigned_by=cast.elin,
            started_on=cast.harbour.today(),
        )

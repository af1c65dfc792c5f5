"""The visit note says what happened on the day, in plain text, and nothing of another day."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
import time_machine
from django.urls import reverse

from curriculum.models import Fault, Level
from patients.models import Plan
from patients.papers.visit_note import visit_note
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import move_edition as edition_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import visits
from tests import factories, ladders, steps
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text

pytestmark = pytest.mark.django_db


def test_a_visit_reads_as_it_happened(cast: Cast) -> None:
    with time_machine.travel("2026-05-04 10:00+02:00", tick=False) as clock:
        plan = factories.plan(cast.tomas)
        finding_verbs.note(plan=plan, fault=Fault.objects.get(slug="stutters"), by=cast.elin)
        clock.move_to("2026-05-11 10:00+02:00")
        rung = factories.tick_open_rung(plan, by=cast.elin)
        gate_verbs.decide(plan=plan, rung=rung, outcome="passed", by=cast.elin, note="Well held.")
        level = Level.objects.get(rung__ladder=plan.ladder, slug="15-cm")
        plan_verbs.prescribe(
            plan=plan, level=level, by=cast.elin, sets=3, reps=8, seconds=3, word="Slowly."
        )
        note = visit_note(plan.patient, cast.harbour.today())
    assert note.startswith("Visit 11 May 2026: Tomas Tran\nHip hinge. ")
    for said in (
        "Passed: Dowel hinge (Elin Ek)",
        "3 × 8, 3 seconds down",
        "- Told the patient: “Well held.”",
        "- With the drill: “Slowly.”",
    ):
        assert said in note
    assert "Fault: Stutters" not in note
    assert "- Faults still watched: Stutters" in note


def test_an_uneventful_day_says_only_where_the_patient_stands(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(timedelta(days=1))
    assert visit_note(cast.maya, cast.harbour.today()).splitlines()[1:] == [
        "Hip hinge. Open rung: Dowel hinge. Passed: 0 of 7.",
        "Screened 2 March 2026 by Elin Ek: cleared. No red flag told.",
        "",
        "Decided, prescribed, advised:",
        "- At home: Dowel hinge, 2 × 10, every day",
    ]


def _said(cast: Cast, day: str = "", status: int = 200) -> str:
    """The page of the note, as Elin asks for it."""
    page = browser(cast.elin).get(reverse("visit_note", args=[cast.maya.pk]), {"day": day})
    assert page.status_code == status
    return text(page)


def _note(cast: Cast, day: str = "") -> str:
    """The note alone."""
    return _said(cast, day).partition("<textarea")[2].partition("</textarea")[0]


def test_every_decision_of_the_day_is_noted_with_who_made_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan = cast.plan
    omar = cast.omar
    factories.pass_open_rung(plan, by=cast.elin)
    clock.shift(timedelta(days=1))
    stop = acts.log(plan, leg="numb").stops.get()
    clock.shift(60)
    until = cast.harbour.today() + timedelta(days=6)
    stop_verbs.answer(
        stop=stop,
        by=omar,
        action="lower",
        word="Small and slow.",
        **acts.SEEN,
        level=acts.level(plan, 1),
        until=until,
    )
    plan_verbs.schedule(plan=plan, weekdays=0b0010101, by=cast.elin)
    plan_verbs.set_goal(plan=plan, goal_rung=acts.rung(plan, 5), by=omar)
    plan_verbs.set_goal(plan=plan, goal_rung=None, by=cast.elin)
    plan_verbs.pause(plan=plan, by=cast.maya.user, until=until, reason="A journey.")
    plan_verbs.choose_level(plan=plan, level=acts.level(plan, 2), by=cast.elin, reason="Ready.")
    note = _said(cast)
    for line in (
        "- 3 March: Numbness or tingling in the leg. Stop answered 3 March by Omar O.: seen",
        "- Answer: train lower for a while (Omar Odeh). Seen here 3 March 09:01: Strength and",
        "- Told the patient: “Small and slow.”",
        "- Train lower until 9 March (Omar Odeh).",
        "- Days: Mon, Wed, Fri (Elin Ek). From 3 March",
        f"- Goal: {acts.rung(plan, 5).name} (Omar Odeh)",
        "- Goal: the top of the ladder (Elin Ek)",
        "- 3 March: Paused until 9 March (Maya Roos). A journey.",
        f"- Level: {acts.level(plan, 2)} (Elin Ek). Ready.",
    ):
        assert line in note
    assert note.partition("<textarea")[2].count("Small and slow.") == 1
    assert "Passed: Dowel hinge (" not in note
    assert "- Passed: Dowel hinge (Elin Ek)" in _said(cast, "2026-03-02")


def test_a_withdrawal_and_the_end_name_who(clock: time_machine.Traveller, cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.withdraw(
        plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.omar, reason="Lost it."
    )
    people_verbs.discharge(patient=cast.maya, by=cast.petra)
    clock.shift(timedelta(days=3))
    note = _said(cast)
    assert note.index("- Withdrawn: Dowel hinge (Omar Odeh). Lost it.") < note.index(
        "- Discharged (Petra Palm)"
    )


def test_a_discharge_reads_the_same_after_the_patient_was_taken_on_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    people_verbs.discharge(patient=cast.maya, by=cast.petra)
    clock.shift(timedelta(days=3))
    before = _note(cast, "2026-03-02")
    people_verbs.take_back(patient=cast.maya, by=cast.omar)
    assert _note(cast, "2026-03-02") == before
    decisions = text(browser(cast.elin).get(reverse("decisions", args=[cast.maya.pk])))
    assert "Discharged" in before
    assert "Discharged" in decisions
    assert "Plan ended" not in decisions


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_discharge_before_the_update_is_still_told_as_one(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    people_verbs.discharge(patient=cast.maya, by=cast.petra)
    plan_verbs.end(plan=cast.noors_plan, by=cast.ines)
    before = _note(cast)
    steps.migrate("patients", "0006")
    steps.migrate()
    assert "- Discharged (Petra Palm)" in before
    assert _note(cast).partition("Decided")[2] == before.partition("Decided")[2]
    assert not Plan.objects.get(pk=cast.noors_plan.pk).discharged


def test_who_ended_a_plan_is_not_said_to_have_discharged_the_patient(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    people_verbs.discharge(patient=cast.maya, by=cast.petra)
    note = _said(cast)
    assert "- Plan ended (Elin Ek)" in note
    assert "Discharged (" not in note


def test_a_past_day_stands_as_it_stood_then(clock: time_machine.Traveller, cast: Cast) -> None:
    plan = cast.plan
    factories.pass_open_rung(plan, by=cast.elin)
    clock.shift(timedelta(days=7))
    factories.pass_open_rung(plan, by=cast.elin)
    clock.shift(timedelta(days=7))
    gate_verbs.withdraw(plan=plan, rung=acts.rung(plan, 1), by=cast.elin, reason="Lost it.")
    plan_verbs.set_goal(plan=plan, goal_rung=acts.rung(plan, 5), by=cast.elin)
    following = cast.harbour.today() + timedelta(days=7)
    visits.plan(patient=cast.maya, by=cast.elin, day=following, time=time(9, 20))
    assert "Open rung: Butt taps. Passed: 1 of 7." in _said(cast, "2026-03-02")
    assert "Open rung: Butt taps. Passed: 1 of 7." in _said(cast, "2026-03-08")
    assert f"Open rung: {acts.rung(plan, 3).name}. Passed: 2 of 7." in _said(cast, "2026-03-15")
    assert "Open rung: Dowel hinge. Passed: 0 of 5." in _said(cast, "2026-03-16")
    assert "Next visit: 23 March 2026, 09:20" in _said(cast)
    assert "Next visit" not in _said(cast, "2026-03-15")


def test_a_day_of_an_earlier_plan_is_that_plans(clock: time_machine.Traveller, cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    clock.shift(timedelta(days=7))
    factories.plan(cast.maya)
    assert "Passed: 1 of 7." in _said(cast, "2026-03-02")
    assert "Passed: 0 of 7." in _said(cast, "2026-03-09")
    assert "No plan ran on that day" in _said(cast, "2026-03-05", 422)


def test_a_day_with_two_plans_holds_what_was_decided_on_both(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    finding_verbs.note(plan=cast.plan, fault=Fault.objects.get(slug="stutters"), by=cast.elin)
    plan_verbs.end(plan=cast.plan, by=cast.omar)
    clock.shift(60)
    again = factories.plan(cast.maya)
    factories.pass_open_rung(again, by=cast.elin)
    note = _note(cast)
    told = [
        "Passed: 0 of 7.",
        "Passed: 1 of 7.",
        "- Fault: Stutters",
        "- Passed: Dowel hinge",
        "- Plan ended (Omar Odeh)",
        "- Assigned: Hip hinge (Elin Ek)",
    ]
    places = [note.rindex(one) for one in told]
    assert places == sorted(places)


def test_a_move_at_a_visit_hides_nothing_of_the_visit_and_says_nothing_twice(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    finding_verbs.note(plan=cast.plan, fault=Fault.objects.get(slug="stutters"), by=cast.elin)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 5), by=cast.omar)
    message_verbs.write(plan=cast.plan, by=cast.elin, text="See you soon.")
    clock.shift(60)
    newer = ladders.next_edition(cast.plan.ladder)
    edition_verbs.move(plan=cast.plan, ladder=newer, by=cast.omar)
    clock.shift(timedelta(days=2))
    note = _note(cast, "2026-03-02")
    for once in (
        "- Fault: Stutters",
        "- Passed: Dowel hinge (Elin Ek)",
        f"- Goal: {acts.rung(cast.plan, 5).name} (Omar Odeh)",
        "- Wrote to the patient: “See you soon.”",
        "- Carried over: Dowel hinge (Omar Odeh)",
    ):
        assert note.count(once) == 1, once
    assert note.index("Plan ended (Omar Odeh)") < note.index(f"Moved to edition {newer.edition}")


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-03-03", "That day is still to come"),
        ("2026-02-01", "No plan ran on that day"),
        ("abc", "Choose a day, such as"),
        ("2026-02-30", "Choose a day, such as"),
    ],
)
def test_a_day_that_cannot_be_gets_a_sentence_and_no_note(
    clock: time_machine.Traveller, cast: Cast, day: str, sentence: str
) -> None:
    page = _said(cast, day, 422)
    assert sentence in page
    assert "Open rung" not in page
    assert f'value="{day}"' in page

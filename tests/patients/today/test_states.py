"""Each state of the day has a page worth opening, and promises only what happens."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from patients.models import Message, Stop
from patients.verbs import gate as gate_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import visits
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser
from tests.patients.conftest import MONDAY
from tests.patients.phone import level_of, phone_of, save


def read(cast: Cast, path: str = "today") -> str:
    return " ".join(phone_of(cast.maya).get(reverse(path) + "?drill").content.decode().split())


def test_without_a_plan_the_page_says_who_sets_it_and_when(cast: Cast) -> None:
    visit = cast.harbour.today() + timedelta(days=3)
    visits.plan(patient=cast.tomas, by=cast.elin, day=visit, time=time(9, 20))
    page = phone_of(cast.tomas).get(reverse("today")).content.decode()
    assert "No drill yet" in page
    assert "Elin sets your first drill at your visit" in page
    assert "09:20" in page


def test_the_page_names_whom_the_patient_sees_at_the_visit(cast: Cast) -> None:
    """The lead and whom the patient sees may be two people."""
    day = cast.harbour.today() + timedelta(days=3)
    unasked = factories.patient(cast.elin, "Ulla Unasked", screened=False)
    for patient in (cast.tomas, unasked):
        visits.plan(patient=patient, by=cast.elin, day=day, clinician=cast.omar)
    page = phone_of(cast.tomas).get(reverse("today")).content.decode()
    assert "Omar sets your first drill at your visit" in page
    assert "<br>Omar, Harbour" in phone_of(unasked).get(reverse("today")).content.decode()


def test_a_stop_is_calm_says_how_to_reach_the_clinic_now_and_shows_no_drill(cast: Cast) -> None:
    cast.harbour.opening_hours = "Monday to Friday 8 to 17"
    cast.harbour.save()
    acts.log(cast.plan, pain=7)
    page = read(cast)
    assert "You noted pain of 7 of 10." in page
    assert "Flare-ups are common and usually settle." in page
    assert "Elin sees this at the clinic, in the list of patients, and answers." in page
    assert 'href="tel:0812345"' in page
    assert "Monday to Friday 8 to 17" in page
    assert 'id="sets"' not in page
    for frightening in ("damage", "danger", "warning", "is told", "has been told"):
        assert frightening not in page.lower()


@pytest.mark.parametrize(
    ("leg", "words"),
    [("numb", "You noted numbness or tingling in a leg."), ("weak", "Get medical care now")],
)
def test_a_stop_for_the_leg_says_what_was_noted(cast: Cast, leg: str, words: str) -> None:
    acts.log(cast.plan, pain=0, leg=leg)
    assert words in read(cast)


def test_the_answer_to_a_stop_stands_above_the_next_drill_with_name_and_date(cast: Cast) -> None:
    acts.log(cast.plan, pain=7)
    stop_verbs.answer(
        stop=Stop.objects.get(), by=cast.omar, action="carry_on", word="Half the depth is plenty."
    )
    page = read(cast)
    assert "Half the depth is plenty." in page
    assert "Omar Odeh" in page


def test_training_lower_shows_the_lower_level_until_its_day_and_costs_no_pass(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.log(cast.plan, pain=7)
    until = MONDAY.date() + timedelta(days=3)
    lower = level_of(1)
    stop_verbs.answer(
        stop=Stop.objects.get(),
        by=cast.elin,
        action="lower",
        word="Only this for now.",
        level=lower,
        until=until,
    )
    clock.move_to(MONDAY + timedelta(days=1))
    page = read(cast)
    assert "A lower level until 5 March." in page
    assert "Rung 1 of 7" in page
    assert f'name="level" value="{lower.pk}"' in page
    clock.move_to(MONDAY + timedelta(days=4))
    assert "Rung 2 of 7" in read(cast)


def test_a_weight_that_nobody_set_keeps_practice_below_and_says_so(cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    assert "Rung 6 is open." in read(cast)
    assert "Elin sets the weight first." in read(cast)
    assert "Rung 5 of 7" in read(cast)
    plan_verbs.prescribe(
        plan=cast.plan, level=level_of(6), by=cast.elin, sets=3, reps=8, load=12.5, word="Light."
    )
    page = read(cast)
    assert "12.5 kg" in page
    assert 'name="load-1"' in page
    assert "Light." in page


def test_a_drill_of_one_side_is_logged_side_by_side(cast: Cast) -> None:
    for _ in range(6):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    phone = phone_of(cast.maya)
    assert "Set 1, left" in read(cast)
    assert "Set 1, right" in read(cast)
    save(phone, cast.harbour.today(), pain=1)
    sides = [one["side"] for one in cast.plan.practices.get().sets]
    assert sides[:2] == ["left", "right"]
    assert sides.count("left") == sides.count("right")


def test_a_review_can_be_asked_for_with_words_and_practice_goes_on(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    assert phone.post(reverse("ask_review"), {"words": "It feels easy now."}).status_code == 303
    assert cast.plan.review_requests.get().words == "It feels easy now."
    page = read(cast)
    assert "Review asked for on" in page
    assert 'id="sets"' in page


def test_a_request_is_taken_back_by_one_press_and_leaves_the_clinics_list(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    physio = browser(cast.elin)
    phone.post(reverse("ask_review"), {"words": "It feels easy now."})
    assert "It feels easy now." in physio.get(reverse("caseload")).content.decode()
    assert "Take back my request" in read(cast)
    assert phone.post(reverse("take_back_review")).status_code == 303
    assert "It feels easy now." not in physio.get(reverse("caseload")).content.decode()
    assert "Ready for a look" in read(cast)


def test_a_request_with_too_many_words_is_refused_and_keeps_them(cast: Cast) -> None:
    answer = phone_of(cast.maya).post(reverse("ask_review"), {"words": "word " * 2000})
    assert answer.status_code == 422
    assert "Keep it under 500 characters." in answer.content.decode()
    assert "word word word" in answer.content.decode()
    assert not cast.plan.review_requests.exists()


def test_a_complete_ladder_keeps_a_maintenance_dose_on_its_days(cast: Cast) -> None:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 1), by=cast.elin)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    page = read(cast)
    assert "Your ladder is complete." in page
    assert 'id="sets"' in page
    plan_verbs.schedule(
        plan=cast.plan, weekdays=127 & ~(1 << cast.harbour.today().weekday()), by=cast.elin
    )
    assert "Next practice:" in read(cast)


def test_the_level_can_be_changed_within_the_open_rung_and_nowhere_else(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    phone = phone_of(cast.maya)
    second = acts.rung(cast.plan, 2).levels.get(slug="15-cm")
    assert "When 10 taps in a row feel easy" in read(cast)
    assert phone.post(reverse("my_level"), {"level": second.pk}).status_code == 303
    assert "15 cm (6 in) from heel to wall" in read(cast)
    before = acts.everything()
    for other in (level_of(1).pk, level_of(3).pk, 10**9, "x", ""):
        assert phone.post(reverse("my_level"), {"level": other}).status_code == 422
    assert acts.everything() == before


def test_a_pause_can_be_taken_and_bad_days_are_refused_beside_the_field(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    yesterday = cast.harbour.today() - timedelta(days=1)
    for said, words in (
        ({"reason": "away", "until": yesterday.isoformat()}, "Choose a day from today on."),
        ({"reason": "away", "until": "soon"}, "Choose a day"),
        ({"until": ""}, "Choose one."),
        ({"reason": "ill", "words": "x" * 400}, "Keep it under 300 characters."),
    ):
        answer = phone.post(reverse("my_pause"), said)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not cast.plan.pauses.exists()
    phone.post(
        reverse("my_pause"),
        {"reason": "away", "until": cast.harbour.today().isoformat(), "words": "hills"},
    )
    assert "Away: hills" in read(cast)


def test_a_pause_that_the_clinic_set_names_the_clinic_and_is_not_lifted_by_a_tap(
    cast: Cast,
) -> None:
    plan_verbs.pause(plan=cast.plan, by=cast.elin, reason="Let it settle.")
    page = read(cast)
    assert "Let it settle." in page
    assert "Elin set this pause." in page
    assert reverse("my_resume") not in page


def test_messages_are_unread_until_the_patient_has_them_and_a_look_marks_nothing(
    cast: Cast,
) -> None:
    message_verbs.write(plan=cast.plan, by=cast.elin, text="How is it <b>today</b>?")
    assert "Elin wrote to you." in read(cast)
    phone = phone_of(cast.maya)
    before = acts.everything()
    page = phone.get(reverse("my_messages")).content.decode()
    assert "How is it &lt;b&gt;today&lt;/b&gt;?" in page
    assert acts.everything() == before
    assert (
        phone.post(reverse("my_messages_read"), headers={"HX-Request": "true"}).status_code == 204
    )
    assert "Elin wrote to you." not in read(cast)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Write a few words first."), ("x" * 10_000, "Keep it under 1000 characters.")],
)
def test_a_message_that_cannot_be_sent_says_why_and_is_kept(
    cast: Cast, text: str, words: str
) -> None:
    answer = phone_of(cast.maya).post(reverse("my_messages"), {"text": text})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert text in answer.content.decode()
    assert not Message.objects.exists()


def test_the_ladder_shows_every_rung_who_opened_what_and_why_the_others_are_locked(
    cast: Cast,
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.omar)
    gate_verbs.tick(plan=cast.plan, criterion=acts.criteria(cast.plan, 2)[0], by=cast.elin)
    gate_verbs.decide(
        plan=cast.plan,
        rung=acts.rung(cast.plan, 2),
        outcome="not_yet",
        by=cast.elin,
        note="Slower.",
    )
    page = read(cast, "ladder")
    assert "ticked off by Omar O." in page
    assert "by Omar O." in page
    assert "Ticked by Elin E." in page
    assert "Slower." in page
    assert "Next. It opens when Elin has ticked off rung 2." in page
    assert "Opens after rung 6." in page


def test_a_withdrawn_rung_says_by_whom_and_why(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    gate_verbs.withdraw(
        plan=cast.plan,
        rung=acts.rung(cast.plan, 1),
        by=cast.omar,
        reason="Afraid to bend.",
        to_patient="After your fall.",
    )
    page = read(cast, "ladder")
    assert "Open again since" in page
    assert "After your fall." in page
    assert "Afraid" not in page


def test_a_rung_above_the_goal_says_that_it_is_not_part_of_the_plan(cast: Cast) -> None:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 4), by=cast.elin)
    assert read(cast, "ladder").count("Not part of your plan for now. Elin can add it.") == 3


@pytest.mark.parametrize("name", ["rung_page", "level_page"])
def test_a_locked_drill_is_refused_with_the_reason_and_a_way_back(cast: Cast, name: str) -> None:
    phone = phone_of(cast.maya)
    locked: list[object] = [2] if name == "rung_page" else [2, "15-cm"]
    answer = phone.get(reverse(name, args=locked))
    assert answer.status_code == 403
    assert "It opens when Elin has ticked off rung 1." in answer.content.decode()
    assert f'href="{reverse("today")}"' in answer.content.decode()
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert phone.get(reverse(name, args=locked)).status_code == 200
    unknown: list[object] = [9] if name == "rung_page" else [1, "no-such-level"]
    assert phone.get(reverse(name, args=unknown)).status_code == 404


def test_another_patients_day_does_not_exist(cast: Cast) -> None:
    entry = acts.log(cast.noors_plan)
    phone = phone_of(cast.maya)
    before = acts.everything()
    assert phone.post(reverse("morning", args=[entry.pk]), {"worse": "no"}).status_code == 404
    assert (
        phone.post(reverse("log_day", args=[date(2026, 3, 2)]), {"corrects": entry.pk}).status_code
        == 422
    )
    assert acts.everything() == before


def test_get_help_stands_in_the_header_of_every_page(cast: Cast) -> None:
    names = ["today", "ladder", "history", "my_messages", "my_pause"]
    pages = [*map(reverse, names), reverse("rung_page", args=[1]), reverse("rung_page", args=[7])]
    for path in pages:
        assert "You cannot hold your poo" in phone_of(cast.maya).get(path).content.decode(), path

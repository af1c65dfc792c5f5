"""Before the first drill a clinician asks; until then there is no drill, no tick and no pass."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from curriculum import screening as content
from patients.models import Pass, Patient, Plan, Screening, ScreeningItem, Tick
from patients.verbs import gate as gate_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs.screening import Examined
from tests import factories
from tests.cast import Cast
from tests.patients import acts, answering
from tests.patients.acts import database_refuses, refused
from tests.patients.caseloads import asked, headings, listed
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of

NONE_OF_THESE = {"no_flags": "on", "no_precautions": "on", "outcome": "cleared"}
ASKED = dict.fromkeys(content.red_flags(), "no")


@pytest.fixture
def unasked(cast: Cast) -> Plan:
    """The plan of somebody who was not screened."""
    patient = factories.patient(cast.elin, "Ulla Unasked", screened=False)
    return factories.plan(patient)


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def screen(client: Client, patient: Patient, **typed: object) -> int:
    address = reverse("screening", args=[patient.pk])
    return client.post(address, {**NONE_OF_THESE, **typed}).status_code


def not_cleared(plan: Plan) -> Screening:
    items = ASKED | {"saddle": "yes"}
    return screening_verbs.screen(
        patient=plan.patient,
        by=plan.patient.lead,
        items=items,
        outcome="not_cleared",
        words="Ambulance called at 10:05.",
    )


def today(patient: Patient) -> str:
    return text(phone_of(patient).get(reverse("today") + "?drill"))


def test_nobody_is_sent_a_drill_before_the_screening(unasked: Plan, elin: Client) -> None:
    assert "Your physio checks a few things with you first" in today(unasked.patient)
    assert screen(elin, unasked.patient) == 303
    assert "checks a few things" not in today(unasked.patient)
    assert 'name="done-1"' in today(unasked.patient)


def test_somebody_with_saddle_numbness_is_sent_no_drill_by_any_page(cast: Cast) -> None:
    not_cleared(cast.plan)
    phone = phone_of(cast.maya)
    assert "Your physio checks a few things with you first" in today(cast.maya)
    level = acts.level(cast.plan)
    for name, arguments in (("rung_page", [1]), ("level_page", [1, level.slug])):
        answer = phone.get(reverse(name, args=arguments))
        assert (answer.status_code, answer["Location"]) == (303, reverse("today"))
    handout = browser(cast.elin).get(reverse("handout", args=[cast.maya.pk]))
    assert (handout.status_code, handout["Location"]) == (
        303,
        reverse("screening", args=[cast.maya.pk]),
    )


def test_no_tick_pass_or_placement_before_the_screening(unasked: Plan, cast: Cast) -> None:
    criteria = acts.criteria(unasked, 1)
    with refused("not_screened"):
        gate_verbs.tick(plan=unasked, criterion=criteria[0], by=cast.elin)
    with refused("not_screened"):
        gate_verbs.place(plan=unasked, criteria=criteria, by=cast.elin)


def test_no_tick_pass_or_placement_while_somebody_is_not_cleared(cast: Cast) -> None:
    plan = cast.plan
    acts.tick_all(plan, 1, cast.elin)
    not_cleared(plan)
    with refused("not_cleared"):
        acts.decide(plan, 1, cast.elin)
    with refused("not_cleared"):
        gate_verbs.place(plan=plan, criteria=acts.criteria(plan, 1), by=cast.elin)
    Tick.objects.filter(plan=plan).delete()
    with refused("not_cleared"):
        acts.tick_all(plan, 1, cast.elin)


def test_the_screening_page_names_what_was_told_and_clears_nobody_before_the_answer(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = answering.told(cast, "saddle")
    clock.shift(timedelta(days=1))
    answering.told(cast, "below_knee")
    elin = browser(cast.elin)
    address = reverse("screening", args=[cast.maya.pk])
    page = text(elin.get(address))
    assert "Told yesterday: numb between the legs." in page
    assert "Told today: pain below the knee, left." in page
    assert page.count(f'href="{reverse("stop_answer", args=[first.pk])}"') == 1
    before = acts.everything()
    for outcome in ("cleared", "cleared_with_limits"):
        typed = {**NONE_OF_THESE, "outcome": outcome, "words": "Bends <well>."}
        answer = elin.post(address, typed)
        assert answer.status_code == 422
        assert "Told, and waiting: numb between the legs. Answer it first" in text(answer)
        assert "Bends <well>.</textarea>" in text(answer)
    assert acts.everything() == before
    with refused("red_sign_waits"):
        screening_verbs.nothing_new(patient=cast.maya, by=cast.elin)
    barred = {"outcome": "not_cleared", "words": "Sent to the hospital."}
    assert screen(elin, cast.maya, **barred) == 303


def test_a_not_yet_can_be_said_while_somebody_is_not_cleared(cast: Cast) -> None:
    not_cleared(cast.plan)
    assert acts.decide(cast.plan, 1, cast.elin, "not_yet").outcome == "not_yet"


@pytest.mark.both
def test_the_database_refuses_a_tick_and_a_pass_too(cast: Cast, unasked: Plan) -> None:
    review = factories.pass_open_rung(cast.plan, by=cast.elin)
    criterion = acts.criteria(cast.plan, 2)[0]
    gate_verbs.withdraw(plan=cast.plan, rung=review.rung, by=cast.elin, reason="Lost.")
    passed = factories.pass_open_rung(cast.plan, by=cast.elin)
    Pass.objects.filter(review=passed).delete()
    not_cleared(cast.plan)
    with database_refuses("the patient is not cleared"):
        Pass.objects.create(plan=cast.plan, rung=passed.rung, review=passed)
    with database_refuses("the patient is not cleared"):
        Tick.objects.create(plan=cast.plan, criterion=criterion, by=cast.elin)
    with database_refuses("the patient is not cleared"):
        Tick.objects.create(plan=unasked, criterion=criterion, by=cast.elin)


@pytest.mark.both
def test_the_database_takes_a_screening_from_the_patients_own_clinic_alone(cast: Cast) -> None:
    for somebody in (cast.ines, cast.maya.user):
        with database_refuses("only a clinician of the clinic screens"):
            Screening.objects.create(patient=cast.maya, by=somebody, outcome="cleared")


def test_none_of_these_writes_every_item(unasked: Plan, elin: Client) -> None:
    screen(elin, unasked.patient)
    made = unasked.patient.screenings.get()
    assert {item.key: item.answer for item in made.items.all()} == ASKED
    assert not made.precautions.exists()
    assert made.outcome == "cleared"


def test_a_red_flag_that_was_not_asked_clears_nobody(unasked: Plan, elin: Client) -> None:
    assert screen(elin, unasked.patient, no_flags="", flag_saddle="no") == 422
    assert not unasked.patient.screenings.exists()
    typed = {"no_flags": "", "outcome": "not_cleared", "words": "Comes back tomorrow."}
    assert screen(elin, unasked.patient, **typed) == 303


def test_a_red_flag_told_is_not_cleared_without_who_when_and_what(
    unasked: Plan, elin: Client, cast: Cast
) -> None:
    assert screen(elin, unasked.patient, flag_bladder="yes") == 422
    examined = {"examined_on": cast.harbour.today(), "examined_by": "Dr Berg"}
    assert screen(elin, unasked.patient, flag_bladder="yes", **examined) == 422
    found = {**examined, "finding": "Old and unchanged, bladder scan normal."}
    assert screen(elin, unasked.patient, flag_bladder="yes", **found) == 303
    assert unasked.patient.screenings.get().outcome == "cleared_with_limits"


def test_not_cleared_says_what_was_done_and_when_to_look_again(
    unasked: Plan, elin: Client, cast: Cast
) -> None:
    typed = {"flag_infection": "yes", "outcome": "not_cleared"}
    assert screen(elin, unasked.patient, **typed) == 422
    assert screen(elin, unasked.patient, **typed, words="Sent to Dr Berg with a letter.") == 303
    made = unasked.patient.screenings.get()
    assert made.look_again_on == cast.harbour.today() + timedelta(days=1)
    yesterday = cast.harbour.today() - timedelta(days=1)
    again = {**typed, "words": "Sent on.", "look_again_on": yesterday}
    assert screen(elin, unasked.patient, **again) == 422


def test_precautions_are_ticked_or_none_of_them(unasked: Plan, elin: Client) -> None:
    assert screen(elin, unasked.patient, no_precautions="") == 422
    both = {"has_osteoporosis": "on"}
    assert screen(elin, unasked.patient, **both) == 422
    typed = {**both, "no_precautions": "", "note_osteoporosis": "On medicine."}
    assert screen(elin, unasked.patient, **typed) == 303
    made = unasked.patient.screenings.get()
    assert made.outcome == "cleared_with_limits"
    assert "Osteoporosis (On medicine.)" in chart(elin, unasked.patient)


def test_a_hip_limit_keeps_its_degrees(unasked: Plan, elin: Client) -> None:
    typed = {"no_precautions": "", "has_hip_limit": "on", "hip_limit_degrees": "90"}
    assert screen(elin, unasked.patient, **typed, hip_limit_side="left") == 303
    (kept,) = unasked.patient.screenings.get().precautions.all()
    assert kept.fields == {"degrees": "90", "side": "left"}


def test_what_is_not_asked_again_is_copied_with_its_own_day(cast: Cast) -> None:
    first = screening_verbs.screen(
        patient=cast.maya, by=cast.elin, items=ASKED | {"pregnancy": "yes"}
    )
    (before,) = first.precautions.all()
    second = screening_verbs.screen(patient=cast.maya, by=cast.elin)
    (after,) = second.precautions.all()
    assert (after.key, after.asked_on) == ("pregnancy", before.asked_on)
    assert second.outcome == "cleared_with_limits"


def test_a_new_screening_by_a_clinician_opens_the_drill_again(cast: Cast) -> None:
    not_cleared(cast.plan)
    assert screen(browser(cast.omar), cast.maya) == 303
    assert 'name="done-1"' in today(cast.maya)
    acts.tick_all(cast.plan, 1, cast.elin)


def test_the_gate_asks_again_after_90_days_and_no_is_one_press(
    clock: time_machine.Traveller, cast: Cast, elin: Client
) -> None:
    clock.shift(timedelta(days=90))
    assert "Anything new since then?" not in chart(browser(cast.elin), cast.maya)
    clock.shift(timedelta(days=1))
    assert "Anything new since then?" in chart(browser(cast.elin), cast.maya)
    acts.tick_all(cast.plan, 1, cast.elin)
    address = reverse("screening_nothing_new", args=[cast.maya.pk])
    assert browser(cast.elin).post(address).status_code == 303
    assert "Anything new since then?" not in chart(browser(cast.elin), cast.maya)
    items = ScreeningItem.objects.filter(screening__patient=cast.maya).order_by("-pk")
    newest = {item.key: item.answer for item in items[: len(ASKED)]}
    of_ladders = {key for key, flag in content.red_flags().items() if flag.of_a_ladder}
    assert {key for key, answer in newest.items() if answer == "no"} == ASKED.keys() - of_ladders


def test_the_gate_asks_again_before_load_begins_and_after_six_weeks_away(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    address = reverse("screening_nothing_new", args=[cast.maya.pk])
    for _rung in range(3):
        assert "Anything new since then?" not in chart(browser(cast.elin), cast.maya)
        clock.shift(timedelta(days=1))
        factories.pass_open_rung(cast.plan, by=cast.elin)
    assert "Anything new since then?" in chart(browser(cast.elin), cast.maya)
    browser(cast.elin).post(address)
    assert "Anything new since then?" not in chart(browser(cast.elin), cast.maya)
    acts.log(cast.plan, level=acts.level(cast.plan, 4))
    clock.shift(timedelta(days=42))
    assert "Anything new since then?" not in chart(browser(cast.elin), cast.maya)
    clock.shift(timedelta(days=1))
    assert "Anything new since then?" in chart(browser(cast.elin), cast.maya)
    browser(cast.elin).post(address)
    assert "Anything new since then?" not in chart(browser(cast.elin), cast.maya)


def test_one_press_clears_nobody_who_is_not_cleared(cast: Cast, unasked: Plan) -> None:
    not_cleared(cast.plan)
    for patient in (cast.maya, unasked.patient):
        address = reverse("screening_nothing_new", args=[patient.pk])
        page = browser(cast.elin).post(address, follow=True).content.decode()
        assert "screen" in page
        assert Screening.objects.filter(patient=patient).count() == (patient == cast.maya) * 2
    page = browser(cast.elin).get(reverse("screening", args=[cast.maya.pk])).content.decode()
    assert 'value="cleared" checked' not in page


def test_nobody_is_examined_tomorrow_nor_looked_at_again_yesterday(cast: Cast) -> None:
    today = cast.harbour.today()
    ask = partial(screening_verbs.screen, patient=cast.maya, by=cast.elin)
    examined = Examined(on=today + timedelta(days=1), by="Dr Ash", finding="Nothing.")
    with refused("day_in_future"):
        ask(items=ASKED | {"clot": "yes"}, examined=examined)
    with refused("until_in_past"):
        ask(outcome="not_cleared", words="Sent on.", look_again_on=today - timedelta(days=1))


def test_who_declines_one_question_is_cleared_with_limits_and_words(cast: Cast) -> None:
    items = {key: answer for key, answer in ASKED.items() if key != "sexual"}
    ask = partial(screening_verbs.screen, patient=cast.maya, by=cast.elin, items=items)
    for said in ({}, {"words": "Asked twice."}, {"notes": {"sexual": "Declined."}}):
        with refused("red_flag_not_asked"):
            ask(**said)
    made = ask(notes={"sexual": "Declined."}, words="Asked twice.")
    assert made.outcome == "cleared_with_limits"


def test_pregnancy_signs_are_asked_of_pregnant_people_alone(cast: Cast) -> None:
    items = {key: answer for key, answer in ASKED.items() if key != "pregnancy_signs"}
    assert screening_verbs.screen(patient=cast.maya, by=cast.elin, items=items).allows
    with refused("red_flag_not_asked"):
        screening_verbs.screen(patient=cast.maya, by=cast.elin, items=items | {"pregnancy": "yes"})


def test_nothing_that_nobody_asks_is_taken(cast: Cast) -> None:
    for items in ({"toothache": "no"}, {"saddle": "perhaps"}):
        with refused("bad_choice"):
            screening_verbs.screen(patient=cast.maya, by=cast.elin, items=items)
    for outcome in ("not_recorded", "fine"):
        with refused("bad_choice"):
            screening_verbs.screen(patient=cast.maya, by=cast.elin, outcome=outcome)
    with refused("not_yours"):
        screening_verbs.screen(patient=cast.maya, by=cast.maya.user)


def test_examined_by_nobody_is_not_examined(cast: Cast) -> None:
    examined = Examined(on=cast.harbour.today(), by=" ", finding="Nothing.")
    with refused("red_flag_told"):
        screening_verbs.screen(
            patient=cast.maya, by=cast.elin, items=ASKED | {"clot": "yes"}, examined=examined
        )


def test_who_waits_to_be_screened_is_in_sight_of_the_clinic(cast: Cast, unasked: Plan) -> None:
    not_cleared(cast.plan)
    assert "To screen" in headings(asked(cast.elin))
    assert "Not cleared" in headings(asked(cast.elin))
    assert listed(cast.elin)[0] == "Ulla Unasked"
    assert '<details class="on-paper">' in asked(cast.elin).content.decode()
    page = chart(browser(cast.elin), cast.maya)
    assert "Not cleared." in page
    assert "No drill is shown, and no gate opens." in page


def test_verify_finds_nothing_wrong_with_screened_patients(cast: Cast, unasked: Plan) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    not_cleared(cast.plan)
    call_command("verify", verbosity=0)

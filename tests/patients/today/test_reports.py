""" "How is it today?": whatever a patient tells is kept, and what is urgent says so at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Clinic
from curriculum import screening as content
from patients.models import Message, Patient, Report, Stop
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.conftest import MONDAY
from tests.patients.phone import phone_of, words_of

HTMX = {"HX-Request": "true"}


def tell(patient: Patient, **typed: Any) -> Any:
    """Send the form; the answer is the page to which it leads."""
    data = {"client_id": acts.new_id()} | typed
    return phone_of(patient).post(reverse("report"), data, follow=True)


def today_of(patient: Patient) -> str:
    return words_of(phone_of(patient).get(reverse("today")))


def test_a_weak_leg_told_without_a_single_set_is_kept_and_says_where_to_call(cast: Cast) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(emergency_number="112", advice_number="1177")
    page = words_of(tell(cast.maya, kind="weak", **{"side-weak": "left", "growing": "yes"}))
    assert "Get medical care now" in page
    assert page.index('href="tel:112"') < page.index('href="tel:1177"')
    assert "“I have a back problem, and my left leg is weak.”" in page
    assert 'id="sets"' not in page
    (row,) = Report.objects.all()
    assert (row.urgency, row.kinds[0]["side"], row.kinds[0]["growing"]) == ("now", "left", True)
    assert Stop.objects.get().cause == "now"


def test_what_a_doctor_sees_today_has_the_advice_line_first(cast: Cast) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(emergency_number="112", advice_number="1177")
    page = words_of(tell(cast.maya, kind="fever", since="week"))
    assert "A doctor needs to look at this today" in page
    assert page.index('href="tel:1177"') < page.index('href="tel:112"')
    assert "I have a fever or feel ill, since this week" in page


def _without_plan(cast: Cast) -> Patient:
    return cast.tomas


def _finished(cast: Cast) -> Patient:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    return cast.maya


def _paused(cast: Cast) -> Patient:
    plan_verbs.pause(plan=cast.plan, by=cast.elin)
    return cast.maya


def _not_cleared(cast: Cast) -> Patient:
    screening_verbs.screen(
        patient=cast.maya,
        by=cast.elin,
        items={},
        outcome="not_cleared",
        words="Sent to the emergency department.",
        look_again_on=cast.harbour.today() + timedelta(days=2),
    )
    return cast.maya


def _logged(cast: Cast) -> Patient:
    acts.log(cast.plan, pain=1)
    return cast.maya


def _stopped(cast: Cast) -> Patient:
    acts.log(cast.plan, pain=9)
    return cast.maya


def _resting(cast: Cast) -> Patient:
    plan_verbs.schedule(plan=cast.plan, by=cast.elin, weekdays=0b0001000)
    return cast.maya


STATES = [_without_plan, _finished, _paused, _not_cleared, _logged, _stopped, _resting]


@pytest.mark.parametrize("arrange", STATES)
def test_in_every_state_of_the_day_it_can_be_told_and_urgent_stands_first(
    cast: Cast, arrange: Any
) -> None:
    patient = arrange(cast)
    assert f'class="ask" href="{reverse("report")}"' in today_of(patient)
    page = words_of(tell(patient, kind="saddle"))
    assert "Get medical care now" in page
    assert "Get medical care now" in today_of(patient)


def test_get_help_begins_with_the_question(cast: Cast) -> None:
    page = phone_of(cast.maya).get(reverse("ladder")).content.decode()
    bar = page.partition("<main")[0]
    assert bar.index(reverse("report")) < bar.index("One is enough")


def test_several_signs_are_told_at_once_each_with_its_side(cast: Cast) -> None:
    kinds = ["numb", "below_knee", "calf"]
    sides = {"side-numb": "left", "side-below_knee": "left", "side-calf": "right"}
    page = words_of(tell(cast.maya, kind=kinds, since="today", pain="4", **sides))
    assert "my left leg is numb or tingling, I have pain below my left knee and" in page
    assert "my right calf is swollen, red or hot, since today" in page
    row = Report.objects.get()
    assert {each["kind"]: each["side"] for each in row.kinds} == {
        "numb": "left",
        "below_knee": "left",
        "calf": "right",
    }
    assert (row.pain, row.since) == (4, "today")


def test_a_side_without_its_box_still_counts(cast: Cast) -> None:
    tell(cast.maya, **{"side-numb": "left"})
    assert Stop.objects.get().cause == "numb"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"pain": "4"}, (4, [], "")),
        ({"pain": "eleven"}, (None, [], "Pain: eleven")),
        ({"kind": ["saddle", "nonsense"]}, (None, ["saddle"], "")),
        ({"kind": "other", "words": "a\x00b"}, (None, ["other"], "ab")),
        (
            {"kind": "numb", "side-numb": "up", "since": "ever", "growing": "2"},
            (None, ["numb"], ""),
        ),
    ],
)
def test_nothing_of_the_body_is_refused_whatever_is_wrong(
    cast: Cast, typed: dict[str, Any], kept: tuple[Any, ...]
) -> None:
    assert tell(cast.maya, **typed).status_code == 200
    row = Report.objects.get()
    assert (row.pain, [each["kind"] for each in row.kinds], row.words) == kept


def test_nothing_told_is_said_to_be_nothing(cast: Cast) -> None:
    answer = tell(cast.maya, since="today")
    assert answer.status_code == 422
    assert "Choose a number, or tick what is new or worse." in words_of(answer)
    assert not Report.objects.exists()


def test_low_pain_is_saved_and_the_drill_stays(cast: Cast) -> None:
    page = words_of(tell(cast.maya, pain="2"))
    assert "Saved. Elin reads it." in page
    assert 'id="sets"' in page
    assert not Stop.objects.exists()


def test_pain_that_stops_says_the_number(cast: Cast) -> None:
    page = words_of(tell(cast.maya, pain="9"))
    assert "You noted pain of 9 of 10." in page
    assert 'id="sets"' not in page


def test_one_numb_leg_leaves_the_drill_until_the_physio_answers(cast: Cast) -> None:
    page = words_of(tell(cast.maya, kind="numb", **{"side-numb": "left"}))
    assert "You noted numbness or tingling in your left leg." in page
    assert "If it spreads, grows, or you get one of the signs below: call now." in page
    assert 'id="sets"' not in page


def test_words_alone_reach_the_physio_as_a_message(cast: Cast) -> None:
    assert "Saved. Elin reads it." in words_of(tell(cast.maya, words="My knee clicks."))
    assert Message.objects.get().text == "My knee clicks."


def test_a_form_sent_twice_is_told_once(cast: Cast) -> None:
    for _ in range(2):
        tell(cast.maya, client_id="a", kind="saddle")
    assert Report.objects.count() == Stop.objects.count() == 1


def test_with_scripts_the_answer_leads_on_in_the_same_way(cast: Cast) -> None:
    answer = phone_of(cast.maya).post(reverse("report"), {"kind": "saddle"}, headers=HTMX)
    assert answer["HX-Redirect"] == reverse("today")


@pytest.mark.parametrize(
    ("typed", "sentence", "waits"),
    [
        ({"pain": "9"}, "Taken back: pain 9 of 10.", False),
        (
            {"kind": "below_knee", "side-below_knee": "left"},
            "Taken back: pain below the knee, left.",
            False,
        ),
        ({"kind": "fever"}, "Because it can be important, your clinic still calls you.", True),
        ({"kind": "fall"}, "Because it can be important, your clinic still calls you.", True),
    ],
)
def test_a_mistake_is_taken_back_and_what_is_important_still_waits(
    cast: Cast, typed: dict[str, Any], sentence: str, *, waits: bool
) -> None:
    tell(cast.maya, **typed)
    row = Report.objects.get()
    phone = phone_of(cast.maya)
    take_back = reverse("report_take_back", args=[row.pk])
    assert take_back in phone.get(reverse("report")).content.decode()
    page = words_of(phone.post(take_back, follow=True))
    assert sentence in page
    assert page.count("still calls you") == int(waits)
    assert "Taken back: " in page
    assert Stop.objects.unanswered().exists() == waits
    assert phone.post(take_back).status_code == 303
    assert Report.objects.count() == 2


def test_one_of_two_taken_back_is_named_and_the_page_says_once_who_calls(cast: Cast) -> None:
    tell(cast.maya, kind="saddle")
    tell(cast.maya, kind="fever")
    fever = Report.objects.last()
    assert fever is not None
    taken = phone_of(cast.maya).post(reverse("report_take_back", args=[fever.pk]), follow=True)
    page = words_of(taken)
    assert "Taken back: fever or feeling ill. Because it can be important" in page
    assert page.count("still calls you") == 1


def test_the_boxes_do_not_ask_for_an_answer_that_is_not_taken(cast: Cast) -> None:
    page = words_of(phone_of(cast.maya).get(reverse("report")))
    assert "None is an answer too" not in page
    assert "If nothing is, leave them empty and choose the number." in page


def test_yesterdays_report_is_no_mistake_any_more(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    tell(cast.maya, kind="fever")
    clock.move_to(MONDAY + timedelta(days=1))
    answer = phone_of(cast.maya).post(reverse("report_take_back", args=[Report.objects.get().pk]))
    assert answer.status_code == 422
    assert "Get medical care" in words_of(answer) or "A doctor needs" in words_of(answer)
    assert Report.objects.count() == 1


def test_signs_on_file_are_named_above_the_boxes(cast: Cast) -> None:
    screening_verbs.screen(
        patient=cast.maya,
        by=cast.elin,
        items=dict.fromkeys(content.red_flags(), "no") | {"nerve_signs": "yes"},
        notes={"nerve_signs": "left foot numb, outer side"},
    )
    page = words_of(phone_of(cast.maya).get(reverse("report")))
    assert "Written down already: left foot numb, outer side." in page


def test_urgent_boxes_with_telling_words_show_the_urgent_page_at_once(cast: Cast) -> None:
    answer = phone_of(cast.maya).post(
        reverse("report"), {"kind": ["saddle", "other"], "words": "I can’t pee."}
    )
    assert answer["Location"] == reverse("today")
    assert Message.objects.filter(read_first=True).exists()


def test_words_of_self_harm_get_their_own_text_in_an_urgent_report_too(cast: Cast) -> None:
    page = words_of(tell(cast.maya, kind=["weak", "other"], words="I want to end my life"))
    assert page.index("Please talk to somebody now") < page.index("One is enough")
    assert "Get medical care now" in today_of(cast.maya)


def test_once_answered_the_urgent_page_is_gone(cast: Cast) -> None:
    tell(cast.maya, kind="fever")
    stop_verbs.answer(stop=Stop.objects.get(), by=cast.elin, action="carry_on", **acts.SEEN)
    assert "A doctor needs to look at this today" not in today_of(cast.maya)


def test_the_page_of_another_patient_knows_nothing_of_it(cast: Cast) -> None:
    tell(cast.maya, kind="saddle", words="Mine alone")
    row = Report.objects.get()
    other = phone_of(cast.tomas)
    assert other.post(reverse("report_take_back", args=[row.pk])).status_code == 404
    assert "Mine alone" not in other.get(reverse("report")).content.decode()

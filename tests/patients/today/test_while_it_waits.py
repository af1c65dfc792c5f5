"""While something told waits for an answer, the phone says what was told and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Clinic
from accounts.opening_hours import Hours, Span
from patients.models import Patient, Report, Stop
from patients.verbs import people as people_verbs
from patients.verbs import screening as screening_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.answering import answer_stop
from tests.patients.clinic_pages import browser, text
from tests.patients.phone import phone_of, sheet, words_of
from tests.patients.telling import told

LEFT = "You noted numbness or tingling in your left leg."


def today(patient: Patient) -> str:
    return words_of(phone_of(patient).get(reverse("today")))


def _numbers(cast: Cast, *, closed: bool = True) -> None:
    """``closed``: whether the clinic is closed on every day; else it is open day and night."""
    spans = () if closed else (Span(0, 24 * 60),)
    said = {"emergency_number": "112", "advice_number": "1177", "hours": Hours((spans,) * 7).kept()}
    Clinic.objects.filter(pk=cast.harbour.pk).update(**said)


def _finished(cast: Cast) -> Patient:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.log(cast.plan, pain=1)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    return cast.maya


def test_whoever_has_finished_reads_first_what_was_told_and_what_to_do_and_no_dose(
    cast: Cast,
) -> None:
    _numbers(cast)
    patient = _finished(cast)
    assert "How to keep it" in today(patient)
    told(patient, "numb", side="left", pain=9)
    page = today(patient)
    first = ("Wait for Elin’s answer", LEFT, "Elin sees this first", 'href="tel:1177"')
    then = ("Leave the drill.", "Take pain medicine as your doctor said.")
    where = [page.index(words) for words in (*first, *then, "You have finished with Elin")]
    assert where == sorted(where)
    assert "How to keep it" not in page
    assert "on 2 days a week" not in page


def test_whoever_has_finished_reads_who_answers_and_when(cast: Cast) -> None:
    patient = _finished(cast)
    told(patient, "numb", side="left")
    page = today(patient)
    assert "Elin sees this first, today or when the clinic opens, and answers." in page
    assert "They call you, or you call them" not in page


@pytest.mark.parametrize(
    ("kind", "side", "words"),
    [
        ("numb", "left", LEFT),
        ("numb", "right", "You noted numbness or tingling in your right leg."),
        ("below_knee", "left", "You noted pain below your left knee."),
        ("below_knee", "right", "You noted pain below your right knee."),
    ],
)
def test_the_page_names_the_leg_that_was_told_of(
    cast: Cast, kind: str, side: str, words: str
) -> None:
    told(cast.maya, kind, side=side)
    assert words in today(cast.maya)


@pytest.mark.parametrize("kind", ["numb", "below_knee"])
def test_where_nothing_was_practised_no_set_is_spoken_of(cast: Cast, kind: str) -> None:
    told(cast.maya, kind, side="left")
    page = today(cast.maya)
    assert "No drill for now" in page
    assert "Elin sees this first, today or when the clinic opens, and answers." in page
    assert "Stop here for today" not in page
    assert "another set" not in page


def test_after_practice_the_page_says_to_stop_for_today(cast: Cast) -> None:
    acts.log(cast.plan, pain=9)
    page = today(cast.maya)
    assert "Stop here for today" in page
    assert "Do not try another set." in page


def test_a_sign_told_after_practice_can_be_taken_back_from_the_page_of_the_day(cast: Cast) -> None:
    acts.log(cast.plan, pain=1)
    told(cast.maya, "below_knee", side="left")
    assert f"{reverse('report')}#told" in today(cast.maya)


@pytest.mark.parametrize("closed", [False, True])
def test_the_advice_line_is_a_button_and_first_while_the_clinic_is_closed(
    cast: Cast, *, closed: bool
) -> None:
    _numbers(cast, closed=closed)
    told(cast.maya, "numb", side="left")
    page = today(cast.maya)
    calls = page.partition('class="calls"')[2].partition("</div>")[0]
    numbers = ["tel:1177", 'tel:0812345"'] if closed else ['tel:0812345"', "tel:1177"]
    assert calls.index(numbers[0]) < calls.index(numbers[1])
    assert calls.count("primary") == 1
    assert calls.index("primary") < calls.index(numbers[0])


def test_at_high_pain_the_medicine_that_a_doctor_gave_is_named(cast: Cast) -> None:
    told(cast.maya, "numb", side="left")
    assert "pain medicine" not in today(cast.maya)
    told(cast.maya, pain=9)
    page = today(cast.maya)
    assert "Take pain medicine as your doctor said." in page
    assert "9 of 10" not in page


def test_on_a_doctor_today_the_advice_line_is_the_solid_button(cast: Cast) -> None:
    _numbers(cast)
    told(cast.maya, "fever")
    calls = today(cast.maya).partition('class="calls"')[2].partition("</div>")[0]
    solid = calls.index("primary")
    assert solid < calls.index("tel:1177") < calls.index("tel:112")
    assert "emergency" not in calls.partition("tel:1177")[0]
    assert 'wide emergency"' not in calls


def _urgent(cast: Cast) -> None:
    told(cast.maya, "fever")


def _stopped(cast: Cast) -> None:
    told(cast.maya, "numb", side="left")


def _ended(cast: Cast) -> None:
    told(cast.maya, "below_knee", side="left")


def _not_cleared(cast: Cast) -> None:
    screening_verbs.screen(
        patient=cast.maya, by=cast.elin, outcome="not_cleared", words="Sent to a doctor."
    )


WITHOUT_A_DRILL = [_urgent, _stopped, _ended, _not_cleared]


@pytest.mark.parametrize("arrange", WITHOUT_A_DRILL)
def test_while_no_drill_may_be_done_no_form_of_today_invites_to_one(
    cast: Cast, arrange: Callable[[Cast], None]
) -> None:
    phone = phone_of(cast.maya)
    where = reverse("log_day", args=[cast.harbour.today()])
    assert 'id="sets"' in words_of(phone.get(where))
    arrange(cast)
    page = words_of(phone.get(where))
    assert "No drill for now" in page
    assert f'href="{reverse("report")}"' in page
    assert "<form" not in page
    assert 'id="sets"' not in page


@pytest.mark.parametrize("arrange", WITHOUT_A_DRILL)
def test_practice_that_was_done_before_is_kept_all_the_same_and_the_page_says_so(
    cast: Cast, arrange: Callable[[Cast], None]
) -> None:
    phone = phone_of(cast.maya)
    given = sheet(phone) | {"done-1": "1", "pain": "1"}
    arrange(cast)
    answer = phone.post(reverse("log_day", args=[cast.harbour.today()]), given, follow=True)
    assert "Saved for today, " in words_of(answer)
    assert cast.plan.practices.get().pain == 1


def test_an_earlier_day_stays_open_to_log_while_something_waits(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(timedelta(days=2))
    told(cast.maya, "numb", side="left")
    phone = phone_of(cast.maya)
    earlier = cast.harbour.today() - timedelta(days=1)
    assert 'id="sets"' in words_of(phone.get(reverse("log_day", args=[earlier])))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "numb", "side-numb": "left"}, "Numb or tingling leg, left"),
        ({"kind": "below_knee", "side-below_knee": "right"}, "Pain below the knee, right"),
        ({"kind": "fall"}, "Bad fall or accident"),
    ],
)
def test_the_day_and_the_history_name_the_sign_and_its_side_and_no_number_as_the_reason(
    cast: Cast, typed: dict[str, str], words: str
) -> None:
    phone = phone_of(cast.maya)
    _logged_with(phone, cast, typed)
    answer_stop(cast, Stop.objects.get())
    page = today(cast.maya)
    assert f"<dd>{words}</dd>" in page
    assert "<dd>2 of 10</dd>" in page
    history = words_of(phone.get(reverse("history")))
    assert f"2 of 10; {words.lower()}" in history


def test_a_sign_that_was_told_by_mistake_with_the_log_leaves_the_day_of_practice(
    cast: Cast,
) -> None:
    phone = phone_of(cast.maya)
    _logged_with(phone, cast, {"kind": "below_knee", "side-below_knee": "right"})
    phone.post(reverse("report_take_back", args=[Report.objects.get().pk]))
    page = words_of(phone.get(reverse("history")))
    assert "2 of 10." in page
    assert "2 of 10; pain below the knee" not in page


def test_an_older_entry_says_what_its_leg_tells(cast: Cast) -> None:
    acts.log(cast.plan, pain=1, leg="numb")
    history = words_of(phone_of(cast.maya).get(reverse("history")))
    assert "1 of 10; numbness or tingling" in history
    assert "side not told" not in history


def _logged_with(phone: Client, cast: Cast, typed: dict[str, str]) -> str:
    given = sheet(phone) | {"done-1": "1", "pain": "2", "new": "yes"} | typed
    where = reverse("log_day", args=[cast.harbour.today()])
    return words_of(phone.post(where, given, follow=True))


def test_since_when_is_said_of_the_signs_of_its_own_report_only(cast: Cast) -> None:
    told(cast.maya, "weak", side="left", growing=False)
    assert "“I have a back problem, and my left leg is weak.”" in today(cast.maya)
    saddle = told(cast.maya, "saddle", since="week")
    said = "it is numb or strange between my legs, since this week, and my left leg is weak.”"
    assert said in today(cast.maya)
    phone = phone_of(cast.maya)
    phone.post(reverse("report_take_back", args=[saddle.pk]))
    assert "“I have a back problem, and my left leg is weak.”" in today(cast.maya)


def test_two_reports_keep_each_its_own_since(cast: Cast) -> None:
    told(cast.maya, "bladder", "bowel", since="today")
    told(cast.maya, "weak", side="left", since="week")
    page = today(cast.maya)
    assert "I have trouble with peeing and I cannot hold or feel my poo, since today" in page
    assert "my left leg is weak, since this week" in page


def test_the_clinic_is_told_of_no_drill_where_a_finished_patient_reads_the_answer(
    cast: Cast,
) -> None:
    patient = _finished(cast)
    told(patient, "numb", side="left")
    stop = reverse("stop_answer", args=[Stop.objects.get().pk])
    page = text(browser(cast.elin).get(stop))
    assert "Maya reads it on Today." in page
    assert "above the drill" not in page


def test_the_history_keeps_what_was_told_without_practice_and_what_was_taken_back(
    cast: Cast,
) -> None:
    told(cast.maya, "numb", side="left", since="week", words="Mostly at night.")
    calf = told(cast.maya, "calf", side="right")
    phone = phone_of(cast.maya)
    phone.post(reverse("report_take_back", args=[calf.pk]))
    page = words_of(phone.get(reverse("history"))).partition("What you told")[2]
    assert "Numb or tingling leg, left; since this week. “Mostly at night.”" in page
    assert "Taken back</span>" in page.partition("Calf swollen, red or hot, right")[0]
    assert "Taken back" not in page.partition("Calf swollen")[2]
    assert "No stop came of it" not in page


def test_the_history_of_somebody_without_a_plan_keeps_it_too(cast: Cast) -> None:
    told(cast.tomas, "numb", side="right")
    page = words_of(phone_of(cast.tomas).get(reverse("history")))
    assert "Numb or tingling leg, right." in page.partition("What you told")[2]

"""The usual pain: it counts for four weeks, and one that creeps up waits for a clinician's look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patients.caseload.order import place_of
from patients.models import CaseloadPlace, Patient, UsualPain
from patients.standing.usual_pain import (
    Told,
    counts_at_once,
    read_usual,
    usual_in_sight,
    usual_now,
    with_usual,
)
from patients.summaries import verify
from patients.verbs import people as people_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.phone import phone_of

DAY = date(2026, 3, 2)


@contextmanager
def later(days: int, *, minutes: int = 0) -> Iterator[None]:
    with time_machine.travel(timezone.now() + timedelta(days=days, minutes=minutes)):
        yield


def tell(patient: Patient, pain: int) -> UsualPain:
    return usual_pain_verbs.tell(patient=patient, by=patient.user, pain=pain)


def place(patient: Patient) -> CaseloadPlace | None:
    patient.refresh_from_db()
    return place_of(patient.summary, patient.clinic.today())


def told(pain: int, ago: int, *, accepted: bool = True, seen: bool = False) -> Told:
    return Told(ago, pain, DAY - timedelta(days=ago), accepted, 1 if seen else None, not seen)


def test_the_numbers_of_many_patients_are_read_as_those_of_one(cast: Cast) -> None:
    """The clinic's own number among them, which the patient did not tell."""
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=4)
    tell(cast.maya, 2)
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=3)
    assert usual_in_sight(with_usual(Patient.objects.all()).get(pk=cast.maya.pk)).was == (
        read_usual(cast.maya).was
    )
    tell(cast.maya, 7)
    seen = usual_in_sight(with_usual(Patient.objects.all()).get(pk=cast.maya.pk))
    assert seen == read_usual(cast.maya)


@pytest.mark.parametrize(("low", "pain"), [*product(range(11), repeat=2)])
def test_a_number_counts_at_once_up_to_one_above_the_lowest_of_six_weeks(
    low: int, pain: int
) -> None:
    assert counts_at_once(pain, DAY, [told(low, 42), told(10, 14)]) is (pain <= low + 1)
    assert counts_at_once(pain, DAY, [told(low, 43)])
    assert counts_at_once(pain, DAY, [])
    assert counts_at_once(pain, DAY, [told(low, 14, accepted=False)])
    seen = [told(low, 28), told(5, 14, seen=True)]
    assert counts_at_once(pain, DAY, seen) is (pain <= max(5, min(low, 5) + 1))


def test_a_number_told_by_mistake_is_corrected_the_same_day() -> None:
    first = [told(5, 14), told(0, 0)]
    assert counts_at_once(5, DAY, first)
    assert counts_at_once(6, DAY, first)
    assert not counts_at_once(7, DAY, first)
    corrected = [told(0, 14), Told(2, 5, DAY - timedelta(days=14), True, None, True)]
    assert counts_at_once(6, DAY, corrected)
    assert not counts_at_once(7, DAY, corrected)


def test_pain_that_creeps_up_waits_for_a_look_and_counts_from_then_on(cast: Cast) -> None:
    maya = cast.maya
    for ago, pain in ((42, 3), (28, 4)):
        with later(-ago):
            tell(maya, pain)
    with later(-14):
        crept = tell(maya, 5)
        assert (crept.accepted, usual_now(maya)) == (False, 4)
        assert place(maya) == CaseloadPlace.USUAL_UP
        with refused("nothing_written"):
            usual_pain_verbs.see(told=crept, by=cast.elin, word=" ")
        seen = usual_pain_verbs.see(told=crept, by=cast.omar, word="Moved house.")
        assert usual_pain_verbs.see(told=crept, by=cast.omar, word="Moved house.") == seen
        with refused("usual_seen"):
            usual_pain_verbs.see(told=crept, by=cast.elin, word="Moved house.")
        assert (usual_now(maya), place(maya)) == (5, CaseloadPlace.ON_TRACK)
    again = tell(maya, 5)
    assert (again.accepted, usual_now(maya)) == (True, 5)
    assert list(verify.differences()) == []


def test_another_clinics_clinician_lets_no_number_count(cast: Cast) -> None:
    with later(-14):
        tell(cast.maya, 1)
    crept = tell(cast.maya, 5)
    with refused("not_yours"):
        usual_pain_verbs.see(told=crept, by=cast.ines, word="Seen.")
    assert usual_now(cast.maya) == 1


def test_a_page_left_open_accepts_no_number_that_was_told_after_it(cast: Cast) -> None:
    with later(-14):
        tell(cast.maya, 1)
    crept = tell(cast.maya, 5)
    tell(cast.maya, 6)
    with refused("usual_told_again"):
        usual_pain_verbs.see(told=crept, by=cast.elin, word="Seen.")
    lower = tell(cast.maya, 2)
    assert lower.accepted
    with refused("usual_told_again"):
        usual_pain_verbs.see(told=lower, by=cast.elin, word="Seen.")
    assert usual_now(cast.maya) == 2


def test_a_number_counts_for_28_days_and_is_then_unknown_and_never_nought(cast: Cast) -> None:
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=0)
    with later(28):
        assert usual_now(cast.maya) == 0
    with later(29):
        assert usual_now(cast.maya) is None
        known = read_usual(cast.maya)
        assert known.was is not None
        assert (known.pain, known.was.pain) == (None, 0)


def test_an_entry_uses_the_number_told_before_that_days_practice(cast: Cast) -> None:
    with later(-1):
        tell(cast.maya, 5)
    entry = acts.log(cast.plan, pain=5)
    with later(0, minutes=5):
        tell(cast.maya, 0)
        corrected = acts.log(cast.plan, pain=6, corrects=entry)
        tell(cast.maya, 6)
    assert (entry.band, corrected.band) == ("fine", "ease")
    with later(1):
        morning = practice_verbs.answer_morning(
            practice=corrected, by=cast.maya.user, pain_now=5, worse=False
        )
    assert morning.band == "ease"


def test_an_entry_of_yesterday_does_not_use_what_was_told_today(cast: Cast) -> None:
    with later(-1):
        plan = cast.plan
        tell(cast.maya, 0)
    plan.started_on -= timedelta(days=1)
    plan.save()
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=7)
    yesterday = cast.harbour.today() - timedelta(days=1)
    assert acts.log(plan, yesterday, pain=7).band == "stop"
    assert acts.log(plan, pain=7).band == "fine"


def test_an_intake_that_repeats_the_number_told_nothing_anew(cast: Cast) -> None:
    with later(-20):
        people_verbs.take_intake(patient=cast.maya, by=cast.elin, usual_pain=3)
    people_verbs.take_intake(patient=cast.maya, by=cast.elin, usual_pain=3, goal="Lift.")
    assert UsualPain.objects.filter(patient=cast.maya).count() == 1
    with later(9):
        people_verbs.take_intake(patient=cast.maya, by=cast.elin, usual_pain=3, goal="Lift him.")
        assert usual_now(cast.maya) == 3


def test_nobody_of_another_clinic_takes_an_intake_even_without_a_number(cast: Cast) -> None:
    for stranger in (cast.ines, cast.maya.user):
        with refused("not_yours"):
            people_verbs.take_intake(patient=cast.maya, by=stranger, usual_pain=None, reason="Back")
    assert not cast.maya.intakes.exists()


def test_nobody_but_the_patient_tells_for_them_and_finished_people_are_told_to_call(
    cast: Cast,
) -> None:
    with refused("not_the_patient"):
        usual_pain_verbs.tell(patient=cast.maya, by=cast.tomas.user, pain=3)
    with refused("bad_pain"):
        usual_pain_verbs.tell(patient=cast.maya, by=cast.maya.user, pain=11)
    assert tell(cast.maya, 10).pain == 10
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    with refused("nobody_reads"):
        tell(cast.tomas, 3)


# ---- through the front door


def today(phone: Client, more: str = "") -> str:
    return phone.get(reverse("today") + more).content.decode()


QUESTION = "Your usual back or leg pain this week?"


def test_the_phone_asks_every_14_days_one_tap_answers_and_not_now_shows_the_drill(
    cast: Cast,
) -> None:
    phone = phone_of(cast.maya)
    assert QUESTION in today(phone)
    assert QUESTION not in today(phone, "?drill")
    answer = phone.post(reverse("my_usual_pain"), {"usual": "4"}, follow=True)
    assert "Saved: usual pain this week 4." in answer.content.decode()
    assert QUESTION not in today(phone)
    assert usual_now(cast.maya) == 4
    with later(13):
        assert QUESTION not in today(phone_of(cast.maya))
    with later(14):
        assert QUESTION in today(phone_of(cast.maya))
    wrong = phone.post(reverse("my_usual_pain"), {"usual": "eleven"})
    assert (wrong.status_code, "Pain is a number" in wrong.content.decode()) == (422, True)


def test_nothing_else_is_asked_on_a_day_with_a_question_about_the_morning(cast: Cast) -> None:
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=2)
    with later(14):
        acts.log(cast.plan, pain=5)
    with later(15):
        phone = phone_of(cast.maya)
        assert QUESTION not in today(phone)
        entry = cast.plan.practices.get()
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=2)
        assert QUESTION not in today(phone)


def test_the_chart_shows_how_old_it_is_and_one_press_with_a_word_accepts(
    cast: Cast, client: Client
) -> None:
    elin = client
    elin.force_login(cast.elin)
    chart = reverse("chart", args=[cast.maya.pk])
    with later(-14):
        tell(cast.maya, 1)
    crept = tell(cast.maya, 4)
    page = elin.get(chart).content.decode()
    assert "Usual pain went up: 4/10" in page
    assert "The lowest of late was 1/10" in page
    assert "Usual pain 4/10" in elin.get(reverse("caseload")).content.decode()
    seen = reverse("usual_pain_seen", args=[cast.maya.pk])
    refusal = elin.post(seen, {"told": crept.pk, "word": ""})
    assert refusal.status_code == 422
    accepted = elin.post(seen, {"told": crept.pk, "word": "A hard week."}, follow=True)
    page = accepted.content.decode()
    assert "went up" not in page
    assert f"told {crept.day.day} {crept.day:%B}" in " ".join(page.split())
    with later(30):
        elin.force_login(cast.elin)
        page = " ".join(elin.get(chart).content.decode().split())
        assert f"Not known, 4/10 on {crept.day.day} {crept.day:%B}" in page

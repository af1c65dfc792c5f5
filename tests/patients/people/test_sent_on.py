"""What the first visit asks besides: who set a limit of the hip, and how somebody travels who is
sent to a hospital."""

from __future__ import annotations

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patients.models import Plan, Screening, StopAnswer
from tests.cast import Cast
from tests.patients.chart.test_answer_screens import FOUND, post, told_of
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.people.test_screening import NONE_OF_THESE, elin, screen, unasked

__all__ = ["elin", "unasked"]


def test_a_hip_limit_says_why_it_stands_and_who_set_it(
    cast: Cast, unasked: Plan, elin: Client
) -> None:
    """Whether a limit still stands is asked of whoever set it: record and papers name them."""
    typed = {"no_precautions": "", "has_hip_limit": "on", "hip_limit_degrees": "90"}
    said = {"hip_limit_why": "New hip, back approach", "hip_limit_set_by": "Dr Berg, North"}
    patient = unasked.patient
    assert screen(elin, patient, **typed, **said) == 303
    words = "Degrees: 90; Why: New hip, back approach; Set by: Dr Berg, North"
    again = text(elin.get(reverse("screening", args=[patient.pk])))
    assert 'value="Dr Berg, North"' in again
    addresses = ("chart", "visit_note", "letter", "plan_summary")
    for page in [text(elin.get(reverse(name, args=[patient.pk]))) for name in addresses]:
        assert words in page
    assert screen(elin, patient, **typed, hip_limit_set_by="x" * 201) == 422


def _emergency(**typed: str) -> dict[str, str]:
    return {
        "no_flags": "on",
        "flag_saddle": "yes",
        "outcome": "not_cleared",
        "words": "Emergency team phoned by Elin.",
        **typed,
    }


def test_who_is_sent_to_hospital_from_the_first_visit_travels_somehow(
    clock: time_machine.Traveller, unasked: Plan, elin: Client
) -> None:
    """Whoever reads the record knows whether a person with a weak leg drove, and since when they
    are on the way."""
    patient = unasked.patient
    assert screen(elin, patient, **_emergency()) == 422
    address = reverse("screening", args=[patient.pk])
    page = text(elin.post(address, {**NONE_OF_THESE, **_emergency()}))
    assert "Told: Numb between the legs. Write how the patient travels." in page
    assert "Emergency team phoned by Elin." in page
    typed = {**NONE_OF_THESE, **_emergency(travels="Ambulance", left_at="soon")}
    page = text(elin.post(address, typed))
    assert "Give a day and a time." in page
    assert 'value="Ambulance"' in page
    how = {"travels": "Ambulance", "left_at": "2026-03-02T08:40"}
    assert screen(elin, patient, **_emergency(**how)) == 303
    note = text(elin.get(reverse("visit_note", args=[patient.pk])))
    assert "Travels: Ambulance, 2 March 2026 08:40." in note
    assert screen(elin, patient, **_emergency(travels="Her son drives")) == 303
    made = patient.screenings.latest("pk")
    assert (made.travels, made.left_at) == ("Her son drives", timezone.now())


def test_who_sees_a_doctor_today_may_be_sent_without_saying_how(
    unasked: Plan, elin: Client
) -> None:
    typed = _emergency(flag_saddle="no", flag_infection="yes")
    assert screen(elin, unasked.patient, **typed) == 303
    made = unasked.patient.screenings.get()
    assert (made.travels, made.left_at) == ("", None)


def test_the_record_says_how_who_is_sent_on_travels(cast: Cast) -> None:
    """Asked where somebody is sent on, and once."""
    stop = told_of(cast, "bladder")
    how = {"contact": "sent_on", "travels": "Taxi, with her son"}
    too_long = post(cast, stop, **how | {"travels": "x" * 201})
    assert (too_long.status_code, FOUND in text(too_long)) == (422, True)
    assert post(cast, stop, **how).status_code == 303
    row = Screening.objects.latest("pk")
    assert (row.outcome, row.travels) == ("not_cleared", "Taxi, with her son")
    assert row.left_at == StopAnswer.objects.get().contact_at
    assert "Travels: Taxi, with her son" in chart(browser(cast.elin), cast.maya)
    assert post(cast, stop, **how).status_code == 303
    assert post(cast, stop, **how | {"travels": "Ambulance"}).status_code == 422


def test_a_call_that_ends_before_it_is_known_is_answered_all_the_same(cast: Cast) -> None:
    assert post(cast, told_of(cast, "bowel"), contact="sent_on").status_code == 303
    assert Screening.objects.latest("pk").travels == ""

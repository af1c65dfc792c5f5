"""After an answer that sends somebody on, the phone shows its word and where to get help."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Clinic
from patients.models import Patient, Stop
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import text
from tests.patients.phone import phone_of

WORD = "Go to the emergency department now, as we said."
GET_HELP = "Get help straight away"


def _sent_on(cast: Cast, patient: Patient, kind: str) -> None:
    report_verbs.report(patient=patient, by=patient.user, client_id=acts.new_id(), kinds=[kind])
    stop_verbs.answer(
        stop=Stop.objects.unanswered().get(),
        by=cast.elin,
        action="pause",
        contact="sent_on",
        finding="Cannot pass water.",
        word=WORD,
    )


def today(patient: Patient) -> str:
    return text(phone_of(patient).get(reverse("today")))


@pytest.mark.parametrize("kind", ["bladder", "numb"])
def test_the_phone_shows_the_word_and_the_list(cast: Cast, kind: str) -> None:
    _sent_on(cast, cast.maya, kind)
    page = today(cast.maya)
    assert WORD in page
    assert GET_HELP in page
    assert "There is nothing that you need to do" not in page


@pytest.mark.parametrize("kind", ["bladder", "numb"])
def test_every_number_is_a_button_and_nobody_is_asked_to_keep_practising(
    cast: Cast, kind: str
) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(emergency_number="112", advice_number="1177")
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    assert "Keep practising meanwhile." in today(cast.maya)
    _sent_on(cast, cast.maya, kind)
    page = today(cast.maya).partition("<main")[2]
    for number in ("112", "1177", "0812345"):
        assert f'href="tel:{number}"' in page
    assert "Review asked for on" in page
    assert "Keep practising" not in page


def test_nobody_reads_to_keep_practising_while_no_drill_is_shown(cast: Cast) -> None:
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user)
    report_verbs.report(
        patient=cast.maya,
        by=cast.maya.user,
        client_id=acts.new_id(),
        kinds=["below_knee"],
        sides={"below_knee": "left"},
    )
    page = today(cast.maya)
    assert "Review asked for on" in page
    assert "Keep practising" not in page


def test_somebody_without_a_plan_reads_it_too(cast: Cast) -> None:
    _sent_on(cast, cast.tomas, "bladder")
    page = today(cast.tomas)
    assert WORD in page
    assert GET_HELP in page


def test_somebody_who_has_finished_reads_it_too(cast: Cast) -> None:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    _sent_on(cast, cast.maya, "fever")
    assert WORD in today(cast.maya)


def test_it_goes_once_the_patient_is_cleared_and_practises(cast: Cast) -> None:
    _sent_on(cast, cast.maya, "bladder")
    screening_verbs.screen(patient=cast.maya, by=cast.elin)
    plan_verbs.resume(plan=cast.plan, by=cast.elin)
    page = today(cast.maya)
    assert GET_HELP not in page
    assert "No drill for now" not in page
    assert "Practice is paused" not in page


def test_an_ordinary_pause_shows_no_list(cast: Cast) -> None:
    plan_verbs.pause(plan=cast.plan, by=cast.elin)
    assert GET_HELP not in today(cast.maya)

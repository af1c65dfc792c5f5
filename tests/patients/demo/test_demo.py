"""The demo clinic: all that a first look needs, the same each time; and the measured crowd."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.doors import STILL_OPENS
from accounts.models import Clinic, PhoneLink, User
from curriculum.models import Ladder
from patients.caseload.order import place_of
from patients.demo.copying import Block, mend_sequences
from patients.models import CaseloadPlace, Patient, PatientSummary, Plan, Practice
from patients.summaries import verify
from tests import factories
from tests.accounts import phones
from tests.cast import Cast
from tests.patients import acts


def demo() -> str:
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


@pytest.fixture
def shown(curriculum: Ladder) -> str:
    return demo()


def test_there_are_two_clinics_with_their_clinicians_and_enough_patients(shown: str) -> None:
    staff = {
        clinic.name: User.objects.staff_of(clinic).filter(role="clinician").count()
        for clinic in Clinic.objects.all()
    }
    assert staff == {"Harbour Physio": 2, "Hilltop Physio": 1}
    assert User.objects.filter(role="owner").count() == 2
    assert Patient.objects.count() >= 14


#: The classes of the caseload in which the demo has somebody.
SHOWN = set(CaseloadPlace) - {
    CaseloadPlace.STOP_NOW,
    CaseloadPlace.STOP_URGENT,
    CaseloadPlace.STOP_HIGH,
    CaseloadPlace.BELOW_KNEE,
    CaseloadPlace.USUAL_UP,
    CaseloadPlace.SCREEN,
    CaseloadPlace.NOT_CLEARED,
    CaseloadPlace.AWAY,
}


def test_somebody_stands_on_every_rung_and_in_every_class(shown: str) -> None:
    rows = list(PatientSummary.objects.select_related("rung", "clinic"))
    assert {row.rung.position for row in rows if row.rung} == set(range(1, 8))
    assert {place_of(row, row.clinic.today()) for row in rows} >= SHOWN | {None}
    assert any(row.plan_id and row.rung_id is None for row in rows)


def test_eight_weeks_of_practice_lie_behind(shown: str) -> None:
    first, *_, last = Practice.objects.order_by("done_on").values_list("done_on", flat=True)
    assert (last - first).days >= 55
    assert Practice.objects.count() > 400


def test_every_rule_holds(shown: str) -> None:
    assert list(verify.differences()) == []


def test_staff_can_sign_in_as_printed(shown: str) -> None:
    password = re.search(r"password: (.+)", shown)
    assert password is not None
    for address in re.findall(r"\S+@\S+", shown):
        client = Client()
        client.post("/account/login/", {"login": address, "password": password[1]})
        assert client.get("/caseload/").status_code == 200


def test_each_installation_has_a_password_of_its_own_that_nobody_else_reads(
    shown: str, settings: Settings, tmp_path: Path
) -> None:
    here = (settings.VAR / "demo_password").read_text()
    assert f"password: {here}\n" in shown
    assert (settings.VAR / "demo_password").stat().st_mode & 0o077 == 0
    settings.VAR = tmp_path
    demo()
    there = (tmp_path / "demo_password").read_text()
    assert there != here
    client = Client()
    client.post("/account/login/", {"login": "petra@harbour.example", "password": here})
    assert client.get("/caseload/").status_code == 302
    client.post("/account/login/", {"login": "petra@harbour.example", "password": there})
    assert client.get("/caseload/").status_code == 200


def test_every_printed_link_opens_a_patients_page(shown: str) -> None:
    links = re.findall(r"\((?:PIN (\d+)|no PIN yet)\)\n\s+http://[^/]+(\S+)", shown)
    assert len(links) >= 8
    for pin, path in links:
        assert phones.signed_in(phones.opened(path, pin=pin))


def test_a_second_run_changes_nothing_and_says_the_same(shown: str) -> None:
    before = acts.everything()
    assert demo() == shown
    assert acts.everything() == before


def test_a_link_that_was_used_up_is_no_longer_printed(shown: str) -> None:
    path = re.findall(r"no PIN yet\)\n\s+http://[^/]+(\S+)", shown)[0]
    phones.opened(path)
    opened = PhoneLink.objects.filter(pin_hash="").exclude(first_used_at=None)
    assert opened.update(first_used_at=timezone.now() - STILL_OPENS) == 1
    assert path not in demo()


def test_the_same_day_makes_the_same_demo(curriculum: Ladder, clock: Any) -> None:
    def made() -> list[Any]:
        with transaction.atomic():
            demo()
            rows = Practice.objects.values_list(
                "plan__patient__name", "done_on", "client_id", "pain", "effort", "note"
            )
            found = sorted(map(repr, rows))
            transaction.set_rollback(True)
        return found

    assert made() == made()


def test_a_database_with_a_real_clinic_is_left_alone(cast: Cast) -> None:
    before = acts.everything()
    for command, options in (("demo", {}), ("bench_data", {"patients": 1, "practice": 1})):
        with pytest.raises(CommandError, match="real clinic"):
            call_command(command, **options)
    assert acts.everything() == before


def test_the_crowd_holds_every_rule_and_practised_as_often_as_asked(curriculum: Ladder) -> None:
    call_command("bench_data", patients=100, practice=4, verbosity=0)
    assert Patient.objects.count() == 100
    today = Clinic.objects.get().today()
    places = {place_of(row, today) for row in PatientSummary.objects.all()}
    assert places & set(list(CaseloadPlace)[:4]), "nobody is stopped"
    assert places >= {
        CaseloadPlace.UNREAD,
        CaseloadPlace.AMBER,
        CaseloadPlace.ASKED,
        CaseloadPlace.READY,
        CaseloadPlace.WEIGHT,
        CaseloadPlace.LINK,
        CaseloadPlace.QUIET,
        CaseloadPlace.NEW,
        CaseloadPlace.ON_TRACK,
    }
    with_practice = [plan for plan in Plan.objects.all() if plan.practices.exists()]
    assert {plan.practices.count() for plan in with_practice} <= {3, 4}
    assert len(with_practice) > 75
    assert list(verify.differences()) == []


def test_a_copied_block_holds_every_rule_and_the_next_patient_fits_behind_it(
    curriculum: Ladder,
) -> None:
    call_command("bench_data", patients=40, practice=3, verbosity=0)
    lead = User.objects.get(role="owner")
    practised = Practice.objects.count()
    block = Block(kept=[lead])
    block.copy(1)
    block.copy(2)
    mend_sequences()
    assert (Patient.objects.count(), Practice.objects.count()) == (120, 3 * practised)
    assert list(verify.differences()) == []
    acts.log(factories.plan(factories.patient(lead, "Nils Next")))

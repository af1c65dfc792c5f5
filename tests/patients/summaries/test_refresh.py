"""Summaries of many patients: written by `manage.py refresh_summaries`, and when a clinic
changes."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Clinic
from patients.models import PatientSummary
from patients.summaries import refresh, verify
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.conftest import MONDAY


def test_a_refresh_tells_its_progress_and_writes_only_what_differs(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "CHUNK", 2)
    everybody = PatientSummary.objects.count()
    PatientSummary.objects.filter(patient=cast.maya).update(rank=None, last_pain=7)
    PatientSummary.objects.filter(patient=cast.tomas).delete()
    for written in (2, 0):
        said = StringIO()
        call_command("refresh_summaries", stdout=said)
        *progress, last = said.getvalue().splitlines()
        assert progress[0] == "2 patients compared ..."
        assert progress[-1] == f"{everybody} patients compared ..."
        assert last == f"Done: {written} summaries differed and are written."
    assert list(verify.differences()) == []


def _save(client: Client, clinic: Clinic, **changed: object) -> None:
    """Sends the owner's form for the clinic, with these fields changed."""
    typed = ("name", "phone", "opening_hours", "emergency_text", "urgent_again_minutes")
    fields = (*typed, *refresh.OF_CLINIC)
    form = {field: getattr(clinic, field) for field in fields} | changed
    assert client.post(reverse("clinic"), form).status_code == 303


def test_another_time_zone_moves_the_days_of_that_clinic(
    clock: time_machine.Traveller, cast: Cast, client: Client
) -> None:
    # Late in the evening: in Auckland it is the day after.
    clock.move_to(MONDAY + timedelta(hours=14))
    newcomer = factories.patient(cast.elin)
    acts.log(cast.plan)
    before = PatientSummary.objects.get(patient=newcomer).new_since
    client.force_login(cast.petra)
    _save(client, cast.harbour, time_zone="Pacific/Auckland")
    assert Clinic.objects.get(pk=cast.harbour.pk).time_zone == "Pacific/Auckland"
    assert PatientSummary.objects.get(patient=newcomer).new_since != before
    assert list(verify.differences()) == []


def test_other_limits_refresh_that_clinic_and_another_phone_none(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.petra)
    wrong = {cast.maya: 7, cast.noor: 7}
    for patient, pain in wrong.items():
        PatientSummary.objects.filter(patient=patient).update(last_pain=pain)

    def pains() -> list[int | None]:
        return [PatientSummary.objects.get(patient=patient).last_pain for patient in wrong]

    _save(client, cast.harbour, phone="031 999 99")
    assert pains() == [7, 7]
    _save(client, cast.harbour, phone="031 999 99", pain_fine_to=2)
    assert pains() == [None, 7]

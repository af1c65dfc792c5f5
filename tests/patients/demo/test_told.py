"""The demo shows what was reported, with sides, and leaves most plans without a waiting stop."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Exists, OuterRef

from curriculum.models import Ladder
from patients.models import Patient, Plan, Practice, Report, Stop
from tests.patients.clinic_pages import browser, chart

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shown(curriculum: Ladder) -> None:
    call_command("demo", stdout=StringIO())


def test_somebody_reported_a_side_without_practising() -> None:
    same_day = Practice.objects.filter(plan__patient=OuterRef("patient"), done_on=OuterRef("day"))
    without = Report.objects.filter(~Exists(same_day))
    assert any(sign.side for row in without for sign in row.signs)


def test_somebody_took_a_report_back() -> None:
    assert Report.objects.filter(takes_back__isnull=False).exists()


def test_every_new_sign_in_a_leg_has_its_side() -> None:
    signs = [sign for row in Report.objects.all() for sign in row.signs]
    assert {"numb", "below_knee"} <= {sign.kind for sign in signs if sign.side}
    assert not Stop.objects.filter(report__isnull=True, cause="numb").exists()


def test_two_thirds_of_the_running_plans_have_no_waiting_stop() -> None:
    running = Plan.objects.filter(ended_on__isnull=True)
    stopped = running.filter(patient__in=Stop.objects.unanswered().values("patient"))
    assert 3 * stopped.count() <= running.count()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ebba Holmgren", "Stopped: pain below the knee, left,"),
        ("Aisha Khan", "Stopped: numb or tingling leg, left,"),
        ("Karin Wik", "Numb or tingling leg, right; for longer; pain 2 of 10."),
        ("Oskar Dahl", "Reported, then taken back at "),
        ("Yusuf Demir", "“In bed with a cold, the back is fine.” No stop came of it."),
    ],
)
def test_their_charts_show_it(name: str, words: str) -> None:
    patient = Patient.objects.get(name=name)
    assert words in chart(browser(patient.lead), patient)

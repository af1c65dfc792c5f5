"""An installation in use learns of visits: the next day of each patient is the day of one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from config import triggers
from patients.models import Patient
from patients.standing.visits import next_visit
from patients.summaries import verify
from patients.verbs import visits
from tests import steps
from tests.cast import Cast


def _write_as_then(patient: Patient, day: date) -> None:
    """By the column that the release before knows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patients_patient SET next_visit = %s WHERE id = %s", [day, patient.pk]
        )


@pytest.mark.django_db(transaction=True)
def test_next_days_become_visits_and_the_release_before_writes_on(cast: Cast) -> None:
    today = cast.harbour.today()
    steps.migrate("patients", "0051")
    _write_as_then(cast.maya, today + timedelta(days=3))
    _write_as_then(cast.noor, today - timedelta(days=40))
    steps.migrate()
    assert triggers.installed(connection) == {one.name for one in triggers.expected(connection)}
    of_before = cast.maya.visits.get()
    assert next_visit(cast.maya) == of_before
    assert (of_before.clinician, of_before.by, of_before.time) == (cast.elin, None, None)
    assert (cast.noor.visits.count(), next_visit(cast.noor)) == (1, None)
    # The release before still serves on another machine meanwhile.
    _write_as_then(cast.tomas, today + timedelta(days=5))
    assert visits.take_over() == 1
    following = next_visit(cast.tomas)
    assert following is not None
    assert following.day == today + timedelta(days=5)
    assert list(verify.differences()) == []

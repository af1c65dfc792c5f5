"""An installation in use learns of first visits: nobody of before is suddenly unfinished."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from config import triggers
from patients.models import FirstVisit, PatientSummary
from patients.summaries import refresh as summaries
from patients.summaries import verify
from patients.verbs import first_visit as visit_verbs
from tests import factories, steps
from tests.cast import Cast
from tests.patients.caseloads import asked, headings


@pytest.mark.django_db(transaction=True)
def test_patients_of_before_are_listed_as_before_and_a_new_visit_is_unfinished(cast: Cast) -> None:
    newcomer = factories.patient(cast.elin, "Uno Unscreened", screened=False)
    steps.migrate("patients", "0050")
    steps.migrate()
    assert triggers.installed(connection) == {one.name for one in triggers.expected(connection)}
    assert not FirstVisit.objects.exists()
    assert set(PatientSummary.objects.values_list("visit_step", flat=True)) == {""}
    with transaction.atomic():
        summaries.refresh(newcomer)
    assert list(verify.differences()) == []
    assert "First visit unfinished" not in headings(asked(cast.elin))
    visit_verbs.begin(patient=newcomer, by=cast.elin)
    assert "First visit unfinished" in headings(asked(cast.elin))

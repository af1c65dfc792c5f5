"""An installation in use learns to offer some ladders only: at first it offers all of them."""

from __future__ import annotations

import pytest
from django.db import connection

from config import triggers
from curriculum.models import Ladder
from patients.standing.ladders_offered import offered
from patients.verbs import gate
from tests import factories, steps
from tests.cast import Cast


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_clinic_of_before_offers_every_ladder(cast: Cast) -> None:
    steps.migrate("patients", "0058")
    steps.migrate()
    assert triggers.installed(connection) == {one.name for one in triggers.expected(connection)}
    assert set(offered(cast.harbour.pk)) == set(Ladder.objects.newest())
    assert gate.assign(patient=cast.tomas, ladder=factories.newest(), by=cast.elin)

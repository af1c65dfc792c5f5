"""An installation in use learns how somebody who was sent on travels: screenings from before, and
those of a machine that is not updated yet, say nothing of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from patients.models import Screening
from patients.record.screened import outcome_in_words
from patients.verbs import screening as screening_verbs
from patients.verbs.screening import SentOn
from tests import steps
from tests.cast import Cast
from tests.config.test_upgrade_load import insert


def _screen_as_then(cast: Cast) -> None:
    """By the columns that the release before knows."""
    words: dict[str, Any] = {"words": "Sent on.", "examined_by": "", "finding": ""}
    insert(
        "patients_screening",
        patient_id=cast.maya.pk,
        at=timezone.now(),
        by_id=cast.elin.pk,
        outcome="not_cleared",
        look_again_on=cast.harbour.today(),
        **words,
    )


@pytest.mark.django_db(transaction=True)
def test_screenings_from_before_say_nothing_of_a_journey(cast: Cast) -> None:
    steps.migrate("patients", "0049")
    _screen_as_then(cast)
    steps.migrate()
    _screen_as_then(cast)
    for row in Screening.objects.filter(outcome="not_cleared"):
        assert (row.travels, row.left_at) == ("", None)
        assert "Travels" not in outcome_in_words(row, cast.harbour)
    made = screening_verbs.screen(
        patient=cast.maya,
        by=cast.elin,
        outcome="not_cleared",
        words="Sent on.",
        sent=SentOn("Taxi"),
    )
    assert "Travels: Taxi, " in outcome_in_words(made, cast.harbour)
    with pytest.raises(DatabaseError, match="append-only"):
        Screening.objects.update(travels="On foot")

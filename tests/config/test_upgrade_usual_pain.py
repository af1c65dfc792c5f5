"""An installation in use learns which usual pain is of another ladder: nothing of before is so."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from config import triggers
from patients.models import UsualPain
from patients.summaries import verify
from patients.verbs import usual_pain as usual_pain_verbs
from tests.cast import Cast


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_number_that_became_unknown_before_is_compared_as_it_was(cast: Cast) -> None:
    maya = cast.maya
    for pain in (2, None):
        usual_pain_verbs.set_usual_pain(patient=maya, by=cast.elin, usual_pain=pain)
    call_command("migrate", "patients", "0057", verbosity=0)
    call_command("migrate", verbosity=0)
    assert triggers.installed(connection) == {one.name for one in triggers.expected(connection)}
    assert not UsualPain.objects.filter(anew=True).exists()
    assert not usual_pain_verbs.tell(patient=maya, by=maya.user, pain=6).accepted
    assert list(verify.differences()) == []

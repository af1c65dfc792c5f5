"""An installation in use learns of plan templates."""

from __future__ import annotations

import pytest
from django.db import connection

from config import triggers
from patients.standing.plan_templates import in_use
from tests import steps
from tests.cast import Cast
from tests.patients.rules.template_acts import add


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_clinic_of_before_has_none_and_writes_its_first(cast: Cast) -> None:
    steps.migrate("patients", "0059")
    steps.migrate()
    assert triggers.installed(connection) == {one.name for one in triggers.expected(connection)}
    assert not in_use(cast.harbour.pk).exists()
    assert add(cast).doses.count() == 1

"""An installation in use learns to set plans aside: one that ended before can be taken up."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from config import triggers
from patients.models import Plan
from patients.standing.set_aside import to_take_up
from patients.verbs import plan as plan_verbs
from patients.verbs import take_up
from tests import factories
from tests.cast import Cast


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_plan_that_ended_before_has_no_reason_and_goes_on(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    call_command("migrate", "patients", "0055", verbosity=0)
    call_command("migrate", verbosity=0)
    assert triggers.installed(connection) == {one.name for one in triggers.expected(connection)}
    (ended,) = to_take_up(cast.maya)
    assert (ended.end_reason, ended.ladder) == (None, cast.plan.ladder)
    again = take_up.take_up(plan=Plan.objects.get(pk=ended.pk), by=cast.elin)
    assert len(again.passed_rungs) == 1

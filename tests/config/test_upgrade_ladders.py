"""An installation in use learns that ladders are kept apart: a plan of before reads as before."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from config import triggers
from curriculum.ladder_words import EARLIER
from curriculum.loader import load_all
from curriculum.models import Fault, Ladder
from patients.summaries import verify
from tests import steps
from tests.cast import Cast
from tests.patients.phone import phone_of, words_of


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_plan_of_before_is_asked_as_before_until_its_ladder_is_loaded_again(cast: Cast) -> None:
    steps.migrate("curriculum", "0010")
    steps.migrate()
    assert triggers.installed(connection) == {one.name for one in triggers.expected(connection)}
    cast.plan.ladder.refresh_from_db()
    assert cast.plan.ladder.words is None
    assert cast.plan.ladder.said == EARLIER
    assert set(cast.plan.ladder.own_faults()) == set(Fault.objects.all())
    asked = words_of(phone_of(cast.maya).get(reverse("report")))
    assert "Back or leg pain now" in asked
    load_all()
    again = Ladder.objects.get(pk=cast.plan.ladder_id)
    assert again.said == EARLIER
    assert again.own_faults().count() < Fault.objects.count()
    assert list(verify.differences()) == []

"""An installation in use learns of borrowed levels: what was chosen before means the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from config import triggers
from patients.models import LevelChoice, Practice
from patients.standing.position import current_level
from patients.summaries import verify
from patients.verbs import plan as plan_verbs
from tests import factories, steps
from tests.cast import Cast
from tests.patients import acts, borrowed


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_levels_chosen_before_choices_had_a_kind_mean_the_same(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    until = cast.harbour.today() + timedelta(days=5)
    low = acts.level(cast.plan, 1)
    plan_verbs.choose_level(plan=cast.plan, level=low, by=cast.elin, until=until)
    acts.log(cast.plan)
    steps.migrate("patients", "0041")
    steps.migrate()
    (choice,) = LevelChoice.objects.all()
    assert (choice.kind, choice.until, choice.finding) == ("own", until, None)
    assert current_level(cast.plan, cast.harbour.today()).lower_until == until
    assert not Practice.objects.get().borrowed
    expected = {trigger.name for trigger in triggers.expected(connection)}
    assert triggers.installed(connection) == expected
    borrowed.lend(cast.plan, by=cast.elin)
    assert list(verify.differences()) == []
    with pytest.raises(DatabaseError, match="append-only"):
        LevelChoice.objects.update(kind="lower")

"""An installation in use learns of ranges, reserves and bands: what was prescribed and logged
before means the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from config import triggers
from patients.models import EVERY_DAY, Practice, Prescription, Schedule
from patients.standing.dose import dose_in_force
from patients.standing.training_days import days_in_force
from patients.summaries import verify
from patients.verbs import plan as plan_verbs
from tests import factories, steps
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused


def insert(table: str, **row: Any) -> None:
    columns = ", ".join(row)
    places = ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(row.values()))  # noqa: S608


def _prescribe_as_then(cast: Cast, level: int) -> None:
    """By the columns that the release before knows."""
    words = dict.fromkeys(("max_depth", "word", "reason", "reason_for", "variant"), "")
    insert(
        "patients_prescription",
        plan_id=cast.plan.pk,
        level_id=level,
        sets=2,
        reps=8,
        per_side=False,
        at_home=False,
        by_id=cast.elin.pk,
        at=timezone.now(),
        **words,
    )


@pytest.mark.django_db(transaction=True)
def test_doses_and_entries_from_before_mean_the_same_and_the_release_before_writes_on(
    cast: Cast,
) -> None:
    level = acts.log(cast.plan).level_id
    steps.migrate("patients", "0045")
    steps.migrate("curriculum", "0009")
    _prescribe_as_then(cast, level)
    steps.migrate()
    assert triggers.installed(connection) == {one.name for one in triggers.expected(connection)}
    # The release before still serves on another machine meanwhile.
    _prescribe_as_then(cast, level)
    for dose in Prescription.objects.all():
        assert (dose.reps, dose.reps_to, dose.rest, dose.load, dose.signed_for) == (
            *(8, None, None, None),
            "",
        )
    assert Practice.objects.get().reserve is None
    plan_verbs.prescribe(
        plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, sets=2, reps=8, reps_to=10
    )
    assert dose_in_force(cast.plan, acts.level(cast.plan)).reps_to == 10
    assert list(verify.differences()) == []
    with pytest.raises(DatabaseError, match="append-only"):
        Prescription.objects.update(reps_to=50)


@pytest.mark.django_db(transaction=True)
def test_days_from_before_are_days_that_nobody_was_asked_about(cast: Cast) -> None:
    """Load on days that follow each other: kept by nobody, so it is asked about, and once."""
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    steps.migrate("patients", "0046")
    then = {"plan_id": cast.plan.pk, "weekdays": EVERY_DAY, "from_day": cast.harbour.today()}
    insert("patients_schedule", **then, by_id=cast.elin.pk, at=timezone.now())
    steps.migrate()
    # The release before still serves on another machine meanwhile.
    insert("patients_schedule", **then, by_id=cast.elin.pk, at=timezone.now())
    assert days_in_force(cast.plan, cast.harbour.today()).to_ask_about
    ask: dict[str, Any] = {"plan": cast.plan, "weekdays": EVERY_DAY, "by": cast.elin}
    with refused("days_running"):
        plan_verbs.schedule(**ask)
    plan_verbs.schedule(**ask, keep_running=True)
    plan_verbs.schedule(**ask)
    kept = days_in_force(cast.plan, cast.harbour.today())
    assert (kept.kept_running, kept.to_ask_about) == (True, False)
    assert list(verify.differences()) == []
    with pytest.raises(DatabaseError, match="append-only"):
        Schedule.objects.update(kept_running=False)

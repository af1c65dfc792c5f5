"""Tests of the fixtures on which all tests depend."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection

from accounts.models import Clinic, Event
from curriculum.models import Ladder
from tests.cast import Cast
from tests.together import at_once


@pytest.mark.django_db(transaction=True)
def test_a_flush_empties_append_only_tables(cast: Cast) -> None:
    Event.objects.create(actor=cast.elin, kind="seen")


@pytest.mark.django_db(transaction=True)
def test_a_flush_leaves_the_curriculum_and_the_triggers(curriculum: Ladder) -> None:
    assert Clinic.objects.count() == 0
    assert curriculum.rungs.count() == 7
    event = Event.objects.create(kind="seen")
    with pytest.raises(IntegrityError):
        Event.objects.filter(pk=event.pk).update(kind="unseen")


@pytest.mark.django_db(transaction=True)
def test_calls_made_at_once_see_what_is_committed(cast: Cast) -> None:
    assert at_once(Clinic.objects.count, Clinic.objects.count) == [2, 2]
    assert isinstance(at_once(lambda: Clinic.objects.get(name="none"))[0], Clinic.DoesNotExist)


@pytest.mark.only_sqlite
def test_only_sqlite_runs_on_sqlite() -> None:
    assert connection.vendor == "sqlite"


@pytest.mark.only_postgres
def test_only_postgres_runs_on_postgres() -> None:
    assert connection.vendor == "postgresql"


def test_a_run_has_no_test_that_it_should_leave_out(request: pytest.FixtureRequest) -> None:
    slow_wanted = "slow" in request.config.getoption("-m")
    for item in request.session.items:
        marks = {mark.name for mark in item.iter_markers()}
        assert slow_wanted or "slow" not in marks, item.nodeid
        if connection.vendor == "postgresql" and "/browser/" in item.nodeid:
            assert "both" in marks, item.nodeid

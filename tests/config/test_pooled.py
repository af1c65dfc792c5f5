"""A pool such as PgBouncer may give each transaction another session of PostgreSQL: nothing that
the product does outlives its transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from psycopg.errors import InvalidCursorName

from accounts import jobs, sessions
from patients.models import Practice
from tests.cast import Cast
from tests.patients.clinic_pages import browser
from tests.patients.phone import phone_of, save

pytestmark = [pytest.mark.only_postgres, pytest.mark.django_db(transaction=True)]


def _forget_session(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Run a statement. If it ends a transaction, the next one finds another session: without its
    cursors, prepared statements, locks, temporary tables and settings."""
    found = execute(sql, params, many, context)
    wrapper = context["connection"]
    if not wrapper.in_atomic_block:
        wrapper.connection.execute("DISCARD ALL")
    return found


@pytest.fixture
def pooled(cast: Cast) -> Iterator[None]:
    with connection.execute_wrapper(_forget_session):
        yield


@pytest.fixture
def set_for_it(pooled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)


def test_people_and_jobs_do_what_they_do(cast: Cast, set_for_it: None) -> None:
    assert save(phone_of(cast.maya), cast.harbour.today(), pain=8).status_code == 303
    assert Practice.objects.exists()
    clinic = browser(cast.petra)
    for address in (reverse("caseload"), reverse("chart", args=[cast.maya.pk]), reverse("clinic")):
        assert clinic.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        call_command("send_notices", verbosity=0)
        for name in jobs.known():
            call_command("jobs", name, stdout=StringIO())
        sessions.forget_names(cast.harbour)
        call_command("migrate", verbosity=0)
        call_command("refresh_summaries", verbosity=0)
        call_command("verify", verbosity=0)


def test_without_that_setting_it_does_not(cast: Cast, pooled: None) -> None:
    with pytest.raises(InvalidCursorName):
        call_command("refresh_summaries", verbosity=0)

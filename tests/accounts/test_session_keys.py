"""What lies in the database opens nothing: not the keys of sessions, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import Phone, Session
from tests.accounts.phones import kept_as, new_link, opened, signed_in
from tests.cast import Cast
from tests.kept_rows import KeptRows

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def words_of_the_database() -> set[str]:
    cells = {
        cell
        for table in KeptRows.of(connection, "accounts").tables.values()
        for row in table.rows
        for cell in row
    }
    return {cell for cell in cells if isinstance(cell, str)}


def test_a_copy_of_the_database_signs_nobody_in(cast: Cast, client: Client) -> None:
    """A thief tries every word of every row as a cookie."""
    client.force_login(cast.petra)
    phone = opened(new_link(cast.maya.user, cast.elin))
    assert signed_in(client)
    assert signed_in(phone)
    keys = words_of_the_database()
    assert {kept_as(client), kept_as(phone)} <= keys
    for key in keys:
        thief = Client()
        thief.cookies["sid"] = key
        assert not signed_in(thief), key


def test_sessions_that_ran_out_and_their_phones_are_deleted(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        opened(new_link(cast.tomas.user, cast.elin))
        Client().get("/account/login/")
    with time_machine.travel(NOW + timedelta(days=100), tick=False):
        kept = opened(new_link(cast.maya.user, cast.elin))
    with time_machine.travel(NOW + timedelta(days=181), tick=False):
        call_command("send_notices", verbosity=0)
        assert [row.pk for row in Session.objects.all()] == [kept_as(kept)]
        assert [row.user for row in Phone.objects.all()] == [cast.maya.user]
        assert signed_in(kept)

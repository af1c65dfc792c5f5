"""What was written of an hour cannot be changed unnoticed once the hour is sealed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import triggers
from tests.cast import Cast
from trail import seals
from trail.models import Access, Seal


@pytest.fixture
def sealed(cast: Cast) -> Iterator[Cast]:
    """Three hours in which somebody opened Maya's chart, sealed."""
    browser = Client()
    begin = timezone.now()
    for hour in range(3):
        with time_machine.travel(begin + timedelta(hours=hour)):
            browser.force_login(cast.omar)
            browser.get(reverse("chart", args=[cast.maya.pk]))
    with time_machine.travel(begin + timedelta(hours=5)):
        seals.seal_closed()
        yield cast


def _forced(sql: str, *values: int) -> None:
    """What somebody does who may do everything with the database."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    triggers.install(connection)


def test_nothing_changed_is_nothing_told(sealed: Cast) -> None:
    assert Seal.objects.count() >= 3
    assert list(seals.differences()) == []
    assert seals.seal_closed() == 0


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE trail_access SET actor_id = subject_id WHERE id = %s", "was changed"),
        ("DELETE FROM trail_access WHERE id = %s", "has 0"),
        ("UPDATE trail_access SET at = at WHERE id = %s", ""),
    ],
)
def test_the_hour_whose_row_was_changed_is_named(sealed: Cast, sql: str, told: str) -> None:
    row = Access.objects.order_by("pk")[1]
    _forced(sql, row.pk)
    found = list(seals.differences())
    assert bool(found) == bool(told)
    if told:
        assert f"{row.at:%Y-%m-%d %H}:00" in found[0]
        assert told in found[0] or "sealed with" in found[0]


def test_a_seal_that_is_taken_away_or_made_anew_breaks_the_ones_after_it(sealed: Cast) -> None:
    _forced("DELETE FROM trail_seal WHERE id = %s", Seal.objects.earliest("pk").pk)
    assert list(seals.differences())


def test_a_row_that_is_added_to_an_hour_afterwards_is_noticed(sealed: Cast) -> None:
    first = Access.objects.earliest("pk")
    for at in (first.at, first.at - timedelta(days=2)):
        Access.objects.create(act="opened", page="chart", hour=at + timedelta(1), at=at)
    assert len(list(seals.differences())) >= 2


def test_what_is_blanked_when_a_person_is_erased_breaks_no_seal(sealed: Cast) -> None:
    Access.objects.update(address="", device="")
    assert list(seals.differences()) == []


@pytest.mark.only_sqlite
def test_a_row_that_was_gone_before_its_hour_was_sealed_is_noticed(sealed: Cast) -> None:
    rows = [
        Access.objects.create(act="opened", page=page, hour=timezone.now(), at=timezone.now())
        for page in ("chart", "notes", "messages")
    ]
    _forced("DELETE FROM trail_access WHERE id = %s", rows[1].pk)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert seals.seal_closed() >= 1
    assert "1 rows were gone" in " ".join(seals.differences())


def test_an_hour_is_sealed_only_when_nothing_more_can_come_into_it(cast: Cast) -> None:
    Access.objects.create(act="opened", page="chart", hour=timezone.now(), at=timezone.now())
    assert not Seal.objects.filter(hour__gt=timezone.now() - timedelta(hours=1)).exists()
    seals.seal_closed()
    assert not Seal.objects.filter(hour__gt=timezone.now() - timedelta(hours=1)).exists()


def test_the_newest_seal_stands_in_the_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    Access.objects.create(act="opened", page="chart", hour=timezone.now(), at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(hours=3)), caplog.at_level(logging.WARNING):
        seals.seal_closed()
    newest = Seal.objects.last()
    assert newest is not None
    assert newest.digest in caplog.text


def test_the_process_beside_the_server_seals_and_verify_checks(cast: Cast) -> None:
    Access.objects.create(act="opened", page="chart", hour=timezone.now(), at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        call_command("send_notices", verbosity=0)
        assert Seal.objects.exists()
        call_command("verify", verbosity=0)
        _forced("UPDATE trail_access SET page = 'notes'")
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("verify", stdout=out)
    assert "trail: a row of the hour" in out.getvalue()


def test_the_command_seals(cast: Cast) -> None:
    Access.objects.create(act="opened", page="chart", hour=timezone.now(), at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        call_command("seal_trail", verbosity=0)
    assert Seal.objects.exists()

"""The role of PostgreSQL that serves, beside the one that owns the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event, Session
from accounts.sessions import forget_ended
from config import app_role, checks, owner_url
from law import retention
from law.erasing.erase import erase
from patients.verbs import people as people_verbs
from tests import factories
from tests.app_role import ROLE, make, serving
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.patients.lived import live
from trail.models import Seal

pytestmark = [pytest.mark.django_db, pytest.mark.only_postgres]


def may(what: str, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [ROLE, table, what])
        return bool(cursor.fetchone()[0])


def may_somewhere(what: str, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_any_column_privilege(%s, %s, %s)", [ROLE, table, what])
        return bool(cursor.fetchone()[0])


@pytest.fixture
def role(cast: Cast) -> None:
    make()


@pytest.fixture
def served(cast: Cast) -> Iterator[None]:
    with serving():
        yield


def test_it_deletes_only_where_the_product_does(role: None) -> None:
    models = {model._meta.label: table for table, model in app_role.tables().items()}
    assert set(app_role.DELETED) <= set(models)
    assert all(app_role.DELETED.values())
    deleted = {label for label, table in models.items() if may("DELETE", table)}
    assert deleted == set(app_role.DELETED)


def test_it_empties_no_table_and_reads_them_all(role: None) -> None:
    for table in connection.introspection.table_names():
        for what in ("TRUNCATE", "TRIGGER", "REFERENCES"):
            assert not may(what, table), (table, what)
        assert may("SELECT", table), table
    with connection.cursor() as cursor:
        # A backup holds the next number of each table, and this role makes it.
        cursor.execute(
            "SELECT bool_and(has_sequence_privilege(%s, oid, 'SELECT')) FROM pg_class"
            " WHERE relkind = 'S' AND pg_table_is_visible(oid)",
            [ROLE],
        )
        assert cursor.fetchone() == (True,)


def test_what_is_kept_for_good_is_changed_in_no_column(role: None) -> None:
    kept = [model for model in apps.get_models() if getattr(model, "append_only", False)]
    assert len(kept) > 20
    for model in kept:
        assert not may_somewhere("UPDATE", model._meta.db_table), model
        assert not may("DELETE", model._meta.db_table), model
        assert may("INSERT", model._meta.db_table), model


@pytest.mark.parametrize(
    "attack",
    [
        "ALTER TABLE accounts_event DISABLE TRIGGER USER",
        "DROP TRIGGER refuse_accounts_event_delete ON accounts_event",
        "CREATE OR REPLACE FUNCTION refuse_accounts_event_delete() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN OLD; END'",
        "SET session_replication_role = replica",
        "TRUNCATE accounts_event",
        "DELETE FROM accounts_event",
        "UPDATE accounts_event SET address = ''",
        "UPDATE curriculum_rung SET position = position",
        "CREATE TABLE mine (id int)",
        "DROP TABLE accounts_event",
        "DELETE FROM patients_patient",
    ],
)
def test_who_has_its_password_gets_round_no_rule(served: None, attack: str) -> None:
    before = Event.objects.count()
    with pytest.raises(ProgrammingError, match=r"denied|must be owner"):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)
    assert Event.objects.count() == before


def test_everything_that_people_do_is_done_by_it(cast: Cast, served: None) -> None:
    live(cast)
    browser = Client()
    browser.post("/account/login/", {"login": cast.elin.email, "password": PASSWORD})
    assert browser.get("/caseload/").status_code == 200
    assert browser.get(reverse("chart", args=[cast.maya.pk])).status_code == 200
    browser.post("/account/logout/")
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        call_command("seal_trail", verbosity=0)
        forget_ended(timezone.now())
    assert Seal.objects.exists()
    assert not Session.objects.exists()


def test_it_erases_nobody_and_says_who_does(cast: Cast, served: None) -> None:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    browser = Client()
    browser.force_login(cast.petra)
    form = {"typed": "Maya Roos", "why": "She asked for it."}
    refused = browser.post(reverse("erase", args=[cast.maya.pk]), form)
    assert refused.status_code == 422
    assert f"manage.py erase {cast.maya.pk}" in refused.content.decode()
    cast.maya.refresh_from_db()
    assert cast.maya.name == "Maya Roos"


def test_the_nightly_job_says_who_erases_when_the_years_are_over(cast: Cast) -> None:
    job = "retention"
    retention.set_keeping(clinic=cast.harbour, by=cast.petra, years=1, acts=True)
    with serving():
        call_command("jobs", job, stdout=StringIO())
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        with serving():
            with pytest.raises(CommandError, match="retention” every night where DATABASE_OWNER"):
                call_command("jobs", job, stdout=StringIO())
            call_command("jobs", "old-mails", stdout=StringIO())
        browser = Client()
        browser.force_login(cast.petra)
        assert "DATABASE_OWNER_URL" in browser.get(reverse("clinic")).content.decode()
        call_command("jobs", job, stdout=StringIO())
    cast.maya.refresh_from_db()
    assert cast.maya.name == "Erased"


def test_the_owner_erases_as_before(cast: Cast, role: None) -> None:
    gone = factories.patient(cast.elin, "Gerda Gone")
    people_verbs.discharge(patient=gone, by=cast.elin)
    erase(patient=gone, by=None, typed="Gerda Gone", why="She asked for it.")
    gone.refresh_from_db()
    assert gone.name == "Erased"


def test_a_table_that_is_new_is_closed_until_the_command_runs_again(role: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT DELETE, TRUNCATE ON patients_practice TO {ROLE}")
    assert may("DELETE", "patients_practice")
    call_command("app_role", ROLE, apply=True, verbosity=0)
    assert not may("DELETE", "patients_practice")
    assert not may("TRUNCATE", "patients_practice")


@pytest.mark.parametrize(
    ("name", "words"), [("nobody_here", "CREATE ROLE"), ("hinge", "owns the tables")]
)
def test_a_role_that_could_do_more_is_not_taken(role: None, name: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("app_role", name, apply=True)


def test_one_address_for_everything_goes_on_with_a_warning(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> list[Any]:
        return [message.id for message in checks.server_owns_no_table(None, ["default"])]

    monkeypatch.delenv(owner_url.KEPT, raising=False)
    assert found() == ["hinge.W005"]
    with serving():
        assert found() == []
    monkeypatch.setenv(owner_url.KEPT, "postgres://hinge_web@localhost/hinge")
    assert found() == []


def test_who_watches_the_server_of_that_role_hears_that_it_is_ready(served: None) -> None:
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})

from __future__ import annotations

from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.models import Event
from config import triggers
from patients.models import Plan
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, steps
from tests.cast import Cast


def warned() -> bool:
    return "hinge.W002" in {message.id for message in run_checks(databases=["default"])}


@pytest.mark.django_db
def test_a_lost_trigger_is_noticed_and_migrate_makes_it_again() -> None:
    assert not warned()
    triggers.remove(connection)
    assert warned()
    call_command("migrate", verbosity=0)
    assert not warned()
    event = Event.objects.create(kind="seen")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).delete()


def _changed() -> bool:
    return "hinge.W004" in {message.id for message in run_checks(databases=["default"])}


@pytest.mark.django_db
def test_a_trigger_replaced_by_one_that_refuses_nothing_is_noticed_and_made_again() -> None:
    assert not _changed()
    name = "refuse_accounts_event_delete"
    harmless = triggers.Trigger(name, "accounts_event", "DELETE", "1 = 0", "nothing")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(harmless.sqlite())
        else:
            cursor.execute(harmless.postgresql())
    assert triggers.changed(connection) == [name]
    assert _changed()
    assert not warned()
    call_command("migrate", verbosity=0)
    assert not _changed()


@pytest.mark.django_db
@pytest.mark.only_postgres
@pytest.mark.parametrize("how", ["DISABLE", "ENABLE REPLICA"])
def test_a_trigger_that_is_switched_off_is_noticed_and_switched_on_again(how: str) -> None:
    name = "refuse_accounts_event_delete"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE accounts_event {how} TRIGGER {name}")
    assert triggers.changed(connection) == [name]
    assert _changed()
    call_command("migrate", verbosity=0)
    assert not _changed()


#: Swallows each report that is told, and answers as if it were stored.
SWALLOWS = {
    "sqlite": [
        "CREATE TRIGGER helper BEFORE INSERT ON patients_report BEGIN SELECT RAISE(IGNORE); END"
    ],
    "postgresql": [
        "CREATE FUNCTION helper() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER helper BEFORE INSERT ON patients_report"
        " FOR EACH ROW EXECUTE FUNCTION helper()",
    ],
}


@pytest.mark.both
@pytest.mark.django_db
def test_a_trigger_of_somebody_else_that_swallows_reports_is_noticed() -> None:
    """Every trigger of ours is whole, so only its name on a list of all gives it away."""
    assert triggers.foreign(connection) == []
    with connection.cursor() as cursor:
        for statement in SWALLOWS[connection.vendor]:
            cursor.execute(statement)
    assert triggers.foreign(connection) == ["helper"]
    assert not warned()
    assert not _changed()
    found = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", verbosity=0, stdout=found)
    assert "triggers that the product did not make: 1, helper first" in found.getvalue()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_installation_with_patients_is_brought_up_to_date(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    for app in ("patients", "curriculum", "accounts"):
        steps.migrate(app, "0003" if app == "patients" else "0001")
    call_command("migrate", verbosity=0)
    assert [rung.position for rung in cast.plan.passed_rungs] == [1]
    assert not warned()


@pytest.mark.django_db(transaction=True)
def test_the_way_back_to_an_older_release_leaves_it_no_trigger_that_reads_newer_columns(
    cast: Cast,
) -> None:
    plan_verbs.end(plan=cast.noors_plan, by=cast.ines)
    people_verbs.discharge(patient=cast.maya, by=cast.petra)
    steps.migrate("patients", "0047")
    assert triggers.installed(connection) == set()
    call_command("migrate", verbosity=0)
    assert not warned()
    assert Plan.objects.get(pk=cast.plan.pk).discharged


@pytest.mark.django_db
def test_a_trigger_that_is_no_longer_declared_goes() -> None:
    stray = triggers.Trigger(
        "refuse_stray_insert", "accounts_event", "INSERT", "1 = 1", "no more events"
    )
    with connection.cursor() as cursor:
        cursor.execute(stray.sqlite() if connection.vendor == "sqlite" else stray.postgresql())
    triggers.install(connection)
    Event.objects.create(kind="seen")

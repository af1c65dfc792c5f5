"""What the database itself refuses, beyond what a constraint can say, on SQLite and PostgreSQL
alike.

The apps declare, this module installs:

* a model with ``append_only = True`` refuses UPDATE and DELETE (and TRUNCATE); columns named in its
``erasable`` may be blanked, and nothing else, when a person is erased;
* an app config's ``triggers`` names conditions, in SQL that both databases read, under which a row
is refused.

SQLite drops a table's triggers whenever ``AlterField`` rebuilds the table, and cannot rebuild one
that a trigger of another table reads. So there all of them go before a migration; PostgreSQL keeps
them on, and a migration that changes rows stands under them. On both they are made anew after every
migrate, and a system check asserts them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "refuse_"


@dataclass(frozen=True)
class Trigger:
    """Refuse ``event`` (INSERT, UPDATE, DELETE, TRUNCATE) on ``table`` where ``condition`` (SQL)
    holds."""

    name: str
    table: str
    event: str
    condition: str
    message: str

    @property
    def quoted(self) -> str:
        return "'" + self.message.replace("'", "''") + "'"

    def sqlite(self) -> str:
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW "
            f"BEGIN SELECT RAISE(ABORT, {self.quoted}) WHERE {self.condition}; END"
        )

    def postgresql(self) -> str:
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        row = "OLD" if self.event == "DELETE" else "NULL" if self.event == "TRUNCATE" else "NEW"
        return (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $body$ "
            f"BEGIN IF {self.condition} THEN RAISE EXCEPTION {self.quoted} "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $body$; "
            f"CREATE OR REPLACE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH {each} EXECUTE FUNCTION {self.name}()"
        )


def _same(column: str) -> str:
    # Never unknown: with a null on one side "=" is, and an unknown condition refuses nothing.
    return f"COALESCE(NEW.{column} = OLD.{column}, NEW.{column} IS NULL AND OLD.{column} IS NULL)"


def _append_only(model: type[models.Model]) -> Iterator[Trigger]:
    table = model._meta.db_table
    erasable = getattr(model, "erasable", ())
    columns = [f.column for f in model._meta.concrete_fields if f.column and f.name not in erasable]
    blanked = [f"({_same(name)} OR COALESCE(NEW.{name} = '', FALSE))" for name in erasable]
    unchanged = (
        " AND ".join([_same(column) for column in columns] + blanked) if erasable else "1 = 0"
    )
    message = f"{table} is append-only"
    yield Trigger(f"{PREFIX}{table}_update", table, "UPDATE", f"NOT ({unchanged})", message)
    yield Trigger(f"{PREFIX}{table}_delete", table, "DELETE", "1 = 1", message)
    yield Trigger(f"{PREFIX}{table}_truncate", table, "TRUNCATE", "1 = 1", message)


def declared() -> list[Trigger]:
    """Every trigger that the installed apps ask for."""
    found: list[Trigger] = []
    for model in apps.get_models():
        if getattr(model, "append_only", False):
            found.extend(_append_only(model))
    for app in apps.get_app_configs():
        for name, rule in getattr(app, "triggers", {}).items():
            for event in rule["events"].split():
                trigger = Trigger(
                    f"{PREFIX}{name}_{event.lower()}",
                    rule["table"],
                    event,
                    rule["refuse_when"],
                    rule["message"],
                )
                found.append(trigger)
    return found


def expected(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """The triggers that make sense on this database: SQLite has no TRUNCATE."""
    return [t for t in declared() if connection.vendor != "sqlite" or t.event != "TRUNCATE"]


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of our triggers present in the database."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND tgname LIKE %s AND pg_table_is_visible(pg_class.oid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [PREFIX + "%"])
        return {row[0] for row in cursor.fetchall()}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every declared trigger whose table exists; safe to run again, and beside a server at
    work."""
    tables = set(connection.introspection.table_names())
    wanted = [trigger for trigger in expected(connection) if trigger.table in tables]
    if connection.vendor == "sqlite":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            remove(connection)
            for trigger in wanted:
                cursor.execute(trigger.sqlite())
        return
    # Each replaced by itself: none is ever off, and no two tables are held at once.
    remove(connection, kept={trigger.name for trigger in wanted})
    with connection.cursor() as cursor:
        for trigger in wanted:
            cursor.execute(trigger.postgresql())


def remove(connection: BaseDatabaseWrapper, kept: Collection[str] = ()) -> None:
    """Drop every trigger of ours, those no longer declared too, but for those ``kept`` by name."""
    with connection.cursor() as cursor:
        for name in sorted(installed(connection).difference(kept)):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"DROP FUNCTION {name}() CASCADE")


def remove_before_migrate(sender: Any, using: str, plan: Any = (), **kwargs: Any) -> None:
    # SQLite alters a table by building it anew, which a trigger that reads it from another table
    # would stop.
    if plan and connections[using].vendor == "sqlite":
        remove(connections[using])


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    # Every app that has models sends post_migrate, when all tables are made: at the first, before
    # anything is written.
    if sender.label == next(app.label for app in apps.get_app_configs() if app.models_module):
        install(connections[using])

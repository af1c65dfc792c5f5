"""Installs triggers by which SQLite and PostgreSQL refuse what a constraint cannot refuse.

The apps declare the triggers:

* A model with ``append_only = True`` refuses UPDATE, DELETE and TRUNCATE. The columns that its
  ``erasable`` names may be blanked, when a person is erased, and those of its ``erased_as`` become
  the text that stands there.
* The ``triggers`` of an app config name conditions under which a row is refused. They are written
  in SQL that both databases read.

SQLite drops a table's triggers when ``AlterField`` rebuilds the table, and it cannot rebuild a
table that a trigger of another table reads. So on SQLite all triggers are removed before a
migration. PostgreSQL keeps them, and they also apply to a migration that changes rows. After every
migrate they are made again on both, and a system check warns when one is missing. After a migrate
back to an older release there are none, until that release migrates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "refuse_"


@dataclass(frozen=True)
class Trigger:
    """Refuses ``event`` on ``table`` where ``condition`` holds.

    event: INSERT, UPDATE, DELETE or TRUNCATE
    condition: SQL
    message: the text of the database's error
    """

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
        return (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$body${self._body()}$body$; CREATE OR REPLACE {self._head()}"
        )

    def _head(self) -> str:
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return (
            f"TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH {each} EXECUTE FUNCTION {self.name}()"
        )

    def _body(self) -> str:
        row = "OLD" if self.event == "DELETE" else "NULL" if self.event == "TRUNCATE" else "NEW"
        return (
            f" BEGIN IF {self.condition} THEN RAISE EXCEPTION {self.quoted} "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END "
        )

    def text(self, vendor: str) -> str:
        """What ``installed_texts`` finds of this trigger when nobody has changed it."""
        return self.sqlite() if vendor == "sqlite" else f"O CREATE {self._head()}{self._body()}"


def _same(column: str) -> str:
    # A null makes "=" unknown, and an unknown condition refuses nothing. This one is never unknown.
    return f"COALESCE(NEW.{column} = OLD.{column}, NEW.{column} IS NULL AND OLD.{column} IS NULL)"


def _append_only(model: type[models.Model]) -> Iterator[Trigger]:
    table = model._meta.db_table
    erased = dict.fromkeys(getattr(model, "erasable", ()), "") | getattr(model, "erased_as", {})
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if field.column and field.name not in erased
    ]
    blanked = [
        f"({_same(name)} OR COALESCE(NEW.{name} = '{instead}', FALSE))"
        for name, instead in erased.items()
    ]
    unchanged = " AND ".join([_same(column) for column in columns] + blanked) if erased else "1 = 0"
    message = f"{table} is append-only"
    yield Trigger(f"{PREFIX}{table}_update", table, "UPDATE", f"NOT ({unchanged})", message)
    yield Trigger(f"{PREFIX}{table}_delete", table, "DELETE", "1 = 1", message)
    yield Trigger(f"{PREFIX}{table}_truncate", table, "TRUNCATE", "1 = 1", message)


def declared() -> list[Trigger]:
    """Every trigger that the installed apps declare."""
    triggers: list[Trigger] = []
    for model in apps.get_models():
        if getattr(model, "append_only", False):
            triggers.extend(_append_only(model))
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
                triggers.append(trigger)
    return triggers


def expected(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """The declared triggers that this database can have. SQLite has no TRUNCATE."""
    return [
        trigger
        for trigger in declared()
        if connection.vendor != "sqlite" or trigger.event != "TRUNCATE"
    ]


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of our triggers that the database has now."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND tgname LIKE %s AND pg_table_is_visible(pg_class.oid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [PREFIX + "%"])
        return {row[0] for row in cursor.fetchall()}


def installed_texts(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """What the database holds of each of our triggers: its whole text, and on PostgreSQL before it
    whether it is on."""
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        if connection.vendor == "sqlite"
        else "SELECT tgname, concat(tgenabled, ' ', pg_get_triggerdef(pg_trigger.oid, true),"
        " prosrc)"
        " FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE NOT tgisinternal AND tgname LIKE %s AND pg_table_is_visible(pg_class.oid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [PREFIX + "%"])
        return dict(cursor.fetchall())


def changed(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that the database has, but not as they are declared: replaced by
    another, or switched off."""
    found = installed_texts(connection)
    return sorted(
        trigger.name
        for trigger in expected(connection)
        if trigger.name in found and found[trigger.name] != trigger.text(connection.vendor)
    )


def foreign(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers on tables of the product that the product does not declare. One can
    swallow a row, or change what is written, while every trigger of ours is whole."""
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND pg_table_is_visible(pg_class.oid)"
    )
    ours = {(trigger.name, trigger.table) for trigger in expected(connection)}
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(name for name, table in set(cursor.fetchall()) - ours if _is_ours(table))


def _is_ours(table: str) -> bool:
    return table in {model._meta.db_table for model in apps.get_models(include_auto_created=True)}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every declared trigger whose table exists.

    It is safe to run this again, and while a server is running.
    """
    tables = set(connection.introspection.table_names())
    wanted = [trigger for trigger in expected(connection) if trigger.table in tables]
    if connection.vendor == "sqlite":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            remove(connection)
            for trigger in wanted:
                cursor.execute(trigger.sqlite())
        return
    # Each trigger is replaced by itself: it is never off, and only one table is locked at a time.
    remove(connection, kept={trigger.name for trigger in wanted})
    with connection.cursor() as cursor:
        for trigger in wanted:
            cursor.execute(trigger.postgresql())


def remove(connection: BaseDatabaseWrapper, kept: Collection[str] = ()) -> None:
    """Drop all our triggers, also undeclared ones, except those that ``kept`` names."""
    with connection.cursor() as cursor:
        for name in sorted(installed(connection).difference(kept)):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"DROP FUNCTION {name}() CASCADE")


def remove_before_migrate(sender: Any, using: str, plan: Any = (), **kwargs: Any) -> None:
    # SQLite alters a table by rebuilding it. A trigger of another table that reads it forbids that.
    if plan and connections[using].vendor == "sqlite":
        remove(connections[using])


def install_after_migrate(sender: Any, using: str, plan: Any = (), **kwargs: Any) -> None:
    # Every app with models sends post_migrate after all tables are made. Install at the first of
    # these signals, before any app writes.
    if sender.label != next(app.label for app in apps.get_app_configs() if app.models_module):
        return
    if _goes_back(plan):
        # The tables are now those of an older release, and so must the triggers be: it makes its
        # own when it migrates. Ours read columns that these tables do not have.
        remove(connections[using])
    else:
        install(connections[using])


def _goes_back(plan: Iterable[tuple[Any, bool]]) -> bool:
    """Whether a plan of ``migrate``, as (migration, backwards), takes migrations back."""
    return any(backwards for _, backwards in plan)

"""What the role of PostgreSQL may do that serves, where another role owns the tables.

It reads everything and adds rows. It changes no row of what is kept for good, deletes only where
the product deletes, empties no table, and makes, alters and drops nothing. So whoever gets hold of
its password cannot switch off a trigger either.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

#: The tables of which the product itself deletes rows, and why. Nobody else does.
DELETED: dict[str, str] = {
    "accounts.Session": "a sign-in ends",
    "accounts.SignIn": "a sign-in ends, or its person ends it elsewhere",
    "accounts.Phone": "a phone is signed out",
    "accounts.Count": "a count of tries has run out, or is taken back",
    "accounts.PasswordMail": "a mail has left",
    "accounts.UnsentMail": "a later mail has left, or the address has changed",
    "accounts.SignOnLink": "an owner ends access, or changes the e-mail",
    "account.EmailAddress": "an owner changes the e-mail",
    "mfa.Authenticator": "a second step is removed, a recovery code is used up",
    "patients.Outbox": "a mail of more than a year ago is forgotten",
    "patients.Draft": "a day is logged, and its draft goes; an old one is forgotten",
    "patients.VisitDraft": "a step of a first visit is saved, or the visit ends",
    "patients.Tick": "a tick is taken back, or a gate closes again",
    "patients.Pass": "a pass is withdrawn; the withdrawal is kept",
    "patients.DrawnPerson": "different people show the drills again, or the person is erased",
    "patients.TemplateDose": "a dose is taken out of a plan template",
    "patients.PracticeFeed": "a patient ends their calendar, or is erased",
    "patients.NamePart": "a name is spelled otherwise",
}
#: What only commands of the owner write.
READ = frozenset({"auth", "contenttypes", "curriculum"})
#: What stands in no model.
HISTORY = "django_migrations"


def allowed(model: type[models.Model]) -> list[str]:
    """What the role that serves may do with the rows of a model."""
    if model._meta.app_label in READ:
        return ["SELECT"]
    may = ["SELECT", "INSERT"]
    if not getattr(model, "append_only", False):
        may.append("UPDATE")
    return [*may, "DELETE"] if model._meta.label in DELETED else may


def tables() -> dict[str, type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in found if model._meta.managed}


def statements(connection: BaseDatabaseWrapper, role: str) -> Iterator[str]:
    """SQL that gives the role this, and takes all else. It may run again at any time."""
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"REVOKE ALL ON SCHEMA public FROM {quoted}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {quoted}"
    yield f"GRANT USAGE ON SCHEMA public TO {quoted}"
    yield f"GRANT SELECT ON {HISTORY} TO {quoted}"
    # So that it can make a backup, which holds the next number of each table.
    yield f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}"
    for table, model in sorted(tables().items()):
        if table in there:
            yield f"GRANT {', '.join(allowed(model))} ON {table} TO {quoted}"


def owns_tables(connection: BaseDatabaseWrapper, role: str | None = None) -> bool:
    """Whether the role, or who is connected now, may do all that the owner of the tables may."""
    who = "CURRENT_USER" if role is None else "%s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = CURRENT_SCHEMA()"  # noqa: S608
            f" AND pg_has_role({who}, tableowner, 'USAGE'))",
            [] if role is None else [role],
        )
        return bool(cursor.fetchone()[0])

"""Keep digests of session keys instead of the keys. Everybody stays signed in, but nobody of a
demo beside a real clinic, and no demo keeps the password that an older release published."""

import hashlib
from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import migrations
from django.db.models import F
from django.utils import timezone

SESSIONS = "django_session"
COUNTS = "cache"
AT_ONCE = 1000
OPENS_NOTHING = "!"


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def move(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    tables = connection.introspection.table_names()
    if connection.vendor == "sqlite":
        # The pages of the dropped table are overwritten, so the file holds no key any more.
        schema_editor.execute("PRAGMA secure_delete = ON")
    if SESSIONS in tables:
        _rehash(apps, connection)
        schema_editor.execute(f"DROP TABLE {SESSIONS}")
    if COUNTS in tables:
        # Counts are kept elsewhere now. Values of this table were run when they were read.
        schema_editor.execute(f"DROP TABLE {COUNTS}")
    for phone in apps.get_model("accounts", "Phone").objects.all():
        phone.session_key = digest(phone.session_key)
        phone.save(update_fields=["session_key"])


def _rehash(apps: Any, connection: Any) -> None:
    Session = apps.get_model("accounts", "Session")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT session_key, session_data, expire_date FROM {SESSIONS}"  # noqa: S608
            " WHERE expire_date > %s",
            [connection.ops.adapt_datetimefield_value(timezone.now())],
        )
        while rows := cursor.fetchmany(AT_ONCE):
            with connection.cursor() as writing:
                writing.executemany(
                    f"INSERT INTO {Session._meta.db_table}"  # noqa: S608
                    " (session_key, session_data, expire_date) VALUES (%s, %s, %s)",
                    [(digest(key), data, ends) for key, data, ends in rows],
                )


def sign_out(apps: Any, schema_editor: Any) -> None:
    """No key can be made from its digest: everybody signs in again."""
    apps.get_model("accounts", "Session").objects.all().delete()
    apps.get_model("accounts", "Phone").objects.all().delete()
    if SESSIONS not in schema_editor.connection.introspection.table_names():
        schema_editor.create_model(_older_sessions())


def _older_sessions() -> Any:
    from django.apps.registry import Apps

    meta = type("Meta", (), {"app_label": "sessions", "db_table": SESSIONS, "apps": Apps()})
    return type("Session", (AbstractBaseSession,), {"__module__": __name__, "Meta": meta})


def close_demos(apps: Any, schema_editor: Any) -> None:
    """``manage.py demo`` gives the staff of a demo a password of this installation."""
    people = apps.get_model("accounts", "User").objects.filter(clinic__demo=True)
    staff = people.filter(email__isnull=False)
    staff.update(password=OPENS_NOTHING, session_epoch=F("session_epoch") + 1)
    if apps.get_model("accounts", "Clinic").objects.filter(demo=False).exists():
        people.update(is_active=False)


def leave(apps: Any, schema_editor: Any) -> None:
    """A demo stays closed on the way back."""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_sessions_of_our_own")]

    operations = [
        migrations.RunPython(move, sign_out),
        migrations.RunPython(close_demos, leave),
    ]

"""Writes a word of their own into every column of words of a patient, past the product's rules, and
finds it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from accounts import links
from config import triggers
from law import reach
from patients.models import Patient
from patients.verbs import carers as carer_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import identity as identity_verbs
from patients.verbs import reports as report_verbs
from tests.cast import Cast
from tests.patients.lived import live

#: Columns of text that hold no words: keys, numbers of forms, and words of the ladder.
NO_WORDS = {
    "address",
    "asked",
    "code_digest",
    "token_digest",
    "device",
    "fields",
    "page",
    "client_id",
    "judged",
    "key",
    "kind",
    "opaque",
    "password",
    "pin_hash",
    "reason_for",
    "request_id",
    "session_key",
    "variant",
}
#: Columns of values that hold words all the same.
PUT_INTO = {"Precaution.fields": '{{"word": "{}"}}', "Intake.precautions": '[{{"note": "{}"}}]'}


def holds_words(model: type[models.Model], field: Any) -> bool:
    if f"{model.__name__}.{field.name}" in PUT_INTO:
        return True
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and not field.choices and field.name not in NO_WORDS


def columns() -> Iterator[tuple[type[models.Model], Any]]:
    """Every column of words about a patient."""
    for model in reach.tables():
        for field in model._meta.concrete_fields:
            if holds_words(model, field):
                yield model, field


def mark(cast: Cast, word: str) -> None:
    """Live Maya's plan, and then write the word into every column of words about her."""
    live(cast)
    help_out(cast)
    finding_verbs.note(plan=cast.plan, by=cast.elin, words="Looks up.")
    identity_verbs.put_names_right(
        patient=cast.maya, by=cast.elin, name="Maya Roos", formal_name="Maya Lova Roos"
    )
    write(cast.maya, word)


def help_out(cast: Cast) -> None:
    """Somebody helps Maya, with a link of their own, and tells how she is."""
    carer = carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.maya.user)
    links.issue(carer.user, by=cast.elin)
    said: dict[str, Any] = {"kinds": ["other"], "words": "She is tired."}
    report_verbs.report(patient=cast.maya, by=carer.user, client_id="of a carer", **said)


def write(patient: Patient, word: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.remove(connection)
        for model, field in columns():
            for pk in list(_rows(patient, model, field)):
                value = PUT_INTO.get(f"{model.__name__}.{field.name}", "{}").format(f"{word}{pk}")
                sql = f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE id = %s"  # noqa: S608
                cursor.execute(sql, [value, pk])
        triggers.install(connection)


def _rows(patient: Patient, model: type[models.Model], field: Any) -> Iterator[int]:
    """Rows in which the column can say something: some rules want it empty in others."""
    rows = reach.rows_of(patient, model)
    name = f"{model.__name__}.{field.name}"
    if name in {"Tick.why", "ReviewTick.why"}:
        rows = rows.filter(applies=False)
    if name == "Finding.words":
        rows = rows.filter(fault=None)
    if name in {"User.email", "User.formal_name"}:
        rows = rows.none()
    return (pk for pk in rows.values_list("pk", flat=True))


def found(word: str) -> list[str]:
    """Every column of the database that holds the word."""
    where = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            for column in (field.column for field in model._meta.concrete_fields):
                sql = (
                    f"SELECT COUNT(*) FROM {model._meta.db_table}"  # noqa: S608
                    f" WHERE lower(CAST({connection.ops.quote_name(str(column))} AS text)) LIKE %s"
                )
                cursor.execute(sql, [f"%{word.lower()}%"])
                if cursor.fetchone()[0]:
                    where.append(f"{model.__name__}.{column}")
    return where

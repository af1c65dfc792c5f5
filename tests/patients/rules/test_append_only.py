"""What was decided, prescribed and practised stays as it was written, also for somebody who walks
past the verbs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from law.erasing.erase import erase
from patients.models import Practice
from patients.verbs import people as people_verbs
from tests import app_role, factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import database_refuses
from tests.patients.lived import live

KEPT = [model for model in apps.get_models() if getattr(model, "append_only", False)]


def _live(cast: Cast) -> None:
    """At least one row in every table that is kept: somebody was erased, too."""
    live(cast)
    gone = factories.patient(cast.elin, "Gerda Gone")
    people_verbs.discharge(patient=gone, by=cast.elin)
    with app_role.owning():
        erase(patient=gone, by=cast.petra, typed="Gerda Gone", why="She asked for it.")


def _run(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def _columns(model: type[models.Model], *, erasable: bool) -> list[models.Field[Any, Any]]:
    names = getattr(model, "erasable", ())
    return [field for field in model._meta.concrete_fields if (field.name in names) == erasable]


def _other_values(field: models.Field[Any, Any]) -> Iterator[str]:
    """SQL for values that the column does not have: another one, and nothing."""
    kind = field.get_internal_type()
    numbers = {
        "BigAutoField",
        "ForeignKey",
        "OneToOneField",
        "BigIntegerField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "DecimalField",
    }
    if kind in numbers:
        yield f"COALESCE({field.column}, 0) + 1"
    else:
        other = {
            "DateField": "2001-01-01",
            "DateTimeField": "2001-01-01 00:00:00+00:00",
            "JSONField": '{"a": 1}',
        }
        flip = f"NOT COALESCE({field.column}, FALSE)"
        yield flip if kind == "BooleanField" else f"'{other.get(kind, 'x')}'"
    if field.null:
        yield f"CASE WHEN {field.column} IS NULL THEN {_something(kind)} END"


def _something(kind: str) -> str:
    known = {
        "DateField": "DATE '2001-01-01'",
        "DateTimeField": "TIMESTAMPTZ '2001-01-01 00:00:00+00:00'",
        "BooleanField": "TRUE",
        "CharField": "'fine'",
        "DecimalField": "1.0",
        "JSONField": "CAST('{}' AS jsonb)",
    }
    if connection.vendor == "sqlite":
        known["DateField"] = "'2001-01-01'"
        known["JSONField"] = "'{}'"
        known["DateTimeField"] = "'2001-01-01 00:00:00+00:00'"
    return known.get(kind, "1")


def test_the_walk_below_meets_every_table_that_is_kept(cast: Cast) -> None:
    _live(cast)
    assert {"Review", "ReviewTick", "Withdrawal", "Prescription", "Schedule", "Practice"} <= {
        m.__name__ for m in KEPT
    }
    assert [model for model in KEPT if not model._default_manager.exists()] == []


def test_no_row_can_be_changed_in_any_column(cast: Cast) -> None:
    _live(cast)
    for model in KEPT:
        table = model._meta.db_table
        for field in _columns(model, erasable=False):
            for value in _other_values(field):
                with database_refuses(f"{table} is append-only"):
                    _run(f"UPDATE {table} SET {field.column} = {value}")  # noqa: S608


@pytest.mark.by_the_owner
def test_words_can_be_blanked_when_a_person_is_erased_and_never_rewritten(cast: Cast) -> None:
    _live(cast)
    words = [(model, field) for model in KEPT for field in _columns(model, erasable=True)]
    assert len(words) >= 7
    for model, field in words:
        table = model._meta.db_table
        for value in ("forged", " "):
            with database_refuses("append-only"):
                _run(f"UPDATE {table} SET {field.column} = %s", value)  # noqa: S608
        assert _run(f"UPDATE {table} SET {field.column} = ''") == model._default_manager.count()  # noqa: S608
        with database_refuses("append-only"):
            _run(f"UPDATE {table} SET {field.column} = 'put back'")  # noqa: S608


@pytest.mark.by_the_owner
def test_what_cannot_be_blank_becomes_the_one_text_that_the_table_names(cast: Cast) -> None:
    _live(cast)
    fixed = [(model, *one) for model in KEPT for one in getattr(model, "erased_as", {}).items()]
    assert len(fixed) >= 3
    for model, column, instead in fixed:
        table = model._meta.db_table
        for value in ("[1]", '{"a": 1}') if instead in {"[]", "{}"} else ("forged", " "):
            with database_refuses("append-only"):
                _run(f"UPDATE {table} SET {column} = %s", value)  # noqa: S608
        assert _run(f"UPDATE {table} SET {column} = %s", instead)  # noqa: S608


def test_no_row_can_be_deleted(cast: Cast) -> None:
    _live(cast)
    for model in KEPT:
        with database_refuses("append-only"):
            _run(f"DELETE FROM {model._meta.db_table}")  # noqa: S608


def test_the_orm_meets_the_same_refusal(cast: Cast) -> None:
    _live(cast)
    entry = Practice.objects.all()[0]
    entry.pain = 0
    with database_refuses("append-only"):
        entry.save()
    with database_refuses("append-only"):
        Practice.objects.filter(pk=entry.pk).update(note="I felt great.")
    with database_refuses("append-only"):
        Practice.objects.filter(pk=entry.pk)._raw_delete("default")
    with database_refuses("append-only"):
        Practice.objects.bulk_update([entry], ["pain"])


@pytest.mark.only_sqlite
def test_a_row_cannot_be_replaced(cast: Cast) -> None:
    _live(cast)
    for model in KEPT:
        table = model._meta.db_table
        for how in ("REPLACE", "INSERT OR REPLACE"):
            with database_refuses("append-only"):
                _run(f"{how} INTO {table} SELECT * FROM {table}")  # noqa: S608
        with database_refuses("append-only"):
            _run(f"UPDATE OR REPLACE {table} SET id = id + 1")  # noqa: S608


@pytest.mark.only_sqlite
def test_ignoring_conflicts_does_not_hide_the_refusal(cast: Cast) -> None:
    _live(cast)
    with database_refuses("append-only"):
        _run("UPDATE OR IGNORE patients_practice SET pain = 0")


@pytest.mark.only_postgres
def test_no_table_can_be_emptied_at_once(cast: Cast) -> None:
    _live(cast)
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    for model in KEPT:
        with database_refuses("append-only"):
            _run(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.only_postgres
def test_a_row_cannot_be_changed_by_an_insert_that_meets_it(cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=7)
    with database_refuses("append-only"):
        Practice.objects.bulk_create(
            [
                Practice(
                    pk=entry.pk,
                    plan=cast.plan,
                    level=entry.level,
                    done_on=entry.done_on,
                    by=entry.by,
                    pain=0,
                )
            ],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["pain"],
        )

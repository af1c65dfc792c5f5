"""While an update goes from machine to machine, the release before works on the new tables."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.migrations import (
    AddField,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
)
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models.fields import NOT_PROVIDED

from tests.house import APPS

pytestmark = pytest.mark.only_sqlite

#: Migrations from before this rule. An update over one of them stops all machines.
BEFORE = {
    "accounts 0004_crisis_number",
    "accounts 0006_pain_by_rise",
    "accounts 0007_whom_to_call",
    "patients 0003_caseload",
    "patients 0007_how_a_plan_ended",
    "patients 0013_caseload_classes",
    "patients 0017_outbox_alone",
    "patients 0023_identity",
    "patients 0040_name_parts",
}
#: What takes from tables, with the release that reads it no more: "contract", the second step.
CONTRACTS: dict[str, str] = {}


def breaks_the_release_before(step: Operation, new: set[str]) -> bool:
    """``new``: the tables that the same migration makes."""
    if isinstance(step, AddField):
        field = step.field
        # A default of Python is nothing to a release that does not know the column.
        harmless = field.null or field.many_to_many or field.db_default is not NOT_PROVIDED
        return step.model_name_lower not in new and not harmless
    return isinstance(step, DeleteModel | RemoveField | RenameField | RenameModel)


def found() -> Iterator[str]:
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        steps = migration.operations
        new = {step.name_lower for step in steps if isinstance(step, CreateModel)}
        if app in APPS and any(breaks_the_release_before(step, new) for step in steps):
            yield f"{app} {name}"


def test_a_migration_only_adds_what_the_release_before_can_live_with() -> None:
    assert set(found()) == BEFORE | set(CONTRACTS)

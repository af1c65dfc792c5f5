"""A pytest plugin for the two kinds of run: one that notes which test runs which line, and one with
a mistake in place.

The runner says by the environment what it wants.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from coverage import Coverage
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests import template_database

#: A database that was made without the mistake.
TEMPLATE = "MUTATION_TEMPLATE"
#: The name of a rule of the database, its condition with the mistake, and a file to write when it
#: stands.
RULE = "MUTATION_RULE"
CONDITION = "MUTATION_CONDITION"
STANDS = "MUTATION_STANDS"


def pytest_configure(config: pytest.Config) -> None:
    if TEMPLATE in os.environ:
        made = Path(os.environ[TEMPLATE])
        template_database.template = lambda: made


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Tell the coverage which test runs now; its fixtures count."""
    measured = Coverage.current()
    if measured is not None:
        measured.switch_context(item.nodeid.partition("[")[0])


@pytest.fixture(scope="session", autouse=True)
def _mistake_in_a_rule(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    if RULE in os.environ:
        from config import triggers
        from patients.rules.triggers import TRIGGERS

        TRIGGERS[os.environ[RULE]]["refuse_when"] = os.environ[CONDITION]
        with django_db_blocker.unblock():
            triggers.install(connection)
        Path(os.environ[STANDS]).touch()

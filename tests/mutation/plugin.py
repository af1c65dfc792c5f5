"""A pytest plugin for the two kinds of run: one that notes which test runs which line, and one with
a mistake in place.

The runner says by the environment what it wants.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from coverage import Coverage

from tests import template_database

#: A database that was made without the mistake.
TEMPLATE = "MUTATION_TEMPLATE"


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

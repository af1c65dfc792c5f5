"""Shared by all tests: a database with the real curriculum, and the choice of tests to run."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from pytest_django import DjangoDbBlocker

from config import triggers
from curriculum.models import Ladder
from tests import app_role, template_database
from tests.cast import Cast
from tests.cast_rows import cast_of_now
from tests.hours import late_morning
from tests.kept_rows import KeptRows
from tests.served import OwnDatabase, own_database

TESTS = Path(__file__).parent
BROWSER = TESTS / "browser"
#: Rooms of pages whose queries other tests make on PostgreSQL: every form is filled in there, and
#: every page opened. Their own tests run there by ``make slow``, apart from those marked ``both``
#: and those of transactions.
PAGES = [
    TESTS / "accounts",
    *(
        TESTS / "patients" / room
        for room in ("chart", "demo", "history", "papers", "people", "today")
    ),
]
#: Each form filled in badly, and each address made up: what a database refuses to store, PostgreSQL
#: refuses more strictly. `make slow` runs them on SQLite too.
TYPED = [TESTS / "test_bad_input.py"]

#: The tests keep a large program alive, and looking through it for garbage takes long.
gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect tests; never skip them.

    Left out are tests of the other database, slow tests without ``-m slow``, and on PostgreSQL all
    but a dozen browser tests, and what touches no database.
    """
    on_sqlite = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    _mark_the_slow(items, on_sqlite)
    slow_wanted = "slow" in config.getoption("-m")
    left_out = [
        item
        for item in items
        if _elsewhere(item, on_sqlite) or (item.get_closest_marker("slow") and not slow_wanted)
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _mark_the_slow(items: list[pytest.Item], on_sqlite: bool) -> None:
    for item in items:
        if item.path in TYPED if on_sqlite else _slow_on_postgres(item):
            item.add_marker("slow")


def _slow_on_postgres(item: pytest.Item) -> bool:
    if item.get_closest_marker("slow_on_postgres"):
        return True
    # Those beside the rooms of `tests/patients` walk through the pages of several.
    of_pages = set(PAGES) & set(item.path.parents) or item.path.parent == TESTS / "patients"
    return bool(of_pages) and not _of_the_database(item)


def _of_the_database(item: pytest.Item) -> bool:
    """Whether a test is about what the database itself refuses, or about transactions."""
    told = item.get_closest_marker("django_db")
    transactional = told is not None and bool(told.kwargs.get("transaction"))
    return transactional or item.get_closest_marker("both") is not None


def _elsewhere(item: pytest.Item, on_sqlite: bool) -> bool:
    marks = {mark.name for mark in item.iter_markers()}
    if on_sqlite:
        return "only_postgres" in marks
    if BROWSER in item.path.parents:
        return "both" not in marks
    return "only_sqlite" in marks or _touches_no_database(item, marks)


def _touches_no_database(item: pytest.Item, marks: set[str]) -> bool:
    """Whether a test of a room only computes. A test of ``config`` may start a server by itself."""
    if not any(TESTS / room in item.path.parents for room in ("curriculum", "patients")):
        return False
    fixtures = getattr(item, "fixturenames", [])
    return "django_db" not in marks and not {"db", "transactional_db"} & set(fixtures)


@pytest.fixture(autouse=True)
def nobody_counts_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests press more in a minute than people do. Those of the limits count as is served."""
    for name in settings.WRITE_LIMITS:
        monkeypatch.setitem(settings.WRITE_LIMITS, name, None)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Whether a copy of the database that an earlier run made stands ready."""
    return template_database.copy_to(connection)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The test database with the curriculum loaded, and a flush that keeps the curriculum.

    A transactional test ends by emptying every table. Append-only triggers refuse that, so the
    flush removes them for a moment. Then it puts the rows of the curriculum back, which is faster
    than loading it again.
    """
    with django_db_blocker.unblock():
        if not django_db_keepdb:
            call_command("load_curriculum", verbosity=0)
            template_database.keep(connection)
        kept = KeptRows.of(connection, "curriculum")
        # Django asks SQLite this once a process. Ask now, so that no page counts the query.
        assert connection.features.supports_json_field
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_and_restore(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        triggers.remove(self.connection)
        flush(self, sql_list)
        kept.restore(self.connection)
        triggers.install(self.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_and_restore)
        yield


@pytest.fixture(autouse=True)
def _no_tries_spent() -> None:
    """Forget what earlier tests tried: the cache counts the tries of the rate limits."""
    cache.clear()


@pytest.fixture(scope="module")
def own_copy(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[OwnDatabase]:
    """A copy of the test database, for what works in processes of its own."""
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("own")) as made:
        yield made


@pytest.fixture
def curriculum(db: None) -> Ladder:
    """The hip-hinge ladder of the product."""
    return Ladder.objects.get(slug="hip-hinge", edition=1)


@pytest.fixture
def cast(curriculum: Ladder) -> Iterator[Cast]:
    """The people of `tests.cast`, in the late morning of today at their clinics.

    A test whose clock no fixture has set before gets that hour whenever it is run: an hour before
    dawn is asked nothing about its morning, and one before midnight ends in another day.
    """
    with late_morning():
        people = cast_of_now()
        with app_role.serving() if app_role.WANTED else nullcontext():
            yield people

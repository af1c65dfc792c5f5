"""Two web nodes behind a load balancer, PgBouncer in transaction mode, a primary and its hot
standby, while people write: `make cluster`.

A primary that dies is followed by the standby, by hand: here `pg_ctl promote` and the pooler's
address. Each commit waits for the standby, so nothing that was answered is lost.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.databases import Pair, ask
from tests.cluster.nodes import copy_of_the_code
from tests.cluster.site import Site, site
from tests.crashes.ledger import place

pytestmark = [pytest.mark.slow, pytest.mark.only_postgres]

#: A migration of the next release, as one is written that the release before can live with.
MIGRATION = """
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("accounts", "{last}")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE accounts_clinic ADD COLUMN of_the_next text NOT NULL DEFAULT ''",
            migrations.RunSQL.noop,
        )
    ]
"""
#: How many seconds a primary that cannot write is left so.
READ_ONLY = 5


@pytest.fixture(scope="module")
def cluster() -> Iterator[Site]:
    with place() as room, site(room) as made:
        yield made


def test_a_rolling_update_keeps_nobody_waiting(cluster: Site, tmp_path: Path) -> None:
    """The tables first, by the next release, then one node after the other."""
    release = copy_of_the_code(tmp_path / "release")
    folder = release / "accounts/migrations"
    last = max(path.stem for path in folder.glob("0*.py"))
    (folder / "9000_next.py").write_text(MIGRATION.format(last=last))
    with cluster.people_write():
        _prepare(release, cluster)
        for node in cluster.nodes:
            node.stop()
            node.release = release
            node.start()
    cluster.check("rolling update", cluster.databases.primary)
    assert "of_the_next" in str(
        ask(cluster.databases.primary, "SELECT string_agg(attname, ' ') FROM pg_attribute")
    )
    assert _met(cluster, "not saved") == _met(cluster, "gone") == 0


def test_a_primary_that_can_only_read_saves_nothing_and_says_so(cluster: Site) -> None:
    primary = cluster.databases.primary
    with cluster.people_write():
        _read_only(cluster, on=True)
        time.sleep(2)
        before = cluster.world.answered()
        time.sleep(READ_ONLY)
        said = cluster.world.answered() - before
        _read_only(cluster, on=False)
    cluster.check(f"read-only {READ_ONLY} s", primary)
    assert said == 0
    assert _met(cluster, "not saved, 503") == _met(cluster, "not saved") > 0


def test_a_standby_that_follows_a_dead_primary_has_all_that_was_answered(cluster: Site) -> None:
    databases = cluster.databases
    assert isinstance(databases, Pair)
    with cluster.people_write():
        died = time.monotonic()
        databases.primary.kill()
        databases.promote()
        cluster.pooler.lead_to(databases.standby)
    print(cluster.gap(died))  # noqa: T201
    cluster.check("standby promoted", databases.standby)


def _prepare(release: Path, cluster: Site) -> None:
    """Past the pooler, as docs say, from one machine and once."""
    environment = {
        **os.environ,
        **cluster.nodes[0].environment,
        "DATABASE_URL": cluster.databases.primary.url,
        "VAR_DIR": str(cluster.nodes[0].var),
    }
    prepare = [sys.executable, "manage.py", "prepare"]
    subprocess.run(prepare, cwd=release, env=environment, check=True)


def _read_only(cluster: Site, *, on: bool) -> None:
    value = "on" if on else "off"
    ask(cluster.databases.primary, f"ALTER SYSTEM SET default_transaction_read_only = {value}")
    ask(cluster.databases.primary, "SELECT pg_reload_conf()")


def _met(cluster: Site, what: str) -> int:
    met = (client.met for client in cluster.world.everybody)
    return sum(times for one in met for name, times in one.items() if name.startswith(what))

"""The machine of the primary is gone, and nobody is there: Patroni lets the standby lead, and the
pooler follows whoever leads. Nothing that was answered is lost."""

from __future__ import annotations

import time

import pytest

from tests.cluster.patroni import TTL, Kept
from tests.cluster.site import site
from tests.crashes.ledger import place
from tests.processes import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.only_postgres]


def test_patroni_lets_the_standby_lead_and_nothing_is_lost() -> None:
    with place() as room, site(room, Kept.make) as cluster:
        kept = cluster.databases
        assert isinstance(kept, Kept)
        with cluster.people_write():
            died = time.monotonic()
            kept.agents[0].is_cut_off()
            wait_for(kept.agents[1].leads, 5 * TTL)
            # What HAProxy, or a script of Patroni's, does.
            cluster.pooler.lead_to(kept.standby)
        print(cluster.gap(died))  # noqa: T201
        cluster.check("Patroni's standby leads", kept.standby)

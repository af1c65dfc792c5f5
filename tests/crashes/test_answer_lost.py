"""A day's log that was saved, and whose answer is lost with the server, is sent again: it stands
once, and the answer is the one that was lost."""

from __future__ import annotations

import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.bench.databases import run
from tests.bench.server import serving
from tests.crashes.clients import Browser, Gone, Logs
from tests.processes import children, wait_for
from tests.served import OwnDatabase

# The server has a copy of the test database. `make crash` does the same with many, on both.
pytestmark = [pytest.mark.django_db, pytest.mark.slow_on_postgres]


def test_a_log_whose_answer_is_lost_is_sent_again_and_stands_once(
    own_copy: OwnDatabase, tmp_path: Path
) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.crashes.unstyled",
        "DATABASE_URL": own_copy.url,
        "VAR_DIR": str(tmp_path),
        "WEB_CONCURRENCY": "1",
        "ACCESS_LOG": "0",
    }
    maya = json.loads(run("tests.crashes.maya", environment=environment))
    with serving("tests.crashes.held", environment) as server, ThreadPoolExecutor(1) as pool:
        browser = Browser(maya["cookie"], server.port)
        form = next(Logs(browser, maya["log"]))
        first = pool.submit(browser.post, form)
        wait_for((tmp_path / "held").exists)
        (worker,) = children(server.pid)
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(Gone):
            first.result()
        # Midnight at the clinic makes a yesterday of the day that was logged.
        assert browser.post(form) in (maya["today"], maya["history"])
        assert browser.get(maya["my_messages"]).count(form.word) == 1
        assert browser.get(maya["history"]).count(form.word) == 1

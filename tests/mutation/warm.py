"""A pytest plugin that has everything loaded, and tries one mistake after the other.

Starting pytest and reading the tests takes longer than the tests that notice most mistakes. So it
is done once. For each mistake the process forks: the child puts the mistake in place, runs the
tests of its order, and says by its exit code whether one failed.

Orders and results are lines on two pipes, whose numbers the environment gives.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, connections
from pytest_django.plugin import blocking_manager_key

from tests.mutation import loaded

#: The numbers of the pipe that orders come from, and of the one that results go to.
ORDERS = "MUTATION_ORDERS"
RESULTS = "MUTATION_RESULTS"
#: After so many seconds a child is stopped.
LONGEST = 300
#: Exit codes of a child.
SURVIVED = 0
KILLED = 1
COLD = 2
WORDS = {SURVIVED: "survived", KILLED: "killed"}


def pytest_configure(config: pytest.Config) -> None:
    if ORDERS in os.environ:
        config.pluginmanager.register(Server(config))


class Failures:
    """Knows whether a test failed."""

    def __init__(self) -> None:
        self.any = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.any = self.any or report.failed


class Server:
    """Serves orders until there are no more, instead of running what was collected."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.items: list[pytest.Item] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        # The first test makes the database and whatever else a session needs.
        self._run(self.items[0], self.items[1])
        with (
            os.fdopen(int(os.environ[ORDERS])) as orders,
            os.fdopen(int(os.environ[RESULTS]), "w") as results,
        ):
            for line in orders:
                results.write(self._result(json.loads(line)) + "\n")
                results.flush()
        return True

    def _result(self, order: dict[str, Any]) -> str:
        """killed, survived, slow, or cold: to be tried in a process of its own."""
        connections.close_all()
        child = os.fork()
        if child == 0:
            code = COLD
            try:
                code = self._try(order)
            finally:
                os._exit(code)
        signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
        signal.alarm(LONGEST)
        _, status = os.waitpid(child, 0)
        signal.alarm(0)
        if os.WIFSIGNALED(status):
            return "slow"
        return WORDS.get(os.WEXITSTATUS(status), "cold")

    def _try(self, order: dict[str, Any]) -> int:
        wanted = list(dict.fromkeys(self._wanted(order["tests"])))
        shutil.copyfile(order["template"], connection.settings_dict["NAME"])
        if "rule" in order:
            with self.config.stash[blocking_manager_key].unblock():
                loaded.put_into_the_database(order["rule"], order["condition"])
        elif not loaded.put_into_code(order["path"], order["text"]):
            return COLD
        failures = Failures()
        self.config.pluginmanager.register(failures)
        # What the first test left standing is taken down after the second, on the way to a third.
        for item, after in pairwise([self.items[1], *wanted, self.items[0]]):
            self._run(item, after)
            if failures.any:
                return KILLED
        return SURVIVED

    def _wanted(self, places: list[str]) -> Iterator[pytest.Item]:
        """The tests of folders, of files, and of names in files with every parameter."""
        for place in places:
            for item in self.items[2:]:
                node = item.nodeid
                if node == place or any(node.startswith(place + more) for more in ("[", "::", "/")):
                    yield item

    def _run(self, item: pytest.Item, after: pytest.Item) -> None:
        self.config.hook.pytest_runtest_protocol(item=item, nextitem=after)

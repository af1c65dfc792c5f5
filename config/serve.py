"""Serves the product: `python -m config.serve`, in several processes on one socket.

A thread works on a request only once the request is here as a whole, so whoever connects and sends
nothing, or half a request, keeps nobody waiting. A process that ends is started again.
"""

from __future__ import annotations

import argparse
import logging
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db import connections
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from accounts import hosts
from config import metrics, owner_url, sender
from config.watch import ENDING, Watch, Work

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
bind = f"{HOST}:{PORT}"
#: A page needs Python time and hardly waits, so processes are better than threads. Two are enough
#: for a clinic. The second thread answers while the first waits for the database.
PROCESSES = int(os.environ.get("WEB_CONCURRENCY", "2"))
THREADS = 2
#: How many connections a process keeps open.
CONNECTIONS = 1000
#: How many more wait to be taken on.
BACKLOG = 1024
#: After so many seconds a connection on which nothing happens is closed, and one whose request is
#: still not whole. A phone with a bad connection sends a form of a few kilobytes in far less.
SILENT = 60
HALF_SENT = 30
#: How often both are looked for.
LOOK_EVERY = 5
#: The largest body in bytes. No form of the product sends as much, nor does a list of patients.
LARGEST_BODY = 8 * 1024 * 1024
#: How long a process that is told to end answers what it has taken on.
LAST_ANSWERS = 20
#: For so many seconds it also waits for the requests of whoever is connected by then.
LAST_REQUESTS = 2
#: Where Prometheus asks for figures; without a port nobody does.
METRICS_HOST = os.environ.get("METRICS_HOST", "127.0.0.1")
METRICS_PORT = int(os.environ.get("METRICS_PORT") or "0")
VAR = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parent.parent / "var")
OPEN = (
    "Serving %s, beyond this machine, without a proxy: what people type can be read on the way. "
    "Put a proxy with https before it, with HOST=127.0.0.1 and TRUST_PROXY=1: see SECURITY.md"
)

log = logging.getLogger("config.serve")
Application = Callable[..., Any]


class Channel(HTTPChannel):
    """One connection.

    ``began``: when the request came that is not whole yet; None = there is none
    ``is_new``: whether nothing has come yet
    """

    began: float | None = None
    is_new = True

    def received(self, data: bytes) -> Any:
        self.is_new = False
        if self.began is None:
            self.began = time.time()
        result = super().received(data)
        if self.request is None:
            self.began = None
        return result

    @property
    def is_busy(self) -> bool:
        """Whether it waits for an answer, or for the rest of one."""
        return bool(self.requests or self.total_outbufs_len)

    @property
    def is_arriving(self) -> bool:
        """Whether a request may be on its way here."""
        return self.is_new or self.began is not None


class Server(TcpWSGIServer):
    """What one process serves. ``sockets``: those that it listens to, by number."""

    channel_class = Channel
    sockets: dict[int, Any]

    def maintenance(self, now: int) -> None:
        super().maintenance(now)
        for channel in self._channels():
            if channel.began is not None and channel.began < now - HALF_SENT:
                channel.will_close = True

    def serve_until(self, ends: Callable[[], bool]) -> None:
        """Serve until told to end, then answer what was taken on."""
        while not ends():
            self._turn()
        self._close_the_door()
        began = time.monotonic()
        while time.monotonic() < began + LAST_ANSWERS and self._is_busy(began):
            self._turn()
        self.task_dispatcher.shutdown(timeout=1)

    def _close_the_door(self) -> None:
        """Take on who is connected already, then listen no more: a balancer leads whoever comes
        now to another machine, and nobody waits where nobody opens."""
        listening = cast(socket.socket, self.socket)
        # No more than can wait: one that cannot be taken on, for want of files, stays where it is.
        for _ in range(BACKLOG):
            if not select.select([listening], [], [], 0)[0]:
                break
            self.handle_accept()
        self.del_channel(self.sockets)
        listening.close()

    def _is_busy(self, began: float) -> bool:
        """Whether somebody is owed an answer. ``began``: when the door was closed."""
        arriving = time.monotonic() < began + LAST_REQUESTS
        return any(one.is_busy or (arriving and one.is_arriving) for one in self._channels())

    def _channels(self) -> list[Channel]:
        return list(cast(dict[int, Channel], self.active_channels).values())

    def _turn(self) -> None:
        wasyncore.loop(timeout=1, use_poll=True, map=self.sockets, count=1)


def _serve(application: Application, listening: socket.socket, watcher: int) -> None:
    """Serve in this process until it is told to end.

    ``watcher``: the process that started this one, as it called itself: asked afterwards, whoever
    lost it already would take the one that inherited it for it.
    """
    told: list[int] = []
    for number in ENDING:
        signal.signal(number, lambda signum, _frame: told.append(signum))
    adjustments = Adjustments(
        sockets=[listening],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=SILENT,
        cleanup_interval=LOOK_EVERY,
        max_request_body_size=LARGEST_BODY,
        # The settings decide whether a proxy is believed: see TRUST_PROXY.
        clear_untrusted_proxy_headers=False,
        ident=None,
    )
    threads = ThreadedTaskDispatcher()
    threads.set_thread_count(THREADS)
    address = (listening.family, listening.type, listening.proto, listening.getsockname())
    sockets: dict[int, Any] = {}
    server = Server(
        application,
        map=sockets,
        _sock=listening,
        dispatcher=threads,
        adj=adjustments,
        sockinfo=address,
        bind_socket=False,
    )
    server.sockets = sockets
    # Whoever lost the process that watches over it is nobody's: it gives the port back.
    server.serve_until(lambda: bool(told) or os.getppid() != watcher)


def _mail(listening: socket.socket, rest: float, watcher: int) -> None:
    # Its own session: what stops the server at the keyboard ends it by the server's end.
    os.setsid()
    listening.close()
    sender.send(watcher, rest)


def _listen() -> socket.socket:
    host = HOST.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, PORT), family=family, backlog=BACKLOG)
    listening.setblocking(False)
    return listening


def _count() -> None:
    """Have requests counted, for the process that tells the figures."""
    try:
        socket.create_server((METRICS_HOST, METRICS_PORT)).close()
    except OSError as error:
        raise SystemExit(f"METRICS_PORT {METRICS_PORT} cannot be used: {error.strerror}") from None
    metrics.begin(VAR)


def _tell(listening: socket.socket, watcher: int) -> None:
    listening.close()
    metrics.serve(METRICS_HOST, METRICS_PORT, watcher)


def _look_before_serving() -> None:
    """Refuse a machine with another key than the installation's; warn of a door to the street."""
    from config import installation_key  # It needs the apps, which are here by now.

    try:
        installation_key.check_before_serving()
    except installation_key.WrongKey as wrong:
        sys.exit(str(wrong))
    # Processes that part from this one must not share its connection.
    connections.close_all()
    if not (hosts.is_loopback(HOST) or settings.TRUST_PROXY):
        log.warning(OPEN, bind)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m config.serve", description=__doc__)
    parser.add_argument("application", nargs="?", default="config.wsgi")
    # The address of the owner of the tables is for commands alone: see ``config.owner_url``.
    owner_url.forget(os.environ)
    parser.add_argument("--no-mails", action="store_true", help="without the process that mails")
    wanted = parser.parse_args()
    if METRICS_PORT:
        _count()
    # What is loaded before the processes part is in memory once.
    module = import_module(wanted.application)
    if apps.ready:
        _look_before_serving()
    if hasattr(module, "load"):
        module.load()
    listening = _listen()
    sends = not wanted.no_mails and os.environ.get("START_MAILS", "1") != "0"
    sys.stdout.flush()
    works: list[tuple[str, Work]] = (
        [("hinge-metrics", partial(_tell, listening))] if METRICS_PORT else []
    )
    works += [("hinge-web", partial(_serve, module.application, listening))] * PROCESSES
    Watch(listening, works, partial(_mail, listening) if sends else None).run()


if __name__ == "__main__":
    main()

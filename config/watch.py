"""The process that watches over those of the server: it starts them, and starts one again that
ended."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

from config import metrics, sender

#: How many seconds a process that ended at once is waited with.
REST = 1.0
#: What tells a process to end.
ENDING = (signal.SIGTERM, signal.SIGINT)

#: One log for the server, of whichever of its processes: see ``config.errors.NOT_ERRORS``.
log = logging.getLogger("config.serve")
#: What a process does until the one that watches, whose id it gets, tells it to end.
Work = Callable[[int], None]
#: The same, after it has waited for so many seconds.
Mails = Callable[[float, int], None]


class Watch:
    """The process that starts the others, and starts one again that ended.

    ``listening``: what the server is reached by; each of its processes closes its own end of it
    ``works``: by name, what is done as long as this process runs
    ``mails``: the work of the process that mails, which ends by itself; None = there is none
    ``sender``: the id of that process
    """

    def __init__(
        self, listening: socket.socket, works: list[tuple[str, Work]], mails: Mails | None
    ) -> None:
        self.listening = listening
        self.works = works
        self.mails = mails
        self.started: dict[int, tuple[float, str, Work]] = {}
        self.sender: int | None = None
        self.rests = sender.Rests()
        self.ends = False

    def run(self) -> None:
        for number in ENDING:
            signal.signal(number, self._told_to_end)
        self._start_mails(0)
        for name, work in self.works:
            self._start(name, work)
        while self.started:
            self._wait_for_one()

    def _start(self, name: str, work: Work) -> None:
        with _signals_wait():
            if not self.ends:
                self.started[_parted(name, work)] = (time.monotonic(), name, work)

    def _start_mails(self, rest: float) -> None:
        with _signals_wait():
            if self.mails is not None and not self.ends:
                self.sender = _parted("hinge-mails", partial(self.mails, rest))

    def _wait_for_one(self) -> None:
        pid, status = os.wait()
        metrics.forget(pid)
        if pid == self.sender and not self.ends:
            rest = self.rests.ended()
            log.warning("the process that mails ended; it starts again in %s s", rest)
            self._start_mails(rest)
        elif pid in self.started:
            began, name, work = self.started.pop(pid)
            if not self.ends:
                self._start_again(began, name, work, _how(status))

    def _start_again(self, began: float, name: str, work: Work, how: str) -> None:
        log.error("a process of the server ended (%s); it starts again", how)
        if time.monotonic() - began < REST:
            time.sleep(REST)
        self._start(name, work)

    def _told_to_end(self, number: int, frame: FrameType | None) -> None:
        # The process that mails sees that this one is gone, once the last answers have left.
        self.ends = True
        self.listening.close()
        for pid in list(self.started):
            os.kill(pid, signal.SIGTERM)


@contextmanager
def _signals_wait() -> Iterator[None]:
    """A signal waits until the new process is known here, and has let go of our handlers: one that
    begins while this one is told to end would else serve for ever."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def _parted(name: str, work: Work) -> int:
    """Do some work in a process of its own, and return the id of that process.

    ``name``: under which tools that list processes show it
    """
    watcher = os.getpid()
    pid = os.fork()
    if pid == 0:
        _work(name, work, watcher)
    return pid


def _work(name: str, work: Work, watcher: int) -> NoReturn:
    """Be a process of the server, from the fork on."""
    code = 1
    try:
        for number in ENDING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        with suppress(OSError):
            Path("/proc/self/comm").write_text(name)
        work(watcher)
        code = 0
    except BaseException:
        log.exception("a process of the server failed")
    finally:
        logging.shutdown()
        os._exit(code)


def _how(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"code {os.WEXITSTATUS(status)}"

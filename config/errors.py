"""Tells whoever runs the server of errors: by mail (ERRORS_TO), and to a collector (ERRORS_DSN).

What is told holds places in the code and numbers, and no word that somebody typed: no body, cookie,
query, header, local variable, nor the words of an exception, which may quote them.
"""

from __future__ import annotations

import logging
import os
import queue
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from accounts.logs import blotted, request_id
from config.faults import Fault, chain_of

#: The same error is told once in so many seconds, and so many errors in all.
LASTS = 3600
MOST = 10
#: How many seconds a process that ends waits for what is not told yet.
FAREWELL = 5
#: What strangers can make happen as often as they like, and the process that forks the others: a
#: thread of its own could hold a lock at that moment, for ever in the new process.
NOT_ERRORS = ("django.security", "config.serve")


def settings(env: Any) -> dict[str, Any]:
    """What ``LOGGING`` needs to have errors told; empty where nobody wants to hear of them."""
    to = [one.strip() for one in env.list("ERRORS_TO", default=[]) if one.strip()]
    dsn = env.str("ERRORS_DSN", default="").strip()
    for one in to:
        if one.count("@") != 1 or " " in one:
            raise ImproperlyConfigured(
                f"ERRORS_TO must be e-mail addresses with commas between them, not {one!r}"
            )
    if not (to or dsn):
        return {}
    return {"class": "config.errors.Told", "level": "ERROR", "to": to, "dsn": dsn}


@dataclass(frozen=True)
class Error:
    """``times``: how many times it came up before without being told."""

    logger: str
    words: str
    faults: list[Fault]
    request_id: str
    times: int = 0

    @property
    def title(self) -> str:
        if not self.faults:
            return self.words
        first = self.faults[0]
        return f"{first.kind} at {first.innermost or 'an unknown place'}"


@dataclass
class _Rate:
    """What was told within the hour."""

    told: dict[str, float] = field(default_factory=dict)
    untold: dict[str, int] = field(default_factory=dict)

    def may(self, key: str) -> bool:
        now = time.monotonic()
        self.told = {one: at for one, at in self.told.items() if at > now - LASTS}
        if key in self.told or len(self.told) >= MOST:
            self.untold[key] = self.untold.get(key, 0) + 1
            return False
        self.told[key] = now
        return True


class Told(logging.Handler):
    """A thread tells, so that nobody waits for a mail server."""

    def __init__(self, to: list[str], dsn: str, level: int | str = logging.ERROR) -> None:
        super().__init__(level)
        self.ways: list[Callable[[Error], None]] = []
        if to:
            self.ways.append(lambda error: _mail(to, error))
        if dsn:
            self.ways.append(_collector(dsn))
        self.rate = _Rate()
        self.waiting: queue.Queue[Error] = queue.Queue()
        self.process: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(NOT_ERRORS) or threading.current_thread().name == __name__:
            return
        error = _error_of(record)
        if not self.rate.may(error.title):
            return
        if self.process != os.getpid():
            # A forked process has none of the threads of the one that it came of.
            self.process = os.getpid()
            self.waiting = queue.Queue()
            threading.Thread(target=self._tell, name=__name__, daemon=True).start()
        self.waiting.put(replace(error, times=self.rate.untold.pop(error.title, 0)))

    def _tell(self) -> None:
        while True:
            error = self.waiting.get()
            for way in self.ways:
                try:
                    way(error)
                except Exception as failed:
                    logging.getLogger(__name__).warning("not told: %s", type(failed).__name__)
            self.waiting.task_done()

    def flush(self) -> None:
        last = time.monotonic() + FAREWELL
        while self.waiting.unfinished_tasks and time.monotonic() < last:
            time.sleep(0.05)

    def close(self) -> None:
        self.flush()
        super().close()


def _error_of(record: logging.LogRecord) -> Error:
    error = record.exc_info[1] if record.exc_info else None
    # The pattern of the message is ours; what was put into it may be anybody's.
    pattern = getattr(record, "pattern", None) or str(record.msg)
    return Error(record.name, blotted(pattern), chain_of(error) if error else [], request_id.get())


def _mail(to: list[str], error: Error) -> None:
    from accounts import letters

    lines = [
        error.title,
        "",
        f"Machine: {socket.gethostname()}, process {os.getpid()}",
        f"Logger: {error.logger}",
        f"Request: {error.request_id or 'none'} (the log says more about it)",
        f"Since the last mail about it: {error.times} more" if error.times else "",
    ]
    for fault in error.faults:
        lines += ["", fault.kind, *(f"  {place}" for place in fault.places)]
    lines += ["", "The words of errors stand in the log alone: they may quote what people typed."]
    subject = f"[Hinge Ladder] {error.title}"
    letters.letter(to, subject, "\n".join(lines)).send()


def _collector(dsn: str) -> Callable[[Error], None]:
    """Sends to Sentry, or to what speaks as it does, such as GlitchTip at the clinic's own."""
    try:
        import sentry_sdk
    except ImportError:
        raise ImproperlyConfigured(
            "ERRORS_DSN needs sentry-sdk: pip install -r requirements-errors.txt"
        ) from None
    # Without the integrations, which would send requests, local variables and log lines.
    client = sentry_sdk.Client(
        dsn=dsn,
        default_integrations=False,
        auto_enabling_integrations=False,
        auto_session_tracking=False,
        send_client_reports=False,
        send_default_pii=False,
        include_local_variables=False,
        max_breadcrumbs=0,
    )

    def send(error: Error) -> None:
        client.capture_event(_event(error))
        client.flush(timeout=FAREWELL)

    return send


def _event(error: Error) -> Any:
    return {
        "level": "error",
        "logger": error.logger,
        "message": error.title,
        "tags": {"request_id": error.request_id, "untold": error.times},
        "exception": {"values": [_exception(fault) for fault in reversed(error.faults)]},
    }


def _exception(fault: Fault) -> dict[str, Any]:
    frames = [
        {
            "filename": place.file,
            "lineno": place.line,
            "function": place.function,
            "in_app": place.ours,
        }
        for place in fault.places
    ]
    return {"type": fault.kind, "stacktrace": {"frames": frames}}

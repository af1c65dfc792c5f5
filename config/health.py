"""Answers whoever watches the server: `/health/live` and `/health/ready`.

The first middleware of all, so that a probe needs no host, no https and no session, and leaves no
trace of a person. The answer tells strangers nothing but which part is late.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone

from config import migrated
from patients.notices.state import is_silent, last_sign_of_life
from patients.rules.periods import MAIL_LATE

LIVE = "/health/live"
READY = "/health/ready"
#: How many seconds a finding is given again, so that strangers who ask all the time cost nothing.
LASTS = 1.0
#: How many seconds a database that somebody else writes to is waited for.
PATIENCE = 2.0
MEGABYTE = 1_000_000

log = logging.getLogger(__name__)


class Health:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info.rstrip("/")
        if path not in (LIVE, READY):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            answer = HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        else:
            answer = _ready(request) if path == READY else JsonResponse({"status": "ok"})
        answer["Cache-Control"] = "no-store"
        answer["Content-Length"] = str(len(answer.content))
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def _ready(request: HttpRequest) -> HttpResponse:
    # A load balancer goes on sending people here while mails are late, so it asks without them.
    late = _finding.now() - set(request.GET.getlist("exclude"))
    if not late:
        return JsonResponse({"status": "ok"})
    return JsonResponse({"status": "late", "late": sorted(late)}, status=503)


class _Finding:
    """What was late when this process looked last. One thread looks, the others wait for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.late: frozenset[str] = frozenset()
        self.at: float | None = None

    def now(self) -> frozenset[str]:
        with self.lock:
            if self.at is None or time.monotonic() > self.at + LASTS:
                late = _look()
                if late != self.late:
                    log.warning("late: %s", ", ".join(sorted(late)) or "nothing any more")
                self.late = late
                self.at = time.monotonic()
            return self.late


_finding = _Finding()


def _look() -> frozenset[str]:
    late = set()
    try:
        if not _is_writable():
            late.add("database")
        late |= _late_in_database()
    except (DatabaseError, InterfaceError, sqlite3.Error):
        late.add("database")
    if _is_full():
        late.add("disk")
    return frozenset(late)


def _is_writable() -> bool:
    if connection.vendor == "sqlite":
        return _sqlite_is_writable(str(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only') = 'off'")
        return bool(cursor.fetchone()[0])


def _sqlite_is_writable(name: str) -> bool:
    """Whether somebody may begin to write to the file. An open connection would not notice that
    the file is gone, so this asks by a new one."""
    where = f"file:{quote(name)}?mode=rw"
    with closing(sqlite3.connect(where, uri=True, timeout=PATIENCE, isolation_level=None)) as file:
        file.execute("BEGIN IMMEDIATE")
        file.execute("ROLLBACK")
    return True


def _late_in_database() -> set[str]:
    if migrated.missing(connection):
        # What the code asks of tables may not be there yet.
        return {"migrations"}
    return {"mails"} if is_silent(last_sign_of_life(), timezone.now() - MAIL_LATE) else set()


def _is_full() -> bool:
    folders = [settings.VAR]
    if connection.vendor == "sqlite":
        folders.append(Path(str(connection.settings_dict["NAME"])).parent)
    least = settings.DISK_FREE_MB * MEGABYTE
    return any(folder.is_dir() and shutil.disk_usage(folder).free < least for folder in folders)

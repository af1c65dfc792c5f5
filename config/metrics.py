"""Figures for Prometheus, by a port of their own (METRICS_PORT).

The processes that answer requests count into files of ``VAR_DIR/metrics``; a process of its own
adds them up when it is asked. Without METRICS_PORT nothing of this is loaded.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Tells ``prometheus_client``, before it is loaded, that several processes count.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "HEAD", "POST"})
#: Seconds. A page is to be there within a quarter of one.
STEPS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
#: For so many seconds what was read in the database is told again.
LASTS = 10.0

log = logging.getLogger(__name__)


def begin(var: Path) -> None:
    """Prepare an empty folder. Call this before the application is loaded."""
    folder = var / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    os.environ[FOLDER] = str(folder)


class Figures:
    """What each process counts."""

    def __init__(self) -> None:
        from prometheus_client import Counter, Histogram

        self.requests = Counter("hinge_requests", "Requests answered", ["view", "method", "status"])
        self.seconds = Histogram(
            "hinge_request_seconds", "Time to answer a request", ["view"], buckets=STEPS
        )
        self.database_errors = Counter(
            "hinge_database_errors", "Requests that failed by the database", ["kind"]
        )

    def note(self, view: str, method: str, status: int, seconds: float) -> None:
        method = method if method in METHODS else "other"
        self.requests.labels(view, method, str(status)).inc()
        self.seconds.labels(view).observe(seconds)

    def note_failure(self, sender: object, **kwargs: Any) -> None:
        """Receives Django's ``got_request_exception``, while the exception is being handled."""
        import sys

        from django.db import Error

        from accounts.database_away import is_away

        error = sys.exc_info()[1]
        if isinstance(error, Error):
            self.database_errors.labels("away" if is_away(error) else "other").inc()


def figures() -> Figures | None:
    """What this process counts with; None where nobody asks for figures."""
    if FOLDER not in os.environ:
        return None
    from django.core.signals import got_request_exception

    made = Figures()
    got_request_exception.connect(made.note_failure, dispatch_uid=__name__)
    return made


def forget(pid: int) -> None:
    """A process ended: what it counted stays, what it showed at the moment goes."""
    if FOLDER in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(pid)  # type: ignore[no-untyped-call]


class InDatabase:
    """A collector of what the database knows: mails and jobs."""

    def __init__(self) -> None:
        self.at: float | None = None
        self.found: list[Any] = []

    def collect(self) -> Iterator[Any]:
        if self.at is None or time.monotonic() > self.at + LASTS:
            self.found = list(_read())
            self.at = time.monotonic()
        yield from self.found


def _read() -> Iterator[Any]:
    from django.db import Error, connection
    from prometheus_client.core import GaugeMetricFamily

    reached = GaugeMetricFamily("hinge_database_reached", "1 while the database answers")
    try:
        yield from [*_mails(), *_jobs()]
        reached.add_metric([], 1)
    except Error as error:
        log.warning("figures without the database: %s", type(error).__name__)
        reached.add_metric([], 0)
    finally:
        connection.close()
    yield reached


def _mails() -> Iterator[Any]:
    from datetime import timedelta

    from django.utils import timezone
    from prometheus_client.core import GaugeMetricFamily

    from patients.models import Outbox
    from patients.notices.state import last_sign_of_life
    from patients.rules.periods import MAIL_LATE

    now = timezone.now()
    waiting = Outbox.objects.waiting()
    mails = GaugeMetricFamily("hinge_mails", "Mails about stops", labels=["state"])
    mails.add_metric(["due"], waiting.filter(next_try__lte=now).count())
    mails.add_metric(["late"], waiting.filter(due__lte=now - MAIL_LATE).count())
    sent = Outbox.objects.filter(sent__gt=now - timedelta(days=1))
    mails.add_metric(["sent_in_a_day"], sent.count())
    yield mails
    sign = last_sign_of_life()
    if sign is not None:
        told = "Since the last sign of life of the process that mails"
        age = GaugeMetricFamily("hinge_mailing_silent_seconds", told)
        age.add_metric([], (now - sign).total_seconds())
        yield age


def _jobs() -> Iterator[Any]:
    from prometheus_client.core import GaugeMetricFamily

    from accounts.job_models import Job

    told = "Seconds since 1970 when a job was last done, and last failed"
    last = GaugeMetricFamily("hinge_job_last_seconds", told, labels=["job", "how"])
    for job in Job.objects.order_by("pk"):
        for how, moment in (("done", job.ended), ("failed", job.failed)):
            if moment is not None:
                last.add_metric([job.pk, how], moment.timestamp())
    yield last


def serve(host: str, port: int, watcher: int) -> None:
    """Answer Prometheus until the process that watches, as it called itself, is gone."""
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(InDatabase())
    start_http_server(port, host, registry)
    while os.getppid() == watcher:
        time.sleep(1)

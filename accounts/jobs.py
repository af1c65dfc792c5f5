"""Jobs that nobody asks for: what they are, when they are due, and how they last went.

The process that mails does them beside the mails (``accounts.job_runner``). Each is claimed in the
database, so of several machines one does it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.management.base import CommandError
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.job_models import Job
from accounts.models import Clinic

#: The hour of the night at which nightly jobs begin, by the clock of the oldest clinic.
NIGHT = time(3)
#: A job that failed is tried again after this time.
RETRY = timedelta(hours=1)
#: Whoever says nothing for so long does the job no more.
LEASE = timedelta(minutes=5)
#: A job that should have been done so long ago is late.
LATE = timedelta(hours=3)
#: The sign of life of the process itself. It stands beside the jobs, and is none.
MAILS = "mails"

log = logging.getLogger("hinge.jobs")


class NotDone(Exception):
    """A job could not do its work. Its sentence names nobody: people read it, and logs keep it."""


@dataclass(frozen=True)
class Duty:
    """A job. ``every``: how often; None = each night. ``without``: what it means if it is not done.

    It may run at any moment, and again after it was interrupted.
    """

    name: str
    title: str | Promise
    without: str | Promise
    run: Callable[[], object]
    every: timedelta | None = None

    def after(self, now: datetime) -> datetime:
        """When it is due again after it was done now."""
        return now + self.every if self.every is not None else _next_night(now)


_duties: dict[str, Duty] = {}


def register(duty: Duty) -> None:
    _duties[duty.name] = duty


def known() -> dict[str, Duty]:
    return dict(_duties)


def _next_night(now: datetime) -> datetime:
    clinic = Clinic.objects.order_by("pk").first()
    here = now.astimezone(ZoneInfo("UTC") if clinic is None else clinic.zone)
    night = datetime.combine(here.date(), NIGHT, here.tzinfo)
    return night if night > here else night + timedelta(days=1)


def ensure() -> None:
    """Make the rows of jobs that were never planned: hourly ones are due now, others at night."""
    missing = set(_duties) - set(Job.objects.values_list("pk", flat=True))
    now = timezone.now()
    rows = []
    for name in sorted(missing):
        duty = _duties[name]
        rows.append(Job(name=name, due=now if duty.every is not None else duty.after(now)))
    Job.objects.bulk_create(rows, ignore_conflicts=True)


def claimed() -> Iterator[Duty]:
    """Take on each job that is due and that nobody does, one after the other."""
    for job in Job.objects.filter(due__lte=timezone.now(), name__in=_duties).order_by("due"):
        now = timezone.now()
        free = Q(alive__isnull=True) | Q(alive__lte=now - LEASE)
        if Job.objects.filter(free, pk=job.pk, due=job.due).update(began=now, alive=now) == 1:
            yield _duties[job.pk]


def do(duty: Duty) -> bool:
    """Do a job that was taken on, and note how it went. Whatever goes wrong ends nothing else."""
    try:
        duty.run()
    except Exception as problem:
        # What the database says can name people.
        told = isinstance(problem, NotDone | CommandError)
        why = str(problem).partition("\n")[0] if told else type(problem).__name__
        log.exception("the job %s failed: %s", duty.name, why)
        now = timezone.now()
        _note(duty.name, failed=now, why=why[:200], due=now + RETRY)
        return False
    now = timezone.now()
    _note(duty.name, ended=now, why="", due=duty.after(now))
    return True


def _note(name: str, **columns: object) -> None:
    Job.objects.filter(pk=name).update(alive=None, **columns)


def note_alive(name: str) -> None:
    """Note that a job goes on."""
    Job.objects.filter(pk=name).update(alive=timezone.now())


def note_round(why: str = "") -> None:
    """Note that the process that mails has gone its round; ``why``: why it could not."""
    now = timezone.now()
    went = {"failed": now, "why": why[:200]} if why else {"ended": now, "why": ""}
    Job.objects.update_or_create(pk=MAILS, defaults={"due": now, **went})


@dataclass(frozen=True)
class Trouble:
    """A job that is late or failing. ``since``: when it was last done; None = never."""

    title: str | Promise
    without: str | Promise
    since: datetime | None
    why: str


def troubles() -> list[Trouble]:
    """What everybody who answers for a clinic has to know of the jobs."""
    before = timezone.now() - LATE
    found = []
    for job in Job.objects.order_by("pk"):
        duty = _duties.get(job.pk)
        if duty is not None and (job.is_failing or job.due < before):
            found.append(Trouble(duty.title, duty.without, job.ended, _why(job)))
        elif job.pk == MAILS and job.is_failing:
            found.append(Trouble(_("Mails"), _("No mail leaves."), job.ended, _why(job)))
    return found


def _why(job: Job) -> str:
    return job.why if job.is_failing else ""

"""`manage.py jobs` says when each job was last done, and does one now."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import jobs
from accounts.models import Job


class Command(BaseCommand):
    help = (
        "Say of each job that the server does by itself when it was last done, why it failed and "
        "when it is next due. With a name do that one now. Exit 1 when one is late or failing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="the job to do now")

    def handle(self, *args: Any, **options: Any) -> None:
        jobs.ensure()
        if options["name"]:
            self._do(options["name"])
            return
        for job in Job.objects.order_by("pk"):
            self.stdout.write(
                f"{job.name}: done {_when(job.ended)}, failed {_when(job.failed)}"
                f"{' (' + job.why + ')' if job.is_failing else ''}, due {_when(job.due)}"
            )
        troubles = jobs.troubles()
        if troubles:
            raise CommandError(f"{len(troubles)} late or failing.", returncode=1)

    def _do(self, name: str) -> None:
        duty = jobs.known().get(name)
        if duty is None:
            raise CommandError(f"The jobs are: {', '.join(sorted(jobs.known()))}.")
        if not jobs.do(duty):
            raise CommandError(f"Failed: {Job.objects.get(pk=name).why}", returncode=1)
        self.stdout.write("Done.")


def _when(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"

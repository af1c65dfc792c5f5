"""What the process beside the server does by itself, and which installation this is."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Job(models.Model):
    """What is done again and again without anybody asking: ``accounts.jobs`` says what and when.

    due: from then on it is to be done
    began, ended, failed: when it was last begun, done, and not done
    why: why it failed, in a few words without anybody's data
    alive: when whoever does it now last said so; null: nobody does
    """

    name = models.CharField(max_length=40, primary_key=True)
    due = models.DateTimeField(default=timezone.now)
    began = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    failed = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True)
    alive = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_failing(self) -> bool:
        """Whether the last try failed."""
        return self.failed is not None and (self.ended is None or self.ended < self.failed)


class Installation(models.Model):
    """Which secret key this installation signs with: one row.

    fingerprint: made from the key, which cannot be found from it
    """

    ONLY = 1

    fingerprint = models.CharField(max_length=64)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"key since {self.since}"

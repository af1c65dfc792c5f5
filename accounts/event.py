"""The table of the audit trail."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """A row of the audit trail: who did what to whom, when, and from where.

    It holds codes and ids, never a clinical word.

    fields: names of the columns that changed, with spaces between
    address, device: the network address, and the browser and its system
    refused: whether it was tried and not let through
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("address", "device")

    actor = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    subject = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.SlugField()
    at = models.DateTimeField(default=timezone.now)
    request_id = models.CharField(max_length=40, blank=True)
    fields = models.CharField(max_length=300, blank=True, default="", db_default="")
    address = models.CharField(max_length=45, blank=True, default="", db_default="")
    device = models.CharField(max_length=60, blank=True, default="", db_default="")
    refused = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="event_by_subject"),
            models.Index(fields=["at"], name="event_by_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"

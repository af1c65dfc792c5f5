"""The trail of reading: who opened, printed, changed, searched or was refused what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Act(models.TextChoices):
    OPENED = "opened", _("opened")
    PRINTED = "printed", _("opened to print")
    EXPORTED = "exported", _("exported")
    CHANGED = "changed", _("changed")
    SEARCHED = "searched", _("searched")
    REFUSED = "refused", _("was refused")


class Access(models.Model):
    """A row of the trail of reading. It stands in a table of its own, apart from ``Event``, and
    holds no name, no clinical word and nothing that was typed.

    At most one row a person, patient, act, kind of page and hour. A refusal has one an address that
    was asked for, and one a network.

    actor: null: nobody was signed in
    subject: the patient; null where a page is about many, or the address leads to nobody
    page: a kind of ``trail.kinds``
    hour: the beginning of the hour in UTC; ``at`` is the first time within it
    asked: of a refusal: what the address named, such as ``patients/17``
    status: the status of the answer
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("address", "device")

    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=8, choices=Act)
    page = models.SlugField(max_length=40, db_index=False)
    hour = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)
    asked = models.CharField(max_length=60, blank=True, default="")
    status = models.PositiveSmallIntegerField(default=200)
    request_id = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=45, blank=True, default="")
    device = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="access_by_subject"),
            models.Index(fields=["at"], name="access_by_hour"),
        ]
        constraints = [
            models.UniqueConstraint(
                Coalesce(F("actor"), Value(0)),
                Coalesce(F("subject"), Value(0)),
                "act",
                "page",
                "hour",
                condition=~Q(act=Act.REFUSED),
                name="access_once_an_hour",
            ),
            models.UniqueConstraint(
                Coalesce(F("actor"), Value(0)),
                "page",
                "asked",
                "address",
                "hour",
                condition=Q(act=Act.REFUSED),
                name="access_refused_once_an_hour",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.page}"


class Seal(models.Model):
    """A closed hour of the trail: a digest of the seal before and of every row of the hour.

    rows: how many rows of the trail the hour had
    gaps: how many ids were missing between the last seal and the last row of the hour
    last_event, last_access: the last ids that were sealed
    """

    append_only: ClassVar[bool] = True

    hour = models.DateTimeField(unique=True)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    gaps = models.PositiveIntegerField(default=0)
    last_event = models.BigIntegerField()
    last_access = models.BigIntegerField()
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["hour"]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H:%M} UTC"

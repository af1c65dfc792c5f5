"""Mails to the clinic's staff that wait to be sent, and the sign of life of their sender."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, User
from patients.models.people import Patient
from patients.models.stops import URGENT, Urgency

#: After so long another sender takes over the claim of a sender that died.
CLAIM = timedelta(minutes=10)
HOUR = 3600


class MailKind(models.TextChoices):
    STOP = "stop", _("About a stop")


_WAITS = Q(sent__isnull=True, over__isnull=True)


def hour_of(moment: datetime) -> int:
    """The hour of a moment, counted from 1970."""
    return int(moment.timestamp()) // HOUR


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def waiting(self) -> OutboxQuerySet:
        """Mails that are neither sent nor needless."""
        return self.filter(_WAITS)

    def due(self, now: datetime) -> OutboxQuerySet:
        """Mails to send now that no living sender has claimed."""
        free = Q(claimed__isnull=True) | Q(claimed__lte=now - CLAIM)
        return self.waiting().filter(free, next_try__lte=now)

    def not_opened(self) -> OutboxQuerySet:
        """Mails that have left, and after which no clinician has looked at the patient."""
        return self.filter(sent__isnull=False, opened__isnull=True)

    def most_urgent_first(self) -> OutboxQuerySet:
        """Mails that failed come after those that were not tried; the urgent ones come first."""
        numbers = [When(urgency=code, then=number) for number, code in enumerate(Urgency)]
        return self.order_by("tries", Case(*numbers), "next_try", "pk")


class Outbox(models.Model):
    """A mail to one person about one patient. It holds no words: they are made when it is sent.

    ``hour``: the hour of ``due``, by which a person gets one mail at most
    ``next_try``: ``due``, or later after a try that failed
    ``claimed``: when a sender took it on, so that several senders may run
    ``opened``: when a clinician looked at the patient after the mail had left
    ``over``: when it was no longer needed, before it left
    ``repeats``: how many mails about the same matter went out before this one
    """

    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="mails")
    kind = models.CharField(max_length=8, choices=MailKind, default=MailKind.STOP)
    urgency = models.CharField(max_length=5, choices=Urgency)
    due = models.DateTimeField()
    hour = models.PositiveIntegerField()
    next_try = models.DateTimeField()
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    opened = models.DateTimeField(null=True, blank=True)
    over = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    repeats = models.PositiveSmallIntegerField(default=0)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "outbox"
        constraints = [
            models.UniqueConstraint(
                fields=["to", "patient", "urgency", "hour"], name="outbox_one_an_hour"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MailKind.values) & Q(urgency__in=Urgency.values),
                name="outbox_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(sent__isnull=True) | Q(over__isnull=True),
                name="outbox_sent_or_needless",
            ),
            models.CheckConstraint(
                condition=Q(opened__isnull=True) | Q(sent__isnull=False),
                name="outbox_opened_once_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try", "clinic"], condition=_WAITS, name="outbox_waiting"),
            models.Index(
                fields=["clinic", "due"], condition=_WAITS, name="outbox_waiting_in_clinic"
            ),
            models.Index(
                fields=["patient"],
                condition=Q(sent__isnull=False, opened__isnull=True),
                name="outbox_not_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"mail about patient {self.patient_id} to {self.to_id}"

    @property
    def is_urgent(self) -> bool:
        return self.urgency in URGENT

    @classmethod
    def at(cls, due: datetime, **fields: Any) -> Outbox:
        """A mail that is due at a moment; not saved."""
        return cls(due=due, hour=hour_of(due), next_try=due, **fields)


class SenderBeat(models.Model):
    """The sign of life of the senders of mail: one row, written all the time while one runs."""

    ONLY = 1

    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"a sender ran at {self.at}"

"""The visits of a patient to the clinic: planned, and what became of them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from patients.models.people import Patient


class VisitState(models.TextChoices):
    """What became of a visit."""

    PLANNED = "planned", _("Planned")
    KEPT = "kept", _("Kept")
    MISSED = "missed", _("Missed")
    CALLED_OFF = "called_off", _("Called off")


class VisitQuerySet(models.QuerySet["Visit"]):
    def in_order(self) -> VisitQuerySet:
        """By day and time. Visits without a time come last on their day."""
        return self.order_by("day", F("time").asc(nulls_last=True), "pk")

    def planned(self) -> VisitQuerySet:
        return self.filter(state=VisitState.PLANNED)

    def standing(self) -> VisitQuerySet:
        """All but those that were called off."""
        return self.exclude(state=VisitState.CALLED_OFF)


class Visit(models.Model):
    """One visit of a patient. It holds no words about them.

    ``day``, ``time``: in the zone of the clinic; ``time`` is null where only the day is known
    ``clinician``: with whom
    ``by``, ``at``: who planned it as it is, and when; ``by`` is null for a date from before there
    were visits
    ``said_by``, ``said_at``: who said what became of it, and when; null while it is planned
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField()
    time = models.TimeField(null=True, blank=True)
    clinician = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.PLANNED)
    said_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_at = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["patient", "day"], name="visit_of_patient"),
            models.Index(fields=["clinician", "day"], name="visit_of_clinician"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=VisitState.values), name="visit_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="planned", said_by__isnull=True, said_at__isnull=True)
                | Q(~Q(state="planned"), said_by__isnull=False, said_at__isnull=False),
                name="visit_said_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["patient", "day", "time"],
                condition=Q(time__isnull=False) & ~Q(state="called_off"),
                name="visit_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["patient", "day"],
                condition=Q(time__isnull=True) & ~Q(state="called_off"),
                name="visit_once_a_day_without_time",
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.day}"

    @property
    def starts(self) -> datetime | date:
        """The moment at which it begins, in the clinic's zone; the day where no time is known."""
        if self.time is None:
            return self.day
        return datetime.combine(self.day, self.time, tzinfo=self.patient.clinic.zone)

"""What lists read about a patient. Written by ``patients.summary.refresh`` inside every verb, by nothing else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Clinic, User
from curriculum.models import Rung
from patients.models.people import Patient
from patients.models.plan import Plan


class PatientSummary(models.Model):
    """Dates, so that time alone needs no write; a null date means that there is no such matter."""

    patient = models.OneToOneField(Patient, on_delete=models.CASCADE, related_name="summary")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    archived = models.BooleanField(default=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rung = models.ForeignKey(Rung, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stop_since = models.DateTimeField(null=True, blank=True)
    unread_since = models.DateTimeField(null=True, blank=True)
    amber_since = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    ready_since = models.DateField(null=True, blank=True)
    ready_until = models.DateField(null=True, blank=True, help_text="the last day on which the numbers suffice")
    link_from = models.DateField(null=True, blank=True, help_text="the day the unopened link becomes a matter")
    quiet_from = models.DateField(null=True, blank=True)
    new_since = models.DateField(null=True, blank=True)
    last_practice = models.DateField(null=True, blank=True)
    last_pain = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "patient summaries"
        indexes = [
            models.Index(fields=["clinic", "stop_since"], condition=Q(stop_since__isnull=False), name="summary_stop"),
            models.Index(
                fields=["clinic", "unread_since"], condition=Q(unread_since__isnull=False), name="summary_unread"
            ),
            models.Index(
                fields=["clinic", "amber_since"], condition=Q(amber_since__isnull=False), name="summary_amber"
            ),
            models.Index(fields=["clinic", "asked_at"], condition=Q(asked_at__isnull=False), name="summary_asked"),
            models.Index(
                fields=["clinic", "ready_since"], condition=Q(ready_since__isnull=False), name="summary_ready"
            ),
            models.Index(fields=["clinic", "link_from"], condition=Q(link_from__isnull=False), name="summary_link"),
            models.Index(fields=["clinic", "quiet_from"], condition=Q(quiet_from__isnull=False), name="summary_quiet"),
            models.Index(fields=["clinic", "new_since"], condition=Q(new_since__isnull=False), name="summary_new"),
            models.Index(fields=["clinic", "last_practice", "patient"], name="summary_on_track"),
        ]

    def __str__(self) -> str:
        return f"summary of patient {self.patient_id}"

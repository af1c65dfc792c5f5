"""Patients and their intakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts import names
from accounts.models import Clinic, User

if TYPE_CHECKING:
    from patients.models.plan import Plan


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, user: User) -> PatientQuerySet:
        """The patients a user may see: a clinician their clinic's, a patient only themselves."""
        if user.is_clinician:
            return self.filter(clinic_id=user.clinic_id)
        return self.filter(user=user)

    def current(self) -> PatientQuerySet:
        return self.filter(archived_at__isnull=True)


class Patient(models.Model):
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="patient")
    lead = models.ForeignKey(User, on_delete=models.PROTECT, related_name="led_patients")
    name = models.CharField(max_length=200)
    referral_note = models.TextField(blank=True)
    next_visit = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["clinic", "name", "id"], name="patient_by_name"),
            models.Index(
                fields=["lead"],
                condition=Q(archived_at__isnull=True),
                name="patient_current_of_lead",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return names.first_name(self.name)

    @property
    def short_name(self) -> str:
        """First name and initial: 'Maya R.'"""
        return names.short_name(self.name)

    @property
    def physio(self) -> str:
        """The name that the patient's own pages use for the physiotherapist.

        This is the lead's first name, or the clinic's name while the lead cannot sign in.
        """
        return self.lead.first_name if self.lead.is_active else self.clinic.name

    def running_plan(self) -> Plan | None:
        """The plan that has not ended; the database refuses a second one."""
        return self.plans.filter(ended_on__isnull=True).select_related("ladder", "clinic").first()

    def usual_pain(self) -> int | None:
        """Usual pain this week, 0-10, from the latest intake; None = unknown."""
        return self.intakes.order_by("-pk").values_list("usual_pain", flat=True).first()


class Intake(models.Model):
    """The answers of an intake interview. A patient may have several; the latest row counts."""

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("reason", "goal")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="intakes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    usual_pain = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    goal = models.TextField(blank=True, help_text="the patient's own goal, in their words")
    precautions = models.JSONField(default=list, help_text="list of {key, note}")
    equipment = models.JSONField(default=list, help_text="slugs of equipment at home")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(usual_pain__isnull=True) | Q(usual_pain__range=(0, 10)),
                name="intake_usual_pain_0_10",
            ),
        ]

    def __str__(self) -> str:
        return f"intake {self.at:%Y-%m-%d}"

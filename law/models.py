"""How long a clinic keeps what it has, and whom it has erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Clinic, User
from patients.models import Patient

#: Germany (BGB 630f) and Sweden (Patientdatalagen 3:17) ask for ten years after the treatment, the
#: United Kingdom for eight: who keeps ten keeps long enough in each of them.
YEARS = 10
FEWEST_YEARS = 1
MOST_YEARS = 50


class Keeping(models.Model):
    """How long a clinic keeps its records. A clinic without a row keeps them ``YEARS``.

    years: full years after the last day of a treatment
    acts: whether the job erases by itself whose years are over
    """

    clinic = models.OneToOneField(Clinic, on_delete=models.CASCADE, related_name="keeping")
    years = models.PositiveSmallIntegerField(default=YEARS)
    acts = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "keeping"
        constraints = [
            models.CheckConstraint(
                condition=Q(years__range=(FEWEST_YEARS, MOST_YEARS)), name="keeping_years_1_50"
            )
        ]

    def __str__(self) -> str:
        return f"clinic {self.clinic_id} keeps {self.years} years"


def keeping_of(clinic: Clinic) -> Keeping:
    """The clinic's own rule, or the usual one, which is not saved."""
    return Keeping.objects.filter(clinic=clinic).first() or Keeping(clinic=clinic)


class Erasure(models.Model):
    """Somebody was erased. ``by``: null where the job or a command did it.

    why: the owner's reason to do it before the years were over
    """

    append_only: ClassVar[bool] = True

    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, related_name="erasure")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"erasure of patient {self.patient_id}"

"""That a clinician looked at a patient again, on the day that an answer named or before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import User
from patients.models.people import Patient


class LookedAgain(models.Model):
    """One look. The newest of looks and answers to stops says when somebody looks next.

    ``words``: what was seen, for the record
    ``look_again_on``: null = no further look is needed
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("words",)

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="looks")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    words = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "look"

    def __str__(self) -> str:
        return f"looked again at patient {self.patient_id}"

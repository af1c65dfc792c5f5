"""What pain is usual for a patient, as they or their clinic told it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from patients.models.people import Patient


class UsualPain(models.Model):
    """The usual pain of a week. ``standing.usual_pain`` says which row counts, and for how long.

    ``day``: the day on which it was told
    ``pain``: 0-10; null = the clinic does not know it any more
    ``accepted``: whether it counts, as the rows before it decided
    ``accepts``: the number that had gone up, which a clinician has now seen; this row repeats it
    ``word``: what the clinician noted then
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("word",)

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="usual_pains")
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    accepted = models.BooleanField()
    accepts = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="accepted_by"
    )
    word = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["patient", "-id"], name="usual_pain_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__range=(0, 10)), name="usual_pain_0_10"
            ),
            models.CheckConstraint(
                condition=Q(accepts__isnull=True) | Q(accepted=True, pain__isnull=False),
                name="usual_pain_seen_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"usual pain {self.pain} on {self.day}"

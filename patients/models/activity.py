"""The patient's own activities and their ratings: the Patient-Specific Functional Scale."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from patients.models.people import Patient


class Activity(models.Model):
    """An activity that is hard for the patient now, in their words.

    A patient has up to three activities at a time. ``ended_at``: when the clinic stopped following
    this one.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "position"],
                condition=Q(ended_at__isnull=True),
                name="activity_one_a_place",
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, 3)), name="activity_three_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Rating(models.Model):
    """How well the activity goes: 0 = cannot do it, 10 = as before.

    If one activity has two ratings on a day, the latest counts.
    """

    append_only: ClassVar[bool] = True

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="ratings")
    day = models.DateField()
    score = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(score__range=(0, 10)), name="rating_0_10")
        ]

    def __str__(self) -> str:
        return f"{self.score} on {self.day}"

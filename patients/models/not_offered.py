"""The ladders that a clinic gives to nobody new."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Clinic, User


class NotOffered(models.Model):
    """A time in which a clinic offers a ladder to nobody new. Whoever is on it goes on.

    ``ladder``: the slug, so that no edition is offered
    ``back_at``: since when it is offered again; null = it is not
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="not_offered")
    ladder = models.SlugField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    back_at = models.DateTimeField(null=True, blank=True)
    back_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "ladders not offered"
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "ladder"],
                condition=Q(back_at__isnull=True),
                name="not_offered_once",
            ),
            models.CheckConstraint(
                condition=Q(back_at__isnull=True, back_by__isnull=True)
                | Q(back_at__isnull=False, back_by__isnull=False),
                name="not_offered_back_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ladder} of clinic {self.clinic_id}"

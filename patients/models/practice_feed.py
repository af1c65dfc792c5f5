"""The secret address at which a patient's own calendar reads when they practise."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.session_store import digest
from patients.models.people import Patient


class PracticeFeedQuerySet(models.QuerySet["PracticeFeed"]):
    def of_token(self, token: str) -> PracticeFeedQuerySet:
        """The feed that a secret opens, as long as its patient can sign in."""
        return self.filter(token_digest=digest(token), patient__user__is_active=True)


class PracticeFeed(models.Model):
    """One for each patient who has asked for it. When it ends, its row goes.

    ``token_digest``: the SHA-256 of the secret in the address, which nobody keeps
    ``reminds_at``: the time of the day that the patient chose, in the clinic's zone
    """

    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, related_name="practice_feed")
    token_digest = models.CharField(max_length=64, unique=True)
    reminds_at = models.TimeField()
    made_at = models.DateTimeField(default=timezone.now)

    objects = PracticeFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(token_digest=""), name="practice_feed_has_secret"
            ),
        ]

    def __str__(self) -> str:
        return f"practice feed of patient {self.patient_id}"

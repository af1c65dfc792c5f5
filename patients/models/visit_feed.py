"""The secret address at which a clinician's own calendar reads their visits."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.session_store import digest


class VisitFeedQuerySet(models.QuerySet["VisitFeed"]):
    def of_token(self, token: str) -> VisitFeedQuerySet:
        """The feed that a secret opens, as long as its clinician can sign in."""
        open_to = self.filter(user__is_active=True).exclude(token_digest="")
        return open_to.filter(token_digest=digest(token))


class VisitFeed(models.Model):
    """One for each clinician who has asked for it.

    ``token_digest``: the SHA-256 of the secret in the address, which nobody keeps; empty = ended
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="visit_feed")
    token_digest = models.CharField(max_length=64, blank=True, default="")
    made_at = models.DateTimeField(default=timezone.now)

    objects = VisitFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token_digest"],
                condition=~Q(token_digest=""),
                name="visit_feed_secret_once",
            ),
        ]

    def __str__(self) -> str:
        return f"visit feed of user {self.user_id}"

"""Letters about a patient to a doctor or another colleague, as they were written."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from patients.models.people import Patient


class Letter(models.Model):
    """One letter. Somebody prints it, or copies its text; this row says what it said.

    ``why``: why it is written; ``words``: what the clinician adds
    ``text``: the whole letter
    ``takes_back``: the letter in whose place it stands
    ``client_id``: made once for each form; empty where nothing was typed into one
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("addressee", "why", "words", "text")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="letters")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    addressee = models.TextField()
    why = models.TextField(blank=True)
    words = models.TextField(blank=True)
    text = models.TextField()
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back_by"
    )
    client_id = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "client_id"],
                condition=~Q(client_id=""),
                name="letter_form_once",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.at:%Y-%m-%d}"

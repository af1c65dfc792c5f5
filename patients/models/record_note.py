"""Notes for the clinic's record. No patient reads them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from patients.models.people import Patient


class NotePart(models.TextChoices):
    """The part of the visit note in which a note stands."""

    TOLD = "told", _("Told")
    SEEN = "seen", _("Seen")
    JUDGED = "judged", _("Judged")
    DECIDED = "decided", _("Decided, advised")


class RecordNoteQuerySet(models.QuerySet["RecordNote"]):
    def standing(self) -> RecordNoteQuerySet:
        """The notes that hold: none that was put right, and no empty one."""
        return self.filter(taken_back_by__isnull=True).exclude(text="")


class RecordNote(models.Model):
    """One note of a clinician, for the clinic only.

    ``takes_back``: the note in whose place it stands. Such a note may be empty: then the old one
    holds no more, and nothing stands in its place.
    ``client_id``: made once for each form; empty where nothing was typed into one
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("text",)

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="record_notes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=7, choices=NotePart)
    text = models.TextField(blank=True)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back_by"
    )
    client_id = models.CharField(max_length=64, blank=True, default="")

    objects = RecordNoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(part__in=NotePart.values), name="record_note_part_known"
            ),
            models.UniqueConstraint(
                fields=["patient", "client_id"],
                condition=~Q(client_id=""),
                name="record_note_form_once",
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.at:%Y-%m-%d}"

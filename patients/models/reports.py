"""What a patient tells about pain and symptoms on any day, with or without practice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from patients.models.people import Patient


class Symptom(models.TextChoices):
    """The boxes, in their order. The texts of the boxes are in ``patients.wording.symptoms``."""

    SADDLE = "saddle", _("Numb between the legs")
    BLADDER = "bladder", _("Trouble with peeing")
    BOWEL = "bowel", _("Cannot hold or feel poo")
    WEAK = "weak", _("Weak leg")
    NUMB = "numb", _("Numb or tingling leg")
    BELOW_KNEE = "below_knee", _("Pain below the knee")
    FEVER = "fever", _("Fever or feeling ill")
    FALL = "fall", _("Bad fall or accident")
    OTHER_NOW = "other_now", _("Chest pain, no breath, fainted or tearing pain")
    CALF = "calf", _("Calf swollen, red or hot")
    OTHER = "other", _("Something else")


class Side(models.TextChoices):
    LEFT = "left", _("left")
    RIGHT = "right", _("right")
    BOTH = "both", _("both")


#: Symptoms of a side.
SIDED = frozenset({Symptom.WEAK, Symptom.NUMB, Symptom.BELOW_KNEE, Symptom.CALF})


class Sign(NamedTuple):
    """One symptom. ``side``: None = not told. ``growing``: None = not told, or not sure."""

    kind: str
    side: str | None = None
    growing: bool | None = None


def signs_in(kinds: Iterable[Mapping[str, Any]]) -> list[Sign]:
    """The signs of the column ``Report.kinds``."""
    return [Sign(row["kind"], row["side"], row["growing"]) for row in kinds]


class Since(models.TextChoices):
    TODAY = "today", _("Today")
    WEEK = "week", _("This week")
    LONGER = "longer", _("Longer")


class Asked(models.TextChoices):
    NOW = "now", _("How is it today?")
    BEFORE = "before", _("Before practice")
    LOG = "log", _("With the log")


class ReportUrgency(models.TextChoices):
    """The worst first. ``none``: pain alone, or nothing. ``note``: read like a message."""

    NOW = "now", _("Emergency now")
    TODAY = "today", _("A doctor today")
    SOON = "soon", _("The physio first, soon")
    NOTE = "note", _("Note")
    NONE = "none", _("Nothing new")


class Report(models.Model):
    """One telling. What is no longer true is taken back by a second row.

    ``kinds``: list of ``{"kind": Symptom, "side": Side|null, "growing": bool|null}``; null = not
    told, which counts as the worst
    ``since``: of all of them; empty = not told
    ``pain``: 0-10; null = not reported
    ``urgency``: as the kinds decided it at that moment
    ``practice``: the entry after which it was told, on the log of that day
    ``takes_back``: the report that was a mistake; this one tells what is true instead
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("words",)

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="reports")
    client_id = models.CharField(max_length=64)
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked = models.CharField(max_length=6, choices=Asked)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    kinds = models.JSONField(default=list, blank=True)
    since = models.CharField(max_length=6, choices=Since, blank=True)
    words = models.TextField(blank=True)
    urgency = models.CharField(max_length=5, choices=ReportUrgency)
    practice = models.ForeignKey(
        "patients.Practice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="later_reports",
    )
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back_by"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["patient", "-day"], name="report_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["patient", "client_id"], name="report_client_id_once"),
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__range=(0, 10)), name="report_pain_0_10"
            ),
            models.CheckConstraint(
                condition=Q(asked__in=Asked.values)
                & Q(urgency__in=ReportUrgency.values)
                & Q(since__in=["", *Since.values]),
                name="report_codes_known",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.day}: {self.urgency}"

    @property
    def signs(self) -> list[Sign]:
        return signs_in(self.kinds)

    def before(self) -> Iterator[Report]:
        """The reports in whose place this one stands, the newest first."""
        told = self.takes_back
        while told is not None:
            yield told
            told = told.takes_back

    @property
    def newest(self) -> Report:
        """The row that holds now: the report itself, or what took its place."""
        told = self
        while hasattr(told, "taken_back_by"):
            told = told.taken_back_by
        return told

"""What was asked before the first drill: red flags, precautions, and the outcome."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from patients.models.people import Patient


class ScreeningOutcome(models.TextChoices):
    CLEARED = "cleared", _("Cleared")
    LIMITS = "cleared_with_limits", _("Cleared, with limits")
    NOT_CLEARED = "not_cleared", _("Not cleared")
    NOT_RECORDED = "not_recorded", _("Not recorded")


class ScreeningAnswer(models.TextChoices):
    NO = "no", _("Nothing new")
    YES = "yes", _("Yes")
    NOT_ASKED = "not_asked", _("Not asked")


def allows_training(outcome: str | None) -> bool:
    """Whether this outcome makes drills, ticks and passes possible; None = never screened."""
    return outcome not in {None, ScreeningOutcome.NOT_CLEARED}


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def standing(self) -> ScreeningQuerySet:
        """Without those of an answer that was taken back."""
        return self.filter(answer__reopened_by__isnull=True)

    def newest_of(self, patient: Patient | OuterRef) -> ScreeningQuerySet:
        """The standing screenings of one patient; the first of them counts."""
        return self.standing().filter(patient=patient).order_by("-pk")


class Screening(models.Model):
    """One screening; the latest of a patient counts, unless its answer was taken back.

    ``answer``: the answer to a stop that wrote it, the first of its act; null for every other.

    ``by``: null only where nothing was recorded, in an installation from before screenings.
    ``look_again_on``: the day on which somebody who is not cleared is looked at again.
    ``examined_*``: who examined, when and what was found, where a red flag was told and the patient
    was cleared all the same.
    ``travels``, ``left_at``: how somebody who was sent on travels, and when; empty = nobody was, or
    nobody said.
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("words", "examined_by", "finding", "travels")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="screenings")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=19, choices=ScreeningOutcome)
    words = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    examined_on = models.DateField(null=True, blank=True)
    examined_by = models.CharField(max_length=200, blank=True)
    finding = models.TextField(blank=True)
    travels = models.CharField(max_length=200, blank=True, default="", db_default="")
    left_at = models.DateTimeField(null=True, blank=True)
    answer = models.OneToOneField(
        "patients.StopAnswer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="screening",
    )

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["patient", "-id"], name="screening_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=ScreeningOutcome.values), name="screening_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(outcome=ScreeningOutcome.NOT_RECORDED),
                name="screening_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(outcome=ScreeningOutcome.NOT_CLEARED, look_again_on__isnull=False)
                | (~Q(outcome=ScreeningOutcome.NOT_CLEARED) & Q(look_again_on__isnull=True)),
                name="screening_looked_at_again",
            ),
        ]

    def __str__(self) -> str:
        return f"screening {self.at:%Y-%m-%d}: {self.outcome}"

    @property
    def allows(self) -> bool:
        """Whether drills, ticks and passes are possible."""
        return allows_training(self.outcome)


class ScreeningItem(models.Model):
    """One red flag of a screening. ``asked_on``: the day of the answer; null = not asked."""

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("note",)

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="items")
    key = models.SlugField()
    answer = models.CharField(max_length=9, choices=ScreeningAnswer)
    note = models.TextField(blank=True)
    asked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["screening", "key"], name="screening_item_once"),
            models.CheckConstraint(
                condition=Q(answer__in=ScreeningAnswer.values), name="screening_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answer=ScreeningAnswer.NOT_ASKED) | Q(asked_on__isnull=False),
                name="screening_item_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.answer}"


class Precaution(models.Model):
    """Something true of the patient that changes drills. ``fields``: by the keys of the content."""

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("note",)
    erased_as: ClassVar[dict[str, str]] = {"fields": "{}"}

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="precautions")
    key = models.SlugField()
    fields = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    asked_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["screening", "key"], name="precaution_once"),
        ]

    def __str__(self) -> str:
        return self.key

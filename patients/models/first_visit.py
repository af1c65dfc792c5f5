"""A first visit that was begun, and what was typed in its steps and is not saved yet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from patients.models.people import Patient


class VisitStep(models.TextChoices):
    """The steps of a first visit, in their order."""

    WHO = "who", _("Who")
    STORY = "story", _("Story")
    SEE = "see", _("See")
    DOSE = "dose", _("Dose")
    HAND_OVER = "hand_over", _("Hand over")


class FirstVisit(models.Model):
    """The first visit of a patient. It is unfinished until ``ended_at`` is set.

    Each step writes its own rows: this one says only how far the visit has come. Patients from
    before there were first visits, and those of a list that was taken in, have none.

    ``saved``: the furthest step that was saved; ``saved_at``: when a step was saved last
    ``set_aside``: why it ended before the patient's own page was handed over, in words
    """

    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, related_name="first_visit")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved = models.CharField(max_length=9, choices=VisitStep, default=VisitStep.WHO)
    saved_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_aside = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(saved__in=VisitStep.values), name="first_visit_step_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="first_visit_ended_by",
            ),
        ]

    def __str__(self) -> str:
        return f"first visit of patient {self.patient_id}"


class VisitDraft(models.Model):
    """What was typed in one step of a first visit and is not saved yet, for whoever goes on.

    ``typed``: the fields of the page by name, each with its values
    """

    visit = models.ForeignKey(FirstVisit, on_delete=models.PROTECT, related_name="drafts")
    step = models.CharField(max_length=9, choices=VisitStep)
    typed = models.JSONField(default=dict)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "step"], name="visit_draft_one_a_step"),
            models.CheckConstraint(
                condition=Q(step__in=VisitStep.values), name="visit_draft_step_known"
            ),
        ]

    def __str__(self) -> str:
        return f"draft of {self.visit}"

"""Plan templates of a clinic: what a plan of a kind usually begins with. Nothing follows a template
by itself: it fills the fields of a page, and a clinician decides."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import Clinic, User
from curriculum.models import EVERY_DAY, Ladder, Level, Rung


class PlanTemplate(models.Model):
    """A template. It starts on the lowest rung for which it has a dose.

    ``ladder``: the edition for which it was written
    ``goal_rung``: null = the top
    ``by``, ``at``: who wrote it as it stands, and when
    ``put_away_at``: since when it is offered no more; null = it is in use
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="plan_templates")
    name = models.CharField(max_length=60)
    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="+")
    goal_rung = models.ForeignKey(
        Rung, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    weekdays = models.PositiveSmallIntegerField(default=EVERY_DAY)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "clinic",
                Lower("name"),
                condition=Q(put_away_at__isnull=True),
                name="plan_template_named_once",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & Q(weekdays__range=(1, EVERY_DAY)),
                name="plan_template_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateDose(models.Model):
    """The dose of one level in a template. It holds no weight and no band: those are a person's
    own. The columns are those of ``Prescription``."""

    template = models.ForeignKey(PlanTemplate, on_delete=models.PROTECT, related_name="doses")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    sets = models.PositiveSmallIntegerField()
    reps = models.PositiveSmallIntegerField()
    reps_to = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    pause = models.PositiveSmallIntegerField(null=True, blank=True)
    rest = models.PositiveSmallIntegerField(null=True, blank=True)
    per_side = models.BooleanField(default=False)
    word = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["template", "level__rung__position", "level__position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "level"], name="template_dose_once"),
            models.CheckConstraint(
                condition=Q(sets__range=(1, 10))
                & Q(reps__range=(1, 50))
                & (Q(reps_to__isnull=True) | Q(reps_to__gte=F("reps"), reps_to__lte=50))
                & (Q(seconds__isnull=True) | Q(seconds__range=(1, 60)))
                & (Q(pause__isnull=True) | Q(pause__range=(1, 10)))
                & (Q(rest__isnull=True) | Q(rest__range=(0, 600))),
                name="template_dose_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sets} x {self.reps}"

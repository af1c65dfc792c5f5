"""What clinicians prescribe: the dose of one level on a plan."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from curriculum.models import Level
from patients.models.load import MOST_MARKS, SIGNED, Band, ProposalKind
from patients.models.plan import Plan


class Prescription(models.Model):
    """The dose of one level on a plan; the latest counts.

    ``reps``, ``reps_to``: the range of repetitions; ``reps_to`` null = no range
    ``seconds``: how long each repetition takes on the way down; ``pause``: seconds at the bottom
    ``rest``: seconds between two sets
    ``load``: kilograms; ``max_kg``: more is not prescribed here
    ``band``, ``mark``: the elastic band, and the mark on the floor where the feet stand; null = not
    said
    ``reserve``: how many more repetitions the last set should leave; null = not said
    ``signed_for``: the kind of proposal that it signs; empty = the clinician's own
    ``why_more``: why it is more than the guard lets pass
    ``per_side``: whether ``sets`` counts each side
    ``word``: the clinician's words to the patient
    ``reason``: why a drill that the patient's precautions say to avoid is prescribed all the same
    ``reason_for``: the keys of those precautions, with a space between; where an answer is graded,
    how much it left then: "hip_limit:90". A precaution that leaves less wants a reason again
    ``at_home``: whether a level for the clinic alone is practised at home all the same
    ``variant``: the key of another way to do the drill; empty = as it is drawn
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("word", "reason", "max_depth", "why_more")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="prescriptions")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    sets = models.PositiveSmallIntegerField()
    reps = models.PositiveSmallIntegerField()
    reps_to = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    pause = models.PositiveSmallIntegerField(null=True, blank=True)
    rest = models.PositiveSmallIntegerField(null=True, blank=True)
    load = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    max_kg = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    band = models.ForeignKey(
        Band, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mark = models.PositiveSmallIntegerField(null=True, blank=True)
    reserve = models.PositiveSmallIntegerField(null=True, blank=True)
    per_side = models.BooleanField(default=False)
    max_depth = models.CharField(max_length=200, blank=True)
    word = models.TextField(blank=True)
    reason = models.TextField(blank=True, default="", db_default="")
    reason_for = models.CharField(max_length=500, blank=True, default="", db_default="")
    at_home = models.BooleanField(default=False, db_default=False)
    variant = models.CharField(max_length=50, blank=True, default="", db_default="")
    signed_for = models.CharField(
        max_length=8, choices=ProposalKind, blank=True, default="", db_default=""
    )
    why_more = models.TextField(blank=True, default="", db_default="")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sets__range=(1, 10))
                & Q(reps__range=(1, 50))
                & (Q(seconds__isnull=True) | Q(seconds__range=(1, 60)))
                & (Q(load__isnull=True) | Q(load__range=(0.5, 300))),
                name="prescription_in_range",
            ),
            models.CheckConstraint(
                condition=(Q(reps_to__isnull=True) | Q(reps_to__gte=F("reps"), reps_to__lte=50))
                & (Q(pause__isnull=True) | Q(pause__range=(1, 10)))
                & (Q(rest__isnull=True) | Q(rest__range=(0, 600)))
                & (Q(reserve__isnull=True) | Q(reserve__range=(0, 4)))
                & Q(signed_for__in=["", *SIGNED]),
                name="prescription_load_in_range",
            ),
            models.CheckConstraint(
                condition=Q(mark__isnull=True) | Q(band__isnull=False, mark__range=(0, MOST_MARKS)),
                name="prescription_mark_of_a_band",
            ),
            models.CheckConstraint(
                condition=Q(max_kg__isnull=True)
                | Q(max_kg__range=(0.5, 300)) & (Q(load__isnull=True) | Q(load__lte=F("max_kg"))),
                name="prescription_up_to_its_cap",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sets} x {self.reps}"

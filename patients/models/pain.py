"""What pain is usual for a patient, as they or their clinic told it, and limits of their own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.names import ERASED
from patients.models.people import Patient

#: A number above it is never fine by itself.
MOST_FINE_TO = 7
#: Where a stop begins at this number or above, a second clinician agrees.
SECOND_FROM = 9


class UsualPain(models.Model):
    """The usual pain of a week. ``standing.usual_pain`` says which row counts, and for how long.

    ``day``: the day on which it was told
    ``pain``: 0-10; null = the clinic does not know it any more
    ``accepted``: whether it counts, as the rows before it decided
    ``accepts``: the number that had gone up, which a clinician has now seen; this row repeats it
    ``word``: what the clinician noted then
    ``anew``: whether a ladder begins here that asks for another pain than the one before; the row
    has no number, and none from before it is compared with one from after it
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("word",)

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="usual_pains")
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    accepted = models.BooleanField()
    accepts = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="accepted_by"
    )
    word = models.TextField(blank=True)
    anew = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["patient", "-id"], name="usual_pain_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__range=(0, 10)), name="usual_pain_0_10"
            ),
            models.CheckConstraint(
                condition=Q(accepts__isnull=True) | Q(accepted=True, pain__isnull=False),
                name="usual_pain_seen_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"usual pain {self.pain} on {self.day}"


class PainLimits(models.Model):
    """A patient's own pain limits, in place of the clinic's rule. The latest row counts while its
    days last.

    ``day``, ``until``: the first day and the last one
    ``fine_to``: up to it a number is fine; ``stop_from``: from it on one is a stop. Both null = the
    clinic's rule holds again
    ``second``: the other clinician who agreed, where a stop begins as high as 9 or 10
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("reason",)
    erased_as: ClassVar[dict[str, str]] = {"second": ERASED}

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="pain_limits")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    until = models.DateField()
    fine_to = models.PositiveSmallIntegerField(null=True, blank=True)
    stop_from = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    second = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "pain limits"
        indexes = [models.Index(fields=["patient", "-id"], name="pain_limits_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(fine_to__isnull=True, stop_from__isnull=True)
                | Q(
                    fine_to__range=(0, MOST_FINE_TO),
                    stop_from__gt=models.F("fine_to"),
                    stop_from__lte=10,
                ),
                name="pain_limits_in_order",
            ),
            models.CheckConstraint(
                condition=Q(stop_from__isnull=True) | Q(stop_from__lt=SECOND_FROM) | ~Q(second=""),
                name="pain_limits_agreed_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=models.F("day")), name="pain_limits_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"pain limits {self.fine_to}, {self.stop_from} until {self.until}"

"""What load is made of: the clinic's bands, the weights at a patient's home, kinds of proposals."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, User
from patients.models.people import Patient

#: From so many kilograms to so many something is a weight.
LEAST_KG = Decimal("0.5")
MOST_KG = 300
#: More repetitions than so many in reserve are not told apart: "4 or more".
MOST_RESERVE = 4
#: Marks on the floor, one foot's length apart: with each, the band is longer.
MOST_MARKS = 3


class ProposalKind(models.TextChoices):
    """What the product proposes for the load of a level. Those that are signed change the dose."""

    NONE = "none", _("Nothing proposed")
    RESTART = "restart", _("A lighter start")
    HOLD = "hold", _("The same again")
    BACK = "back", _("One step back")
    FEWER = "fewer", _("Fewer repetitions")
    RETURN = "return", _("Towards the weight from before")
    SETS = "sets", _("One more set")
    REPS = "reps", _("More repetitions")
    WEIGHT = "weight", _("More weight")
    BIG_STEP = "big_step", _("A big step in weight")
    PAUSE = "pause", _("A pause at the bottom")
    SLOW = "slow", _("Slower on the way down")
    KEEP = "keep", _("Keep it as it is")


#: The kinds that a clinician can sign.
SIGNED = (
    ProposalKind.RESTART,
    ProposalKind.BACK,
    ProposalKind.FEWER,
    ProposalKind.RETURN,
    ProposalKind.SETS,
    ProposalKind.REPS,
    ProposalKind.WEIGHT,
    ProposalKind.BIG_STEP,
    ProposalKind.PAUSE,
    ProposalKind.SLOW,
)


class Band(models.Model):
    """One of the clinic's elastic bands. ``position``: 1 = the lightest.

    ``kg_from``, ``kg_to``: the maker's kilograms at double length; null = not printed
    ``marks``: the last mark on the floor at which it is at most twice as long as at rest
    ``retired_at``: since when nobody gets it any more
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="bands")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    kg_from = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    kg_to = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    marks = models.PositiveSmallIntegerField(default=MOST_MARKS)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["clinic", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "position"],
                condition=Q(retired_at__isnull=True),
                name="band_position_once",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1) & Q(marks__range=(0, MOST_MARKS)) & ~Q(name=""),
                name="band_in_range",
            ),
            models.CheckConstraint(
                condition=Q(kg_from__isnull=True, kg_to__isnull=True)
                | Q(kg_from__gt=0, kg_to__gte=models.F("kg_from"), kg_to__lte=200),
                name="band_from_below_to",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WeightKind(models.TextChoices):
    BAG = "bag", _("Bag")
    BACKPACK = "backpack", _("Backpack")
    BOTTLE = "bottle", _("Bottles of water")
    DUMBBELL = "dumbbell", _("Dumbbells")
    KETTLEBELL = "kettlebell", _("Kettlebells")
    BAR = "bar", _("Bar with plates")
    OTHER = "other", _("Something else")


class HomeWeights(models.Model):
    """The weights of one kind at a patient's home; the latest row of a kind counts.

    ``kilograms``: what they can lift with it, in kg, smallest first; empty = none of this kind
    """

    append_only: ClassVar[bool] = True

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="home_weights")
    kind = models.CharField(max_length=10, choices=WeightKind)
    kilograms = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "weights at home"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=WeightKind.values), name="home_weights_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of patient {self.patient_id}"

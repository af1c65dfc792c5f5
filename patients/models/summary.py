"""The row of a patient that lists read. Only ``patients.summaries.refresh`` writes it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, User
from curriculum.models import Rung
from patients.models.people import Patient
from patients.models.plan import Plan


class Rank(models.IntegerChoices):
    """What waits at a patient; lower numbers come first in the caseload.

    The rank does not change while time passes. What depends on today's date, such as readiness,
    is placed between these ranks by ``patients.caseload.order``.
    """

    STOP = 1, _("Stopped")
    UNREAD = 2, _("Message")
    AMBER = 3, _("Easing off")
    ASKED = 4, _("Asked for a review")
    SCREEN = 5, _("To screen")
    NEW = 8, _("New")
    ON_TRACK = 9, _("On track")


def _indexes(whose: str) -> list[models.Index]:
    """One index for each of the queries that ``patients.caseload.order`` joins into a caseload.

    ``whose``: "clinic" or "lead".
    """
    new = Rank.NEW.value
    on_track = Q(rank=Rank.ON_TRACK.value)
    unopened = Q(link_from__isnull=False)
    opened = Q(link_from__isnull=True)
    walks: tuple[tuple[str, list[str], Q], ...] = (
        ("waits", ["rank", "waits_since"], Q(rank__lt=new)),
        ("ready", ["ready_until", "ready_since"], on_track & Q(ready_until__isnull=False)),
        ("weight", ["weight_from"], on_track & Q(weight_from__isnull=False)),
        ("link", ["link_from"], Q(rank__gte=new) & unopened),
        ("quiet", ["quiet_from"], on_track & opened & Q(quiet_from__isnull=False)),
        ("new", ["new_since"], Q(rank=new)),
        ("away", [], on_track & Q(quiet_from__isnull=True)),
    )
    return [
        models.Index(
            fields=[whose, *columns, "patient"], condition=condition, name=f"summary_{whose}_{name}"
        )
        for name, columns, condition in walks
    ]


class PatientSummary(models.Model):
    """What lists show of one patient.

    The columns are dates, so that a row stays right while time passes. A null date means that there
    is nothing of that kind.

    ``rank``: null for a discharged patient
    ``waits_since``: set for ranks 1 to 4
    ``search``: the name as ``search_words`` gives it
    """

    patient = models.OneToOneField(Patient, on_delete=models.CASCADE, related_name="summary")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    archived = models.BooleanField(default=False)
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rung = models.ForeignKey(
        Rung, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stop_since = models.DateTimeField(null=True, blank=True)
    unread_since = models.DateTimeField(null=True, blank=True)
    amber_since = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    unscreened_since = models.DateTimeField(
        null=True, blank=True, help_text="on a plan, and not screened or not cleared"
    )
    look_again_on = models.DateField(
        null=True, blank=True, help_text="when somebody not cleared is looked at again"
    )
    ready_since = models.DateField(null=True, blank=True)
    ready_until = models.DateField(
        null=True, blank=True, help_text="the last day on which the numbers suffice"
    )
    weight_from = models.DateField(
        null=True, blank=True, help_text="the day from which on a weight is waited for"
    )
    link_from = models.DateField(
        null=True, blank=True, help_text="the day the unopened link becomes a matter"
    )
    quiet_from = models.DateField(null=True, blank=True)
    new_since = models.DateField(null=True, blank=True)
    last_practice = models.DateField(null=True, blank=True)
    last_pain = models.PositiveSmallIntegerField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(choices=Rank, null=True, blank=True)
    waits_since = models.DateTimeField(null=True, blank=True)
    search = models.CharField(max_length=450, blank=True)

    class Meta:
        verbose_name_plural = "patient summaries"
        indexes = [
            models.Index(fields=["clinic", "search", "patient"], name="summary_search"),
            *_indexes("clinic"),
            *_indexes("lead"),
        ]

    def __str__(self) -> str:
        return f"summary of patient {self.patient_id}"

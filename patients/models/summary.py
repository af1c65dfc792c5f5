"""The row of a patient that lists read. Only ``patients.summaries.refresh`` writes it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, User
from curriculum.models import Rung
from patients.models.first_visit import VisitStep
from patients.models.load import ProposalKind
from patients.models.names import NAME_LIMIT
from patients.models.people import Patient
from patients.models.plan import Plan


class CaseloadPlace(models.IntegerChoices):
    """The classes of the caseload, in their order. AWAY is on track, in a pause without an end."""

    STOP_NOW = 9, _("Stopped: emergency")
    STOP_URGENT = 10, _("Stopped: a doctor today")
    STOP_LEG = 11, _("Stopped: numbness or a fall")
    STOP_HIGH = 12, _("Stopped: high pain")
    STOP = 13, _("Stopped")
    BELOW_KNEE = 20, _("Pain below the knee")
    USUAL_UP = 21, _("Usual pain went up")
    READ_FIRST = 30, _("Message to read first")
    UNREAD = 31, _("Message")
    FOLLOW_UP = 40, _("Follow up")
    AMBER = 50, _("Easing off")
    ASKED = 60, _("Asked for a review")
    READY = 70, _("Ready by numbers")
    WEIGHT = 80, _("Waits for a weight")
    FIRST_VISIT = 85, _("First visit unfinished")
    SCREEN = 90, _("To screen")
    LINK = 100, _("Link not opened")
    QUIET = 110, _("Gone quiet")
    SIGN = 115, _("Load to sign")
    MISSED = 117, _("Missed a visit")
    NEW = 120, _("New")
    NOT_CLEARED = 130, _("Not cleared")
    ON_TRACK = 140, _("On track")
    AWAY = 141, _("Away")


#: The classes that today's date decides. The others are stored as a summary's ``rank``: what waits
#: at the patient, or else what they are while no date matters.
BY_THE_DAY = frozenset(
    {
        CaseloadPlace.FOLLOW_UP,
        CaseloadPlace.READY,
        CaseloadPlace.WEIGHT,
        CaseloadPlace.LINK,
        CaseloadPlace.QUIET,
        CaseloadPlace.SIGN,
        CaseloadPlace.MISSED,
        CaseloadPlace.AWAY,
    }
)
RANKS = [(place.value, place.label) for place in CaseloadPlace if place not in BY_THE_DAY]


def _indexes(whose: str) -> list[models.Index]:
    """One index for each of the queries that ``patients.caseload.order`` joins into a caseload.

    ``whose``: "clinic" or "lead".
    """
    new = CaseloadPlace.NEW.value
    on_track = Q(rank=CaseloadPlace.ON_TRACK.value)
    unopened = Q(link_from__isnull=False)
    opened = Q(link_from__isnull=True)
    walks: tuple[tuple[str, list[str], Q], ...] = (
        ("waits", ["rank", "waits_since"], Q(rank__lt=new)),
        ("follow", ["follow_up_on"], Q(follow_up_on__isnull=False)),
        ("ready", ["ready_until", "ready_since"], on_track & Q(ready_until__isnull=False)),
        ("weight", ["weight_from"], on_track & Q(weight_from__isnull=False)),
        ("link", ["link_from"], Q(rank__gte=new) & unopened),
        ("quiet", ["quiet_from"], on_track & opened & Q(quiet_from__isnull=False)),
        ("sign", ["sign_from"], on_track & Q(sign_from__isnull=False)),
        ("missed", ["missed_on"], on_track & Q(missed_on__isnull=False)),
        ("new", ["new_since"], Q(rank=new)),
        ("barred", ["follow_up_on"], Q(rank=CaseloadPlace.NOT_CLEARED.value)),
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

    ``rank``: the class that holds whatever the date is; null for a discharged patient
    ``waits_since``: since when; set for ranks before NEW
    ``sorts_as``, ``same_as``: the name as ``patients.models.names`` gives it for lists, and to find
    namesakes
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
        null=True, blank=True, help_text="on a plan and never screened"
    )
    follow_up_on = models.DateField(
        null=True, blank=True, help_text="the day on which somebody looks at the patient again"
    )
    ready_since = models.DateField(null=True, blank=True)
    ready_until = models.DateField(
        null=True, blank=True, help_text="the last day on which the numbers suffice"
    )
    weight_from = models.DateField(
        null=True, blank=True, help_text="the day from which on a weight is waited for"
    )
    sign_from = models.DateField(
        null=True,
        blank=True,
        help_text="the day from which on a change of load waits for a signature",
    )
    sign_kind = models.CharField(
        max_length=8, choices=ProposalKind, blank=True, default="", db_default=""
    )
    missed_on = models.DateField(
        null=True, blank=True, help_text="the day of a missed visit that none was planned after"
    )
    visit_step = models.CharField(
        max_length=9,
        choices=VisitStep,
        blank=True,
        default="",
        db_default="",
        help_text="the step of an unfinished first visit that waits",
    )
    link_from = models.DateField(
        null=True, blank=True, help_text="the day the unopened link becomes a matter"
    )
    quiet_from = models.DateField(null=True, blank=True)
    new_since = models.DateField(null=True, blank=True)
    last_practice = models.DateField(null=True, blank=True)
    last_pain = models.PositiveSmallIntegerField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(choices=RANKS, null=True, blank=True)
    waits_since = models.DateTimeField(null=True, blank=True)
    sorts_as = models.CharField(max_length=NAME_LIMIT, blank=True)
    same_as = models.CharField(max_length=NAME_LIMIT, blank=True, default="", db_default="")

    class Meta:
        verbose_name_plural = "patient summaries"
        indexes = [
            models.Index(fields=["clinic", "sorts_as", "patient"], name="summary_by_name"),
            models.Index(fields=["clinic", "same_as"], name="summary_namesakes"),
            *_indexes("clinic"),
            *_indexes("lead"),
        ]

    def __str__(self) -> str:
        return f"summary of patient {self.patient_id}"

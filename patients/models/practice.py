"""Entries of practice, mornings after them, and messages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from curriculum.models import Level
from patients.models.people import Patient
from patients.models.plan import Plan
from patients.models.reports import Report


class Effort(models.TextChoices):
    EASY = "easy", _("Easy")
    RIGHT = "right", _("About right")
    HARD = "hard", _("Hard")
    STOPPED = "stopped", _("Had to stop")


class WhyStopped(models.TextChoices):
    PAIN = "pain", _("Pain")
    TIRED = "tired", _("Tired")
    TIME = "time", _("No time")


class Leg(models.TextChoices):
    NONE = "none", _("No")
    BELOW_KNEE = "below_knee", _("Pain below the knee")
    NUMB = "numb", _("Numbness or tingling")
    WEAK = "weak", _("Weakness")


class BandCode(models.TextChoices):
    FINE = "fine", _("Fine")
    EASE = "ease", _("Ease off")
    STOP = "stop", _("Stop")


class PracticeQuerySet(models.QuerySet["Practice"]):
    def standing(self) -> PracticeQuerySet:
        """The entries that no correction has replaced: one for each day."""
        return self.filter(corrected_by__isnull=True)


class Practice(models.Model):
    """One day's entry.

    ``sets``: list of ``{"side": "left"|"right"|null, "reps": int, "seconds": int|null,
    "load": kg|null}``
    ``pain``: the highest while practising, 0-10; null = not reported
    ``before``: the pain before practice, as it was told then; null = not told
    ``band``: the result of the pain rules when the entry was recorded; null = nothing reported
    ``corrects``: the entry of the same day that this one replaces
    ``paper``: whether the clinic entered it from a paper log
    ``leg``: the most serious sign of a leg that was told with it, of which older entries have no
    report; null = no answer, or nothing of a leg among what was told
    ``report``: what the patient told with this entry: every sign, with its side; null if it tells
    the same as the entry that it corrects
    ``easier``: whether it was an easier day, which says nothing about readiness
    ``borrowed``: whether its level was borrowed from a locked rung, for whose gate it says nothing
    ``reserve``: how many more repetitions the last set would have let through, asked where there is
    a load; 4 = four or more, null = not told
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("note",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="practices")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField()
    client_id = models.CharField(max_length=64)
    sets = models.JSONField(default=list)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    before = models.PositiveSmallIntegerField(null=True, blank=True)
    effort = models.CharField(max_length=7, choices=Effort, null=True, blank=True)  # noqa: DJ001
    why_stopped = models.CharField(max_length=5, choices=WhyStopped, null=True, blank=True)  # noqa: DJ001
    leg = models.CharField(max_length=10, choices=Leg, null=True, blank=True)  # noqa: DJ001
    note = models.TextField(blank=True)
    band = models.CharField(max_length=4, choices=BandCode, null=True, blank=True)  # noqa: DJ001
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    paper = models.BooleanField(default=False)
    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="entry"
    )
    easier = models.BooleanField(default=False, db_default=False)
    borrowed = models.BooleanField(default=False, db_default=False)
    reserve = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["done_on", "pk"]
        verbose_name_plural = "practice"
        constraints = [
            models.UniqueConstraint(fields=["plan", "client_id"], name="practice_client_id_once"),
            models.UniqueConstraint(
                fields=["plan", "done_on"],
                condition=Q(corrects__isnull=True),
                name="practice_one_a_day",
            ),
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__range=(0, 10)), name="practice_pain_0_10"
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=True) | Q(before__range=(0, 10)),
                name="practice_before_0_10",
            ),
            models.CheckConstraint(
                condition=(Q(effort__isnull=True) | Q(effort__in=Effort.values))
                & (Q(why_stopped__isnull=True) | Q(why_stopped__in=WhyStopped.values))
                & (Q(leg__isnull=True) | Q(leg__in=Leg.values))
                & (Q(band__isnull=True) | Q(band__in=BandCode.values)),
                name="practice_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(reserve__isnull=True) | Q(reserve__range=(0, 4)),
                name="practice_reserve_0_4",
            ),
        ]
        indexes = [models.Index(fields=["plan", "-done_on"], name="practice_newest_first")]

    def __str__(self) -> str:
        return f"practice on {self.done_on}"

    @property
    def told(self) -> Report | None:
        """What was told with the entry, or with the one that it corrects and left as it was."""
        entry: Practice | None = self
        while entry is not None:
            if entry.report is not None:
                return entry.report.newest
            entry = entry.corrects
        return None


class Draft(models.Model):
    """The sets that the patient has tapped so far today, so that a closed phone loses none."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="drafts")
    day = models.DateField()
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    sets = models.JSONField(default=list)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "day"], name="draft_one_a_day")]

    def __str__(self) -> str:
        return f"draft for {self.day}"


class Morning(models.Model):
    """How the patient felt the morning after an entry.

    A correction is a new row; the latest row counts.

    ``pain``: 0-10; null = not reported
    ``worse``: whether it was worse than usual; null = not reported
    ``band``: the band of the whole day, entry and morning together
    ``client_id``: made once for each form; empty in rows from before forms had one
    """

    append_only: ClassVar[bool] = True

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="mornings")
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    worse = models.BooleanField(null=True)
    band = models.CharField(max_length=4, choices=BandCode, null=True, blank=True)  # noqa: DJ001
    client_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__range=(0, 10)), name="morning_pain_0_10"
            ),
            models.UniqueConstraint(
                fields=["practice", "client_id"],
                condition=~Q(client_id=""),
                name="morning_client_id_once",
            ),
        ]

    def __str__(self) -> str:
        return f"morning after practice {self.practice_id}"


class Message(models.Model):
    """A message from the patient to the clinic, or from the clinic to the patient.

    ``read_first``: whether a patient's words hold one of the phrases of ``curriculum.phrases``

    ``plan``: the plan that ran; null where none did
    ``report``: the report whose words these are
    ``client_id``: made once for each form; empty in rows from before forms had one
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="messages")
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_patient = models.BooleanField()
    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="message"
    )
    client_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_first = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_first=False) | Q(from_patient=True),
                name="message_read_first_is_of_a_patient",
            ),
            models.UniqueConstraint(
                fields=["patient", "client_id"],
                condition=~Q(client_id=""),
                name="message_client_id_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["plan", "at"], condition=Q(read_at__isnull=True), name="message_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

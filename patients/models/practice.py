"""Entries of practice, mornings after them, stops with their answers, and messages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from curriculum.models import Level
from patients.models.outbox import MailUrgency
from patients.models.plan import Plan


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
    ``pain``: 0-10; null = not reported
    ``band``: the result of the pain rules when the entry was recorded; null = nothing reported
    ``corrects``: the entry of the same day that this one replaces
    ``paper``: whether the clinic entered it from a paper log
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("note",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="practices")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField()
    client_id = models.CharField(max_length=64)
    sets = models.JSONField(default=list)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    effort = models.CharField(max_length=7, choices=Effort, null=True, blank=True)  # noqa: DJ001
    why_stopped = models.CharField(max_length=5, choices=WhyStopped, null=True, blank=True)  # noqa: DJ001
    leg = models.CharField(max_length=10, choices=Leg, null=True, blank=True)  # noqa: DJ001
    note = models.TextField(blank=True)
    band = models.CharField(max_length=4, choices=BandCode, null=True, blank=True)  # noqa: DJ001
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    paper = models.BooleanField(default=False)
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
                condition=(Q(effort__isnull=True) | Q(effort__in=Effort.values))
                & (Q(why_stopped__isnull=True) | Q(why_stopped__in=WhyStopped.values))
                & (Q(leg__isnull=True) | Q(leg__in=Leg.values))
                & (Q(band__isnull=True) | Q(band__in=BandCode.values)),
                name="practice_codes_known",
            ),
        ]
        indexes = [models.Index(fields=["plan", "-done_on"], name="practice_newest_first")]

    def __str__(self) -> str:
        return f"practice on {self.done_on}"


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
    """

    append_only: ClassVar[bool] = True

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="mornings")
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    worse = models.BooleanField(null=True)
    band = models.CharField(max_length=4, choices=BandCode, null=True, blank=True)  # noqa: DJ001
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pain__isnull=True) | Q(pain__range=(0, 10)), name="morning_pain_0_10"
            ),
        ]

    def __str__(self) -> str:
        return f"morning after practice {self.practice_id}"


class StopCause(models.TextChoices):
    PAIN = "pain", _("Pain")
    MORNING = "morning", _("The morning after")
    NUMB = "numb", _("Numbness or tingling in the leg")
    WEAK = "weak", _("Weakness in the leg")


#: Causes over which nothing is ticked: a clinician looks at the patient first.
URGENT_CAUSES = (StopCause.WEAK,)
#: Causes that no correction takes back, and that nobody answers without a contact and a finding.
LEG_CAUSES = (StopCause.WEAK, StopCause.NUMB)
#: The worst cause has the lowest number.
SEVERITY: dict[str, int] = {
    StopCause.WEAK: 0,
    StopCause.NUMB: 1,
    StopCause.PAIN: 2,
    StopCause.MORNING: 2,
}

#: How urgent the mails about a stop are.
MAIL_URGENCY: dict[str, str] = {
    StopCause.WEAK: MailUrgency.NOW,
    StopCause.NUMB: MailUrgency.SOON,
    StopCause.PAIN: MailUrgency.PAIN,
    StopCause.MORNING: MailUrgency.PAIN,
}


class StopQuerySet(models.QuerySet["Stop"]):
    def unanswered(self) -> StopQuerySet:
        return self.filter(answer__isnull=True)

    def urgent(self) -> StopQuerySet:
        return self.filter(cause__in=URGENT_CAUSES)

    def of_a_leg(self) -> StopQuerySet:
        return self.filter(cause__in=LEG_CAUSES)

    def worst_first(self) -> StopQuerySet:
        """Of equal ones the oldest first."""
        by_cause = [When(cause=cause, then=number) for cause, number in SEVERITY.items()]
        return self.order_by(Case(*by_cause), "pk")


class Stop(models.Model):
    """A stop: the plan shows no drill until a clinician answers.

    ``practice``: the entry that caused the stop, or whose morning did
    ``morning``: the answer about the morning that caused the stop; null for every other cause, and
    for stops from before this column existed
    """

    append_only: ClassVar[bool] = True

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="stops")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="stops")
    cause = models.CharField(max_length=7, choices=StopCause)
    morning = models.OneToOneField(
        Morning, on_delete=models.PROTECT, null=True, blank=True, related_name="stop"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = StopQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "cause"],
                condition=Q(morning__isnull=True),
                name="stop_once_a_cause",
            ),
            models.CheckConstraint(
                condition=Q(morning__isnull=True) | Q(cause=StopCause.MORNING),
                name="stop_of_a_morning_has_its_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"stop after practice {self.practice_id}"

    @property
    def severity(self) -> int:
        return SEVERITY[self.cause]

    @property
    def mail_urgency(self) -> str:
        """How urgent the mails about it are."""
        return MAIL_URGENCY[self.cause]

    @property
    def is_of_a_leg(self) -> bool:
        return self.cause in LEG_CAUSES

    @property
    def taken_back(self) -> bool:
        """Whether the patient now says something else of the leg. The stop waits all the same."""
        if not self.is_of_a_leg:
            return False
        entry = self.practice
        while hasattr(entry, "corrected_by"):
            entry = entry.corrected_by
        return entry.leg != self.practice.leg


class Answer(models.TextChoices):
    CARRY_ON = "carry_on", _("Carry on")
    LOWER = "lower", _("Train lower for a while")
    PAUSE = "pause", _("Pause")
    WITHDRAW = "withdraw", _("Withdraw a rung")
    CORRECTED = "corrected", _("Wrong number, corrected")


class Contact(models.TextChoices):
    SPOKEN = "spoken", _("Spoken to")
    SEEN = "seen", _("Seen here")
    SENT_ON = "sent_on", _("Sent on")


class StopAnswer(models.Model):
    """What a clinician decided over a stop, or the patient's correction that lifted it.

    ``contact``, ``contact_at``: how and when the patient was reached; empty for stops of pain alone
    ``finding``: what was told or found
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("word", "finding")

    stop = models.OneToOneField(Stop, on_delete=models.PROTECT, related_name="answer")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=9, choices=Answer)
    word = models.TextField(blank=True)
    contact = models.CharField(max_length=7, choices=Contact, blank=True, default="", db_default="")
    contact_at = models.DateTimeField(null=True, blank=True)
    finding = models.TextField(blank=True, default="", db_default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact="", contact_at__isnull=True)
                | Q(contact__in=Contact.values, contact_at__isnull=False),
                name="stop_answer_contact_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} to stop {self.stop_id}"


class Message(models.Model):
    """A message from the patient to the clinic, or from the clinic to the patient.

    ``read_first``: whether a patient's words hold one of the phrases of ``curriculum.phrases``
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="messages")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_patient = models.BooleanField()
    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
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
        ]
        indexes = [
            models.Index(
                fields=["plan", "at"], condition=Q(read_at__isnull=True), name="message_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

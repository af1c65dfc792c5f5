"""Stops: what waits for a clinician's answer, the answers, and the mails about them."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from patients.models.people import Patient
from patients.models.plan import Plan
from patients.models.practice import Morning, Practice
from patients.models.reports import Report
from patients.models.screening import ScreeningOutcome


class StopCause(models.TextChoices):
    """``weak`` and ``morning`` without a report are how older rows name what was told."""

    PAIN = "pain", _("Pain")
    MORNING = "morning", _("The morning after")
    FLARE = "flare", _("More pain before practice")
    BELOW_KNEE = "below_knee", _("Pain below the knee")
    NUMB = "numb", _("Numbness or tingling in the leg")
    FALL = "fall", _("A bad fall")
    WEAK = "weak", _("Weakness in the leg")
    TODAY = "today", _("A doctor needs to look today")
    NOW = "now", _("An emergency sign")


class Urgency(models.TextChoices):
    """How soon somebody looks at the patient. ``now`` and ``today`` are both urgent."""

    NOW = "now", _("Emergency now")
    TODAY = "today", _("A doctor today")
    SOON = "soon", _("The physio first, soon")
    PAIN = "pain", _("Pain")


class StopDrill(models.TextChoices):
    """What is trained while a stop waits."""

    NONE = "none", _("No drill")
    EASIER = "easier", _("An easier day")


#: A clinician looks at the patient before anything else, and every clinician hears of it.
URGENT = (Urgency.NOW, Urgency.TODAY)
#: A weak leg of which neither side nor course was told counts as the worst.
URGENCY: dict[str, Urgency] = {
    StopCause.NOW: Urgency.NOW,
    StopCause.WEAK: Urgency.NOW,
    StopCause.TODAY: Urgency.TODAY,
    StopCause.NUMB: Urgency.SOON,
    StopCause.FALL: Urgency.SOON,
    StopCause.BELOW_KNEE: Urgency.SOON,
    StopCause.PAIN: Urgency.PAIN,
    StopCause.MORNING: Urgency.PAIN,
    StopCause.FLARE: Urgency.PAIN,
}
#: Causes over which nothing is ticked: a clinician looks at the patient first.
URGENT_CAUSES = tuple(cause for cause, urgency in URGENCY.items() if urgency in URGENT)
#: Causes that no correction takes back, and that nobody answers without a contact and a finding.
#: No drill is done until then.
CONTACT_CAUSES = (*URGENT_CAUSES, StopCause.NUMB, StopCause.FALL)
#: Causes of which ``high`` can be said.
PAIN_CAUSES = (StopCause.PAIN, StopCause.MORNING)
#: The worst cause has the lowest number. High pain comes before pain, see ``HIGH_PAIN``.
SEVERITY: dict[str, int] = {
    StopCause.NOW: 0,
    StopCause.WEAK: 0,
    StopCause.TODAY: 1,
    StopCause.NUMB: 2,
    StopCause.FALL: 2,
    StopCause.PAIN: 4,
    StopCause.MORNING: 4,
    StopCause.FLARE: 4,
    StopCause.BELOW_KNEE: 5,
}
HIGH_PAIN = 3


def severity_of(cause: str, *, high: bool) -> int:
    return HIGH_PAIN if high else SEVERITY[cause]


class StopQuerySet(models.QuerySet["Stop"]):
    def unanswered(self) -> StopQuerySet:
        return self.filter(answer__isnull=True)

    def waiting_at(self, moment: datetime) -> StopQuerySet:
        """Those that waited for an answer at a moment."""
        unanswered = Q(answer__isnull=True) | Q(answer__at__gte=moment)
        # A stop whose answer was taken back waits as another row, which has the moment of the old.
        not_yet = Q(reopened_at__isnull=False, reopened_at__gt=moment)
        return self.filter(unanswered, at__lt=moment).exclude(not_yet)

    def urgent(self) -> StopQuerySet:
        return self.filter(cause__in=URGENT_CAUSES)

    def needing_contact(self) -> StopQuerySet:
        return self.filter(cause__in=CONTACT_CAUSES)

    def worst_first(self) -> StopQuerySet:
        """Of equal ones the oldest first."""
        by_cause = [When(cause=cause, then=Value(number)) for cause, number in SEVERITY.items()]
        return self.order_by(Case(When(high=True, then=Value(HIGH_PAIN)), *by_cause), "pk")


class Stop(models.Model):
    """Something told that waits for a clinician's answer. The worst of a patient decides the day.

    ``plan``: the plan that ran; null where none did
    ``practice``: the entry that caused the stop, or whose morning did
    ``morning``: the answer about the morning that caused the stop; null for every other cause, and
    for stops from before this column existed
    ``report``: the report that caused the stop
    ``high``: whether the pain was so high that no drill is done until somebody answers
    ``reopens``: the answer that was taken back, so that what it answered waits again. Such a stop
    is as the answered one was, its moment too; ``reopened_at`` says when the answer was taken back
    """

    append_only: ClassVar[bool] = True

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="stops")
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="stops"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, null=True, blank=True, related_name="stops"
    )
    morning = models.ForeignKey(
        Morning, on_delete=models.PROTECT, null=True, blank=True, related_name="stops"
    )
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="stops"
    )
    cause = models.CharField(max_length=10, choices=StopCause)
    high = models.BooleanField(default=False, db_default=False)
    reopens = models.OneToOneField(
        "StopAnswer", on_delete=models.PROTECT, null=True, blank=True, related_name="reopened_by"
    )
    reopened_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = StopQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "cause"],
                condition=Q(morning__isnull=True, reopens__isnull=True),
                name="stop_once_a_cause",
            ),
            models.UniqueConstraint(
                fields=["morning"], condition=Q(reopens__isnull=True), name="stop_once_a_morning"
            ),
            models.UniqueConstraint(
                fields=["report", "cause"],
                condition=Q(reopens__isnull=True),
                name="stop_once_a_report_and_cause",
            ),
            models.CheckConstraint(
                condition=Q(report__isnull=True, practice__isnull=False)
                | Q(report__isnull=False, practice__isnull=True, morning__isnull=True),
                name="stop_has_one_origin",
            ),
            models.CheckConstraint(
                condition=Q(morning__isnull=True) | Q(cause=StopCause.MORNING),
                name="stop_of_a_morning_has_its_cause",
            ),
            models.CheckConstraint(
                condition=Q(cause__in=StopCause.values), name="stop_cause_known"
            ),
            models.CheckConstraint(
                condition=Q(high=False) | Q(cause__in=PAIN_CAUSES), name="stop_high_of_pain"
            ),
            models.CheckConstraint(
                condition=Q(reopens__isnull=True, reopened_at__isnull=True)
                | Q(reopens__isnull=False, reopened_at__isnull=False),
                name="stop_reopened_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"stop {self.pk}: {self.cause}"

    @property
    def urgency(self) -> Urgency:
        return URGENCY[self.cause]

    @property
    def is_urgent(self) -> bool:
        return self.cause in URGENT_CAUSES

    @property
    def asks_contact(self) -> bool:
        """Whether somebody reaches the patient first: ``needs_contact``, or pain below the knee."""
        return self.needs_contact or self.cause == StopCause.BELOW_KNEE

    @property
    def asks_words(self) -> bool:
        """Whether an answer without a word is none."""
        return self.high or self.cause == StopCause.BELOW_KNEE

    @property
    def told_on(self) -> date:
        """The day of what was told."""
        if self.report is not None:
            return self.report.day
        return self.practice.done_on if self.practice is not None else self.at.date()

    @property
    def severity(self) -> int:
        return severity_of(self.cause, high=self.high)

    @property
    def drill(self) -> StopDrill:
        """What the patient trains while this stop waits alone."""
        none = self.high or self.needs_contact
        return StopDrill.NONE if none else StopDrill.EASIER

    @property
    def needs_contact(self) -> bool:
        """Whether nobody answers without having reached the patient, and saying what was found."""
        return self.cause in CONTACT_CAUSES

    @property
    def pain(self) -> int | None:
        """The number that was told; None where none was."""
        if self.report is not None:
            return self.report.pain
        if self.morning is not None:
            return self.morning.pain
        return self.practice.pain if self.practice is not None else None

    @property
    def taken_back(self) -> bool:
        """Whether the patient no longer tells any sign of it. Such a stop waits all the same."""
        if not self.needs_contact:
            return False
        if self.report is not None:
            kinds = {sign.kind for sign in self.report.signs}
            return kinds.isdisjoint(sign.kind for sign in self.report.newest.signs)
        entry = original = self.practice
        while entry is not None and hasattr(entry, "corrected_by"):
            entry = entry.corrected_by
        return entry is not None and original is not None and entry.leg != original.leg


class StopTry(models.Model):
    """Somebody tried to reach the patient and could not. The stop waits on.

    ``day``: the clinic's calendar day of the try
    ``try_again_at``: when somebody tries again
    ``words``: for the record
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("words",)

    stop = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="tries")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    try_again_at = models.DateTimeField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "try"
        verbose_name_plural = "tries"
        constraints = [
            models.CheckConstraint(
                condition=Q(try_again_at__gt=models.F("at")), name="stop_try_again_later"
            ),
        ]

    def __str__(self) -> str:
        return f"try to reach the patient of stop {self.stop_id}"


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
    LETTER = "letter", _("Letter")


#: After these nobody trains: they mean that the patient was not looked at here.
PAUSING = (Contact.SENT_ON, Contact.LETTER)


class StopAnswerQuerySet(models.QuerySet["StopAnswer"]):
    def standing(self) -> StopAnswerQuerySet:
        """Those that were not taken back."""
        return self.filter(reopened_by__isnull=True)


class StopAnswer(models.Model):
    """What a clinician decided over a stop, or the patient's correction that lifted it.

    ``contact``, ``contact_at``: how and when the patient was reached; empty for stops of pain alone
    ``finding``: what was told or found; of a letter to whom it went, and what it says
    ``outcome``: of the screening that was written in the same act; empty where none was
    ``look_again_on``: the day on which somebody looks at the patient again; null = nobody needs to
    ``act``: the first answer of the press that gave several; null for that one
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
    outcome = models.CharField(
        max_length=19, choices=ScreeningOutcome, blank=True, default="", db_default=""
    )
    look_again_on = models.DateField(null=True, blank=True)
    act = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="others"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = StopAnswerQuerySet.as_manager()

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

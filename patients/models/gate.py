"""Ticks, reviews, passes, withdrawals, findings and requests for a review."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from curriculum.models import Criterion, Fault, Level, Rung
from patients.models.plan import Plan


class WhyNot(models.TextChoices):
    """The usual reasons why a criterion does not apply. Another one is said in words."""

    NOT_PRESCRIBED = "not_prescribed", _("The level is not prescribed")
    VARIANT = "variant", _("A variant is in use")
    PRECAUTION = "precaution", _("A precaution limits it")


class Mark(models.Model):
    """What a clinician says of a criterion: the patient meets it, or it does not apply to them.

    ``why``: why it does not apply: a code of ``WhyNot``, a code with words ("variant: strap"), or
    words alone
    ``figure``: what was seen, by the keys of ``rules.marks``; null = not said
    ``level``: the level of the criterion's rung that was in force; null = one of another rung, or
    marked before this was kept
    ``variant``: the key of the other way in which that level was prescribed; empty = as drawn
    ``judged``: the words that were judged, where they are not the criterion's own: those of an
    earlier edition, or of a first assessment
    """

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    applies = models.BooleanField(default=True, db_default=True)
    why = models.CharField(max_length=250, blank=True, default="", db_default="")
    figure = models.JSONField(null=True, blank=True)
    level = models.ForeignKey(
        Level, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    variant = models.CharField(max_length=50, blank=True, default="", db_default="")
    judged = models.TextField(blank=True, default="", db_default="")

    class Meta:
        abstract = True


class Tick(Mark):
    """A clinician's mark on a criterion of a plan.

    A tick can be taken back until the rung is passed. A review keeps copies as ``ReviewTick``.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="ticks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "criterion"], name="tick_once"),
            models.CheckConstraint(
                condition=Q(applies=True, why="") | (Q(applies=False) & ~Q(why="")),
                name="tick_applies_or_why",
            ),
        ]

    def __str__(self) -> str:
        return f"criterion {self.criterion_id} on plan {self.plan_id}"


def what_was_marked(mark: Tick | ReviewTick) -> dict[str, Any]:
    """What a copy of a mark says again, by column: who marked it, when, and what."""
    return {field.attname: getattr(mark, field.attname) for field in Mark._meta.fields}


class Outcome(models.TextChoices):
    PASSED = "passed", _("Passed")
    NOT_YET = "not_yet", _("Not yet")


class ReviewKind(models.TextChoices):
    GATE = "gate", _("At the gate")
    PLACEMENT = "placement", _("Placement")
    CARRIED = "carried", _("Carried over")


class Review(models.Model):
    """A clinician's decision at a gate: passed or not yet.

    ``act``: the lowest review of the same press; null for that one, and for a press of its own
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("note",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    rung = models.ForeignKey(Rung, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=ReviewKind)
    outcome = models.CharField(max_length=7, choices=Outcome)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    act = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="and_above"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values) & Q(kind__in=ReviewKind.values),
                name="review_codes_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on rung {self.rung_id}"


class ReviewTick(Mark):
    """A copy of a tick, made when the review was decided."""

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("why",)

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="ticks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="review_tick_once")
        ]

    def __str__(self) -> str:
        return f"criterion {self.criterion_id} in review {self.review_id}"


class WithdrawalKind(models.TextChoices):
    LOST = "lost", _("The skill is lost")
    SLIP = "slip", _("Pressed by mistake")


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def lost(self) -> WithdrawalQuerySet:
        """Those that say that a skill is lost. After a slip all is as if it had not happened."""
        return self.filter(kind=WithdrawalKind.LOST)

    def slips(self) -> WithdrawalQuerySet:
        return self.filter(kind=WithdrawalKind.SLIP)


class Withdrawal(models.Model):
    """The act of taking back a passed review.

    A withdrawal also takes back the passes of the rungs above. ``cause``: the withdrawal of the
    lowest rung in the same act; None for that withdrawal itself.

    ``reason``: for the record. ``to_patient``: what the patient reads.
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("reason", "to_patient")

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="withdrawal")
    cause = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(
        max_length=4, choices=WithdrawalKind, default=WithdrawalKind.LOST, db_default="lost"
    )
    reason = models.TextField()
    to_patient = models.TextField(blank=True, default="", db_default="")

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=WithdrawalKind.values), name="withdrawal_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"withdrawal of review {self.review_id}"

    @property
    def is_slip(self) -> bool:
        return self.kind == WithdrawalKind.SLIP


class Pass(models.Model):
    """The fact that a rung is passed: it exists while the passed review is not withdrawn."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="passes")
    rung = models.ForeignKey(Rung, on_delete=models.PROTECT, related_name="+")
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="active_pass")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "passes"
        constraints = [models.UniqueConstraint(fields=["plan", "rung"], name="pass_once")]

    def __str__(self) -> str:
        return f"rung {self.rung_id} on plan {self.plan_id}"


class Finding(models.Model):
    """A fault that a clinician saw in the patient, until it is cleared.

    A finding has either a ``fault`` of the library or the clinic's own ``words``.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="findings")
    fault = models.ForeignKey(
        Fault, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=200, blank=True)
    seen_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    cleared_on = models.DateField(null=True, blank=True)
    cleared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["seen_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "fault"],
                condition=Q(cleared_on__isnull=True),
                name="finding_fault_once_uncleared",
            ),
            models.UniqueConstraint(
                fields=["plan", "words"],
                condition=Q(cleared_on__isnull=True, fault__isnull=True),
                name="finding_words_once_uncleared",
            ),
            models.CheckConstraint(
                condition=Q(fault__isnull=False, words="") | (Q(fault__isnull=True) & ~Q(words="")),
                name="finding_fault_or_words",
            ),
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True, cleared_by__isnull=True)
                | Q(cleared_on__isnull=False, cleared_by__isnull=False),
                name="finding_cleared_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words or self.fault_id} on {self.seen_on}"


class ReviewRequest(models.Model):
    """The patient's request for a review. The next decision on the plan closes it.

    ``closed_by``: that decision; null while it is open, or closed by another act
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="review_requests")
    at = models.DateTimeField(default=timezone.now)
    words = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(closed_at__isnull=True), name="review_request_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"request of plan {self.plan_id}"

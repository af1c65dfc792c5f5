"""A plan, which puts one patient on one edition of a ladder, and what clinicians set on it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, User
from accounts.prepared import Prepared
from curriculum.models import EVERY_DAY, Ladder, Level, Rung
from patients.models.open_rung import open_position
from patients.models.people import Patient


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> PlanQuerySet:
        return (
            self.of_clinic(user.clinic_id) if user.is_clinician else self.filter(patient__user=user)
        )

    def of_clinic(self, clinic_id: int) -> PlanQuerySet:
        return self.filter(clinic_id=clinic_id)

    def running(self) -> PlanQuerySet:
        return self.filter(ended_on__isnull=True)


class Plan(models.Model):
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="plans")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="+")
    goal_rung = models.ForeignKey(
        Rung, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=timezone.now)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    discharged = models.BooleanField(default=False, help_text="ended by the patient's discharge")
    # Null, not '': SQLite can add such a column without rebuilding the table and its triggers.
    end_reason = models.TextField(  # noqa: DJ001
        null=True, blank=True, help_text="why it was set aside; null = nobody was asked"
    )
    moved_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="moved_to"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(ended_on__isnull=True), name="plan_one_running"
            ),
            models.CheckConstraint(
                condition=Q(discharged=False) | Q(ended_on__isnull=False),
                name="plan_discharged_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk} of patient {self.patient_id}"

    def rungs(self) -> models.QuerySet[Rung]:
        """The rungs of the plan's ladder up to the goal, lowest first."""
        rungs = Rung.objects.filter(ladder_id=self.ladder_id).order_by("position")
        goal = self.goal_position
        return rungs if goal is None else rungs.filter(position__lte=goal)

    @property
    def goal_position(self) -> int | None:
        """Position of the goal rung; None = the top of the ladder."""
        return self.goal_rung.position if self.goal_rung else None

    def next_rungs(self) -> list[Rung]:
        """The open rung and the rung that its pass would open, up to the goal.

        The list has two rungs, one, or none when the plan is complete. One query.
        """
        rungs = {rung.position: rung for rung in _rungs(plan=self.pk, ladder=self.ladder_id)}
        passed_positions = {position for position, rung in rungs.items() if rung.passed}
        first = open_position(rungs, passed_positions, self.goal_position)
        if first is None:
            return []
        second = open_position(rungs, passed_positions | {first}, self.goal_position)
        return [rungs[position] for position in (first, second) if position is not None]

    @property
    def open_rung(self) -> Rung | None:
        """The lowest rung without a pass, up to the goal rung; None = complete."""
        return next(iter(self.next_rungs()), None)

    @property
    def passed_rungs(self) -> list[Rung]:
        """The rungs that have a pass, in ladder order."""
        return list(Rung.objects.filter(pk__in=self.passes.values("rung")).order_by("position"))

    @property
    def seen(self) -> str:
        """The state of the plan's gate as a page shows it.

        A page sends this key along with a decision, so that a page opened earlier decides nothing.
        See ``seen_key``.
        """
        newest = self.reviews.aggregate(review=Max("pk"), withdrawal=Max("withdrawal"))
        return seen_key(newest["review"], newest["withdrawal"])


def _build_rungs(plan: int, ladder: int) -> models.QuerySet[Rung, Any]:
    passed = Exists(Plan.objects.filter(pk=plan, passes__rung=OuterRef("pk")))
    return Rung.objects.filter(ladder_id=ladder).annotate(passed=passed)


_rungs = Prepared(_build_rungs, plan=int, ladder=int)


def seen_key(review: int | None, withdrawal: int | None) -> str:
    """The text "id of the last review:id of the last withdrawal"; "0:0" = there is neither."""
    return f"{review or 0}:{withdrawal or 0}"


class Schedule(models.Model):
    """The weekdays of practice from a day on. ``weekdays`` is a bit mask; bit 0 is Monday.

    ``review``: the decision in whose act the days were set; null = in an act of its own
    ``kept_running``: whether a clinician was asked about load on days that follow each other, and
    keeps them
    """

    append_only: ClassVar[bool] = True

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="schedules")
    weekdays = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    review = models.ForeignKey(
        "patients.Review", on_delete=models.PROTECT, null=True, blank=True, related_name="schedules"
    )
    kept_running = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekdays__range=(1, EVERY_DAY)), name="schedule_weekdays_1_127"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekdays:07b} from {self.from_day}"


class GoalChange(models.Model):
    """A change of the goal rung: ``rung`` is the new goal, ``before`` the old one.

    In both, None = the top of the ladder.
    """

    append_only: ClassVar[bool] = True

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goal_changes")
    rung = models.ForeignKey(
        Rung, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    before = models.ForeignKey(
        Rung, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"goal of plan {self.plan_id}"


class LevelKind(models.TextChoices):
    OWN = "own", _("Level")
    LOWER = "lower", _("Train lower")
    BORROWED = "borrowed", _("For now, instead")


class LevelChoice(models.Model):
    """A level that the patient or a clinician chose.

    It lies on a reachable rung; with ``until`` it is a clinician's "train lower". A borrowed one
    lies on a locked rung: a clinician set it in place of the plan's own, since it helps with a
    fault.

    ``kind``: "own" with ``until`` is a "train lower" from before choices had a kind
    ``finding``: the fault that a borrowed level helps with; ``from_day``: its first day
    ``until``: the last day of training lower, or of the borrowed level
    """

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("reason",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="level_choices")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True, help_text="the last day of it")
    kind = models.CharField(
        max_length=8, choices=LevelKind, default=LevelKind.OWN, db_default=LevelKind.OWN
    )
    finding = models.ForeignKey(
        "patients.Finding",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="borrowed_levels",
    )
    from_day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=LevelKind.BORROWED,
                    finding__isnull=False,
                    from_day__isnull=False,
                    until__isnull=False,
                    until__gte=models.F("from_day"),
                )
                | Q(
                    kind__in=[LevelKind.OWN, LevelKind.LOWER],
                    finding__isnull=True,
                    from_day__isnull=True,
                ),
                name="level_choice_borrowed_for_a_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"level {self.level_id} on plan {self.plan_id}"


class BorrowedEnd(models.Model):
    """A borrowed level that a clinician ended before its last day. ``on_day``: the first without
    it."""

    append_only: ClassVar[bool] = True

    choice = models.OneToOneField(LevelChoice, on_delete=models.PROTECT, related_name="ended_early")
    on_day = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"end of borrowed level {self.choice_id}"


class Pause(models.Model):
    """A time without practice, from ``from_day`` on.

    It lasts to the end of ``until``, or until practice is resumed.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="pauses")
    from_day = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="the last day away")
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    resumed_on = models.DateField(null=True, blank=True, help_text="the first day back, once known")

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(resumed_on__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("from_day")),
                name="pause_until_after_from",
            ),
        ]

    def __str__(self) -> str:
        return f"pause from {self.from_day}"

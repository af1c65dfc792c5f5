"""The ladders: editions, their rungs with levels, and the criteria of their gates."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from curriculum.ladder_words import LadderWords, read_words
from curriculum.models.library import Drill, Fault, FaultQuerySet, Source

#: All seven weekdays as bits; Monday is the lowest bit.
EVERY_DAY = 127


class LadderQuerySet(models.QuerySet["Ladder"]):
    def published(self) -> LadderQuerySet:
        return self.filter(published_at__isnull=False)

    def newer_than(self, slug: Any, edition: Any) -> LadderQuerySet:
        """Later published editions of a ladder.

        The arguments are values or references to an outer query.
        """
        return self.published().filter(slug=slug, edition__gt=edition)

    def newest(self) -> LadderQuerySet:
        """The newest published edition of every ladder."""
        newer = Ladder.objects.newer_than(OuterRef("slug"), OuterRef("edition"))
        return self.published().filter(~Exists(newer))


class Ladder(models.Model):
    """One edition of a ladder. ``digest`` shows whether its frozen part was changed.

    ``published_at``: null while the edition is a draft. A draft may be changed and is given to
    nobody.
    ``words``, ``faults``, ``asks``: what belongs to this ladder and to no other. An edition from
    before there were several ladders has none of them until it is loaded again.
    """

    slug = models.SlugField()
    edition = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    summary = models.TextField(blank=True)
    checklist = models.JSONField(
        default=list, help_text='what a good one is: {"text", "note", "sources"}'
    )
    guide = models.JSONField(
        default=list, help_text='what to know around it: {"title", "text", "sources"}'
    )
    words = models.JSONField(null=True, blank=True, help_text="curriculum.ladder_words reads it")
    faults = models.JSONField(
        null=True, blank=True, help_text="slugs of its faults; null until loaded again"
    )
    asks = models.JSONField(
        null=True,
        blank=True,
        help_text="keys of the red flags that it asks besides those of everybody",
    )
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = LadderQuerySet.as_manager()

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "edition"], name="ladder_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}, edition {self.edition}"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def said(self) -> LadderWords:
        """The words of this ladder."""
        return read_words(self.words)

    def own_faults(self) -> FaultQuerySet:
        """The faults that are looked for on this ladder, in their order."""
        known = Fault.objects.all()
        return known if self.faults is None else known.filter(slug__in=self.faults)

    def newer(self) -> Ladder | None:
        """The newest published edition of this ladder; None when this is it."""
        later = Ladder.objects.newer_than(self.slug, self.edition)
        return later.order_by("-edition").first()


class Rung(models.Model):
    """One step of a ladder, closed by one gate.

    A ``loaded`` rung opens only after the gates of all unloaded rungs.
    """

    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="rungs")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    loaded = models.BooleanField()
    name = models.CharField(max_length=100)
    plain_name = models.CharField(max_length=100)
    purpose = models.TextField(blank=True, help_text="what a patient gains here")
    when_to_use = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text="what a clinician reads beside it")

    class Meta:
        ordering = ["ladder", "position"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "slug"], name="rung_slug_once"),
            models.UniqueConstraint(fields=["ladder", "position"], name="rung_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="rung_position_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"

    @property
    def key(self) -> str:
        """The rung in an address, apart from a rung of another ladder with the same slug."""
        return f"{self.ladder.slug}/{self.slug}"


class Level(models.Model):
    """A drill with one setting on a rung.

    A helper level has no load, and no gate asks for it. ``home``: false = for the clinic only.
    ``reps_to``: the top of the range of repetitions; null = what is usual for the drill's load
    ``rest``: seconds between two sets; null = what is usual
    """

    rung = models.ForeignKey(Rung, on_delete=models.PROTECT, related_name="levels")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    drill = models.ForeignKey(Drill, on_delete=models.PROTECT, related_name="levels")
    setting = models.CharField(max_length=200, blank=True)
    move_on = models.TextField(
        blank=True, help_text="the sentence that says when to take the next level"
    )
    helper = models.BooleanField(default=False)
    home = models.BooleanField(default=True, db_default=True)
    posture = models.JSONField(null=True, blank=True)
    cautions = models.JSONField(
        null=True, blank=True, help_text="where they differ from those of the drill"
    )
    sets = models.PositiveSmallIntegerField()
    reps = models.PositiveSmallIntegerField()
    reps_to = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True, help_text="seconds down")
    rest = models.PositiveSmallIntegerField(null=True, blank=True)
    weekdays = models.PositiveSmallIntegerField(
        default=EVERY_DAY, help_text="bit 0 is Monday; the usual days of practice"
    )
    dose_source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_dose = models.CharField(
        max_length=200, blank=True, help_text="the dose as in the source, in words"
    )
    dose_note = models.CharField(
        max_length=200, blank=True, help_text="limits of the default dose, in words"
    )

    class Meta:
        ordering = ["rung", "position"]
        constraints = [
            models.UniqueConstraint(fields=["rung", "slug"], name="level_slug_once"),
            models.UniqueConstraint(fields=["rung", "position"], name="level_position_once"),
            models.CheckConstraint(
                condition=Q(sets__range=(1, 10))
                & Q(reps__range=(1, 50))
                & Q(weekdays__range=(1, EVERY_DAY)),
                name="level_dose_sane",
            ),
            models.CheckConstraint(
                condition=(Q(reps_to__isnull=True) | Q(reps_to__gte=F("reps"), reps_to__lte=50))
                & (Q(rest__isnull=True) | Q(rest__range=(0, 600))),
                name="level_range_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drill.name}, {self.setting}" if self.setting else self.drill.name

    @property
    def days_a_week(self) -> int:
        return self.weekdays.bit_count()


class Criterion(models.Model):
    """One observable statement of a gate.

    text: what a clinician ticks, frozen with the edition
    plain_text: the same in a patient's words
    clinic_default: the part of it that no source says
    hint: how it is judged, and with what
    figures: which of ``measures.FIGURES`` are asked when it is ticked; null = any of them
    set_aside_when: when it does not apply, in words
    hours_after: so many hours after the first tick of its gate it is asked; null = at any time
    always: whether a pass needs it to be met; it is never set aside as "does not apply"
    placement_text: what a clinician ticks at the first assessment instead, frozen as well
    """

    rung = models.ForeignKey(Rung, on_delete=models.PROTECT, related_name="criteria")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    # Null, not '': SQLite can add such a column without rebuilding the table. Triggers that read
    # the table forbid to rebuild it.
    plain_text = models.TextField(  # noqa: DJ001
        null=True, help_text="what a patient reads; null until loaded again"
    )
    hint = models.CharField(max_length=200, blank=True)
    figures = models.JSONField(null=True, blank=True)
    hours_after = models.PositiveSmallIntegerField(null=True, blank=True)
    set_aside_when = models.TextField(blank=True, default="", db_default="")
    placement_reps = models.PositiveSmallIntegerField(default=5)
    always = models.BooleanField(default=False, db_default=False)
    placement_text = models.TextField(blank=True, default="", db_default="")
    clinic_default = models.CharField(
        max_length=200, blank=True, help_text="the parts that no source says"
    )
    sources = models.ManyToManyField(Source, related_name="criteria", blank=True)

    class Meta:
        ordering = ["rung", "position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["rung", "slug"], name="criterion_slug_once"),
            models.UniqueConstraint(fields=["rung", "position"], name="criterion_position_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Goal(models.Model):
    """The range of degrees that a form check of a level should find.

    It is a clinic default, and a later load of the content may change it in place.
    """

    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="goals")
    measure = models.SlugField()
    low = models.SmallIntegerField()
    high = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "measure"], name="goal_once"),
            models.CheckConstraint(
                condition=Q(low__lte=models.F("high")), name="goal_from_below_to"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.low} to {self.high}"

"""The library: sources, equipment, drills, faults, and the drills that help with them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=50, help_text="short, to cite it by")
    author = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    references = models.JSONField(
        null=True, blank=True, help_text="what it cites itself, each in full"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return f"{self.author}: {self.title}" if self.author else self.title


class Equipment(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    plain_name = models.CharField(max_length=100, help_text="what a patient reads")
    note = models.TextField(blank=True, help_text="what else will do")

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "equipment"

    def __str__(self) -> str:
        return self.name


class Load(models.TextChoices):
    """The resistance of a drill. Every value but ``none`` counts as loaded."""

    NONE = "none", _("No load")
    BAND = "band", _("Band")
    WEIGHT = "weight", _("Weight")
    ONE_LEG = "one-leg", _("One leg")


#: Resistance that is held or pulled. On one leg it is the patient's own weight.
EXTERNAL_LOADS = frozenset({Load.BAND, Load.WEIGHT})


class Drill(models.Model):
    """An exercise in the library.

    set_up, movement, cues: lists of sentences
    needs: what it takes, as a list of sentences for a patient; null until loaded again
    watch_for: a list of {"sign": ..., "do": ..., "fault": slug or null, "clinic_default": bool}

    Patients read everything but ``when_to_use``, ``clinic_default`` and ``note``.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100, help_text="the clinical name")
    plain_name = models.CharField(max_length=100, help_text="what a patient reads")
    load = models.CharField(max_length=8, choices=Load, default=Load.NONE)
    one_sided = models.BooleanField(default=False)
    when_to_use = models.TextField()
    needs = models.JSONField(null=True, blank=True, help_text="what it takes, for a patient")
    set_up = models.JSONField(default=list)
    movement = models.JSONField(default=list)
    cues = models.JSONField(default=list)
    watch_for = models.JSONField(default=list)
    feel = models.TextField(blank=True)
    in_your_day = models.TextField(blank=True)
    equipment = models.ManyToManyField(Equipment, related_name="drills", blank=True)
    sources = models.ManyToManyField(Source, related_name="drills", blank=True)
    clinic_default = models.TextField(blank=True, help_text="the parts that no source says")
    note = models.TextField(blank=True, help_text="what a clinician reads beside it")
    posture = models.JSONField(null=True, blank=True)
    cautions = models.JSONField(
        null=True, blank=True, help_text="what precautions change; curriculum.cautions reads it"
    )
    variants = models.JSONField(
        null=True, blank=True, help_text="other ways to do it; curriculum.variants reads it"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(load__in=Load.values), name="drill_load_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def loaded(self) -> bool:
        return self.load != Load.NONE

    @property
    def takes_kilograms(self) -> bool:
        """Whether it can be done with a weight: on one leg it can, and need not."""
        return self.load in {Load.WEIGHT, Load.ONE_LEG}


class FaultQuerySet(models.QuerySet["Fault"]):
    def with_pictures(self) -> FaultQuerySet:
        """Faults with their pictures, in two queries. The picture on the easiest drill is first."""
        pictures = FaultPicture.objects.select_related("drill").order_by("drill__position")
        return self.prefetch_related(models.Prefetch("pictures", pictures))


class Fault(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100, help_text="what a clinician reads")
    plain_name = models.CharField(max_length=100, help_text="what a patient reads")
    looks_like = models.TextField()
    why = models.TextField(blank=True)
    what_to_do = models.TextField()
    patient_words = models.TextField(help_text="looks and mend in words that never frighten")
    clinic_default = models.TextField(blank=True, help_text="the parts that no source says")
    sources = models.ManyToManyField(Source, related_name="faults", blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = FaultQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name


class Remedy(models.Model):
    """A drill that helps with a fault. The most helpful one is first.

    A remedy without a source is a clinic default.
    """

    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="remedies")
    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="remedies")
    position = models.PositiveSmallIntegerField()
    reason = models.TextField()
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["fault", "position"]
        verbose_name_plural = "remedies"
        constraints = [models.UniqueConstraint(fields=["fault", "drill"], name="remedy_once")]

    def __str__(self) -> str:
        return f"{self.fault_id} -> {self.drill_id}"


class FaultPicture(models.Model):
    fault = models.ForeignKey(Fault, on_delete=models.CASCADE, related_name="pictures")
    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="fault_pictures")
    posture = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fault", "drill"], name="fault_picture_once")
        ]

    def __str__(self) -> str:
        return f"{self.fault_id} on {self.drill_id}"

"""Patients and their intakes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import names
from accounts.models import Clinic, User

if TYPE_CHECKING:
    from patients.models.plan import Plan


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, user: User) -> PatientQuerySet:
        """The patients a user may see: a clinician their clinic's, a patient only themselves."""
        if user.is_clinician:
            return self.filter(clinic_id=user.clinic_id)
        return self.filter(user=user)

    def acted_for_by(self, user: User) -> PatientQuerySet:
        """The record of a patient who is signed in, or that of who a carer helps."""
        if user.is_carer:
            return self.filter(carers__user=user, carers__ended_at__isnull=True)
        return self.filter(user=user)

    def current(self) -> PatientQuerySet:
        return self.filter(archived_at__isnull=True)


class Sex(models.TextChoices):
    """Sex as the clinic has recorded it. Empty: not recorded."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Other")


class Patient(models.Model):
    """A patient of a clinic. What is not known of them is empty.

    name: as the patient is called; it stands on every page
    formal_name: as it stands in letters, where it differs
    phone, other_phone: kept by ``accounts.telephones``
    number: the clinic's own number of the patient
    next_visit: what the release before ``Visit`` reads and writes while an update goes from machine
        to machine. No page reads it; only ``verbs.visits`` writes it.
    erased_at: when the words about them, and all that names them, were erased
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="patient")
    lead = models.ForeignKey(User, on_delete=models.PROTECT, related_name="led_patients")
    name = models.CharField(max_length=200)
    formal_name = models.CharField(max_length=200, blank=True, default="")
    born_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=5, choices=Sex, blank=True, default="")
    number = models.CharField(max_length=40, blank=True, default="")
    phone = models.CharField(max_length=50, blank=True, default="")
    other_phone = models.CharField(max_length=50, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    referral_note = models.TextField(blank=True)
    next_visit = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["clinic", "name", "id"], name="patient_by_name"),
            models.Index(
                fields=["lead"],
                condition=Q(archived_at__isnull=True),
                name="patient_current_of_lead",
            ),
            models.Index(
                fields=["clinic", "born_on"],
                condition=Q(born_on__isnull=False),
                name="patient_by_birth_date",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "number"], condition=~Q(number=""), name="patient_number_once"
            ),
            models.CheckConstraint(
                condition=Q(sex__in=["", *Sex.values]), name="patient_sex_as_recorded"
            ),
            models.CheckConstraint(
                condition=Q(born_on__isnull=True) | Q(born_on__gte=date(1900, 1, 1)),
                name="patient_born_since_1900",
            ),
            models.CheckConstraint(
                condition=Q(other_phone="") | ~Q(phone=""), name="patient_phone_before_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return names.first_name(self.name)

    @property
    def short_name(self) -> str:
        """First name and initial: 'Maya R.'"""
        return names.short_name(self.name)

    @property
    def name_on_paper(self) -> str:
        """The name for letters and for what is printed."""
        return self.formal_name or self.name

    @property
    def phones(self) -> list[str]:
        """The patient's telephone numbers, the first to be called first."""
        return [number for number in (self.phone, self.other_phone) if number]

    @property
    def physio(self) -> str:
        """The name that the patient's own pages use for the physiotherapist.

        This is the lead's first name, or the clinic's name while the lead cannot sign in.
        """
        return self.lead.first_name if self.lead.is_active else self.clinic.name

    def is_answered_for_by(self, user: User) -> bool:
        """Whether somebody of the clinic exports the record and sees who opened it: the owner
        answers for the clinic's data, and the lead is whom the patient asks."""
        return user.is_owner or user.pk == self.lead_id

    def running_plan(self) -> Plan | None:
        """The plan that has not ended; the database refuses a second one."""
        return self.plans.filter(ended_on__isnull=True).select_related("ladder", "clinic").first()


class Intake(models.Model):
    """The answers of an intake interview. A patient may have several; the latest row counts."""

    append_only: ClassVar[bool] = True
    erasable: ClassVar[tuple[str, ...]] = ("reason", "goal")
    erased_as: ClassVar[dict[str, str]] = {"precautions": "[]"}

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="intakes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    usual_pain = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    goal = models.TextField(blank=True, help_text="the patient's own goal, in their words")
    precautions = models.JSONField(default=list, help_text="list of {key, note}")
    equipment = models.JSONField(default=list, help_text="slugs of equipment at home")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(usual_pain__isnull=True) | Q(usual_pain__range=(0, 10)),
                name="intake_usual_pain_0_10",
            ),
        ]

    def __str__(self) -> str:
        return f"intake {self.at:%Y-%m-%d}"

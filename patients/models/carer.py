"""Who helps a patient: a named person with a link, a PIN and phones of their own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from patients.models.people import Patient


class CarerQuerySet(models.QuerySet["Carer"]):
    def running(self) -> CarerQuerySet:
        """The carers whose access has not ended."""
        return self.filter(ended_at__isnull=True)


class Carer(models.Model):
    """A carer, whose name is that of the ``user``. Whatever they write names that user in ``by``.

    named_by: the patient, or somebody of the clinic
    may_read: whether the patient lets them read ladder, history and messages
    ended_by: null while it runs, and where the patient was erased by a command
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="carers")
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="carer")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    may_read = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CarerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="carer_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(may_read=False),
                name="carer_reads_while_it_runs",
            ),
        ]

    def __str__(self) -> str:
        return f"carer {self.user_id} of patient {self.patient_id}"

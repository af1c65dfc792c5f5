"""Checks what is written of clinics and people for calling them. ``verify`` runs these too."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from accounts import opening_hours, telephones
from accounts.models import Clinic, PhoneLink, Role, User
from patients.models import Carer, Patient


def hours() -> Iterator[str]:
    """Hours that cannot be read are shown to nobody."""
    for clinic in Clinic.objects.exclude(hours=None):
        if not opening_hours.is_sound(clinic.hours):
            yield f"clinic {clinic.pk}: its opening hours cannot be read"


def numbers() -> Iterator[str]:
    """A button that dials nothing is worse than none."""
    for clinic in Clinic.objects.all():
        for number in (clinic.emergency_number, clinic.advice_number, clinic.crisis_number):
            if number and not telephones.dialled(number, clinic.region):
                yield f"clinic {clinic.pk}: nothing dials {number}"
    for patient in Patient.objects.exclude(phone="").select_related("clinic").iterator():
        for number in patient.phones:
            if not telephones.dialled(number, patient.clinic.region):
                yield f"patient {patient.pk}: nothing dials a phone number"


def birth_dates() -> Iterator[str]:
    for patient in (
        Patient.objects.filter(born_on__isnull=False).select_related("clinic").iterator()
    ):
        if patient.born_on is not None and patient.born_on > patient.clinic.today():
            yield f"patient {patient.pk}: born on a day to come"


def names() -> Iterator[str]:
    """A patient has one name, on the record and at sign-in."""
    for patient in Patient.objects.exclude(user__name=F("name")):
        yield f"patient {patient.pk}: has another name at sign-in"


def carers() -> Iterator[str]:
    """Who helps signs in as a carer of the patient's clinic; who helps no more cannot sign in."""
    for carer in Carer.objects.exclude(user__role=Role.CARER, user__clinic=F("patient__clinic")):
        yield f"carer {carer.pk}: is no carer of the patient's clinic"
    for carer in Carer.objects.filter(ended_at__isnull=False, user__is_active=True):
        yield f"carer {carer.pk}: has ended, and can sign in"
    for user in User.objects.filter(role=Role.CARER, carer=None):
        yield f"user {user.pk}: is a carer of nobody"
    open_links = PhoneLink.objects.filter(revoked_at=None, user__carer__ended_at__isnull=False)
    for link in open_links:
        yield f"link {link.pk}: opens to a carer who helps no more"


CHECKS = (hours, numbers, birth_dates, names, carers)

"""What the tests of carers share: one is named, tells something, and pages are read."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from patients.models import Carer, Patient, Report
from patients.verbs import carers as carer_verbs
from patients.verbs import reports as report_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import text

MARK = "Written by Rut Roos, carer"


def named(cast: Cast, name: str = "Rut Roos", by: User | None = None) -> Carer:
    """Name a carer of Maya. ``by``: None = Maya herself."""
    carer_verbs.name(patient=cast.maya, name=name, by=by or cast.maya.user)
    return Carer.objects.select_related("user", "patient__user").get(user__name=name)


def told(patient: Patient, by: User, **said: Any) -> Report:
    return report_verbs.report(patient=patient, by=by, client_id=acts.new_id(), **said)


def page_of(browser: Client, name: str, *args: Any) -> str:
    return text(browser.get(reverse(name, args=args)))

"""The parts of which FHIR R4 resources are made: references, codes, words, and the bundle."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User

Resource = dict[str, Any]
LOINC = "http://loinc.org"
#: Pain on the scale from 0 to 10, as a person reports it.
PAIN = {"system": LOINC, "code": "72514-3", "display": "Pain severity - 0-10 verbal numeric rating"}


def base() -> str:
    return f"{settings.PUBLIC_URL}/fhir"


def our_code(code: str, words: str) -> Resource:
    """A code of our own system, with its words. Most of what the product knows has no other."""
    return {"coding": [{"system": f"{base()}/codes", "code": code}], "text": words}


def key(row: models.Model) -> str:
    """The id of a resource: the name of the table, and the row."""
    return f"{row._meta.model_name}-{row.pk}"


def refer(kind: str, row: models.Model | None) -> Resource | None:
    return {"reference": f"{kind}/{key(row)}"} if row is not None else None


def who(by: User | None) -> Resource | None:
    """A member of the staff, or the patient or carer who signed in."""
    if by is None:
        return None
    if by.is_carer:
        return refer("RelatedPerson", getattr(by, "carer", None))
    patient = getattr(by, "patient", None) if by.is_patient else None
    return refer("Patient", patient) if patient is not None else refer("Practitioner", by)


def at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def notes(*words: str) -> list[Resource]:
    return [{"text": text} for text in words if text.strip()]


def text_file(words: str) -> Resource:
    data = base64.b64encode(words.encode()).decode()
    return {"attachment": {"contentType": "text/plain; charset=utf-8", "data": data}}


def without_empty(value: Any) -> Any:
    """FHIR knows no empty values: what is not there is left out."""
    if isinstance(value, dict):
        cleaned = {name: without_empty(one) for name, one in value.items()}
        return {name: one for name, one in cleaned.items() if not _is_empty(one)}
    if isinstance(value, list):
        return [one for one in map(without_empty, value) if not _is_empty(one)]
    return value.strip() if isinstance(value, str) else value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def bundle(resources: Iterable[Resource]) -> Resource:
    """Resources as one collection, each under an address of its own."""
    full = [without_empty(resource) for resource in resources]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": timezone.now().isoformat(),
        "entry": [
            {"fullUrl": f"{base()}/{one['resourceType']}/{one['id']}", "resource": one}
            for one in full
        ],
    }

"""Remembers the clinic of a browser, so that the help page can name a number without a sign-in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from accounts import kept_cookies
from accounts.models import Clinic, User
from accounts.parsing import row_id


def remember(response: HttpResponseBase, clinic_id: int) -> None:
    """Keep the clinic in a cookie that outlives the sign-in. It says nothing about the person."""
    kept_cookies.keep(response, settings.CLINIC_COOKIE_NAME, str(clinic_id))


def is_patients(request: HttpRequest) -> bool:
    """Whether a link opened this browser once, and nobody of the staff has signed in here."""
    opened = kept_cookies.kept(request, settings.CLINIC_COOKIE_NAME)
    return bool(opened) and settings.DEVICE_COOKIE_NAME not in request.COOKIES


#: The clinics of those who were signed in, as this process read them last.
_seen: dict[int, Clinic] = {}


def see(clinic: Clinic) -> None:
    """Remember a clinic for as long as this process runs, for when the database is away."""
    _seen[clinic.pk] = clinic


def seen(request: HttpRequest) -> Clinic | None:
    """The clinic of the cookie as this process read it last, without asking the database."""
    return _seen.get(row_id(kept_cookies.kept(request, settings.CLINIC_COOKIE_NAME)) or 0)


def of(request: HttpRequest) -> Clinic | None:
    """The clinic of the person, else of the cookie, else the only clinic of the installation."""
    if isinstance(request.user, User):
        return request.user.clinic
    remembered = row_id(kept_cookies.kept(request, settings.CLINIC_COOKIE_NAME))
    if remembered is not None:
        return Clinic.objects.filter(pk=remembered).first()
    clinics = list(Clinic.objects.all()[:2])
    return clinics[0] if len(clinics) == 1 else None

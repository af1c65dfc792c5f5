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


def of(request: HttpRequest) -> Clinic | None:
    """The clinic of the person, else of the cookie, else the only clinic of the installation."""
    if isinstance(request.user, User):
        return request.user.clinic
    remembered = row_id(kept_cookies.kept(request, settings.CLINIC_COOKIE_NAME))
    if remembered is not None:
        return Clinic.objects.filter(pk=remembered).first()
    clinics = list(Clinic.objects.all()[:2])
    return clinics[0] if len(clinics) == 1 else None

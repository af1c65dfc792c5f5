"""Which clinic a browser belongs to when nobody is signed in, so that help can name a number to
call."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from accounts.models import Clinic, User
from accounts.parsing import row_id

#: Browsers keep a cookie no longer than 400 days.
KEPT = 400 * 24 * 60 * 60


def remember(response: HttpResponseBase, clinic_id: int) -> None:
    """A phone that a link opened knows its clinic, and nothing about the person, after the sign-in
    has ended."""
    response.set_signed_cookie(
        settings.CLINIC_COOKIE_NAME,
        str(clinic_id),
        max_age=KEPT,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def of(request: HttpRequest) -> Clinic | None:
    """The person's clinic; else the one that the phone's link came from; else the only one there
    is."""
    if isinstance(request.user, User):
        return request.user.clinic
    remembered = row_id(request.get_signed_cookie(settings.CLINIC_COOKIE_NAME, default="") or "")
    if remembered is not None:
        return Clinic.objects.filter(pk=remembered).first()
    clinics = list(Clinic.objects.all()[:2])
    return clinics[0] if len(clinics) == 1 else None

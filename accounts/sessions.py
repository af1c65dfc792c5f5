"""Says how long a sign-in lasts.

Staff stay signed in for twelve hours, the phone of a patient or a carer for 180 days after its last
use.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Clinic, Count, Phone, Session, SignIn, User
from accounts.session_store import SessionStore, digest

STAFF_SESSION = timedelta(hours=12)
PHONE_SESSION = timedelta(days=180)
#: Where a session keeps which patients somebody looked for.
SOUGHT = "looks"
#: What a session of the staff can hold that names a patient: that, and notices not shown yet.
NAMING = (SOUGHT, "_messages")


def start(request: HttpRequest, user: User) -> None:
    """Set the end of the new session. A timedelta fixes the moment: later writes do not move it."""
    request.session.set_expiry(PHONE_SESSION if user.of_patients_side else STAFF_SESSION)


def keep(request: HttpRequest) -> None:
    """Let the phone of a patient or a carer stay signed in.

    This writes at most once a day, so most page views write nothing.
    """
    if not (isinstance(request.user, User) and request.user.of_patients_side):
        return
    left = request.session.get_expiry_date() - timezone.now()
    if left < PHONE_SESSION - timedelta(days=1):
        request.session.set_expiry(PHONE_SESSION)


def kept_as(request: HttpRequest) -> str:
    """The key under which the database keeps the session of this request; "" without one."""
    key = request.session.session_key
    return digest(key) if key else ""


def end(session_key: str) -> None:
    """End the session that is kept under this key, of any person."""
    Session.objects.filter(session_key=session_key).delete()


def end_all(*, phones: bool) -> None:
    """End every sign-in of the staff, and with ``phones`` every patient's too."""
    if phones:
        Phone.objects.all().delete()
    of_phones = Phone.objects.filter(session_key=OuterRef("session_key"))
    Session.objects.filter(~Exists(of_phones)).delete()
    SignIn.objects.all().delete()


def forget_names(clinic: Clinic, request: HttpRequest | None = None) -> None:
    """Take what names patients out of the sessions of a clinic's staff, also of the one that asks,
    which is written once more after its answer."""
    if request is not None:
        request.session.pop(SOUGHT, None)
    staff = {str(pk) for pk in User.objects.staff_of(clinic).values_list("pk", flat=True)}
    store = SessionStore()
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        held = store.decode(row.session_data)
        if held.get(SESSION_KEY) in staff and any(name in held for name in NAMING):
            kept = {name: value for name, value in held.items() if name not in NAMING}
            Session.objects.filter(pk=row.pk).update(session_data=store.encode(kept))


def forget_ended(now: datetime) -> None:
    """Delete sessions that ran out by then, who was signed in by them, and counts."""
    Session.objects.filter(expire_date__lte=now).delete()
    running = Session.objects.filter(session_key=OuterRef("session_key"))
    Phone.objects.filter(~Exists(running)).delete()
    SignIn.objects.filter(~Exists(running)).delete()
    Count.objects.filter(expires__lte=now).delete()

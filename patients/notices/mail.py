"""Mails about stops: at once to the lead and their cover, after one working day to the other staff.

A mail says nothing clinical. A sender first claims each mail with a row, so several senders can run
and each mail goes out once. After ``CLAIM`` another sender takes over the claim of a dead sender.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Clinic, Role, User
from patients.models import Stop, StopNotice

CLAIM = timedelta(minutes=10)
SATURDAY = 5

log = logging.getLogger(__name__)


def one_working_day_after(moment: datetime, clinic: Clinic) -> datetime:
    """The same time on the clinic's next working day, Monday to Friday. A moment on a weekend
    counts as the first minute of Monday."""
    local = moment.astimezone(clinic.zone)
    day = local.date()
    clock = local.time()
    if day.weekday() >= SATURDAY:
        day = day + timedelta(days=7 - day.weekday())
        clock = time.min
    day += timedelta(days=1)
    if day.weekday() == SATURDAY:
        day += timedelta(days=2)
    return timezone.make_aware(datetime.combine(day, clock), clinic.zone)


def send_due(now: datetime | None = None) -> int:
    """Send every mail that is due about an unanswered stop. Return how many mails went out."""
    now = now or timezone.now()
    return sum(_send(stop, to, now) for stop, to in due(now))


def due(now: datetime) -> Iterator[tuple[Stop, User]]:
    """The mails that are due: at once to the lead and their cover, after one working day to all
    staff."""
    at_once = Q(pk=OuterRef("plan__patient__lead")) | Q(pk=OuterRef("plan__patient__lead__cover"))
    for stop in _stops_to_mail(at_once):
        yield from ((stop, user) for user in _at_once(stop, now) if user.pk not in _mailed(stop))
    # If the lead cannot sign in, nobody would get a mail at once. Then all staff get it at once.
    for stop in _stops_to_mail(Q()).filter(
        Q(at__lte=now - timedelta(days=1)) | Q(plan__patient__lead__is_active=False)
    ):
        lead_is_here = stop.plan.patient.lead.is_active
        if not lead_is_here or one_working_day_after(stop.at, stop.plan.clinic) <= now:
            for user in (
                User.objects.staff_of(stop.plan.clinic)
                .filter(is_active=True)
                .exclude(pk__in=_mailed(stop))
            ):
                yield stop, user


def _at_once(stop: Stop, now: datetime) -> list[User]:
    lead = stop.plan.patient.lead
    cover = lead.covered_by(stop.plan.clinic.day_of(now))
    return [user for user in (lead, cover) if user is not None and user.is_active]


def _mailed(stop: Stop) -> set[int]:
    return set(stop.notices.filter(sent_at__isnull=False).values_list("to", flat=True))


def _stops_to_mail(whom: Q) -> QuerySet[Stop]:
    """Unanswered stops of running plans about which an active user of ``whom`` has no mail."""
    sent = StopNotice.objects.filter(
        stop=OuterRef(OuterRef("pk")), to=OuterRef("pk"), sent_at__isnull=False
    )
    staff = User.objects.filter(
        whom,
        ~Exists(sent),
        clinic=OuterRef("plan__clinic"),
        is_active=True,
        role__in=[Role.OWNER, Role.CLINICIAN],
    )
    waiting = Stop.objects.unanswered().filter(Exists(staff), plan__ended_on__isnull=True)
    return waiting.select_related("plan__clinic", "plan__patient__lead__cover")


def _send(stop: Stop, to: User, now: datetime) -> bool:
    if not _claim(stop, to, now):
        return False
    notice = StopNotice.objects.filter(stop=stop, to=to)
    context = {
        "link": settings.PUBLIC_URL + reverse("caseload"),
        "lead": to.pk == stop.plan.patient.lead_id,
    }
    try:
        send_mail(
            _("A patient needs you"),
            render_to_string("patients/notices/stop.txt", context),
            None,
            [to.email or ""],
        )
    except OSError as problem:
        # No mail server took it, so the next round tries again.
        notice.delete()
        log.warning("notice not mailed: %s", type(problem).__name__)
        return False
    notice.update(sent_at=timezone.now())
    return True


def _claim(stop: Stop, to: User, now: datetime) -> bool:
    notices = StopNotice.objects
    notice, created = notices.get_or_create(stop=stop, to=to, defaults={"claimed_at": now})
    if created:
        return True
    unsent = notices.filter(pk=notice.pk, sent_at=None, claimed_at=notice.claimed_at)
    return notice.claimed_at <= now - CLAIM and unsent.update(claimed_at=now) == 1

"""Carry the mails about stops over into the outbox, and write those that are still to come."""

import zoneinfo
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db import migrations
from django.db.models import Prefetch

#: How urgent the mails about a stop are, by its cause.
URGENCY = {"weak": "now", "numb": "soon", "pain": "pain", "morning": "pain"}
SATURDAY = 5
CHUNK = 500


def carry_over(apps: Any, schema_editor: Any) -> None:
    Outbox = apps.get_model("patients", "Outbox")
    # What was sent comes first: a mail that is still to come in the same hour is the same mail.
    for find in (_sent, _to_come):
        rows = []
        for row in find(apps):
            rows.append(row)
            if len(rows) == CHUNK:
                Outbox.objects.bulk_create(rows, ignore_conflicts=True)
                rows = []
        Outbox.objects.bulk_create(rows, ignore_conflicts=True)


def _mail(apps: Any, stop: Any, to_id: int, due: datetime, **other: Any) -> Any:
    return apps.get_model("patients", "Outbox")(
        to_id=to_id,
        clinic_id=stop.plan.clinic_id,
        patient_id=stop.plan.patient_id,
        urgency=URGENCY[stop.cause],
        due=due,
        hour=int(due.timestamp()) // 3600,
        next_try=due,
        **other,
    )


def _sent(apps: Any) -> Iterator[Any]:
    """The mails that were sent. An answer says that somebody has looked."""
    notices = apps.get_model("patients", "StopNotice").objects.filter(sent_at__isnull=False)
    for notice in notices.select_related("stop__plan", "stop__answer").iterator(CHUNK):
        answer = getattr(notice.stop, "answer", None)
        opened = max(answer.at, notice.sent_at) if answer is not None else None
        yield _mail(
            apps,
            notice.stop,
            notice.to_id,
            notice.claimed_at,
            claimed=notice.claimed_at,
            sent=notice.sent_at,
            opened=opened,
        )


def _to_come(apps: Any) -> Iterator[Any]:
    """The mails about stops that wait, to those who were not written to."""
    stops = apps.get_model("patients", "Stop").objects.filter(
        answer__isnull=True, plan__ended_on__isnull=True
    )
    sent = apps.get_model("patients", "StopNotice").objects.filter(sent_at__isnull=False)
    stops = stops.select_related("plan__clinic", "plan__patient__lead__cover").prefetch_related(
        Prefetch("notices", queryset=sent)
    )
    for stop in stops.order_by("pk").iterator(CHUNK):
        told = {notice.to_id for notice in stop.notices.all()}
        for to_id, due in _due(apps, stop):
            if to_id not in told:
                yield _mail(apps, stop, to_id, due)


def _due(apps: Any, stop: Any) -> Iterator[tuple[int, datetime]]:
    clinic = stop.plan.clinic
    lead = stop.plan.patient.lead
    zone = zoneinfo.ZoneInfo(clinic.time_zone)
    staff = apps.get_model("accounts", "User").objects.filter(
        clinic=clinic, role__in=["owner", "clinician"], is_active=True
    )
    at_once = {lead.pk}
    if lead.cover_until is not None and stop.at.astimezone(zone).date() <= lead.cover_until:
        at_once.add(lead.cover_id)
    for user in staff:
        now = stop.cause == "weak" or not lead.is_active or user.pk in at_once
        yield user.pk, stop.at if now else _one_working_day_after(stop.at, zone)


def _one_working_day_after(moment: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    day = local.date()
    clock = local.time()
    if day.weekday() >= SATURDAY:
        day = day + timedelta(days=7 - day.weekday())
        clock = time.min
    day += timedelta(days=1)
    if day.weekday() == SATURDAY:
        day += timedelta(days=2)
    return datetime.combine(day, clock, zone)


def forget(apps: Any, schema_editor: Any) -> None:
    """The table goes with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("patients", "0015_outbox")]

    operations = [migrations.RunPython(carry_over, forget)]

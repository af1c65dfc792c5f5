"""Seals each closed hour of the trail, and checks the seals.

Rows are written without regard to each other, so that no page waits for another. Later a job makes
a digest of the seal before and of every row of the hour. Whoever changes, deletes or adds a row
afterwards would have to make all later seals anew, and the newest one stands in the log, too.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, models
from django.db.models.functions import TruncHour
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import jobs
from accounts.models import Event
from trail.models import Access, Seal

#: An hour is closed so long after its end: until then a slow request may still write into it.
GRACE = timedelta(minutes=15)
HOUR = timedelta(hours=1)
#: What is sealed of each row. What may be blanked when a person is erased is left out. This stays
#: as it is for good: a column that is added later would break the seals made before.
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Event: ("pk", "actor_id", "subject_id", "kind", "at", "request_id", "fields", "refused"),
    Access: (
        *("pk", "actor_id", "subject_id", "act", "page", "hour", "at"),
        *("asked", "status", "request_id"),
    ),
}

log = logging.getLogger(__name__)


def seal_closed() -> int:
    """Seal every closed hour that holds rows and has no seal yet, in order. Returns how many."""
    made = 0
    last = Seal.objects.last()
    closed = _hour_of(timezone.now() - GRACE)
    while (hour := _next_hour(last, closed)) is not None:
        # Another process may seal the same hour. Its seal is the same.
        Seal.objects.bulk_create([_sealed(hour, last)], ignore_conflicts=True)
        last = Seal.objects.get(hour=hour)
        made += 1
    if made and last is not None:
        log.warning("the trail is sealed up to %s: %s", last, last.digest)
    return made


def plan() -> None:
    jobs.register(
        jobs.Duty(
            name="seals",
            title=_("Sealing who looked and who changed what"),
            without=_("Changes to these rows are not noticed until it is done."),
            run=seal_closed,
            every=HOUR,
        )
    )


def when_verifying(sender: Any, **kwargs: Any) -> list[str]:
    return list(differences())


def differences() -> Iterator[str]:
    """A sentence for each hour that is not as it was when it was sealed."""
    before = None
    for seal in Seal.objects.order_by("hour").iterator():
        now = _sealed(seal.hour, before)
        if now.rows != seal.rows:
            yield f"trail: the hour {seal} was sealed with {seal.rows} rows and has {now.rows}"
        elif now.digest != seal.digest:
            yield f"trail: a row of the hour {seal} was changed, or a seal up to it"
        # PostgreSQL leaves out the ids of rows that were taken back while they were written.
        if seal.gaps and connection.vendor == "sqlite":
            yield f"trail: {seal.gaps} rows were gone before the hour {seal} was sealed"
        before = seal
    if before is not None:
        yield from _came_late(before)


def _came_late(newest: Seal) -> Iterator[str]:
    """Rows in hours that had none when a later hour was sealed."""
    sealed = set(Seal.objects.values_list("hour", flat=True))
    for model in COLUMNS:
        earlier = model._default_manager.filter(at__lt=newest.hour).order_by()
        hours = earlier.annotate(of=TruncHour("at", tzinfo=UTC)).values_list("of", flat=True)
        for hour in sorted(set(hours.distinct()) - sealed):
            yield f"trail: the hour {hour:%Y-%m-%d %H:00} has rows and no seal"


def _next_hour(last: Seal | None, closed: datetime) -> datetime | None:
    """The first closed hour with rows after the last seal."""
    begin = last.hour + HOUR if last else datetime.min.replace(tzinfo=UTC)
    first: list[Any] = [
        model._default_manager.filter(at__gte=begin, at__lt=closed).order_by("at").first()
        for model in COLUMNS
    ]
    moments: list[datetime] = [row.at for row in first if row is not None]
    return _hour_of(min(moments)) if moments else None


def _sealed(hour: datetime, before: Seal | None) -> Seal:
    """The seal of an hour as its rows are now."""
    seal = Seal(hour=hour, last_event=0, last_access=0)
    if before is not None:
        seal.last_event = before.last_event
        seal.last_access = before.last_access
    digest = hashlib.sha256(f"{before.digest if before else ''} {hour.isoformat()}".encode())
    for model, columns in COLUMNS.items():
        rows = _rows(model, columns, hour)
        for row in rows:
            digest.update(repr([_text(value) for value in row]).encode())
        seal.rows += len(rows)
        _count_gaps(seal, "last_event" if model is Event else "last_access", rows)
    seal.digest = digest.hexdigest()
    return seal


def _count_gaps(seal: Seal, column: str, rows: list[tuple[Any, ...]]) -> None:
    """Count the ids between the last sealed one and the last of these rows that no row has."""
    if rows:
        # Nothing is known of what was before the first seal.
        sealed_to = getattr(seal, column) or rows[0][0] - 1
        last = max(sealed_to, rows[-1][0])
        seal.gaps += max(0, last - sealed_to - len(rows))
        setattr(seal, column, last)


def _rows(
    model: type[models.Model], columns: tuple[str, ...], hour: datetime
) -> list[tuple[Any, ...]]:
    within = model._default_manager.filter(at__gte=hour, at__lt=hour + HOUR)
    return list(within.order_by("pk").values_list(*columns))


def _text(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def _hour_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)

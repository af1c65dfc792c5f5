"""Writes the audit trail. The database refuses to change or delete its rows."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar

from django.http import HttpRequest

from accounts.models import Event, User

#: The id of the request being answered; empty in a management command.
current_request: ContextVar[str] = ContextVar("current_request", default="")


def record(
    kind: str,
    *,
    actor: User | None = None,
    subject: User | None = None,
    request: HttpRequest | None = None,
) -> Event:
    """Write down that ``actor`` did ``kind`` (a slug) to ``subject``.

    The row never holds a clinical word, a name or an address.
    """
    request_id = getattr(request, "request_id", "") if request is not None else ""
    return Event.objects.create(
        actor=actor, subject=subject, kind=kind, request_id=request_id or current_request.get()
    )


def last(kind: str, subject: User) -> Event | None:
    """The newest event of this kind about a person, with who did it."""
    events = Event.objects.filter(kind=kind, subject=subject)
    return events.select_related("actor").first()


def record_each(kind: str, *, actor: User, subjects: Iterable[int]) -> None:
    """Write one event for each of many people, given by their ids, in a few statements."""
    fields = {"actor": actor, "kind": kind, "request_id": current_request.get()}
    Event.objects.bulk_create([Event(subject_id=pk, **fields) for pk in subjects], batch_size=1000)

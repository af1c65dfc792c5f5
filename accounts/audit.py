"""Writes the audit trail. The database refuses to change or delete its rows."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts import devices
from accounts.models import Event, User


class Source:
    """Where a request comes from: its id, network address and browser. Empty in a command."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        self.request = request

    @property
    def request_id(self) -> str:
        return getattr(self.request, "request_id", "")

    @cached_property
    def address(self) -> str:
        if self.request is None:
            return ""
        try:
            return str(get_adapter().get_client_ip(self.request))[:45]
        except PermissionDenied:  # a proxy that names no address
            return ""

    @cached_property
    def device(self) -> str:
        return devices.label(self.request) if self.request is not None else ""


#: The request being answered.
current_source: ContextVar[Source] = ContextVar("current_source", default=Source())  # noqa: B039


def record(
    kind: str,
    *,
    actor: User | None = None,
    subject: User | None = None,
    request: HttpRequest | None = None,
    fields: Iterable[str] = (),
    refused: bool = False,
) -> Event:
    """Write down that ``actor`` did ``kind`` (a slug) to ``subject``, or was refused it.

    ``fields`` are names of columns that changed, never what stands in them. The row never holds a
    clinical word or a name.
    """
    source = Source(request) if request is not None else current_source.get()
    return Event.objects.create(
        actor=actor,
        subject=subject,
        kind=kind,
        fields=" ".join(fields),
        refused=refused,
        **_where(source),
    )


def last(kind: str, subject: User) -> Event | None:
    """The newest event of this kind about a person, with who did it."""
    events = Event.objects.filter(kind=kind, subject=subject)
    return events.select_related("actor").first()


def record_each(kind: str, *, actor: User, subjects: Iterable[int]) -> None:
    """Write one event for each of many people, given by their ids, in a few statements."""
    shared = {"actor": actor, "kind": kind, **_where(current_source.get())}
    Event.objects.bulk_create([Event(subject_id=pk, **shared) for pk in subjects], batch_size=1000)


def _where(source: Source) -> dict[str, Any]:
    return {
        "request_id": source.request_id,
        "address": source.address,
        "device": source.device,
    }

"""The messages that the chart shows. The page of messages shows all of them."""

from __future__ import annotations

from django.db.models import Case, Q, QuerySet, When

from patients.models import Message

MESSAGES = 6


def newest_messages(messages: QuerySet[Message]) -> list[Message]:
    """The messages that the page shows, oldest first: those to read first, and the newest."""
    waits = Q(read_first=True, read_at__isnull=True)
    ordered = messages.select_related("by").order_by(
        Case(When(waits, then=0), default=1), "-at", "-pk"
    )
    return sorted(ordered[:MESSAGES], key=lambda message: (message.at, message.pk))

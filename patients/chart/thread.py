"""The messages that the chart shows, and the pages of all of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, When

from patients.models import Message

MESSAGES = 6
#: Messages on a page of the thread.
ON_A_PAGE = 50


@dataclass(frozen=True)
class ThreadPage:
    """Messages of one page, oldest first. ``earlier``, ``later``: the numbers of the pages beside
    it; None at an end of the thread."""

    messages: list[Message]
    earlier: int | None
    later: int | None


def newest_messages(messages: QuerySet[Message]) -> list[Message]:
    """The messages that the page shows, oldest first: those to read first, and the newest."""
    waits = Q(read_first=True, read_at__isnull=True)
    ordered = messages.select_related("by").order_by(
        Case(When(waits, then=0), default=1), "-at", "-pk"
    )
    return sorted(ordered[:MESSAGES], key=lambda message: (message.at, message.pk))


def thread_page(messages: QuerySet[Message], number: int | None) -> ThreadPage:
    """A page of the thread. Page 1 has the newest messages; so has a number that is none."""
    number = min(number or 1, 10_000)
    begins = (number - 1) * ON_A_PAGE
    newest_first = messages.select_related("by").order_by("-at", "-pk")
    found = list(newest_first[begins : begins + ON_A_PAGE + 1])
    return ThreadPage(
        messages=found[:ON_A_PAGE][::-1],
        earlier=number + 1 if len(found) > ON_A_PAGE else None,
        later=number - 1 if number > 1 else None,
    )

"""Reads the headings and names of a caseload from top to bottom, page after page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.patients.clinic_pages import browser

HEADING = re.compile(r"<h2 id=\"group-\d+\">\s*<svg.*?</svg>([^<]+)")
NAME = re.compile(r"<h3><a id=\"patient-\d+\" href=\"/patients/\d+/\">([^<]+)</a></h3>")
NEXT = re.compile(r"<a class=\"button\" href=\"([^\"]*after=[^\"]*)\"")


def names(page: Any) -> list[str]:
    return [unescape(name) for name in NAME.findall(page.content.decode())]


def headings(page: Any) -> list[str]:
    return [unescape(words).strip() for words in HEADING.findall(page.content.decode())]


def found(client: Client, **typed: str) -> Any:
    """The page to which a search leads. Its words are posted."""
    return client.post(reverse("caseload"), typed, follow=True)


def asked(user: User, **filters: str) -> Any:
    """The answer of the caseload with these filters, in a new browser."""
    client = browser(user)
    response = (
        found(client, **filters) if "q" in filters else client.get(reverse("caseload"), filters)
    )
    assert response.status_code == 200
    return response


def listed(user: User, **filters: str) -> list[str]:
    return names(asked(user, **filters))


def pages(client: Client, **filters: str) -> list[list[str]]:
    """The names on each page, by following "Next 50" to the end."""
    names_by_page: list[list[str]] = []
    page: Any = client.get(reverse("caseload"), filters)
    while True:
        names_by_page.append(names(page))
        coming = NEXT.search(page.content.decode())
        if coming is None or len(names_by_page) > 20:
            return names_by_page
        page = client.get(unescape(coming[1]))

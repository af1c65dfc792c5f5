"""Loads the clinic's pages and presses their buttons, as a browser does."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from curriculum.models import Criterion
from patients.models import Patient, Plan
from tests.patients import acts

HTMX = {"HX-Request": "true"}


def browser(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def text(response: HttpResponse | Any) -> str:
    """The content as a person reads it, without entities and repeated spaces."""
    return " ".join(unescape(response.content.decode()).split())


def tight(html: str) -> str:
    """The same without the white space between and beside tags, which may stand in a template."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", html)


def chart(client: Client, patient: Patient) -> str:
    return _page("chart", client, patient)


def details(client: Client, patient: Patient) -> str:
    return _page("details", client, patient)


def _page(name: str, client: Client, patient: Patient) -> str:
    response = client.get(reverse(name, args=[patient.pk]))
    assert response.status_code == 200
    return text(response)


def tick(
    client: Client, plan: Plan, criterion: Criterion, verb: str = "tick", **headers: str
) -> Any:
    return client.post(reverse(verb, args=[plan.pk, criterion.pk]), headers=headers or None)


def press_passed(
    client: Client, plan: Plan, position: int, seen: str | None = None, **days: Any
) -> Any:
    """Press "Passed" on a page that showed ``seen``. The default is a page loaded now. ``days``:
    what the page sends of the days of practice"""
    fields = {"seen": plan.seen if seen is None else seen, **days}
    return client.post(reverse("decide", args=[plan.pk, acts.rung(plan, position).pk]), fields)


def press_not_yet(client: Client, plan: Plan, position: int, **fields: Any) -> Any:
    posted = {"seen": plan.seen, **fields}
    return client.post(reverse("not_yet", args=[plan.pk, acts.rung(plan, position).pk]), posted)

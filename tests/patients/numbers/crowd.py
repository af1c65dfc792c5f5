"""Several patients whose days are counted by hand, and the tables that the clinic reads of them."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from curriculum.models import Ladder
from patients.models import Plan
from patients.verbs import gate as gate_verbs
from tests import factories
from tests.patients import acts
from tests.patients.clinic_pages import browser, text

#: What stands in place of a number about too few people.
FEW = "fewer than 5"
HIDDEN = ["not shown", "not shown", FEW]


def plans(count: int, lead: User, ladder: Ladder | None = None) -> list[Plan]:
    """So many patients of a clinician, each with a plan that begins now."""
    return [
        factories.plan(factories.patient(lead, f"Pat {n}"), ladder=ladder) for n in range(count)
    ]


def passing(clock: time_machine.Traveller, on: Iterable[tuple[Plan, int]]) -> None:
    """Each plan passes its open rung so many days from now, which is in order."""
    gone = 0
    for plan, days in on:
        clock.shift(timedelta(days=days - gone))
        gone = days
        factories.pass_open_rung(plan, by=plan.patient.lead)


def not_yet(plan: Plan, missing: Iterable[str], position: int = 1) -> None:
    """A look at the gate at which all but these criteria were marked."""
    lead = plan.patient.lead
    for criterion in acts.criteria(plan, position):
        if criterion.slug not in missing:
            gate_verbs.tick(plan=plan, criterion=criterion, by=lead)
    acts.decide(plan, position, lead, outcome="not_yet")


def taken_out(user: User | Client, name: str, **chosen: str) -> tuple[str, list[list[str]]]:
    """The name and the lines of the file that a person takes along."""
    client = user if isinstance(user, Client) else browser(user)
    answer = client.get(reverse("numbers_file"), {"table": name, **chosen})
    assert answer.status_code == 200
    lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    return answer["Content-Disposition"], list(lines)


def table(user: User | Client, name: str, **chosen: str) -> dict[str, list[str]]:
    """The rows of a file's first table by their first column."""
    _name, lines = taken_out(user, name, **chosen)
    rows = lines[lines.index([]) + 2 :]
    return {row[0]: row[1:] for row in itertools.takewhile(bool, rows)}


def page(user: User, **chosen: str) -> str:
    answer: Any = browser(user).get(reverse("numbers"), chosen)
    assert answer.status_code == 200
    return text(answer)

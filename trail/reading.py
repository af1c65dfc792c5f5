"""Reads the trail for its pages: who opened a record, and what happened in a clinic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Clinic, Event, User
from trail import kinds
from trail.models import Access, Act
from trail.words import access_in_words, event_in_words, looked_in_words

#: Rows of one page.
PAGE = 50
READ = (Act.OPENED, Act.PRINTED, Act.EXPORTED)


@dataclass(frozen=True)
class Line:
    """A row of either table, in words.

    hourly: whether the row stands for all within the hour
    """

    at: datetime
    pk: int
    actor: User | None
    subject: User | None
    words: str
    where: str
    refused: bool
    hourly: bool


@dataclass(frozen=True)
class Asked:
    """What a page asks for: the clinic, and perhaps a patient, a person and a day."""

    clinic: Clinic
    subject: User | None = None
    actor: User | None = None
    day: date | None = None
    page: int = 1

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = rows.select_related("actor", "subject")
        if self.subject is not None:
            helping = User.objects.filter(carer__patient__user=self.subject)
            subjects = [self.subject.pk, *helping.values_list("pk", flat=True)]
            rows = rows.filter(subject__in=subjects)
        else:
            rows = rows.filter(Q(actor__clinic=self.clinic) | Q(subject__clinic=self.clinic))
        if self.actor is not None:
            rows = rows.filter(actor=self.actor)
        if self.day is not None:
            begins, ends = self.clinic.day_span(self.day)
            rows = rows.filter(at__gte=begins, at__lt=ends)
        return rows


@dataclass(frozen=True)
class Page:
    lines: list[Line] = field(default_factory=list)
    number: int = 1
    older: bool = False

    @property
    def newer(self) -> bool:
        return self.number > 1


def of_record(asked: Asked) -> Page:
    """Everything about one patient: who read it, and what was done to it."""
    return _merged(asked, Access.objects.all(), Event.objects.all())


def of_clinic(asked: Asked) -> Page:
    """What happened in a clinic, without the reading of records: each has a page of its own."""
    return _merged(asked, Access.objects.filter(act__in=UNUSUAL), Event.objects.all())


UNUSUAL = (Act.REFUSED, Act.SEARCHED, Act.EXPORTED)


def _merged(asked: Asked, accesses: QuerySet[Access], events: QuerySet[Event]) -> Page:
    """The rows of both tables, newest first, from the beginning up to the page that is asked."""
    most = asked.page * PAGE + 1
    lines = [_of_access(row) for row in asked.narrow(accesses).order_by("-at", "-pk")[:most]]
    lines += [_of_event(row) for row in asked.narrow(events).order_by("-at", "-pk")[:most]]
    lines.sort(key=lambda line: (line.at, line.pk), reverse=True)
    return Page(lines[most - 1 - PAGE : most - 1], asked.page, older=len(lines) >= most)


def _of_access(row: Access) -> Line:
    words = access_in_words(row)
    refused = row.act == Act.REFUSED
    return Line(row.at, row.pk, row.actor, row.subject, words, _where(row), refused, not refused)


def _of_event(row: Event) -> Line:
    words = event_in_words(row.kind, row.fields.split())
    return Line(row.at, row.pk, row.actor, row.subject, words, _where(row), row.refused, False)


def _where(row: Access | Event) -> str:
    return ", ".join(part for part in (row.device, row.address) if part)


# ---- for the patient


@dataclass
class Looked:
    """Who of the clinic, or who helps, opened what on one day, in the patient's words."""

    day: date
    name: str
    what: list[str]

    @property
    def sentence(self) -> str:
        """'Elin Ek opened your chart and your messages on Fri 27 Nov 2026.'"""
        return looked_in_words(self.name, self.what, self.day)


def who_looked(patient: User, page: int) -> tuple[list[Looked], bool]:
    """Who of the clinic or of those who help read the record, a line a person and day, newest
    first; and whether there is more."""
    rows = (
        Access.objects.filter(subject=patient, act__in=READ)
        .exclude(actor=patient)
        .exclude(actor=None)
        .select_related("actor")
        .order_by("-at", "-pk")
    )
    met = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    return list(_by_day(met[:PAGE], patient.clinic)), len(met) > PAGE


def _named(actor: User) -> str:
    """Whoever is not of the clinic says what they are to the patient."""
    return _("%(name)s, carer,") % {"name": actor.name} if actor.is_carer else actor.name


def _by_day(rows: Iterable[Access], clinic: Clinic) -> Iterable[Looked]:
    found: dict[tuple[date, int | None], Looked] = {}
    for row in rows:
        day = clinic.day_of(row.at)
        name = _named(row.actor) if row.actor else ""
        looked = found.setdefault((day, row.actor_id), Looked(day, name, []))
        yours = str(kinds.kind_of(row.page).yours)
        if yours not in looked.what:
            looked.what.append(yours)
    return found.values()

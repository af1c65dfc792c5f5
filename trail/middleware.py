"""Writes down who opened, changed, searched or was refused what, in one place for all pages.

The row is written after the answer has left, by one statement. What this process has written
within the hour, it does not write again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.urls import ResolverMatch
from django.utils import timezone

from accounts import audit
from accounts.database_away import in_a_line, is_away
from accounts.models import User
from accounts.public import is_open
from trail import kinds, subjects
from trail.memory import Memory
from trail.models import Access, Act

log = logging.getLogger(__name__)
_written = Memory()


class Trail:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        met = _met(request, response.status_code)
        if met is not None:
            # Called when the last byte has left: nobody waits for the row.
            response._resource_closers.append(met.write)  # type: ignore[attr-defined]
        return response


@dataclass(frozen=True)
class Met:
    """A request and its answer, as the trail tells of them."""

    request: HttpRequest
    match: ResolverMatch
    actor: User | None
    act: Act
    status: int
    at: datetime

    @property
    def page(self) -> str:
        """The kind of page. Of a refusal it is the name of the address, for nothing was shown."""
        refused = self.act == Act.REFUSED
        return self.match.view_name[:40] if refused else _kind(self.match, self.actor)

    def write(self) -> None:
        try:
            self._write()
        except Exception as error:
            # The person has the answer.
            if is_away(error):
                log.error("a row of the trail was not written: %s", in_a_line(error))
            else:
                log.exception("a row of the trail was not written")

    def _write(self) -> None:
        hour = self.at.replace(minute=0, second=0, microsecond=0)
        source = audit.Source(self.request)
        actor_pk = self.actor.pk if self.actor else None
        refused = self.act == Act.REFUSED
        asked = subjects.asked(self.match)
        key = (actor_pk, self.act, self.page, asked, source.address if refused else "")
        _written.begin(hour)
        if _written.has(key) or (refused and not _written.may_refuse(actor_pk)):
            return
        row = Access(actor=self.actor, act=self.act, page=self.page, hour=hour, at=self.at)
        row.status = self.status
        row.request_id = source.request_id
        row.address = source.address
        row.device = source.device
        if refused:
            row.asked = asked
        elif self.actor is not None and self.actor.of_patients_side:
            row.subject = _about(self.actor)
        else:
            row.subject_id = subjects.subject_of(self.match)
        Access.objects.bulk_create([row], ignore_conflicts=True)
        if not connection.in_atomic_block:
            _written.add(key)


def _about(actor: User) -> User:
    """Of whom a page of a patient's side tells: of the patient, also where a carer opens it."""
    helped = actor.acts_for if actor.is_carer else None
    return helped.user if helped is not None else actor


def _met(request: HttpRequest, status: int) -> Met | None:
    """What the trail tells of this request; None when it tells nothing."""
    match = request.resolver_match
    limited = status == 429
    if match is None or (is_open(match.view_name) and not limited):
        return None
    actor = request.user if isinstance(request.user, User) else None
    if limited:
        act: Act | None = Act.REFUSED
    else:
        act = _act(request, match, status) if actor else None
    nothing = act != Act.REFUSED and _kind(match, actor) == kinds.NOTHING
    if act is None or nothing:
        return None
    return Met(request, match, actor, act, status, timezone.now())


def _kind(match: ResolverMatch, actor: User | None) -> str:
    by_patient = actor is not None and actor.is_patient
    by_carer = actor is not None and actor.is_carer
    return kinds.of_address(match.view_name, by_patient=by_patient, by_carer=by_carer)


def _act(request: HttpRequest, match: ResolverMatch, status: int) -> Act | None:
    if status == 403 or (status == 404 and subjects.asked(match)):
        return Act.REFUSED
    if status == 422 or (request.method == "GET" and status == 200):
        return Act.PRINTED if match.view_name in kinds.PAPERS else Act.OPENED
    if request.method == "POST" and status < 400:
        return _posted(match)
    return None


def _posted(match: ResolverMatch) -> Act:
    if match.view_name == kinds.SEARCH:
        return Act.SEARCHED
    if match.view_name in kinds.EXPORTS:
        return Act.EXPORTED
    return Act.OPENED if match.view_name in kinds.POSTED_TO_READ else Act.CHANGED

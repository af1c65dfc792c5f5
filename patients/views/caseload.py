"""The caseload: who needs the clinic first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.http import StaffRequest, clinician_required
from curriculum.models import Rung
from patients.caseload.order import Cursor, Wanted
from patients.caseload.page import caseload_groups, every_rung, search_patients

#: Characters. A browser drops a cookie of more than 4,096 with name and signature, and some servers
#: refuse such heads.
COOKIE_HOLDS = 3000


@dataclass(frozen=True)
class Asked:
    """What the filters say: ``who`` "mine" or "clinic", ``show`` "all" or "needs", ``rung`` a slug,
    ``q`` a name."""

    q: str
    who: str
    show: str
    rung: str
    after: str

    @classmethod
    def read(cls, said: QueryDict) -> Asked:
        q = said.get("q", "").replace("\x00", "").strip()[:200]
        who = "clinic" if said.get("who") == "clinic" else "mine"
        show = "needs" if said.get("show") == "needs" else "all"
        return cls(
            q, who, show, said.get("rung", "")[:50], said.get("after", "").replace("\x00", "")[:600]
        )

    def address(self, after: str) -> str:
        query = QueryDict(mutable=True)
        query.update(
            {"who": self.who, "show": self.show, "rung": self.rung, "q": self.q, "after": after}
        )
        return query.urlencode()


@require_GET
@clinician_required
def caseload(request: StaffRequest) -> HttpResponse:
    asked = Asked.read(request.GET)
    rungs = every_rung()
    context: dict[str, Any] = {"asked": asked, "rungs": _choices(rungs)}
    context |= _found(request, asked, rungs) if asked.q else _page(request, asked, rungs)
    rows_alone = (
        request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    )
    page = render(
        request, f"patients/caseload/{'_rows' if rows_alone else 'caseload'}.html", context
    )
    _remember(page, request, asked)
    return page


def _remember(page: HttpResponse, request: StaffRequest, asked: Asked) -> None:
    """Where this person looks, until they sign out; in the browser, for a look at a list writes
    nothing here."""
    place = f"{request.user.pk}?{asked.address(asked.after)}"
    if len(place) > COOKIE_HOLDS:
        page.delete_cookie(settings.CASELOAD_COOKIE_NAME, samesite="Lax")
        return
    page.set_signed_cookie(
        settings.CASELOAD_COOKIE_NAME,
        place,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def last_looked_at(request: StaffRequest) -> str:
    """The address of the caseload as this person left it: filters, name searched for, page."""
    said = request.get_signed_cookie(settings.CASELOAD_COOKIE_NAME, default="") or ""
    who, _, query = said.partition("?")
    return f"{reverse('caseload')}?{query}" if who == str(request.user.pk) else reverse("caseload")


def _choices(rungs: list[Rung]) -> list[Rung]:
    """A rung of each slug, the newest edition's."""
    newest: dict[str, Rung] = {}
    for rung in rungs:
        newest.setdefault(rung.slug, rung)
    return list(newest.values())


def _found(request: StaffRequest, asked: Asked, rungs: list[Rung]) -> dict[str, Any]:
    clinic = request.user.clinic
    found = search_patients(asked.q, clinic, clinic.today(), rungs, asked.after)
    return {"found": found.rows, "next": asked.address(found.after) if found.after else ""}


def _page(request: StaffRequest, asked: Asked, rungs: list[Rung]) -> dict[str, Any]:
    clinic = request.user.clinic
    wanted = Wanted(
        clinic_id=clinic.pk,
        today=clinic.today(),
        lead_id=request.user.pk if asked.who == "mine" else None,
        rung_ids=[rung.pk for rung in rungs if rung.slug == asked.rung] if asked.rung else None,
        needs_me=asked.show == "needs",
    )
    after = Cursor.read(asked.after) if asked.after else None
    groups, coming = caseload_groups(wanted, clinic, rungs, after)
    return {
        "groups": groups,
        "next": asked.address(coming) if coming else "",
        "later": after is not None,
    }

"""The caseload page: a clinician sees first who needs the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect, push_url

from accounts import typed
from accounts.http import StaffRequest, clinician_required
from curriculum.models import Rung
from patients.caseload.order import Cursor, Wanted
from patients.caseload.page import caseload_groups, every_rung, search_patients

#: The most characters of the cookie. A browser drops a cookie with more than 4,096 characters, and
#: some servers refuse it.
COOKIE_HOLDS = 3000


@dataclass(frozen=True)
class CaseloadFilters:
    """The filters of the caseload.

    ``q``: a name to search for.
    ``who``: "mine" or "clinic".
    ``show``: "all" or "needs".
    ``rung``: the slug of a rung.
    ``after``: the cursor of a page.
    ``open``: whether somebody pressed Enter, which opens the only patient found.
    """

    q: str
    who: str
    show: str
    rung: str
    after: str
    open: bool

    @classmethod
    def read(cls, query: QueryDict) -> CaseloadFilters:
        q = typed.line(query.get("q", ""))[:200]
        who = "clinic" if query.get("who") == "clinic" else "mine"
        show = "needs" if query.get("show") == "needs" else "all"
        after = query.get("after", "").replace("\x00", "")[:600]
        return cls(q, who, show, query.get("rung", "")[:50], after, "open" in query)

    def address(self, after: str) -> str:
        query = QueryDict(mutable=True)
        query.update(
            {"who": self.who, "show": self.show, "rung": self.rung, "q": self.q, "after": after}
        )
        return query.urlencode()


@require_GET
@clinician_required
def caseload(request: StaffRequest) -> HttpResponse:
    filters = CaseloadFilters.read(request.GET)
    rungs = every_rung()
    context: dict[str, Any] = {"filters": filters, "rungs": _choices(rungs)}
    context |= _search(request, filters, rungs) if filters.q else _page(request, filters, rungs)
    if filters.open and context.get("only"):
        return _opened(request, context["only"])
    rows_alone = (
        request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    )
    page = render(
        request, f"patients/caseload/{'_rows' if rows_alone else 'caseload'}.html", context
    )
    if filters.open and request.htmx:
        # The way back to this list must not lead on to a chart.
        push_url(page, f"{reverse('caseload')}?{filters.address(filters.after)}")
    _remember(page, request, filters)
    return page


def _opened(request: StaffRequest, patient_id: int) -> HttpResponse:
    chart = reverse("chart", args=[patient_id])
    return HttpResponseClientRedirect(chart) if request.htmx else redirect(chart)


def _remember(page: HttpResponse, request: StaffRequest, filters: CaseloadFilters) -> None:
    """Keep the filters in a cookie until this person signs out. A list page writes no rows."""
    place = f"{request.user.pk}?{filters.address(filters.after)}"
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
    """The address of the caseload with the filters and the page that this person saw last."""
    cookie = request.get_signed_cookie(settings.CASELOAD_COOKIE_NAME, default="") or ""
    person, _, query = cookie.partition("?")
    own = person == str(request.user.pk)
    return f"{reverse('caseload')}?{query}" if own else reverse("caseload")


def _choices(rungs: list[Rung]) -> list[Rung]:
    """One rung for each slug, of the newest edition."""
    newest: dict[str, Rung] = {}
    for rung in rungs:
        newest.setdefault(rung.slug, rung)
    return list(newest.values())


def _search(request: StaffRequest, filters: CaseloadFilters, rungs: list[Rung]) -> dict[str, Any]:
    clinic = request.user.clinic
    result = search_patients(filters.q, clinic, clinic.today(), rungs, filters.after)
    alone = len(result.rows) == 1 and not result.near and not filters.after
    return {
        "found": result.rows,
        "near": result.near,
        "only": result.rows[0].patient_id if alone else None,
        "next": filters.address(result.after) if result.after else "",
    }


def _page(request: StaffRequest, filters: CaseloadFilters, rungs: list[Rung]) -> dict[str, Any]:
    clinic = request.user.clinic
    wanted = Wanted(
        clinic_id=clinic.pk,
        today=clinic.today(),
        lead_id=request.user.pk if filters.who == "mine" else None,
        rung_ids=[rung.pk for rung in rungs if rung.slug == filters.rung] if filters.rung else None,
        needs_me=filters.show == "needs",
    )
    after = Cursor.read(filters.after) if filters.after else None
    groups, cursor = caseload_groups(wanted, clinic, rungs, after)
    return {
        "groups": groups,
        "next": filters.address(cursor) if cursor else "",
        "later": after is not None,
    }

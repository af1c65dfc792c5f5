"""The caseload page: a clinician sees first who needs the clinic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import push_url, replace_url

from accounts import typed
from accounts.http import StaffRequest, clinician_required, lead_on, see_other
from curriculum.library import by_ladder
from curriculum.models import Ladder, Rung
from patients.caseload import whose
from patients.caseload.day_query import DayWanted
from patients.caseload.order import Cursor, Wanted
from patients.caseload.page import caseload_groups, every_rung, search_patients
from patients.caseload.whose import Whose
from patients.notices.state import clinic_state
from patients.views import looks

#: The most characters of the cookie. A browser drops a cookie with more than 4,096 characters, and
#: some servers refuse it.
COOKIE_HOLDS = 3000


@dataclass(frozen=True)
class CaseloadFilters:
    """The filters of the caseload.

    ``q``: a name to search for. No address holds it.
    ``look``: the mark under which the session keeps it.
    ``who``: as ``Whose.key``.
    ``show``: "all" or "needs".
    ``rung``: the key of a rung: its ladder and its slug.
    ``after``: the cursor of a page; in a search the last patient's id.
    """

    q: str
    look: str
    who: str
    show: str
    rung: str
    after: str

    @classmethod
    def read(cls, query: QueryDict, q: str = "", look: str = "") -> CaseloadFilters:
        who = query.get("who", "")[:20] or whose.MINE
        show = "needs" if query.get("show") == "needs" else "all"
        after = query.get("after", "").replace("\x00", "")[:600]
        return cls(q, look if q else "", who, show, _rung(query.get("rung", "")), after)

    @classmethod
    def of_address(cls, request: StaffRequest, query: QueryDict) -> CaseloadFilters:
        look = query.get("look", "")
        return cls.read(query, looks.text(request, look), look)

    @classmethod
    def posted(cls, request: StaffRequest) -> CaseloadFilters:
        """What was typed and chosen, kept in the session for the address of the answer."""
        q = typed.line(request.POST.get("q", ""))[:200]
        look = looks.keep(request, q, _mark_of_page(request)) if q else ""
        return cls.read(request.POST, q, look)

    def address(self, after: str) -> str:
        query = QueryDict(mutable=True)
        query.update({"who": self.who, "show": self.show, "rung": self.rung, "after": after})
        if self.look:
            query["look"] = self.look
        return query.urlencode()


def _rung(key: str) -> str:
    """A key that an address names. One of before there were several ladders names no ladder, and
    shows every rung."""
    return key[:101] if "/" in key else ""


def _mark_of_page(request: StaffRequest) -> str:
    """The mark in the address of the page on which somebody types."""
    try:
        query = urlsplit(request.htmx.current_url or "").query
    except ValueError:  # the header holds no address
        return ""
    return QueryDict(query[:1000]).get("look", "")


@require_http_methods(["GET", "POST"])
@clinician_required
def caseload(request: StaffRequest) -> HttpResponse:
    """Show the list. A search is posted, because its words are names of patients."""
    if request.method == "POST":
        return _looked(request, CaseloadFilters.posted(request))
    filters = CaseloadFilters.of_address(request, request.GET)
    page = render(request, "patients/caseload/caseload.html", _list(request, filters))
    _remember(page, request, filters)
    return page


def _looked(request: StaffRequest, filters: CaseloadFilters) -> HttpResponse:
    """Answer a search: by its rows alone to htmx, else by the address of the list.

    Enter, which sends ``open``, opens the only patient found.
    """
    context = _list(request, filters)
    if "open" in request.POST and context.get("only"):
        return lead_on(request, reverse("chart", args=[context["only"]]))
    address = f"{reverse('caseload')}?{filters.address(filters.after)}"
    if not request.htmx:
        return see_other(address)
    page = render(request, "patients/caseload/_rows.html", context)
    _remember(page, request, filters)
    # Typing on is no step back in the browser's history.
    again = filters.look and filters.look == _mark_of_page(request)
    return replace_url(page, address) if again else push_url(page, address)


def _list(request: StaffRequest, filters: CaseloadFilters) -> dict[str, Any]:
    rungs = every_rung()
    clinic = request.user.clinic
    state = clinic_state(clinic)
    shown = whose.read(filters.who, request.user, state.staff, clinic.today())
    filters = replace(filters, who=shown.key)
    found = _search(request, filters, rungs) if filters.q else _page(request, filters, shown, rungs)
    page = {"filters": filters, "whose": shown, "state": state, "rungs": _choices(rungs)}
    return page | found


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
    if person != str(request.user.pk):
        return reverse("caseload")
    # An older release kept the words of a search in this cookie. They are left out.
    filters = CaseloadFilters.of_address(request, QueryDict(query))
    return f"{reverse('caseload')}?{filters.address(filters.after)}"


def _choices(rungs: list[Rung]) -> list[tuple[Ladder, list[Rung]]]:
    """One rung for each key, of the newest edition, under their ladders."""
    newest: dict[str, Rung] = {}
    for rung in rungs:
        newest.setdefault(rung.key, rung)
    return by_ladder(sorted(newest.values(), key=lambda rung: rung.ladder.slug))


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


def _page(
    request: StaffRequest, filters: CaseloadFilters, shown: Whose, rungs: list[Rung]
) -> dict[str, Any]:
    clinic = request.user.clinic
    wanted = Wanted(
        clinic_id=clinic.pk,
        today=clinic.today(),
        lead_ids=shown.lead_ids,
        rung_ids=[rung.pk for rung in rungs if rung.key == filters.rung] if filters.rung else None,
        needs_me=filters.show == "needs",
    )
    after = Cursor.read(filters.after) if filters.after else None
    visits = _visits_of_page(filters, wanted) if after is None else None
    page = caseload_groups(wanted, clinic, rungs, after, visits)
    return {
        "groups": page.groups,
        "day": page.visits,
        "today": wanted.today,
        "next": filters.address(page.after) if page.after else "",
        "later": after is not None,
    }


def _visits_of_page(filters: CaseloadFilters, wanted: Wanted) -> DayWanted | None:
    """The visits of the day stand above the list, unless it was narrowed to a rung."""
    return None if filters.rung else DayWanted(wanted.clinic_id, wanted.today, wanted.lead_ids)

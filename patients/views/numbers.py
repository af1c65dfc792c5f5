"""The clinic's numbers, and one of their tables as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts import csv_text
from accounts.http import StaffRequest, clinician_required
from curriculum.models import Ladder
from patients.numbers import page, wanted
from patients.numbers.practice import LEAST_PLANNED
from patients.numbers.small import FEW, SMALLEST_GROUP
from patients.numbers.wanted import Wanted
from patients.rules.periods import STOPPED_PRACTISING_DAYS


@require_GET
@clinician_required
def numbers(request: StaffRequest) -> HttpResponse:
    """``whose``, ``ladder`` and ``period`` in the address: as in ``Wanted``."""
    ladders = list(Ladder.objects.newest().order_by("slug"))
    context = {
        "page": page.numbers_page(_wanted(request, ladders)),
        "ladders": ladders,
        "periods": wanted.PERIOD_WORDS,
        "stopped_after": STOPPED_PRACTISING_DAYS,
        "least_planned": LEAST_PLANNED,
        "fewest": SMALLEST_GROUP,
        "few": FEW,
        "most_left": SMALLEST_GROUP - 1,
    }
    return render(request, "patients/numbers/numbers.html", context)


@require_GET
@clinician_required
def numbers_file(request: StaffRequest) -> HttpResponse:
    """The tables of the picture that ``table`` names. They hold what the page shows, and nothing
    else.
    """
    ladders = list(Ladder.objects.newest().order_by("slug"))
    chosen = _wanted(request, ladders)
    ladder = next((one.name for one in ladders if one.slug == chosen.ladder), "")
    name, (first, *others) = page.numbers_file(chosen, ladder, request.GET.get("table", ""))
    return HttpResponse(
        csv_text.written(first, others),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _wanted(request: StaffRequest, ladders: list[Ladder]) -> Wanted:
    chosen = (request.GET.get(name, "") for name in ("whose", "ladder", "period"))
    return wanted.read(request.user, ladders, *chosen)

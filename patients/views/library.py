"""The library for the clinic's staff: the drills, and what a ladder asks for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.http import StaffRequest, clinician_required
from curriculum.evidence import works
from curriculum.library import Filters, cited, drills_of_a_page, places, where
from curriculum.models import Fault, Ladder, Source
from patients.caseload.who_could_do import takers


@require_GET
@clinician_required
def library(request: StaffRequest) -> HttpResponse:
    filters = Filters(request.GET)
    valid = filters.is_valid()
    context = {
        "filters": filters,
        "cards": filters.found() if valid else [],
        "fault": filters.cleaned_data.get("fault"),
        "ladders": Ladder.objects.newest(),
    }
    template = "curriculum/_shelf.html" if request.htmx else "curriculum/library.html"
    return render(request, template, context, status=200 if valid else 422)


@require_GET
@clinician_required
def library_drill(request: StaffRequest, slug: str) -> HttpResponse:
    drill = get_object_or_404(drills_of_a_page(), slug=slug)
    faults = Fault.objects.in_bulk(
        [part["fault"] for part in drill.watch_for if part["fault"]], field_name="slug"
    )
    drill_places = places(drill)
    context = {
        "drill": drill,
        "where": where(drill_places),
        "own": [place for place in drill_places if not place.helper],
        "helped": [place for place in drill_places if place.helper],
        "takers": takers(drill, request.user),
        "watched": [{**part, "fault": faults.get(part["fault"])} for part in drill.watch_for],
    }
    return render(request, "curriculum/drill.html", context)


@require_GET
@clinician_required
def library_ladder(request: StaffRequest, slug: str) -> HttpResponse:
    ladder = get_object_or_404(
        Ladder.objects.newest().prefetch_related("rungs__criteria__sources"), slug=slug
    )
    sources = Source.objects.in_bulk(field_name="slug")
    context = {
        "ladder": ladder,
        "checklist": cited(ladder.checklist, sources),
        "guide": cited(ladder.guide, sources),
        "sources": sorted(sources.values(), key=lambda source: source.position),
        "works": works().values(),
    }
    return render(request, "curriculum/ladder.html", context)

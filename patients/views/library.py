"""The library for the clinic's staff: the drills, and what a ladder asks for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import StaffRequest, clinician_required, owner_required, see_other
from curriculum.evidence import works
from curriculum.library import Filters, cited, drills_of_a_page, places, where
from curriculum.models import Fault, Ladder, Source
from patients.caseload.who_could_do import takers
from patients.standing.ladders_offered import count_on, kept_back, not_offered_now
from patients.verbs import ladder_offers as offer_verbs
from patients.views.outcomes import press


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
        "kept_back": kept_back(request.user.clinic_id),
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
    return _ladder(request, slug)


@require_POST
@owner_required
def ladder_keep_back(request: StaffRequest, slug: str) -> HttpResponse:
    """Offer the ladder to nobody new."""
    ladder = get_object_or_404(Ladder.objects.newest(), slug=slug)
    if refused := press(offer_verbs.stop_offering, ladder=ladder, by=request.user):
        return _ladder(request, slug, problem=str(refused))
    said = _("%(ladder)s is offered to nobody new. Whoever is on it goes on.")
    messages.success(request, said % {"ladder": ladder.name})
    return see_other("library_ladder", slug)


@require_POST
@owner_required
def ladder_offer(request: StaffRequest, slug: str) -> HttpResponse:
    """Offer the ladder again."""
    ladder = get_object_or_404(Ladder.objects.newest(), slug=slug)
    if refused := press(offer_verbs.offer_again, ladder=ladder, by=request.user):
        return _ladder(request, slug, problem=str(refused))
    messages.success(request, _("%(ladder)s is offered again.") % {"ladder": ladder.name})
    return see_other("library_ladder", slug)


def _ladder(request: StaffRequest, slug: str, problem: str = "") -> HttpResponse:
    ladder = get_object_or_404(
        Ladder.objects.newest().prefetch_related("rungs__criteria__sources"), slug=slug
    )
    clinic = request.user.clinic_id
    sources = Source.objects.in_bulk(field_name="slug")
    context = {
        "ladder": ladder,
        "kept_back": not_offered_now(clinic, slug),
        "people": count_on(clinic, slug),
        "problem": problem,
        "checklist": cited(ladder.checklist, sources),
        "guide": cited(ladder.guide, sources),
        "sources": sorted(sources.values(), key=lambda source: source.position),
        "works": works().values(),
    }
    return render(request, "curriculum/ladder.html", context, status=422 if problem else 200)

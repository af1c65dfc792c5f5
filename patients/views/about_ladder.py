"""What the ladder is for, in a patient's words. It shows no drill and opens in every state; how
the movement goes stands there only while somebody may do it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import HtmxHttpRequest
from curriculum.models import Ladder
from patients.standing.ladder_words import ladder_of
from patients.standing.pain import limits_of
from patients.today import about
from patients.today.state import read_today


@require_GET
def about_ladder(request: HtmxHttpRequest) -> HttpResponse:
    """Show the page: to a patient with their own numbers, to staff with the sources."""
    clinic = request.user.clinic
    context: dict[str, Any] = {"clinic": clinic}
    if request.user.acts_for is not None:
        now = read_today(request.user)
        ladder = now.plan.ladder if now.plan is not None else ladder_of(now.patient)
        follows = about.may_follow(now)
        context |= {
            "physio": now.physio,
            "parts": about.parts(now.physio, now.limits, ladder=ladder, guide=follows),
            "rung": about.rung_to_read(now) if request.user.may_read else None,
        }
    else:
        sources = about.names_of_sources()
        ladders = list(Ladder.objects.newest())
        asked = request.GET.get("ladder", "")
        ladder = next((one for one in ladders if one.slug == asked), next(iter(ladders), None))
        context |= {"ladders": ladders, "ladder": ladder}
        context["parts"] = about.parts(_("your physio"), limits_of(clinic), sources, ladder)
    return render(request, "patients/ladder/about.html", context)

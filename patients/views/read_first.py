"""Words that a person reads first: the patient who wrote them sees at once where to get help.

A middleware looks through every form that a patient sends, so no view can forget its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET

from accounts.http import PatientRequest, lead_on, patient_or_carer_required
from accounts.middleware import GetResponse
from curriculum.phrases import SELF_HARM, kinds_in
from patients.models import Patient
from patients.verbs import messages as message_verbs

#: Fields that the page itself fills in: nobody's words.
FILLED_IN = frozenset({"csrfmiddlewaretoken", "client_id", "kind"})
#: Where the session keeps what the page of this module shows.
KEPT = "read_first"


@dataclass(frozen=True)
class Found:
    """What was found in the words of one form. It is false when nothing was."""

    texts: tuple[str, ...] = ()

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for text in self.texts for kind in kinds_in(text))

    @property
    def self_harm(self) -> bool:
        return SELF_HARM in self.kinds

    @property
    def body(self) -> bool:
        return bool(self.kinds - {SELF_HARM})

    def __bool__(self) -> bool:
        return bool(self.kinds)


def _is_looked_through(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.of_patients_side


def _typed(request: HttpRequest) -> Iterator[str]:
    if request.method == "POST" and _is_looked_through(request):
        for name, values in request.POST.lists():
            if name not in FILLED_IN:
                yield from values


class LookThroughWords:
    """Sets ``request.found``, which patients' pages show on top when a form comes back.

    A form that did its work, or that came too late for any page, leads to the page of this module.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found: Any = SimpleLazyObject(lambda: Found(tuple(_typed(request))))
        request.found = found  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.method != "POST" or not found:
            return response
        return _answer(request, response, found)


def _answer(request: Any, response: HttpResponseBase, found: Found) -> HttpResponseBase:
    onwards = response.headers.get("Location") or response.headers.get("HX-Redirect")
    if response.status_code == 422 or onwards:
        _pass_on(request, found)
    if response.status_code != 404 and not onwards:
        return response
    if getattr(request, "leads_to_help", False) and not found.self_harm:
        return response
    body = found.body or getattr(request, "leads_to_help", False)
    request.session[KEPT] = {"self_harm": found.self_harm, "body": body, "onwards": onwards}
    return lead_on(request, "read_first")


def _pass_on(request: PatientRequest, found: Found) -> None:
    """The telling words reach the clinic, whatever form they stand in and even if it is refused."""
    patient = Patient.objects.current().acted_for_by(request.user).first()
    if patient is None:
        return
    for text in found.texts:
        message_verbs.pass_on(patient=patient, by=request.user, text=text)


@require_GET
@patient_or_carer_required
def read_first(request: PatientRequest) -> HttpResponse:
    """Say where to get help, after words that can be important."""
    kept = request.session.get(KEPT)
    if kept is None:
        return redirect("today")
    rows = Patient.objects.acted_for_by(request.user)
    patient = get_object_or_404(rows.select_related("lead"))
    context = {"found": kept, "onwards": kept["onwards"], "physio": patient.physio}
    return render(request, "patients/read_first/read_first.html", context)

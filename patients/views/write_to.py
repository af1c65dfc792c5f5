"""A clinician writes to several patients at once: to the quiet, and to those who are ready.

Each gets a message of their own. Nothing else is done for more than one patient at a time.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import StaffRequest, clinician_required, posted, see_other
from patients.caseload import whose
from patients.caseload.open_matters import TOGETHER
from patients.caseload.order import Cursor, Wanted
from patients.caseload.page import CaseloadRow, caseload_groups, every_rung
from patients.forms.messages import (
    IN_AN_INVITATION,
    IN_SILENCE,
    Phrases,
    WriteToSeveralForm,
)
from patients.notices.state import clinic_state
from patients.rules.periods import WRITTEN_LATELY_DAYS
from patients.verbs import messages as message_verbs
from patients.views.outcomes import run_verb


class _Words(NamedTuple):
    heading: Promise
    offered: Phrases


_WORDS = {
    "quiet": _Words(_("Write to those who have gone quiet"), IN_SILENCE),
    "ready": _Words(_("Ask those who are ready to come in"), IN_AN_INVITATION),
}


@require_http_methods(["GET", "POST"])
@clinician_required
def write_to_several(request: StaffRequest, to: str) -> HttpResponse:
    """``to``: "quiet" or "ready"; ``who`` in the address: as in the caseload."""
    words = _WORDS.get(to)
    if words is None:
        raise Http404
    form = WriteToSeveralForm(
        posted(request), offered=words.offered, clinic_id=request.user.clinic_id
    )
    if form.is_valid():
        sent = run_verb(
            form,
            message_verbs.write_to_several,
            {"nothing_written": "word", "too_long": "word"},
            plans=form.cleaned_data["plans"],
            by=request.user,
            text=form.text(),
            client_id=form.cleaned_data["client_id"],
        )
        if sent is not None:
            return _sent(request, len(sent))
    context = {"form": form, "heading": words.heading, **_listed(request, form, to)}
    status = 422 if form.errors else 200
    return render(request, "patients/caseload/write.html", context, status=status)


def _sent(request: StaffRequest, number: int) -> HttpResponse:
    sentence = ngettext(
        "Sent to %(n)s patient.", "Sent to %(n)s patients, to each a message of their own.", number
    )
    messages.success(request, sentence % {"n": number})
    return see_other(f"{reverse('caseload')}?{urlencode({'who': request.GET.get('who', '')})}")


def _listed(request: StaffRequest, form: WriteToSeveralForm, to: str) -> dict[str, Any]:
    """Who can be written to, and who is ticked: at first whoever was not written to lately."""
    clinic = request.user.clinic
    today = clinic.today()
    shown = whose.read(request.GET.get("who", ""), request.user, clinic_state(clinic).staff, today)
    wanted = Wanted(clinic.pk, today, lead_ids=shown.lead_ids, place=TOGETHER[to])
    after = Cursor.read(request.GET.get("after", ""))
    page = caseload_groups(wanted, clinic, every_rung(), after)
    rows = [row for group in page.groups for row in group.rows]
    lately = today - timedelta(days=WRITTEN_LATELY_DAYS)
    ticked = (
        set(form["plans"].value() or [])
        if form.is_bound
        else {str(row.plan_id) for row in rows if _is_proposed(row, lately)}
    )
    return {
        "rows": [(row, str(row.plan_id) in ticked) for row in rows],
        "whose": shown,
        "next": urlencode({"who": shown.key, "after": page.after}) if page.after else "",
    }


def _is_proposed(row: CaseloadRow, lately: date) -> bool:
    return row.written is None or row.written <= lately

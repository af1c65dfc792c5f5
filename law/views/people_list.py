"""The owner takes a list of patients over, looks at it first, and takes the clinic's own out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit, csv_text
from accounts.http import StaffRequest, owner_required, posted, see_other
from law.forms import ListForm
from law.listing.importing import CHANGED, NEW, WRONG, Outcome, rows_of, take_over
from law.listing.reading import COLUMNS

#: The columns of the list that leaves: who leads whom is the clinic's own.
OUT = COLUMNS[:8]


@require_http_methods(["GET", "POST"])
@owner_required
def people_list(request: StaffRequest) -> HttpResponse:
    """Show what a list would do, and do it once the owner has looked at that."""
    form = ListForm(posted(request), request.FILES or None)
    outcomes: list[Outcome] = []
    if form.is_valid():
        keep = form.cleaned_data["keep"]
        lines = form.cleaned_data["lines"]
        outcomes = take_over(lines=lines, by=request.user, keep=keep, request=request)
        wrong = any(one.kind == WRONG for one in outcomes)
        if keep and not wrong:
            return _done(request, outcomes)
        form = ListForm(initial={"text": form.cleaned_data["text"], "keep": True})
        return _page(request, form, outcomes, 422 if wrong else 200)
    return _page(request, form, outcomes, 422 if form.errors else 200)


def _done(request: StaffRequest, outcomes: list[Outcome]) -> HttpResponse:
    new = sum(one.kind == NEW for one in outcomes)
    changed = sum(one.kind == CHANGED for one in outcomes)
    sentence = _("Taken over: %(new)d new, %(changed)d changed.")
    messages.success(request, sentence % {"new": new, "changed": changed})
    return see_other("people_list")


def _page(
    request: StaffRequest, form: ListForm, outcomes: list[Outcome], status: int
) -> HttpResponse:
    context = {
        "form": form,
        "outcomes": outcomes,
        "wrong": sum(one.kind == WRONG for one in outcomes),
        "columns": COLUMNS,
    }
    return render(request, "law/people_list.html", context, status=status)


@require_GET
@owner_required
def people_list_template(request: StaffRequest) -> HttpResponse:
    return _table("patients-template.csv", COLUMNS, [])


@require_POST
@owner_required
def people_list_out(request: StaffRequest) -> HttpResponse:
    audit.record("list_exported", actor=request.user, request=request)
    return _table("patients.csv", OUT, rows_of(request.user.clinic))


def _table(name: str, columns: tuple[str, ...], rows: list[list[str]]) -> HttpResponse:
    return HttpResponse(
        csv_text.written(columns, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

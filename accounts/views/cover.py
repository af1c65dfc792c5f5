"""Who stands in while a colleague is away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import staff
from accounts.forms.staff import CoverForm
from accounts.http import StaffRequest, clinician_required, posted, see_other
from accounts.models import User
from accounts.refusals import Refused


@require_http_methods(["GET", "POST"])
@clinician_required
def staff_cover(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose who stands in for a colleague: somebody ill does not sign in to say it."""
    colleagues = User.objects.staff_of(request.user.clinic).filter(is_active=True)
    absent = get_object_or_404(colleagues.select_related("cover", "clinic"), pk=pk)
    form = CoverForm(posted(request), absent=absent)
    if form.is_valid() and stands_in(form, absent=absent, by=request.user):
        messages.success(request, _said(form, absent))
        return see_other(f"{reverse('caseload')}?who={absent.pk}")
    status = 422 if form.errors else 200
    context = {"form": form, "absent": absent}
    return render(request, "accounts/staff_cover.html", context, status=status)


def stands_in(form: CoverForm, *, absent: User, by: User) -> bool:
    """Whether what was chosen is kept. If it is not, the form says why."""
    try:
        staff.set_cover(by=by, absent=absent, **form.cleaned_data)
    except Refused as refused:
        form.add_error("cover" if refused.code == "not_a_colleague" else "until", str(refused))
        return False
    return True


def _said(form: CoverForm, absent: User) -> str:
    cover = form.cleaned_data["cover"]
    if cover is None:
        return _("Nobody stands in for %(absent)s.") % {"absent": absent.name}
    day = date_format(form.cleaned_data["until"], "l j F")
    sentence = _("%(name)s stands in for %(absent)s until %(day)s.")
    return sentence % {"name": cover.name, "absent": absent.name, "day": day}

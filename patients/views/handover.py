"""The owner's page on which a colleague's access ends, and their patients get another lead."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import StaffRequest, owner_required, posted, see_other
from accounts.models import User
from accounts.refused import Refused
from patients import handover
from patients.forms.handover import HandOverForm
from patients.views._outcomes import attempt


@require_http_methods(["GET", "POST"])
@owner_required
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """For somebody who can sign in: access ends too. For somebody who cannot any more: the patients alone."""
    colleagues = User.objects.staff_of(request.user.clinic).exclude(pk=request.user.pk).select_related("clinic")
    person = get_object_or_404(colleagues.filter(invited_at=None), pk=pk)
    leads = handover.led_by(person)
    form = HandOverForm(posted(request), person=person)
    if form.is_bound and form.is_valid() and _carried_out(request, form, person):
        return see_other("staff")
    context = {"form": form, "person": person, "leads": leads}
    return render(request, "patients/clinic/hand_over.html", context, status=422 if form.errors else 200)


def _carried_out(request: StaffRequest, form: HandOverForm, person: User) -> bool:
    verb, to = handover.end_access if person.is_active else handover.hand_over, form.cleaned_data["to"]
    try:
        moved = attempt(form, verb, {"staff_only": "to"}, user=person, by=request.user, to=to)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    if moved is not None:
        _say(request, person, moved, to)
    return moved is not None


def _say(request: StaffRequest, person: User, moved: int, to: User | None) -> None:
    if person.is_active:
        messages.success(request, _("%(name)s can no longer sign in.") % {"name": person.name})
    if moved:
        said = ngettext(
            "%(name)s now leads %(count)d more patient.", "%(name)s now leads %(count)d more patients.", moved
        )
        messages.success(request, said % {"name": to, "count": moved})

"""The owner ends a colleague's access, and gives the colleague's patients another lead."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts import links, phones
from accounts.http import StaffRequest, owner_required, posted, see_other
from accounts.models import User
from patients.forms.handover import HandOverForm
from patients.verbs import handover as handover_verbs
from patients.views.outcomes import run_verb


@require_http_methods(["GET", "POST"])
@owner_required
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """End the access of a colleague and hand over their patients. If the access has ended already,
    hand over the patients alone."""
    colleagues = (
        User.objects.staff_of(request.user.clinic)
        .exclude(pk=request.user.pk)
        .select_related("clinic")
    )
    person = get_object_or_404(colleagues.filter(invited_at=None), pk=pk)
    leads = handover_verbs.led_by(person)
    visits = handover_verbs.visits_with(person)
    form = HandOverForm(posted(request), person=person)
    if form.is_valid() and _carry_out(request, form, person):
        return see_other("staff")
    ending = links.seen_by(person).count() if person.is_active else 0
    context = {
        "form": form,
        "person": person,
        "leads": leads,
        "visits": visits,
        "ending": ending,
        "let_in": phones.phones_let_in_by(person),
    }
    status = 422 if form.errors else 200
    return render(request, "patients/handover/hand_over.html", context, status=status)


def _carry_out(request: StaffRequest, form: HandOverForm, person: User) -> bool:
    verb = handover_verbs.end_access if person.is_active else handover_verbs.hand_over
    to = form.cleaned_data["to"]
    visits = handover_verbs.visits_with(person)
    moved = run_verb(form, verb, {"staff_only": "to"}, user=person, by=request.user, to=to)
    if moved is not None:
        _say(request, person, moved, to, visits)
    return moved is not None


def _say(request: StaffRequest, person: User, moved: int, to: User | None, visits: int) -> None:
    if person.is_active:
        messages.success(request, _("%(name)s can no longer sign in.") % {"name": person.name})
    if moved:
        sentence = ngettext(
            "%(name)s now leads %(count)d more patient.",
            "%(name)s now leads %(count)d more patients.",
            moved,
        )
        messages.success(request, sentence % {"name": to, "count": moved})
    if visits and to is not None:
        sentence = ngettext(
            "%(name)s now has %(count)d more visit.",
            "%(name)s now has %(count)d more visits.",
            visits,
        )
        messages.success(request, sentence % {"name": to, "count": visits})

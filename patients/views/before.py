"""The pain before practice, saved at once. An unknown usual pain is told in the same card."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import PatientRequest, patient_or_carer_required, see_other
from accounts.parsing import two_digits
from patients.models import Asked
from patients.rules.refusals import Refused
from patients.verbs import reports as report_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from patients.views import today_page
from patients.views.lookups import own_plan
from patients.views.nothing_saved import keeps_what_was_typed
from patients.views.outcomes import press


@require_POST
@patient_or_carer_required
@keeps_what_was_typed
def before(request: PatientRequest) -> HttpResponse:
    """Keep the number before practice; the day follows from it."""
    own_plan(request)
    if refused := press(_tell, request=request):
        return today_page.show(request, errors={"before": str(refused)}, status=422)
    messages.success(request, _("Saved."))
    return see_other("today")


def _tell(*, request: PatientRequest) -> None:
    """Raises ``Refused``: bad_pain, when there is no number at all."""
    patient = own_plan(request).patient
    # What is usual the patient tells alone.
    usual = None if request.user.is_carer else _number(request, "usual")
    now = _number(request, "before")
    if usual is None and now is None:
        raise Refused("bad_pain")
    if usual is not None:
        usual_pain_verbs.tell(patient=patient, by=request.user, pain=usual)
    if now is not None:
        # The same card sent again with another number corrects the first.
        client_id = f"before-{request.user.clinic.today().isoformat()}"
        report_verbs.report(
            patient=patient, by=request.user, client_id=client_id, asked=Asked.BEFORE, pain=now
        )


def _number(request: PatientRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    number = two_digits(text) if text.isascii() else None
    return number if number in range(11) else None

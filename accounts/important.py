"""What asks a member of the staff for the password or a passkey once more, and after how long.

Whoever finds a computer open can read, as anybody in that chair could. They cannot make themselves
a way back in, take a record along, or erase one.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from accounts import lock_form, proof, shown
from accounts.forms.proof import ProofForm

#: A patient's link is made with the patient beside the tablet, several times a day. The lock of an
#: unused sign-in stands before it; a password typed each time would be learnt by who looks on.
BESIDE_A_PATIENT = timedelta(hours=4)

#: Method and name of each address, and for how long a proof allows it.
ASKS: dict[str, timedelta] = {
    # a way in for somebody else, or with more rights
    "POST staff_invite": proof.LASTS,
    "POST staff_invite_again": proof.LASTS,
    "GET staff_invitation": proof.LASTS,
    "POST staff_change": proof.LASTS,
    "POST staff_password": proof.LASTS,
    "POST staff_step_remove": proof.LASTS,
    "POST staff_reactivate": proof.LASTS,
    "POST clinic": proof.LASTS,
    # an address that opens without a password
    "POST visit_feed": proof.LASTS,
    # ends a sign-in, which may be the owner's against whoever found this one
    "POST sign_in_end": proof.LASTS,
    "POST sign_ins_end": proof.LASTS,
    # data that leaves, or goes for good. A page that gives a file asks before it is shown.
    "GET export_person": proof.LASTS,
    "POST export_person": proof.LASTS,
    "GET people_list": proof.LASTS,
    "POST people_list_out": proof.LASTS,
    "POST erase": proof.LASTS,
    "POST retention": proof.LASTS,
    # a link that opens without a PIN, or with one that was chosen here
    "POST patient_new": BESIDE_A_PATIENT,
    "POST first_visit_hand_over": BESIDE_A_PATIENT,
    "POST invite_issue": BESIDE_A_PATIENT,
    "POST pin_here": BESIDE_A_PATIENT,
    "POST link_code": BESIDE_A_PATIENT,
    "POST carer_link_issue": BESIDE_A_PATIENT,
    "POST carer_pin_here": BESIDE_A_PATIENT,
}


def asked(request: HttpRequest, name: str) -> HttpResponse | None:
    """The page that asks, in place of the one that was asked for; None where nothing is asked."""
    within = ASKS.get(f"{request.method} {name}")
    if within is None:
        return None
    request.sensitive_post_parameters = ["password"]  # type: ignore[attr-defined]
    if proof.is_fresh(request, within):
        return None
    if getattr(request, "htmx", None):
        answer = HttpResponseClientRedirect(reverse("account_reauthenticate"))
        answer.content = render_to_string("accounts/lock/_asked.html")
        return answer
    if request.method == "GET":
        return redirect_to_login(request.get_full_path(), reverse("account_reauthenticate"))
    return _page(request)


def _page(request: HttpRequest) -> HttpResponse | None:
    """Ask with all that was posted; None when the proof came along, so that the act goes on."""
    tried = "password" in request.POST or "credential" in request.POST
    form = ProofForm(request.POST if tried else None)
    if tried and shown.is_shown(request, form):
        return None
    context = {
        "form": form,
        "pairs": lock_form.pairs(request),
        "to": request.get_full_path(),
        "has_passkey": lock_form.has_passkey(request),
        "has_password": proof.has_password(request),
    }
    return render(request, "accounts/lock/once_more.html", context, status=lock_form.LOCKED)

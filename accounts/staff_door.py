"""What stands between a signed-in member of the staff and the pages: the lock of a sign-in that
nobody has used for a while, the clinic's second step, and the password once more before what is
important."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from accounts import idle, important, lock_form, second_step
from accounts.public import is_open
from accounts.sign_on.provider import ADDRESSES

#: What somebody may open who has still to set up or to show a second step: that, and signing out.
SETTING_UP = {
    "account_reauthenticate",
    "ask_passkey",
    "new_passkey",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}


#: What somebody may open whose sign-in is locked.
AT_THE_LOCK = {"account_lock", "lock_now", "ask_passkey", "account_logout", "get_help"}


def turned_away(request: HttpRequest) -> HttpResponse | None:
    """Where a member of the staff must go first; None where nothing stands in the way."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if idle.is_locked(request):
        return None if name in AT_THE_LOCK | ADDRESSES else _locked(request)
    if is_open(name) or name in SETTING_UP or name in AT_THE_LOCK:
        return None
    if second_step.is_missing(request):
        return _to_second_step(request)
    return important.asked(request, name) if request.user.is_clinician else None  # type: ignore[union-attr]


def _locked(request: HttpRequest) -> HttpResponse:
    """The way to the lock. What was typed stays on its page, or goes along to the lock."""
    if getattr(request, "htmx", None):
        answer = HttpResponseClientRedirect(reverse("account_lock"))
        answer.content = render_to_string("accounts/lock/_waits.html")
        return answer
    if request.method not in {"GET", "HEAD"}:
        return lock_form.page(request, kept=lock_form.typed(request))
    return redirect_to_login(request.get_full_path(), reverse("account_lock"))


def _to_second_step(request: HttpRequest) -> HttpResponse:
    has_one = bool(second_step.steps_of(request.user))  # type: ignore[arg-type]
    to = reverse("mfa_reauthenticate" if has_one else "mfa_index")
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(to)
    answer = HttpResponseRedirect(to)
    answer.status_code = 302 if request.method in {"GET", "HEAD"} else 303
    return answer

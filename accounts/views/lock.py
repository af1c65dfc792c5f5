"""The lock of a sign-in that nobody has used for a while, and the way back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import idle, lock_form, shown
from accounts.http import StaffRequest, clinician_required, see_other


@require_POST
@clinician_required
def lock_now(request: StaffRequest) -> HttpResponse:
    """Lock this sign-in. The page presses it when nobody is at the keyboard."""
    idle.lock(request)
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
@clinician_required
def lock(request: StaffRequest) -> HttpResponseBase:
    """Show the lock, or open it with the password or a passkey."""
    if request.method == "GET":
        return lock_form.page(request)
    form = lock_form.UnlockForm(request.POST)
    if not _shown(request, form):
        return lock_form.page(request, form=form)
    idle.unlock(request)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Trigger": "unlocked"})
    to, pairs = lock_form.read(request.POST)
    if to:
        return render(request, "accounts/lock/send_on.html", {"to": to, "pairs": pairs})
    back = request.POST.get("next", "")
    return see_other(back if back and lock_form.safe(back) else "home")


def _shown(request: StaffRequest, form: lock_form.UnlockForm) -> bool:
    """Whether the person has shown the password or a passkey. If not, the form says why."""
    if settings.OIDC is not None and not request.POST.keys() & {"credential", "password"}:
        # The provider was asked in another tab.
        form.is_valid()
        form.errors.clear()
        if idle.is_locked(request):
            form.add_error(None, _("It is still locked. Continue with your sign-in first."))
        return not form.errors
    return shown.is_shown(request, form)

"""The pages of the second step of sign-in, built on those of django-allauth."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django.views.generic.edit import FormView

from accounts import second_step
from accounts.http import StaffRequest, clinician_required
from accounts.views.outcomes import View, plain_outcomes


class AddPasskey(webauthn_views.AddWebAuthnView):  # type: ignore[misc]
    """Adds a passkey. ``new_passkey`` begins, because that is asked for by a press."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The parent begins anew with each page, and shows a refused form as an empty one.
        context: dict[str, Any] = FormView.get_context_data(self, **kwargs)
        return context


class RemovePasskey(webauthn_views.RemoveWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        if get_adapter().can_delete_authenticator(self.get_object()):
            gone: HttpResponse = super().form_valid(form)
            return gone
        problem = str(get_adapter().error_messages["cannot_delete_authenticator"])
        messages.error(self.request, problem)
        return HttpResponseRedirect(reverse("mfa_index"))


class PasskeyAgain(webauthn_views.ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Any) -> HttpResponse:
        for problem in form.errors.get("credential", []):
            messages.error(self.request, str(problem))
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_reauthenticate")))


def _private(view: View) -> View:
    """A page of a member of the staff about their own sign-in."""
    return clinician_required(plain_outcomes(view))


class _Index(base_views.IndexView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"missing": second_step.is_missing(self.request)}


authenticate = plain_outcomes(base_views.authenticate)
login = plain_outcomes(webauthn_views.login_webauthn)
index = _private(_Index.as_view(http_method_names=["get"]))
add_app = _private(totp_views.activate_totp)
remove_app = _private(totp_views.deactivate_totp)
add_passkey = _private(AddPasskey.as_view())
remove_passkey = _private(RemovePasskey.as_view())
codes = _private(code_views.ViewRecoveryCodesView.as_view(http_method_names=["get"]))
new_codes = _private(code_views.generate_recovery_codes)
code_again = _private(base_views.reauthenticate)
passkey_again = _private(PasskeyAgain.as_view())


@require_GET
@never_cache
@clinician_required
def ask_passkey(request: StaffRequest) -> HttpResponse:
    """What the browser needs to ask for a passkey of the person who is signed in."""
    return JsonResponse({"request_options": auth.begin_authentication(request.user)})


@require_GET
@never_cache
@clinician_required
def new_passkey(request: StaffRequest) -> HttpResponse:
    """What the browser needs to make a passkey that signs in without a password."""
    return JsonResponse({"creation_options": auth.begin_registration(request.user, True)})

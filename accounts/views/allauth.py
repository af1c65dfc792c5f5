"""The pages of django-allauth that this product uses. Its other pages have no address here."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account import views
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts import mail, proof
from accounts.http import clinician_required
from accounts.views.outcomes import View, plain_outcomes


def _leaves_no_list(view: View) -> View:
    """Delete the cookie of the caseload at sign-out: the next person begins with a list of their
    own. The browser also forgets what was typed and not sent yet, in every tab."""

    @wraps(view)
    def left(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(response, HttpResponse):
            response.delete_cookie(settings.CASELOAD_COOKIE_NAME, samesite="Lax")
            response["Clear-Site-Data"] = '"storage"'
        return response

    return left


login = plain_outcomes(views.login)
logout = _leaves_no_list(plain_outcomes(views.logout))
inactive: View = views.account_inactive
#: The page is the same for a known and an unknown address, so it does not say who works here.
_MAIL = {"mail_leaves": mail.leaves_the_house}
reset = plain_outcomes(views.PasswordResetView.as_view(extra_context=_MAIL))
reset_done: View = views.PasswordResetDoneView.as_view(extra_context=_MAIL)
reset_key = plain_outcomes(views.password_reset_from_key)
reset_key_done: View = views.password_reset_from_key_done
change = clinician_required(plain_outcomes(views.password_change))


class _Again(views.ReauthenticateView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"has_password": proof.has_password(self.request)}


reauthenticate = clinician_required(plain_outcomes(_Again.as_view()))

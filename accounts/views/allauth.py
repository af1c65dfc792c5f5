"""The pages of django-allauth that this product opens; signing up, e-mail addresses and the rest stay shut."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views
from django.http import HttpRequest, HttpResponseBase

from accounts.http import clinician_required

View = Callable[..., HttpResponseBase]


def _bad_input_is_422(view: View) -> View:
    """allauth answers bad input with 200; a queue on the phone and a test must tell it from success."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and form is not None and form.errors:
            response.status_code = 422
        return response

    return answered


login = _bad_input_is_422(views.login)
logout: View = views.logout
inactive: View = views.account_inactive
reset = _bad_input_is_422(views.password_reset)
reset_done: View = views.password_reset_done
reset_key = _bad_input_is_422(views.password_reset_from_key)
reset_key_done: View = views.password_reset_from_key_done
change = clinician_required(_bad_input_is_422(views.password_change))
reauthenticate = clinician_required(_bad_input_is_422(views.reauthenticate))

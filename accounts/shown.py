"""Whether somebody who is signed in has just shown the password or a passkey."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.forms.fields import Form
from accounts.forms.second_step import PasskeyAgainForm


def is_shown(request: HttpRequest, form: Form) -> bool:
    """Whether it was right, which the session then knows. If not, the form says why.

    ``form`` has a field ``password`` and the posted data.
    """
    if "credential" in request.POST:
        return _by_passkey(request, form)
    if not form.is_valid():
        return False
    try:
        right = get_adapter().reauthenticate(request.user, form.cleaned_data["password"])
    except ValidationError as problem:  # too many tries
        form.add_error("password", problem)
        return False
    if right:
        reauthenticate_by_password(request)
        return True
    form.add_error("password", get_adapter().validation_error("incorrect_password"))
    return False


def _by_passkey(request: HttpRequest, form: Form) -> bool:
    passkey = PasskeyAgainForm(request.POST, user=request.user)
    if passkey.is_valid():
        passkey.save()
        return True
    form.is_valid()
    form.errors.clear()
    form.add_error("password", passkey.errors["credential"].as_data())
    return False

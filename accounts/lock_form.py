"""The page of a locked sign-in, which keeps what was typed before it."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from accounts import proof, second_step
from accounts.forms.proof import ProofForm
from accounts.models import User

#: What a lock page answers in place of the page that was asked for.
LOCKED = 423
Pairs = list[tuple[str, str]]


class Carried(forms.CharField):
    """What goes along through the lock as it came."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, strip=False)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\0", "")


class UnlockForm(ProofForm):
    """The password. ``kept`` and ``to``: what was posted before the lock, and where it goes."""

    kept = Carried()
    to = Carried()
    next = Carried()


def pairs(request: HttpRequest) -> Pairs:
    """What was posted, but passwords and what passkeys said."""
    secret = {"csrfmiddlewaretoken", "credential"}
    secret |= {name for name in request.POST if "password" in name}
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in secret
        for value in values
    ]


def typed(request: HttpRequest) -> dict[str, str]:
    """What was posted, to be sent on later."""
    return {"kept": json.dumps(pairs(request)), "to": request.get_full_path()}


def read(data: QueryDict) -> tuple[str, Pairs]:
    """Where the kept words go, and the words; an empty place where there is nothing to send on."""
    to = data.get("to", "")
    try:
        pairs = [(str(name), str(value)) for name, value in json.loads(data.get("kept", ""))]
    except (ValueError, TypeError, RecursionError):
        return "", []
    return (to, pairs) if to and safe(to) else ("", [])


def safe(address: str) -> bool:
    return bool(get_adapter().is_safe_url(address)) and address.startswith("/")


def page(
    request: HttpRequest, *, form: UnlockForm | None = None, kept: dict[str, str] | None = None
) -> HttpResponse:
    """The lock, with what was typed. An htmx request gets the part that covers a page."""
    to_next = {"next": request.GET.get("next", "")}
    form = form or UnlockForm(initial=kept or to_next)
    name = "_unlock" if getattr(request, "htmx", None) else "lock"
    status = 422 if form.errors else LOCKED if kept else 200
    context = {
        "form": form,
        "has_passkey": has_passkey(request),
        "has_password": proof.has_password(request),
        # What was typed stays in this tab, so the provider is asked in another one.
        "apart": name == "_unlock" or bool(form["kept"].value()),
    }
    return render(request, f"accounts/lock/{name}.html", context, status=status)


def has_passkey(request: HttpRequest) -> bool:
    steps = second_step.steps_of(request.user) if isinstance(request.user, User) else []
    return any(step.type == Authenticator.Type.WEBAUTHN for step in steps)

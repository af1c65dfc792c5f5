"""How a POST ends, everywhere the same: done and on to another page, or the same page with the
reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import resolve_url

from accounts.http import SeeOther
from patients.rules.refusals import Refused


def see(name: str, *args: Any, part: str = "") -> HttpResponse:
    """303 to a page by its name, at one part of it."""
    return SeeOther(resolve_url(name, *args) + (f"#{part}" if part else ""))


def run_verb(
    form: forms.Form, verb: Callable[..., Any], fields: dict[str, str], /, **asked: Any
) -> Any:
    """What the verb made; None when it refused, which the form then says beside the field of the
    refusal's code."""
    try:
        return verb(**asked)
    except Refused as refused:
        field = fields.get(refused.code)
        form.add_error(field if field in form.fields else None, str(refused))
        return None

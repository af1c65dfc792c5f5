"""The decorator of pages whose address is a secret that lets its reader in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

View = Callable[[HttpRequest, str], HttpResponseBase]


def secret_address(view: View) -> View:
    """Forbid browsers to store the page or to tell other sites its address, and limit tries."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, token: str) -> HttpResponseBase:
        action = "join" if request.method == "POST" else "look"
        limited: HttpResponse | None = ratelimit.consume_or_429(
            request, action=action, limit_get=True
        )
        response = limited or view(request, token)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return guarded

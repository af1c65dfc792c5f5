"""Leads from addresses that the installation had before to the one that it has.

A QR code on paper names the address of then, and opens for as long as the settings list it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class OldAddress:
    """Sends pages on. What a page sends that was open when the address changed is still taken."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.OLD_HOSTS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = request.META.get("HTTP_HOST", "").lower()
        if host not in settings.OLD_HOSTS or self._goes_on(request):
            return self.get_response(request)
        # Not for good: browsers would remember it, and a clinic may move back.
        return HttpResponseRedirect(f"{settings.PUBLIC_URL}{request.get_full_path()}")

    def _goes_on(self, request: HttpRequest) -> bool:
        """Whether this is of a page that stands open: scripts may not follow to another address."""
        opens = request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers
        return not opens or request.path.startswith(settings.STATIC_URL)

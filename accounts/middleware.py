"""What every request meets: a name for the audit trail, sign-in, and a plain page for a bare
refusal."""

from __future__ import annotations

import codecs
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts import audit, sessions
from accounts.public import PUBLIC

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestId:
    """Give each request an id, so that the audit rows of one click can be told, and each answer a
    last header."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        token = audit.current_request.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            audit.current_request.reset(token)
        response["X-Request-ID"] = request_id
        response["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
        return response


class PlainBody:
    """Refuse a body that no form of this product sends, before anything reads it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Django's own limit spares files, and no form takes one.
        length = str(request.META.get("CONTENT_LENGTH", ""))
        if length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        # Other charsets can decode to text that no database stores.
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest
        return self.get_response(request)


class ClinicTime:
    """Show every moment by the clock of the person's clinic."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        zone = request.user.clinic.zone if request.user.is_authenticated else None
        with timezone.override(zone):
            return self.get_response(request)


def _current_path(htmx: HtmxDetails) -> str:
    try:
        return htmx.current_url_abs_path or "/"
    except ValueError:  # the header holds no address
        return "/"


def _page_left(request: HttpRequest) -> str:
    """Path of the page whose form was posted, marked so that it says that nothing was saved."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # the header holds no address
        came_from = urlsplit("")
    path = came_from.path if came_from.netloc == request.get_host() else "/"
    return (
        f"{path}?{came_from.query}&unsaved"
        if came_from.query and path != "/"
        else f"{path}?unsaved"
    )


class SignInRequired(LoginRequiredMiddleware):
    """Sign-in for every page that ``accounts.public`` does not name; a mark on a view cannot open
    one."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.user.is_authenticated:
            sessions.keep(request)
            return None
        match = request.resolver_match
        if match and match.view_name in PUBLIC:
            return None
        return self.handle_no_permission(request, view_func)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        login_url = resolve_url(self.get_login_url(view_func))
        htmx = getattr(request, "htmx", None)
        if htmx:
            # Back to what the person saw, not to the address of the action. A page with a form does
            # not go there at all: app.js keeps what was typed and shows these words.
            answer = HttpResponseClientRedirect(
                redirect_to_login(_current_path(htmx), login_url).url
            )
            words = {"login_url": login_url, "patient": getattr(view_func, "for_patients", False)}
            answer.content = render_to_string("accounts/_signed_out.html", words)
            return answer
        if request.method not in {"GET", "HEAD"}:
            return redirect_to_login(_page_left(request), login_url)
        return super().handle_no_permission(request, view_func)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        if response.status_code == 405 and not getattr(response, "content", b"x"):
            # The page left stood on an address that only a button opens: no way back there after
            # signing in.
            if request.method == "GET" and "unsaved" in request.GET:
                return HttpResponseRedirect(f"{resolve_url('home')}?unsaved")
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

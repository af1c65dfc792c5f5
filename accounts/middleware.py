"""Middleware of every request: its id, its body, the clinic's clock, and sign-in."""

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
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django_htmx.middleware import HtmxDetails

from accounts import audit, known_carer, logs, sessions, signed_out, staff_door
from accounts.http import see_other
from accounts.public import is_open
from accounts.sign_on.provider import BY_PASSWORD, is_only_way_in

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestId:
    """Gives each request an id, so that audit rows of one request can be grouped.

    It also sets two response headers.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        token = audit.current_source.set(audit.Source(request))
        logs.request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            audit.current_source.reset(token)
        # What is done after the answer has left is logged with its id, too. It is done in order.
        response._resource_closers.append(  # type: ignore[attr-defined]
            lambda: logs.request_id.set("")
        )
        response["X-Request-ID"] = request_id
        response["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
        return response


class PlainBody:
    """Refuses a body that no form of this product sends, before anything reads it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Django's own limit does not count files, and no form here takes a file.
        length = str(request.META.get("CONTENT_LENGTH", ""))
        if length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        # Other charsets can decode to text that no database stores.
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest
        return self.get_response(request)


class ClinicTime:
    """Shows every time of day by the clock of the person's clinic."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        zone = request.user.clinic.zone if request.user.is_authenticated else None
        # Read by now, so it needs no wrapper, through which a page would ask a hundred times.
        request.user = getattr(request, "_cached_user", request.user)
        with timezone.override(zone):
            return self.get_response(request)


def _is_closed(request: HttpRequest) -> bool:
    """Whether this is a way in, or one to a password, where the provider is the only way."""
    match = request.resolver_match
    if match is None or not is_only_way_in():
        return False
    typed = match.view_name == "account_login" and request.method == "POST"
    return typed or match.view_name in BY_PASSWORD


def _current_path(htmx: HtmxDetails) -> str:
    try:
        return htmx.current_url_abs_path or "/"
    except ValueError:  # the header holds no address
        return "/"


def _page_left(request: HttpRequest) -> str:
    """The path of the page whose form was posted.

    ``?unsaved`` makes that page say that nothing was saved.
    """
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


def _for_patients(request: HttpRequest, view_func: Callable[..., Any]) -> bool:
    """Whether somebody of a patient's side opens such a page, alone or among others."""
    match = request.resolver_match
    shared = match is not None and match.view_name in {"home", "me", "here", "about_ladder"}
    return shared or getattr(view_func, "for_patients", False)


class SignInRequired(LoginRequiredMiddleware):
    """Asks for sign-in on every page that ``accounts.public`` does not name.

    Django's ``login_not_required`` cannot open a page here.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if _is_closed(request):
            return see_other("home")
        if request.user.is_authenticated:
            sessions.keep(request)
            return staff_door.turned_away(request)
        match = request.resolver_match
        if match and is_open(match.view_name):
            return None
        return self.handle_no_permission(request, view_func)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        gone = known_carer.ended(request) if _for_patients(request, view_func) else None
        if gone is not None:
            return known_carer.helps_no_more(request, gone)
        login_url = resolve_url(self.get_login_url(view_func))
        htmx = getattr(request, "htmx", None)
        if htmx:
            to = redirect_to_login(_current_path(htmx), login_url).url
            return signed_out.told(view_func, to, login_url)
        if request.method not in {"GET", "HEAD"}:
            return redirect_to_login(_page_left(request), login_url)
        return super().handle_no_permission(request, view_func)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        answer = _in_our_words(request, response)
        _forbid_storing(request, answer)
        known_carer.keep(request, answer)
        return answer


def _in_our_words(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or ours in place of Django's empty one to a method that no page takes."""
    if not (response.status_code == 405 and _is_empty(response)):
        return response
    if _returns_to_a_button(request):
        return HttpResponseRedirect(f"{resolve_url('home')}?unsaved")
    return _method_refused(request, allow=response["Allow"])


def _forbid_storing(request: HttpRequest, response: HttpResponseBase) -> None:
    """Tell browsers not to store a signed-in person's page, unless its view says otherwise."""
    if response.has_header("Cache-Control"):
        return
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        patch_cache_control(response, no_store=True, private=True)


def _is_empty(response: HttpResponseBase) -> bool:
    """Whether the response has no content. A streamed response counts as one with content."""
    return not getattr(response, "content", b"streamed")


def _returns_to_a_button(request: HttpRequest) -> bool:
    """Whether sign-in led back, as ``_page_left`` asked, to an address that only a button opens."""
    return request.method == "GET" and "unsaved" in request.GET


def _method_refused(request: HttpRequest, *, allow: str) -> HttpResponse:
    """The 405 page, in place of the empty answer of Django's ``require_POST``."""
    page = render(request, "405.html", status=405)
    page["Allow"] = allow
    return page

"""The access log, and figures: each request with its answer, how long it took, and by whom, as a
number."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from accounts.logs import blotted
from config import metrics
from config.logs import ACCESS

log = logging.getLogger(ACCESS)
#: What an address says of which row or day a page is; other parts of it may open a door.
_PLAIN = frozenset({"id", "int", "day", "slug"})
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
LONGEST = 200


class Observed:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.figures = metrics.figures()
        self.static = f"/{settings.STATIC_URL.strip('/')}/"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        status = response.status_code
        if status < 400 and request.path_info.startswith(self.static):
            return response
        seconds = time.perf_counter() - began
        if self.figures is not None:
            self.figures.note(view_of(request), request.method or "", status, seconds)
        if log.isEnabledFor(logging.INFO):
            _write(request, status, 1000 * seconds)
        return response


def view_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else "-"


def _write(request: HttpRequest, status: int, milliseconds: float) -> None:
    fields = {
        "method": blotted(request.method or "")[:10],
        "path": shown(request),
        "view": view_of(request),
        "status": status,
        "ms": round(milliseconds, 1),
    }
    # Loaded by whoever asked for the person: the log asks the database nothing.
    user = getattr(getattr(request, "_cached_user", None), "pk", None)
    if user is not None:
        fields["user"] = user
    by = f" user {user}" if user is not None else ""
    log.info(
        "%s %s %s %s %s ms%s",
        *(fields[name] for name in ("method", "path", "view", "status", "ms")),
        by,
        extra={"fields": fields},
    )


def shown(request: HttpRequest) -> str:
    """The path with its keys blotted out."""
    match = request.resolver_match
    if match is None or "(?P" in match.route:
        return blotted(request.path_info)[:LONGEST]
    if "<" not in match.route:
        return request.path_info

    def part(found: re.Match[str]) -> str:
        converter, name = found.groups()
        return str(match.kwargs.get(name, "")) if converter in _PLAIN else "…"

    return "/" + _PART.sub(part, match.route)

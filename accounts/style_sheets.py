"""The style of a patient's first page comes inside it: on a slow network a file of its own would be
seen half a second later. The page fetches the files at the first touch and keeps a cookie that says
which are here; the next page names them as any page does.

Without scripts there is no such cookie, and every page holds its style. The policy lets in the
style of our own sheets alone, by its hash, and equal pages stay equal.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponseBase
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

#: Between the names of files in the cookie, which app.js writes.
BETWEEN = "~"


def element(name: str, request: HttpRequest | None) -> SafeString:
    """The style sheet as a part of the page, or as a link where the browser has it."""
    address = static(name)
    inside_of = getattr(request, "sheets_inside", None)
    if request is None or inside_of is None or _file(address) in _here(request):
        return format_html('<link rel="stylesheet" href="{0}" data-sheet="{0}">', address)
    inside_of.append(name)
    return format_html('<style data-sheet="{}">{}</style>', address, inside(name))


def _file(address: str) -> str:
    return Path(urlsplit(address).path).name


def _here(request: HttpRequest) -> list[str]:
    return request.COOKIES.get(settings.STYLES_COOKIE_NAME, "").split(BETWEEN)


@cache
def inside(name: str) -> SafeString:
    """The rules of the sheet without the words of who wrote it."""
    written = Path(str(finders.find(name))).read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
    return SafeString(re.sub(r"\s*\n\s*", "\n", rules).strip())


@cache
def hash_of(name: str) -> str:
    """The sheet as the policy names it."""
    return f"'sha256-{b64encode(sha256(inside(name).encode()).digest()).decode()}'"


class LetStyleIn:
    """Lets the style inside a page pass the policy. No other answer names it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # What htmx asks for goes into a page that has its style.
        if "HX-Request" in request.headers:
            return self.get_response(request)
        names: list[str] = []
        request.sheets_inside = names  # type: ignore[attr-defined]
        response = self.get_response(request)
        if names:
            hashes = [hash_of(name) for name in names]
            response._csp_update = {"style-src": hashes}  # type: ignore[attr-defined]
        return response

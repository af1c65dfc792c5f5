"""The answer to a request that failed. While the database is away, it gives back what was typed."""

from __future__ import annotations

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods
from django.views.defaults import server_error

from accounts import known_clinic, lock_form, typed
from accounts.database_away import in_a_line, is_away
from accounts.models import User

#: After so many seconds a browser, or a proxy, may ask again.
AGAIN = 15
#: Fields that stand in no page a second time, beside all whose names tell of a password.
SECRET = frozenset({"credential", "pin", "old", "again", "code"})

log = logging.getLogger(__name__)
Pairs = list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def failed(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: called while the exception is being handled."""
    error = sys.exc_info()[1]
    if error is None or not is_away(error):
        return server_error(request)
    log.warning(
        "the database cannot be used: %s %s: %s", request.method, request.path, in_a_line(error)
    )
    # What a session learnt from a request that failed is not kept, as after every failure.
    if hasattr(request, "session"):
        request.session.modified = False
    answer = HttpResponse(_page(request), status=503)
    answer["Retry-After"] = str(AGAIN)
    answer["Cache-Control"] = "no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


def _page(request: HttpRequest) -> str:
    """Without a context processor: each of them may ask the database."""
    # Its middleware may not have seen the request yet.
    if request.headers.get("HX-Request") == "true":
        return render_to_string("_not_reached.html")
    posted = request.method == "POST"
    pairs = _pairs(request) if posted else []
    context = {
        "posted": posted,
        "to": request.get_full_path() if posted and pairs else request.path,
        "pairs": pairs,
        "words": [
            text for name, value in pairs if name in typed.WORDS and (text := typed.text(value))
        ],
        "csrf_token": get_token(request) if pairs else "",
        "staff": _is_staff(request),
        "clinic": known_clinic.seen(request),
    }
    return render_to_string("503.html", context)


def _pairs(request: HttpRequest) -> Pairs:
    """What was posted; nothing where it holds a secret or a file, or came from another site."""
    secret = any(name in SECRET or "password" in name for name in request.POST)
    if secret or request.FILES or not _is_of_our_page(request):
        return []
    return lock_form.pairs(request)


class _OwnForms(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def _is_of_our_page(request: HttpRequest) -> bool:
    """The database may have failed before this was asked. No button of ours sends on what another
    site wrote."""
    forms = _OwnForms(lambda request: HttpResponse())
    forms.process_request(request)
    return forms.process_view(request, failed, (), {}) is None


def _is_staff(request: HttpRequest) -> bool:
    """Whether the person is known, without asking the database, to be of the staff."""
    user = getattr(request, "_cached_user", None)
    return isinstance(user, User) and user.is_clinician

"""Remembers on a phone that a carer used it, so that it says so once their access has ended."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect

from accounts import kept_cookies, typed
from accounts.models import Role, User
from accounts.parsing import row_id


def remember(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """Keep who helps in a cookie that outlives the sign-in, or forget who used the phone before.
    The cookie opens nothing."""
    if not person.is_carer:
        if settings.CARER_COOKIE_NAME in request.COOKIES:
            response.delete_cookie(settings.CARER_COOKIE_NAME, samesite="Lax")
        return
    kept_cookies.keep(response, settings.CARER_COOKIE_NAME, str(person.pk))


def keep(request: HttpRequest, response: HttpResponseBase) -> None:
    """Remember a carer whose phone was let in before such a cookie was kept, or has lost it."""
    # As far as the request has read who it is: the database may be away by now.
    person = getattr(request, "_cached_user", None)
    known = settings.CARER_COOKIE_NAME in request.COOKIES | response.cookies
    if isinstance(person, User) and person.is_carer and not known:
        kept_cookies.keep(response, settings.CARER_COOKIE_NAME, str(person.pk))


def ended(request: HttpRequest) -> User | None:
    """The carer of this phone whose access has ended, with the clinic; None for all others."""
    remembered = row_id(kept_cookies.kept(request, settings.CARER_COOKIE_NAME))
    if remembered is None:
        return None
    gone = User.objects.filter(role=Role.CARER, is_active=False).select_related("clinic")
    return gone.filter(pk=remembered).first()


def helps_no_more(request: HttpRequest, gone: User, status: int = 403) -> HttpResponse:
    """Say that the access has ended and whom to call. What was typed stands there once more, since
    nobody reads it here."""
    words = typed.words_in(request.POST)
    context = {"clinic": gone.clinic, "words": words, "sent": request.method == "POST"}
    if getattr(request, "htmx", None):
        answer: HttpResponse = HttpResponseClientRedirect(reverse("account_login"))
        answer.content = render_to_string("accounts/_helps_no_more.html", context)
    else:
        answer = render(request, "accounts/helps_no_more.html", context, status=status)
    # Whoever has the phone next presses "Back".
    patch_cache_control(answer, no_store=True, private=True)
    return answer

"""The pages of single sign-on: on to the provider, and back from it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.models import Login
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import audit, idle, lock_form, proof
from accounts.models import User
from accounts.refusals import Refused
from accounts.sign_on import flow, people
from accounts.sign_on.provider import chosen
from accounts.sign_on.web import Failed, Unreachable

#: Where the session keeps what ``flow.begin`` gave.
UNDER_WAY = "sign_on"

View = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger(__name__)


def _limited(view: View) -> View:
    """Limit the tries of one network, as those of an invitation are."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        limited: HttpResponse | None = ratelimit.consume_or_429(
            request, action="join", limit_get=True
        )
        return limited or view(request)

    return guarded


@require_POST
@never_cache
@_limited
def begin(request: HttpRequest) -> HttpResponse:
    """Lead on to the provider. Who is signed in already is asked anew who they are there."""
    user = request.user if isinstance(request.user, User) else None
    if user is not None and not user.is_clinician:
        return redirect("home")
    try:
        address, kept = flow.begin(chosen(), anew=user is not None)
    except Unreachable as problem:
        return _failed(request, problem)
    to = request.POST.get("next", "")
    kept["next"] = to if to and lock_form.safe(to) else ""
    kept["apart"] = "apart" in request.POST
    kept["user"] = user.pk if user is not None else None
    request.session[UNDER_WAY] = kept
    # A redirect would be one of a form, which our policy lets lead to no other host.
    return render(request, "accounts/sign_on/on_the_way.html", {"address": address})


@require_GET
@never_cache
@_limited
def back(request: HttpRequest) -> HttpResponseBase:
    """Take back from the provider who it was. What was under way is used up by that."""
    kept = request.session.pop(UNDER_WAY, None)
    if kept is None:
        return _failed(request, Failed("nothing is under way"))
    try:
        person = flow.finish(chosen(), kept, request.GET.dict())
    except Failed as problem:
        audit.record("sign_on_refused", request=request, refused=True)
        return _failed(request, problem)
    try:
        return _again(request, kept, person) if kept["user"] else _enter(request, kept, person)
    except Refused as refused:
        subject = people.known(person)
        audit.record("sign_on_refused", subject=subject, request=request, refused=True)
        return _page(request, str(refused), 403)


def _enter(request: HttpRequest, kept: dict[str, Any], person: flow.Person) -> HttpResponseBase:
    user = people.let_in(person)
    record_authentication(request, user, method=proof.PROVIDER)
    login = Login(user=user, redirect_url=kept["next"] or None)
    if not chosen().second_step:
        response: HttpResponseBase = perform_login(request, login)
        return response
    # The provider has asked for the second step. Ours stands between these two.
    record_authentication(request, user, method="mfa", type=proof.PROVIDER)
    adapter = get_adapter()
    adapter.login(request, user)
    entered: HttpResponseBase = adapter.post_login(
        request,
        user,
        email_verification=login.email_verification,
        signal_kwargs=None,
        email=None,
        signup=False,
        redirect_url=login.redirect_url,
    )
    return entered


def _again(request: HttpRequest, kept: dict[str, Any], person: flow.Person) -> HttpResponseBase:
    """Somebody who is signed in has shown the provider anew who they are."""
    user = request.user
    if not isinstance(user, User) or user.pk != kept["user"]:
        return _failed(request, Failed("the sign-in has ended"))
    found = people.known(person)
    if found is None or found.pk != user.pk:
        raise Refused("sign_on_not_you", name=user.first_name)
    people.let_in(person)
    record_authentication(request, user, method=proof.PROVIDER, reauthenticated=True)
    idle.unlock(request)
    if kept["apart"]:
        return render(request, "accounts/sign_on/unlocked.html")
    query: Any = QueryDict(mutable=True)
    query["next"] = kept["next"]
    request.GET = query
    resumed: HttpResponseBase | None = resume_request(request)
    return resumed or redirect("home")


def _failed(request: HttpRequest, problem: Failed) -> HttpResponse:
    log.warning("sign-in by the provider failed: %s", problem.code)
    if isinstance(problem, Unreachable):
        words = _("%(provider)s does not answer as it should. Try again in a minute.")
        return _page(request, words % {"provider": chosen().name}, 502)
    return _page(request, _("That sign-in could not be completed. Begin again."), 400)


def _page(request: HttpRequest, words: str, status: int) -> HttpResponse:
    return render(request, "accounts/sign_on/refused.html", {"words": words}, status=status)

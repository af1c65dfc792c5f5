"""Tells django-allauth how sign-in works in this product."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import audit, device_cookie, doors, letters, limits, proof, sessions, sign_ins, unsent
from accounts.mail_models import LetterKind
from accounts.models import User

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-mail and password do not match."),
        "too_many_login_attempts": _(
            "Too many tries. Wait some minutes, or sign in where you have signed in before."
        ),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.start(request, user)
        by_provider = proof.is_by_provider(request, user)
        audit.record(
            "sign_on" if by_provider else "sign_in", actor=user, subject=user, request=request
        )

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            doors.forget(request)
            sign_ins.forget(request)
            audit.record("sign_out", actor=request.user, subject=request.user, request=request)
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        # The parent counts by the Host header, which a stranger chooses.
        self.password_try = limits.PasswordTry(request, credentials.get("email") or "")
        if not self.password_try.begin():
            self._refused("sign_in_limited", request, credentials)
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        self.password_try.take_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        limits.forgive(request, credentials.get("email") or "")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        device_cookie.remember(request, response, user.pk)
        return response

    def reauthenticate(self, user: User, password: str) -> bool:
        # The parent asks by an address of its own tables, which nobody here has.
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        # The parent does not count the sign-in itself, so it would ask twice within a minute.
        if proof.is_fresh(context.request):
            return False
        if settings.OIDC is not None:
            # The parent lets everybody on who has no password.
            raise ReauthenticationRequired
        return True

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        page = reverse("account_reauthenticate")
        # The page offers the provider, too. The parent opens it only to who has a password.
        if settings.OIDC is not None and all(method["url"] != page for method in methods):
            methods.insert(0, {"id": "reauthenticate", "description": "", "url": page})
        return methods

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        # The parent looks for addresses in tables of its own, which nobody here has.
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self._refused("sign_in_failed", request, credentials)

    def _refused(self, kind: str, request: HttpRequest, credentials: dict[str, Any]) -> None:
        user = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        audit.record(kind, subject=user, request=request, refused=True)

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.PUBLIC_URL}{path.replace('UID-KEY', key)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # When no mail server can be reached, an error page would show that the address is known.
        problem = None
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as found:
            problem = found
            log.warning("mail not sent: %s", type(problem).__name__)
        person = User.objects.filter(email__iexact=email).first()
        if person is not None:
            unsent.outcome(person, LetterKind.OWN_SIGN_IN, problem)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        ours = letters.headers() | (headers or {})
        message: EmailMessage = super().render_mail(template_prefix, email, context, ours)
        return message

    def is_safe_url(self, url: str | None) -> bool:
        try:
            return bool(super().is_safe_url(url))
        except ValueError:  # the text is no address, such as "http://["
            return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

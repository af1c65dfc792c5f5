"""The verbs of a clinic's staff: invite, join, end and give back access. Each is atomic and leaves
an event."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import Clinic, Event, Role, User
from accounts.refusals import Refused

LIFETIME = timedelta(days=7)
PASSWORD_LIFETIME = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)

_signer = Signer(salt="accounts.staff", sep=".")


@transaction.atomic
def invite(*, clinic: Clinic, name: str, email: str, role: str, by: User | None) -> User:
    """Make a colleague who cannot come in before choosing a password by the link of
    ``invitation_url``.

    ``by`` is None when the clinic itself is being made. Raises Refused: not_a_colleague,
    email_taken.
    """
    if by is not None:
        lock(clinic, by)
    now = timezone.now()
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                clinic=clinic, role=role, name=name, email=email, is_active=False, invited_at=now
            )
    except IntegrityError as taken:
        raise Refused("email_taken") from taken
    audit.record("staff_invited", actor=by, subject=user)
    return user


@transaction.atomic
def invite_again(*, user: User, by: User | None) -> User:
    """A new link for somebody who has not joined yet; the earlier one dies. Raises
    Refused("not_a_colleague").

    ``by`` is None when whoever runs the installation does it, for the first owner.
    """
    if by is not None:
        lock(user.clinic, by)
    if not _of(user, by or user).filter(invited_at__isnull=False).update(invited_at=timezone.now()):
        raise Refused("not_a_colleague")
    audit.record("staff_invited", actor=by, subject=user)
    return User.objects.get(pk=user.pk)


def invitation_url(user: User) -> str:
    """The link that lets an invited colleague choose a password: once, within seven days."""
    if user.invited_at is None:
        raise Refused("invitation_dead")
    token = _signer.sign(f"{user.pk}.{_stamp(user.invited_at)}")
    return f"{settings.PUBLIC_URL}{reverse('staff_accept', args=[token])}"


def peek(token: str) -> User | None:
    """The colleague whom this invitation still lets in; None when it does not, whatever the
    reason."""
    try:
        pk, _, stamp = _signer.unsign(token).rpartition(".")
    except BadSignature:
        return None
    user = User.objects.select_related("clinic").filter(pk=pk, invited_at__isnull=False).first()
    if user is None or user.invited_at is None or _stamp(user.invited_at) != stamp:
        return None
    return user if timezone.now() < user.invited_at + LIFETIME else None


@transaction.atomic
def accept(*, token: str, password: str) -> User:
    """Let the invited colleague in with this password (checked by the form). Raises
    Refused("invitation_dead")."""
    user = peek(token)
    if user is None:
        raise Refused("invitation_dead")
    waiting = User.objects.filter(pk=user.pk, invited_at=user.invited_at)
    if not waiting.update(is_active=True, invited_at=None, password=make_password(password)):
        raise Refused("invitation_dead")
    joined = User.objects.select_related("clinic").get(pk=user.pk)
    audit.record("staff_joined", actor=joined, subject=joined)
    return joined


@transaction.atomic
def deactivate(*, user: User, by: User) -> User:
    """End a colleague's access, or withdraw the invitation: sessions end at once, what they decided
    stays.

    The links for a password or an invitation that they made end too, and the password links for
    them. Nobody ends their own access, so a clinic always keeps an owner. Raises Refused:
    not_a_colleague, not_yourself.
    """
    lock(user.clinic, by)
    if user.pk == by.pk:
        raise Refused("not_yourself")
    changed = _of(user, by).update(
        is_active=False, invited_at=None, session_epoch=F("session_epoch") + 1
    )
    if not changed:
        raise Refused("not_a_colleague")
    _end_links(user)
    audit.record("staff_deactivated", actor=by, subject=user)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def reactivate(*, user: User, by: User) -> User:
    """Give access back: with the password of before, or by a new invitation if none was ever
    chosen."""
    lock(user.clinic, by)
    theirs = _of(user, by)
    never_joined = not user.has_usable_password()
    fields: dict[str, Any] = {"invited_at": timezone.now()} if never_joined else {"is_active": True}
    if not theirs.filter(is_active=False).update(**fields):
        raise Refused("not_a_colleague")
    audit.record("staff_reactivated", actor=by, subject=user)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def amend(*, user: User, by: User, email: str, role: str) -> User:
    """Give a colleague another e-mail to sign in with, another role, or both.

    A new e-mail signs them out everywhere, and makes an invitation anew; a clinic keeps an owner
    who can sign in. With the role of an owner end the same links as in ``deactivate``. Raises
    Refused: not_a_colleague, email_taken, last_owner.
    """
    lock(user.clinic, by)
    standing = _of(user, by).first()
    if standing is None or role not in {Role.OWNER, Role.CLINICIAN}:
        raise Refused("not_a_colleague")
    if role != standing.role:
        _change_role(standing, role)
        audit.record("role_changed", actor=by, subject=standing)
    if email.lower() != standing.email:
        _change_email(standing, email.lower())
        audit.record("email_changed", actor=by, subject=standing)
    return User.objects.get(pk=user.pk)


def _change_role(user: User, role: str) -> None:
    owners = User.objects.staff_of(user.clinic).filter(role=Role.OWNER, is_active=True)
    if role != Role.OWNER and not owners.exclude(pk=user.pk).exists():
        raise Refused("last_owner")
    User.objects.filter(pk=user.pk).update(role=role)
    if user.is_owner:
        _end_links(user)


def _change_email(user: User, email: str) -> None:
    anew = {"invited_at": timezone.now()} if user.invited_at else {}
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(
                email=email, session_epoch=F("session_epoch") + 1, **anew
            )
    except IntegrityError as taken:
        raise Refused("email_taken") from taken
    # allauth keeps the address that a password was asked for, and would go on mailing links to it.
    EmailAddress.objects.filter(user=user).delete()


@transaction.atomic
def password_url(*, user: User, by: User) -> str:
    """A link by which a colleague who can sign in chooses a new password: once, within
    ``PASSWORD_LIFETIME``.

    The password of before works until then, and signing in with it ends the link. Raises Refused:
    not_a_colleague, own_password.
    """
    lock(user.clinic, by)
    if user.pk == by.pk:
        raise Refused("own_password")
    standing = _of(user, by).filter(is_active=True).first()
    if standing is None:
        raise Refused("not_a_colleague")
    audit.record("password_link_made", actor=by, subject=standing)
    key = f"{user_pk_to_url_str(standing)}-{default_token_generator.make_token(standing)}"
    address: str = get_adapter().get_reset_password_from_key_url(key)
    return address


def _end_links(user: User) -> None:
    """End the links for this person and those that they made: nobody keeps a way in, or into
    another's account."""
    now = timezone.now()
    made = Event.objects.filter(
        kind="password_link_made", actor=user, at__gte=now - PASSWORD_LIFETIME
    )
    # The key in a link is made of the last sign-in, among other things.
    User.objects.filter(Q(pk=user.pk) | Q(pk__in=made.values("subject"))).update(last_login=now)
    invited = Event.objects.filter(kind="staff_invited", actor=user, at__gte=now - LIFETIME)
    User.objects.filter(pk__in=invited.values("subject"), invited_at__isnull=False).update(
        invited_at=now
    )


@transaction.atomic
def set_cover(*, by: User, cover: User | None, until: date | None) -> None:
    """Let a colleague stand in for oneself until a day, its last; None = nobody.

    Raises Refused: not_a_colleague, cover_needs_day, cover_in_past.
    """
    if cover is not None:
        if (
            cover.pk == by.pk
            or not User.objects.staff_of(by.clinic).filter(pk=cover.pk, is_active=True).exists()
        ):
            raise Refused("not_a_colleague")
        if until is None:
            raise Refused("cover_needs_day")
        if until < by.clinic.today():
            raise Refused("cover_in_past")
    User.objects.filter(pk=by.pk).update(cover=cover, cover_until=until if cover else None)
    audit.record("cover_set", actor=by, subject=cover or by)


def lock(clinic: Clinic, by: User) -> None:
    """One change of staff at a time, by somebody who is an owner still: two owners cannot end each
    other.

    Call inside ``atomic``. Raises Refused("not_a_colleague").
    """
    Clinic.objects.select_for_update().get(pk=clinic.pk)
    actor = User.objects.filter(pk=by.pk, clinic=clinic, is_active=True).first()
    if actor is None or not actor.is_owner:
        raise Refused("not_a_colleague")


def _of(user: User, by: User) -> QuerySet[User]:
    return User.objects.staff_of(by.clinic).filter(pk=user.pk)


def _stamp(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1_000_000))

"""The verbs of a clinic's staff: invite, join, end and give back access.

Each verb is atomic and writes an audit event.
"""

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

from accounts import audit, links, names, news, typed, unsent
from accounts.models import Clinic, Event, Role, SignOnLink, User
from accounts.refusals import Refused
from accounts.signals import staff_changed

LIFETIME = timedelta(days=7)
#: Letters that a column holds of a name.
NAME = 200
PASSWORD_LIFETIME = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)

_signer = Signer(salt="accounts.staff", sep=".")


@transaction.atomic
def invite(
    *, clinic: Clinic, name: str, email: str, role: str, by: User | None, formal_name: str = ""
) -> User:
    """Make a colleague, who cannot sign in before they choose a password by ``invitation_url``.

    ``by`` is None when the clinic itself is being made. Raises Refused: not_a_colleague,
    name_missing, too_long, email_taken.
    """
    if by is not None:
        lock(clinic, by)
    fields = _names(name, formal_name) | {"is_active": False, "invited_at": timezone.now()}
    try:
        with transaction.atomic():
            user = User.objects.create_user(clinic=clinic, role=role, email=email, **fields)
    except IntegrityError as taken:
        raise Refused("email_taken") from taken
    audit.record("staff_invited", actor=by, subject=user)
    return user


@transaction.atomic
def invite_again(*, user: User, by: User | None) -> User:
    """Make a new link for a colleague who has not joined yet. The earlier link ends.

    ``by`` is None when the person who runs the installation does it, for the first owner. Raises
    Refused("not_a_colleague").
    """
    if by is not None:
        lock(user.clinic, by)
    if not _of(user, by or user).filter(invited_at__isnull=False).update(invited_at=timezone.now()):
        raise Refused("not_a_colleague")
    audit.record("staff_invited", actor=by, subject=user)
    return User.objects.get(pk=user.pk)


def invitation_url(user: User) -> str:
    """The link by which an invited colleague chooses a password, once and within seven days."""
    if user.invited_at is None:
        raise Refused("invitation_dead")
    token = _signer.sign(f"{user.pk}.{_stamp(user.invited_at)}")
    return f"{settings.PUBLIC_URL}{reverse('staff_accept', args=[token])}"


def peek(token: str) -> User | None:
    """The colleague of this invitation; None when it does not work any more, for any reason."""
    try:
        pk, _, stamp = _signer.unsign(token).rpartition(".")
    except BadSignature:
        return None
    user = User.objects.select_related("clinic").filter(pk=pk, invited_at__isnull=False).first()
    if user is None or user.invited_at is None or _stamp(user.invited_at) != stamp:
        return None
    return user if is_waited_for(user) else None


def is_waited_for(user: User) -> bool:
    """Whether an invitation of this colleague stands open."""
    return user.invited_at is not None and timezone.now() < user.invited_at + LIFETIME


@transaction.atomic
def accept(*, token: str, password: str) -> User:
    """Let the invited colleague in with this password, which the form has checked.

    Raises Refused("invitation_dead").
    """
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
    """End a colleague's access, or withdraw the invitation. Their decisions stay.

    Their sessions end at once. So do password links for them, all links that they made for others,
    and patients' links that they could open. Nobody can end their own access, so a clinic always
    keeps an owner. Raises Refused: not_a_colleague, not_yourself.
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
    SignOnLink.objects.filter(user=user).delete()
    links.end_seen_by(user, by)
    audit.record("staff_deactivated", actor=by, subject=user)
    staff_changed.send(User, user=user)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def reactivate(*, user: User, by: User) -> User:
    """Give access back. The old password works again; without one, a new invitation is made.

    Raises Refused("not_a_colleague").
    """
    lock(user.clinic, by)
    colleague = _of(user, by)
    never_joined = not user.has_usable_password()
    fields: dict[str, Any] = {"invited_at": timezone.now()} if never_joined else {"is_active": True}
    if not colleague.filter(is_active=False).update(**fields):
        raise Refused("not_a_colleague")
    audit.record("staff_reactivated", actor=by, subject=user)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def amend(*, user: User, by: User, email: str, role: str) -> User:
    """Give a colleague another e-mail to sign in with, another role, or both.

    A new e-mail signs them out everywhere, and replaces an open invitation. A colleague who stops
    being an owner loses the same links as in ``deactivate``. The last owner who can sign in stays
    an owner. Raises Refused: not_a_colleague, email_taken, last_owner.
    """
    lock(user.clinic, by)
    colleague = _of(user, by).first()
    if colleague is None or role not in {Role.OWNER, Role.CLINICIAN}:
        raise Refused("not_a_colleague")
    if by != colleague and (role != colleague.role or email.lower() != colleague.email):
        news.wait_for(colleague)
    if role != colleague.role:
        _change_role(colleague, role)
        audit.record("role_changed", actor=by, subject=colleague)
    if email.lower() != colleague.email:
        _change_email(colleague, email.lower())
        audit.record("email_changed", actor=by, subject=colleague)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def put_names_right(*, user: User, by: User, name: str, formal_name: str) -> User:
    """Write how a colleague is called, and their name in letters, if it differs.

    They themselves may do this, and the owners of their clinic. What stands written under the name
    stands under the new one. Raises Refused: not_a_colleague, name_missing, too_long.
    """
    if user.pk != by.pk:
        lock(user.clinic, by)
    colleague = _of(user, by).select_for_update(no_key=True).first()
    if colleague is None or not by.is_active:
        raise Refused("not_a_colleague")
    fields = _names(name, formal_name)
    if (colleague.name, colleague.formal_name) != tuple(fields.values()):
        _of(user, by).update(**fields)
        audit.record("name_changed", actor=by, subject=user)
    return User.objects.get(pk=user.pk)


def _names(name: str, formal_name: str) -> dict[str, Any]:
    fields = {"name": typed.line(name), "formal_name": typed.line(formal_name)}
    if not names.has_letter(fields["name"]):
        raise Refused("name_missing")
    if any(len(text) > NAME for text in fields.values()):
        raise Refused("too_long", limit=NAME)
    return fields


def _change_role(user: User, role: str) -> None:
    owners = User.objects.staff_of(user.clinic).filter(role=Role.OWNER, is_active=True)
    if role != Role.OWNER and not owners.exclude(pk=user.pk).exists():
        raise Refused("last_owner")
    User.objects.filter(pk=user.pk).update(role=role)
    if user.is_owner:
        _end_links(user)


def _change_email(user: User, email: str) -> None:
    new_invitation = {"invited_at": timezone.now()} if user.invited_at else {}
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(
                email=email, session_epoch=F("session_epoch") + 1, **new_invitation
            )
    except IntegrityError as taken:
        raise Refused("email_taken") from taken
    SignOnLink.objects.filter(user=user).delete()
    # allauth stores the address of a forgotten password, and would still mail links to it.
    EmailAddress.objects.filter(user=user).delete()
    unsent.forget(user)


@transaction.atomic
def password_url(*, user: User, by: User) -> str:
    """Make a link by which a colleague who can sign in chooses a new password.

    The link works once, within ``PASSWORD_LIFETIME``. The old password works until then, and a
    sign-in with it ends the link. Raises Refused: not_a_colleague, own_password.
    """
    lock(user.clinic, by)
    if user.pk == by.pk:
        raise Refused("own_password")
    colleague = _of(user, by).filter(is_active=True).first()
    if colleague is None:
        raise Refused("not_a_colleague")
    news.wait_for(colleague)
    audit.record("password_link_made", actor=by, subject=colleague)
    key = f"{user_pk_to_url_str(colleague)}-{default_token_generator.make_token(colleague)}"
    address: str = get_adapter().get_reset_password_from_key_url(key)
    return address


def _end_links(user: User) -> None:
    """End the links for this person, and the links that this person made for others."""
    now = timezone.now()
    passwords = Event.objects.filter(
        kind="password_link_made", actor=user, at__gte=now - PASSWORD_LIFETIME
    )
    # The key of a password link depends on the time of the last sign-in.
    User.objects.filter(Q(pk=user.pk) | Q(pk__in=passwords.values("subject"))).update(
        last_login=now
    )
    invitations = Event.objects.filter(kind="staff_invited", actor=user, at__gte=now - LIFETIME)
    User.objects.filter(pk__in=invitations.values("subject"), invited_at__isnull=False).update(
        invited_at=now
    )


@transaction.atomic
def set_cover(
    *, by: User, cover: User | None, until: date | None, absent: User | None = None
) -> None:
    """Let a colleague stand in for somebody up to and including a day.

    absent: who is away; None = ``by``. Any colleague may say it: who is ill cannot.
    cover: who stands in; None = nobody

    Raises Refused: not_a_colleague, cover_needs_day, cover_in_past.
    """
    absent = absent or by
    if cover == absent:
        raise Refused("not_a_colleague")
    concerned = {person.pk for person in (absent, cover) if person is not None}
    here = User.objects.staff_of(by.clinic).filter(is_active=True, pk__in=concerned)
    if here.count() != len(concerned):
        raise Refused("not_a_colleague")
    if cover is not None:
        _check_last_day(until, by.clinic.today())
    User.objects.filter(pk=absent.pk).update(cover=cover, cover_until=until if cover else None)
    if absent != by:
        audit.record("cover_set_for", actor=by, subject=absent)
    audit.record("cover_set", actor=by, subject=cover or absent)
    staff_changed.send(User, user=absent)


def _check_last_day(until: date | None, today: date) -> None:
    if until is None:
        raise Refused("cover_needs_day")
    if until < today:
        raise Refused("cover_in_past")


def lock(clinic: Clinic, by: User) -> None:
    """Wait for other changes of the clinic's staff, and check that ``by`` is still an owner.

    So two owners cannot end each other's access at the same time. Call inside ``atomic``.
    Raises Refused("not_a_colleague").
    """
    Clinic.objects.select_for_update().get(pk=clinic.pk)
    actor = User.objects.filter(pk=by.pk, clinic=clinic, is_active=True).first()
    if actor is None or not actor.is_owner:
        raise Refused("not_a_colleague")


def _of(user: User, by: User) -> QuerySet[User]:
    """``user``, if they are staff of the clinic of ``by``."""
    return User.objects.staff_of(by.clinic).filter(pk=user.pk)


def _stamp(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1_000_000))

"""Whose account somebody opens who has signed in at the provider.

It makes no account and gives no role: it opens that of a member of the staff whom an owner has
invited.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts import audit, staff
from accounts.models import Role, SignOnLink, User
from accounts.refusals import Refused
from accounts.sign_on.flow import Person


def known(person: Person) -> User | None:
    """The member of the staff whom this person is, or says to be: let in or not."""
    link = _link(person)
    if link is not None:
        return link.user
    of_staff = User.objects.filter(role__in=[Role.OWNER, Role.CLINICIAN])
    return of_staff.filter(email__iexact=person.email).first() if person.email else None


@transaction.atomic
def let_in(person: Person) -> User:
    """The member of the staff whose account this person opens.

    The first time the verified e-mail says whose it is, and an invitation is accepted by that.
    From then on only the provider's name of the account does. Raises Refused: sign_on_unverified,
    sign_on_unknown, sign_on_ended, sign_on_other.
    """
    link = _link(person)
    user = link.user if link is not None else _first_time(person)
    if not user.is_active:
        raise Refused("sign_on_ended")
    return user


def _link(person: Person) -> SignOnLink | None:
    links = SignOnLink.objects.select_related("user__clinic")
    return links.filter(issuer=person.issuer, subject=person.subject).first()


def _first_time(person: Person) -> User:
    if not person.email:
        raise Refused("sign_on_unverified")
    found = known(person)
    if found is None:
        raise Refused("sign_on_unknown", email=person.email)
    user = User.objects.select_for_update(no_key=True).get(pk=found.pk)
    if not (user.is_active or staff.is_waited_for(user)):
        raise Refused("sign_on_ended")
    try:
        with transaction.atomic():
            SignOnLink.objects.create(user=user, issuer=person.issuer, subject=person.subject)
    except IntegrityError as taken:
        raise Refused("sign_on_other") from taken
    audit.record("sign_on_linked", actor=user, subject=user)
    if not user.is_active:
        User.objects.filter(pk=user.pk).update(is_active=True, invited_at=None)
        audit.record("staff_joined", actor=user, subject=user)
    return User.objects.select_related("clinic").get(pk=user.pk)

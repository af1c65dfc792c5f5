"""What others changed about somebody's way in, told to them until they have read it.

A mail says it too. But a mail can go to an address that somebody else reads by now.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Event, User

#: Kinds of events by which somebody else gets at a sign-in, or takes something from it.
WORDS: dict[str, str | Promise] = {
    "email_changed": _("{name} changed the e-mail with which you sign in."),
    "password_link_made": _("{name} made a link for a new password of yours."),
    "role_changed": _("{name} changed your role."),
    "second_step_removed": _("{name} removed your second step of sign-in."),
}
#: What follows such a link, done by whoever held it.
FOLLOWS = "password_set_by_link"
FOLLOWED = _("A new password was set by a link.")


def wait_for(user: User) -> None:
    """Note that there is something to read. Call this in the transaction of the change, before its
    event is written."""
    User.objects.filter(pk=user.pk, news_since=None).update(news_since=timezone.now())


def of(user: User) -> list[Event]:
    """What others changed that the person has not read, oldest first."""
    if user.news_since is None:
        return []
    since = Event.objects.filter(subject=user, at__gte=user.news_since).select_related("actor")
    by_others = Q(kind__in=WORDS) & ~Q(actor=user)
    return list(since.filter(by_others | Q(kind=FOLLOWS)).order_by("at", "pk"))


def in_words(event: Event) -> str:
    name = event.actor.name if event.actor else str(_("Whoever runs this installation"))
    return str(WORDS.get(event.kind, FOLLOWED)).format(name=name)


def read(user: User) -> None:
    User.objects.filter(pk=user.pk).update(news_since=None)

"""Sees to it that every machine of an installation signs with the same secret key.

With another key a machine would sign people in who are strangers to the others, and print links
that only it opens. The database keeps a fingerprint of the key, from which nobody makes the key.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import Installation

WRONG = (
    "The secret key of this machine is not the one of this installation. Sign-ins, links and "
    "invitations made by one would be dead on the other. Give it the SECRET_KEY (or the file "
    "VAR_DIR/secret_key) of the other machines. To change the key, put the older one into "
    "SECRET_KEY_FALLBACKS. If the older one is lost or was stolen: manage.py accept_key"
)

log = logging.getLogger(__name__)


class WrongKey(Exception):
    """This machine signs with another key than the installation."""


def check() -> None:
    """Keep the fingerprint of the first key, and that of a new one which knows the one before.

    Raises ``WrongKey``.
    """
    if Installation._meta.db_table not in connection.introspection.table_names():
        return  # There is no installation yet, or one of an older release.
    own = fingerprint(settings.SECRET_KEY)
    first = Installation(pk=Installation.ONLY, fingerprint=own)
    Installation.objects.bulk_create([first], ignore_conflicts=True)
    kept = Installation.objects.get(pk=Installation.ONLY).fingerprint
    if kept == own:
        return
    if kept not in map(fingerprint, settings.SECRET_KEY_FALLBACKS):
        raise WrongKey(WRONG)
    accept()


def check_before_serving() -> None:
    """The same, also while the database is away: it may come later than the server."""
    try:
        check()
    except (DatabaseError, InterfaceError):
        log.warning("The database is away: whether this machine has the right key is not known.")


def accept() -> None:
    """Let this machine's key be the installation's."""
    row = {"fingerprint": fingerprint(settings.SECRET_KEY), "since": timezone.now()}
    Installation.objects.update_or_create(pk=Installation.ONLY, defaults=row)


def fingerprint(key: str) -> str:
    return salted_hmac(__name__, "installation", secret=key, algorithm="sha256").hexdigest()

"""Keeps sessions in the database under a digest of their keys.

The key is only in the browser's cookie. Whoever reads the database, or a copy of it, cannot make
the cookie from it. The digest needs no salt, because a key has 165 random bits.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import Error
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.database_away import is_away
from accounts.models import Session
from accounts.prepared import Prepared


def digest(key: str) -> str:
    """What the database keeps of the key of a session, or of another secret with as much chance, in
    64 hexadecimal digits."""
    return sha256(key.encode()).hexdigest()


def _build_running(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).order_by()


_running = Prepared(_build_running, key=str, now=datetime)


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Any:
        key = self._session_key
        if key is None:
            return None
        row = _running.first(key=digest(key), now=timezone.now())
        if row is None:
            self._session_key = None
        return row

    def save(self, must_create: bool = False) -> None:
        """A database that can only be read keeps nobody from reading. What a page would have noted
        in passing, such as the last use, is noted another time."""
        try:
            super().save(must_create)
        except (UpdateError, Error) as failed:
            # Django takes whatever fails for a session that was ended meanwhile.
            error = failed.__context__ if isinstance(failed, UpdateError) else failed
            if error is None or not is_away(error):
                raise
            request = audit.current_source.get().request
            if request is None or request.method not in ("GET", "HEAD"):
                raise error from None

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(digest(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = digest(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self._session_key
        if key is not None:
            self.model.objects.filter(session_key=digest(key)).delete()

    # The asynchronous half of the parent looks for keys as they are. These ask the half above.
    aload = SessionBase.aload
    aexists = SessionBase.aexists
    acreate = SessionBase.acreate
    asave = SessionBase.asave
    adelete = SessionBase.adelete

"""Keeps in the session for whom somebody looked, so that no address, no browser's history and no
cookie holds a patient's name. An address names the search by a mark that says nothing."""

from __future__ import annotations

import secrets

from accounts.http import StaffRequest
from accounts.sessions import SOUGHT

#: The last searches that a session keeps.
MOST = 10


def keep(request: StaffRequest, text: str, mark: str = "") -> str:
    """Keep what was typed, in place of the search with this mark, if there is one. Returns the
    mark under which it is kept."""
    kept = dict(request.session.get(SOUGHT, {}))
    if kept.pop(mark, None) is None:
        mark = secrets.token_urlsafe(6)
    kept[mark] = text
    request.session[SOUGHT] = dict(list(kept.items())[-MOST:])
    return mark


def text(request: StaffRequest, mark: str) -> str:
    """What was typed in the search with this mark; "" when the session keeps none."""
    found: str = request.session.get(SOUGHT, {}).get(mark, "")
    return found

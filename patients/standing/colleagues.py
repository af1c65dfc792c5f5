"""Those of the staff who can sign in, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import covers_on


@dataclass(frozen=True)
class Colleague:
    """Somebody of the staff who can sign in. ``cover_id``, ``cover_until``: who stands in for them
    when they can sign in themselves, and the last day of that."""

    pk: int
    name: str
    cover_id: int | None
    cover_until: date | None

    def covered_by(self, staff: Sequence[Colleague], today: date) -> Colleague | None:
        """Who among the staff stands in for them today."""
        if not covers_on(self.cover_until, today):
            return None
        return next((one for one in staff if one.pk == self.cover_id), None)

"""Whose patients the caseload shows: one's own with those of colleagues for whom one stands in,
those of one colleague, or the whole clinic. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.parsing import row_id
from patients.standing.colleagues import Colleague

MINE = "mine"
CLINIC = "clinic"


@dataclass(frozen=True)
class Whose:
    """What was chosen, and what may be chosen.

    key: "mine", "clinic", or the id of a colleague
    colleagues: everybody else who can sign in, by name
    covered: those among them for whom the reader stands in today
    colleague: whose patients are shown, if they are a colleague's
    stands_in: who stands in for that colleague today
    lead_ids: the leads whose patients are shown; None = all of the clinic
    """

    key: str
    colleagues: Sequence[Colleague]
    covered: Sequence[Colleague]
    lead_ids: Sequence[int] | None
    colleague: Colleague | None = None
    stands_in: Colleague | None = None

    @property
    def mine(self) -> str:
        """What "mine" is called: it says whose patients come with one's own."""
        if len(self.covered) > 1:
            return _("Mine, and those of %(n)s colleagues") % {"n": len(self.covered)}
        if self.covered:
            return _("Mine, and those of %(name)s") % {"name": self.covered[0].name}
        return _("Mine")


def read(key: str, reader: User, staff: Sequence[Colleague], today: date) -> Whose:
    """What ``key`` means to the reader. What means nothing means one's own patients.

    staff: everybody of the reader's clinic who can sign in, by name
    """
    others = {one.pk: one for one in staff if one.pk != reader.pk}
    listed = Whose(key, list(others.values()), _covered_by(reader, staff, today), None)
    chosen = others.get(row_id(key) or 0)
    if chosen is not None:
        cover = chosen.covered_by(staff, today)
        return replace(listed, lead_ids=[chosen.pk], colleague=chosen, stands_in=cover)
    if key == CLINIC:
        return listed
    return replace(listed, key=MINE, lead_ids=[reader.pk, *(one.pk for one in listed.covered)])


def _covered_by(reader: User, staff: Sequence[Colleague], today: date) -> list[Colleague]:
    """The colleagues for whom the reader stands in."""
    covers = ((one, one.covered_by(staff, today)) for one in staff)
    return [one for one, cover in covers if cover is not None and cover.pk == reader.pk]

"""What is counted: whose patients, on which ladder, since when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, User
from curriculum.models import Ladder
from patients.models import Plan

MINE = "mine"
CLINIC = "clinic"
#: The periods that can be chosen, and how many days each goes back; None = to the beginning.
PERIODS: dict[str, int | None] = {"3": 91, "12": 365, "all": None}
PERIOD_WORDS: dict[str, str | Promise] = {
    "3": _("Last 3 months"),
    "12": _("Last 12 months"),
    "all": _("From the beginning"),
}
USUAL_PERIOD = "12"
#: No clinic has a row from before.
EVER = date(2000, 1, 1)


@dataclass(frozen=True)
class Wanted:
    """``whose``: "mine" or "clinic". ``period``: a key of ``PERIODS``. ``ladder``: its slug."""

    clinic: Clinic
    reader: User
    whose: str
    ladder: str
    period: str
    today: date

    @property
    def since(self) -> date:
        """The first day that counts."""
        days = PERIODS[self.period]
        return EVER if days is None else self.today - timedelta(days=days)

    @property
    def begins_at(self) -> datetime:
        """The first moment that counts."""
        return self.clinic.day_span(self.since)[0]

    @property
    def address(self) -> str:
        """The choice as the query of an address."""
        return urlencode({"ladder": self.ladder, "whose": self.whose, "period": self.period})

    @property
    def key(self) -> str:
        """Under which the day's numbers are kept."""
        whose = self.reader.pk if self.whose == MINE else "all"
        parts = (self.clinic.pk, whose, self.ladder, self.period, f"{self.today:%Y%m%d}")
        return ":".join(map(str, ("numbers-2", *parts)))

    def compared(self) -> list[Wanted]:
        """What the reader can compare with this, the whole first; this is among them."""
        if not self.reader.is_owner:
            return [self]
        return [replace(self, whose=CLINIC), replace(self, whose=MINE)]

    def of_plan(self, plan: str = "") -> Q:
        """The plans of the ladder, in a query. ``plan``: the way to the plan, "" in its own."""
        way = f"{plan}__" if plan else ""
        asked: dict[str, Any] = {f"{way}clinic": self.clinic, f"{way}ladder__slug": self.ladder}
        if self.whose == MINE:
            asked[f"{way}patient__lead"] = self.reader
        return Q(**asked)

    def running(self) -> QuerySet[Plan]:
        """The plans that ran on some day of the period."""
        return Plan.objects.filter(
            self.of_plan(), Q(ended_on__isnull=True) | Q(ended_on__gte=self.since)
        )


def read(reader: User, ladders: list[Ladder], whose: str, ladder: str, period: str) -> Wanted:
    """What was chosen. What means nothing means the usual. The whole clinic is the owner's choice:
    for anybody else the rest of it would be the numbers of colleagues.

    ``ladders``: those that can be chosen
    """
    usual = CLINIC if reader.is_owner else MINE
    known = [one.slug for one in ladders]
    return Wanted(
        clinic=reader.clinic,
        reader=reader,
        whose=whose if reader.is_owner and whose in {MINE, CLINIC} else usual,
        ladder=ladder if ladder in known else next(iter(known), ""),
        period=period if period in PERIODS else USUAL_PERIOD,
        today=reader.clinic.today(),
    )

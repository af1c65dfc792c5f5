"""Which ladders a clinic offers to somebody new, and since when it does not offer another."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Clinic
from curriculum.models import Ladder
from patients.models import NotOffered, Plan
from patients.rules.refusals import Refused


def offered(clinic: int) -> QuerySet[Ladder]:
    """The newest edition of each ladder that the clinic offers."""
    return Ladder.objects.newest().filter(~Exists(_now(clinic).filter(ladder=OuterRef("slug"))))


def not_offered_now(clinic: int, slug: str) -> NotOffered | None:
    """Since when the clinic offers a ladder to nobody new, and who said so; None = it offers it."""
    return _now(clinic).filter(ladder=slug).select_related("by").first()


def why_not(clinic: Clinic, ladder: Ladder) -> Refused | None:
    """Why somebody new gets another ladder; None = the clinic offers this one."""
    row = not_offered_now(clinic.pk, ladder.slug)
    if row is None:
        return None
    said = {"name": row.by.short_name, "day": clinic.day_of(row.at)}
    return Refused("not_offered", ladder=ladder.name, **said)


def kept_back(clinic: int) -> Mapping[str, NotOffered]:
    """The same of every ladder that is not offered, by its slug. One query."""
    return {row.ladder: row for row in _now(clinic).select_related("by")}


def of_plan_not_offered() -> Exists:
    """Whether the ladder of a plan is offered to nobody new, as a column."""
    return Exists(_now(OuterRef("clinic")).filter(ladder=OuterRef("ladder__slug")))


def newest_editions() -> dict[str, int]:
    """The newest edition of every ladder, by its slug. One query."""
    return dict(Ladder.objects.newest().values_list("slug", "edition"))


def count_on(clinic: int, slug: str) -> int:
    """How many patients are on a ladder, whatever its edition. One query."""
    return Plan.objects.of_clinic(clinic).running().filter(ladder__slug=slug).count()


def _now(clinic: int | OuterRef) -> QuerySet[NotOffered]:
    return NotOffered.objects.filter(clinic=clinic, back_at__isnull=True)

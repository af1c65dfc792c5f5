"""Makes more ladders, as changed copies of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from django.db import models
from django.db.models import Max
from django.utils import timezone

from curriculum.models import Criterion, Ladder, Level, Rung
from tests import app_role

Row = TypeVar("Row", bound=models.Model)
Part = TypeVar("Part", Level, Criterion)


def _copy(row: Row, **changes: object) -> Row:
    """An unsaved copy of a row, with changes."""
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name != "id"
    }
    return type(row)(**{**fields, **changes})


@app_role.owning()
def another(slug: str = "squat", *, like: Ladder | None = None) -> Ladder:
    """A ladder with another slug, copied from the hip hinge or from ``like``."""
    return _edition(like or Ladder.objects.get(slug="hip-hinge", edition=1), slug=slug, edition=1)


@app_role.owning()
def next_edition(
    ladder: Ladder,
    *,
    rungs: Sequence[str] = (),
    new_criteria: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
    draft: bool = False,
) -> Ladder:
    """The next edition of a ladder.

    rungs: slugs in their new order; empty keeps the rungs
    new_criteria: keys of criteria to add, by the slug of the rung
    without: keys of criteria to leave out
    """
    taken = Ladder.objects.filter(slug=ladder.slug).aggregate(last=Max("edition"))["last"]
    edition = _edition(ladder, edition=taken + 1, order=rungs, draft=draft)
    for rung_slug, key in (new_criteria or {}).items():
        Criterion.objects.create(
            rung=edition.rungs.get(slug=rung_slug), slug=key, position=9, text="Something new."
        )
    Criterion.objects.filter(rung__ladder=edition, slug__in=without).delete()
    return edition


def _edition(
    ladder: Ladder, order: Sequence[str] = (), draft: bool = False, **changes: object
) -> Ladder:
    copy = _copy(ladder, published_at=None if draft else timezone.now(), **changes)
    copy.save()
    old = {rung.slug: rung for rung in ladder.rungs.all()}
    new = [
        _copy(old[slug], ladder_id=copy.pk, position=nth)
        for nth, slug in enumerate(order or list(old), 1)
    ]
    ids = {old[rung.slug].pk: rung.pk for rung in Rung.objects.bulk_create(new)}
    Level.objects.bulk_create(_under(Level.objects.filter(rung__in=ids), ids))
    Criterion.objects.bulk_create(_under(Criterion.objects.filter(rung__in=ids), ids))
    return copy


def _under(rows: Iterable[Part], ids: Mapping[int, int]) -> list[Part]:
    """The same levels or criteria under other rungs."""
    return [_copy(row, rung_id=ids[row.rung_id]) for row in rows]

"""More ladders than the one that ships: copies of an edition, row by row, with something changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db import models
from django.utils import timezone

from curriculum.models import Criterion, Ladder, Level, Rung

Row = TypeVar("Row", bound=models.Model)


def _copy(row: Row, **changes: object) -> Row:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    made: Row = type(row)._default_manager.create(**{**fields, **changes})
    return made


def another(slug: str = "squat", *, like: Ladder | None = None) -> Ladder:
    """A ladder towards something else."""
    return _edition(like or Ladder.objects.get(slug="hip-hinge", edition=1), slug=slug, edition=1)


def next_edition(
    ladder: Ladder,
    *,
    rungs: Sequence[str] = (),
    new_criteria: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
) -> Ladder:
    """The next edition: ``rungs`` = slugs in their new order (all as they were when empty); ``new_criteria`` adds a
    criterion with this key to a rung; ``without`` leaves criteria of these keys out."""
    made = _edition(ladder, edition=ladder.edition + 1, order=rungs)
    for rung_slug, key in (new_criteria or {}).items():
        Criterion.objects.create(rung=made.rungs.get(slug=rung_slug), slug=key, position=9, text="Something new.")
    Criterion.objects.filter(rung__ladder=made, slug__in=without).delete()
    return made


def _edition(ladder: Ladder, order: Sequence[str] = (), **changes: object) -> Ladder:
    made = _copy(ladder, published_at=timezone.now(), **changes)
    rungs = {rung.slug: rung for rung in ladder.rungs.all()}
    for position, slug in enumerate(order or list(rungs), 1):
        _copy_rung(rungs[slug], made, position)
    return made


def _copy_rung(rung: Rung, ladder: Ladder, position: int) -> None:
    made = _copy(rung, ladder_id=ladder.pk, position=position)
    for level in Level.objects.filter(rung=rung):
        _copy(level, rung_id=made.pk)
    for criterion in Criterion.objects.filter(rung=rung):
        _copy(criterion, rung_id=made.pk)
